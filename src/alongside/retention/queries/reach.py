"""Every row about a participant, found by walking the foreign keys of all models.

Nothing is listed by hand: a new model that points to a participant, or to anything of theirs, is
part of their record from its first day. A test asks of every other model why it is not.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import ForeignKey, Model, Q

from alongside.core.actor import Actor
from alongside.people.models import Participant

AT_ONCE = 500
Key = UUID | int
Rows = Mapping[type[Model], list[Key]]

# Rows that say who two people are to each other: they go with whoever of the two goes first.
BETWEEN_TWO = frozenset({"people.SamePersonProposal", "consents.RecordLinkSide"})
# What rows of a record point to, and nothing else does: it goes when the last of them goes.
CARRIED = frozenset({"files.StoredFile", "consents.RecordLink"})
# Why a model is no part of anybody's record. A model in neither place fails a test.
STAYS: Mapping[str, str] = {
    "audit.AuditEvent": "the log is never deleted; it holds ids",
    "audit.ChainHead": "ends the log",
    "accounts.Agency": "the agency",
    "accounts.User": "a colleague",
    "accounts.RoleGrant": "a colleague's",
    "accounts.TimeAway": "a colleague's",
    "accounts.Invitation": "a colleague's",
    "accounts.Contract": "the agency's",
    "accounts.HelpLines": "the agency's",
    "accounts.PublicAddress": "the agency's",
    "accounts.PublicPage": "the agency's",
    "accounts.Letter": "to a colleague or a referrer; it says only that something is there",
    "consents.PartTwoSwitch": "the agency's",
    "referrals.AskedApart": "in no record until somebody looks; put away, it goes after some days",
    "referrals.ReferrerLink": "a referrer's way in",
    "plans.AgencyTool": "the agency's",
    "plans.AgencyToolVersion": "the agency's",
    "outcomes.Instrument": "the agency's",
    "outcomes.InstrumentVersion": "the agency's",
    "outcomes.CheckInRhythm": "the agency's",
    "plans.PrivateKey": "a supporter's own",
    "plans.PrivateWorksheet": "a supporter's own preparation, sealed; no part of the record",
    "workforce.Supporter": "a supporter's",
    "workforce.SharedExperience": "a supporter's",
    "workforce.Credential": "a supporter's",
    "workforce.Learning": "a supporter's",
    "workforce.CompetencyView": "a supporter's",
    "workforce.SignOff": "a supporter's",
    "workforce.Supervision": "a supporter's",
    "workforce.AgendaLine": "a supporter's",
    "referrals.Referrer": "a professional who refers many people",
    "exchange.ImportBatch": "a sheet of many people; see exchange.actions.forgetting",
    "exchange.ImportFile": "a sheet of many people; see exchange.actions.forgetting",
    "exchange.ImportRow": "a row of a sheet; see exchange.actions.forgetting",
    "exchange.ColumnMapping": "the agency's",
    "retention.KeepingLonger": "the agency's",
    "retention.Disposal": "the record of a disposal; it holds ids and no name",
}


class Entangled(Exception):
    """A row of this record is a row of someone else's, too; nobody said what happens to it."""


@dataclass(frozen=True)
class Reach:
    """The models of a record, what is pointed to first, and by which keys each is reached."""

    order: tuple[type[Model], ...]
    keys: Mapping[type[Model], tuple[str, ...]]


def ours() -> list[type[Model]]:
    return [m for m in apps.get_models() if m.__module__.startswith("alongside.")]


def keys_of(model: type[Model]) -> Iterator[ForeignKey[Any, Any]]:
    return (field for field in model._meta.concrete_fields if isinstance(field, ForeignKey))


@cache
def reach() -> Reach:
    keys: dict[type[Model], tuple[str, ...]] = {Participant: ()}
    while True:
        found = {
            model: tuple(k.name for k in keys_of(model) if _leads(k, model, keys))
            for model in ours()
            if model is not Participant
        }
        grown: dict[type[Model], tuple[str, ...]] = {Participant: ()}
        grown |= {model: names for model, names in found.items() if names}
        if grown == keys:
            return Reach(tuple(_in_order(keys)), keys)
        keys = grown


def _leads(key: ForeignKey[Any, Any], model: type[Model], reached: Collection[Any]) -> bool:
    return key.related_model in reached and key.related_model is not model


def _in_order(keys: Mapping[type[Model], tuple[str, ...]]) -> Iterator[type[Model]]:
    """Each model after those it is reached by."""
    left = dict(keys)
    while left:
        ready = [m for m, names in left.items() if not _parents(m, names) & (left.keys() - {m})]
        for model in ready or list(left):
            yield model
            del left[model]


def _parents(model: type[Model], names: Collection[str]) -> set[Any]:
    return {model._meta.get_field(name).related_model for name in names}


def whole_person(viewer: Actor, *, participant_id: UUID) -> list[UUID]:
    """The person's row first, then those that were found to be the same person."""
    rows = Participant.objects.filter(agency_id=viewer.agency_id)
    found = [rows.values_list("pk", flat=True).get(pk=participant_id)]
    more = found
    while more:
        also = rows.filter(same_as__in=more).exclude(pk__in=found).order_by("pk")
        more = list(also.values_list("pk", flat=True))
        found = found + more
    return found


def rows_about(viewer: Actor, *, ids: Collection[UUID]) -> Rows:
    """The keys of every row about these ids, by model, what is pointed to first. Raises
    ``Entangled`` where a row belongs to somebody else as well."""
    found: dict[type[Model], list[Key]] = {}
    for model in reach().order:
        if model is Participant:
            mine = Participant.objects.filter(agency_id=viewer.agency_id, pk__in=list(ids))
            found[model] = list(mine.order_by("pk").values_list("pk", flat=True))
            continue
        pks: set[Key] = set()
        for name in reach().keys[model]:
            parent: Any = model._meta.get_field(name).related_model
            for some in chunks(found.get(parent, [])):
                rows = model._base_manager.filter(**{f"{name}__in": some})
                pks.update(rows.values_list("pk", flat=True))
        found[model] = sorted(pks, key=str)
        _refuse_others(model, found[model], set(found[Participant]))
    return found


def _refuse_others(model: type[Model], pks: list[Key], ids: set[Any]) -> None:
    names = [key.name for key in keys_of(model) if key.related_model is Participant]
    if not names or model._meta.label in BETWEEN_TWO:
        return
    for some in chunks(pks):
        rows = model._base_manager.filter(pk__in=some)
        for name in names:
            others = rows.exclude(Q(**{f"{name}__in": list(ids)}) | Q(**{name: None}))
            if others.exists():
                raise Entangled(model._meta.label)


def carried_by(found: Rows) -> dict[type[Model], set[Key]]:
    """What these rows point to and may be alone in pointing to: files, and the like."""
    carried: dict[type[Model], set[Key]] = {}
    for model, pks in found.items():
        for key in keys_of(model):
            target: Any = key.related_model
            if target._meta.label not in CARRIED:
                continue
            for some in chunks(pks):
                rows = model._base_manager.filter(pk__in=some).exclude(**{key.name: None})
                carried.setdefault(target, set()).update(rows.values_list(key.attname, flat=True))
    return carried


def still_wanted(viewer: Actor, *, target: type[Model], pks: Collection[Key]) -> set[Key]:
    """Those of ``pks`` that some row still points to."""
    wanted: set[Key] = set()
    for model in ours():
        for key in keys_of(model):
            if key.related_model is target:
                for some in chunks(list(pks)):
                    rows = model._base_manager.filter(**{f"{key.name}__in": some})
                    wanted.update(rows.values_list(key.attname, flat=True))
    return wanted


def chunks(keys: list[Any]) -> Iterator[list[Any]]:
    return (keys[at : at + AT_ONCE] for at in range(0, len(keys), AT_ONCE))
