"""What goes along when two rows become one person, and what goes back when they are parted."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from alongside.consents.codes import LinkStatus
from alongside.consents.models import ConsentRecipient, RecordLinkSide
from alongside.exchange.rules.merging import ALONG, FOLLOWS
from alongside.people.codes import SamePersonAnswer
from alongside.people.models import FormDraft, SamePersonProposal
from alongside.plans.models import RequirementPerson
from alongside.referrals.models import Episode, Match

# Ids as text, by model and field, as ``rules.merging`` names them.
Ids = dict[str, list[str]]

_REFERRALS = "referrals.Referral.participant"
_MEMBERS = "people.CareTeamMember.participant"
_CONSENTS = "consents.Consent.participant"
_REQUIREMENTS = "plans.Requirement.participant"
_HOLDS = "retention.LegalHold.participant"


def rows_to_move(*, kept: UUID, other: UUID) -> Ids:
    """Everything of the other row that goes along to the kept one."""
    found = {}
    for name in ALONG:
        rows, field = _rows(name)
        rows = rows.filter(**{field: other})
        if name in UNLESS:
            rows = rows.exclude(UNLESS[name](kept))
        found[name] = _ids(rows)
    return {name: ids for name, ids in found.items() if ids}


def rows_to_part(moved: Mapping[str, list[str]], *, kept: UUID) -> Ids:
    """What goes back: what had come along, and what was made since and rests on it. What the kept
    record has built on since stays with it."""
    going = {name: list(ids) for name, ids in moved.items()}
    for name, key, parent in FOLLOWS:
        rows, field = _rows(name)
        since = rows.filter(**{field: kept, f"{key}__in": going.get(parent, [])})
        going[name] = [*going.get(name, []), *_ids(since.exclude(pk__in=going.get(name, [])))]
    built_on = {_REFERRALS: _walked_since(kept, going), _MEMBERS: _named_by(kept, going)}
    for name, stays in built_on.items():
        going[name] = [pk for pk in going.get(name, []) if pk not in stays]
    return {name: ids for name, ids in going.items() if ids}


def move(ids: Mapping[str, list[str]], *, origin: UUID, to: UUID) -> None:
    """Rows that have gone elsewhere meanwhile stay where they are, and so does an answer."""
    for name, pks in ids.items():
        rows, field = _rows(name)
        found = rows.filter(**{"pk__in": pks, field: origin})
        if rows.model is SamePersonProposal:
            found = found.filter(answer=SamePersonAnswer.OPEN)
        found.update(**{field: to})


def _rows(name: str) -> tuple[QuerySet[Any], str]:
    """By name: some of these stand on the floors beside this one."""
    label, _dot, field = name.rpartition(".")
    model: type[Model] = apps.get_model(label)
    return model._default_manager.order_by("pk"), field


def _ids(rows: QuerySet[Any]) -> list[str]:
    return [str(pk) for pk in rows.values_list("pk", flat=True)]


def _keys(going: Ids, name: str) -> list[UUID]:
    return [UUID(pk) for pk in going.get(name, [])]


def _same_form(kept: UUID) -> Q:
    """Two texts for one form: both are kept, each with its row."""
    same = {"author": OuterRef("author"), "form": OuterRef("form")}
    return Q(Exists(FormDraft.objects.filter(participant=kept, **same)))


def _held_already(kept: UUID) -> Q:
    """A record is held once. Of two holds each stays with its row: both count for the person, and
    both stand in the list to be lifted."""
    holds, field = _rows(_HOLDS)
    held = holds.filter(**{field: kept}, lifted_at=None).exists()
    return Q(lifted_at=None) if held else Q(pk__in=[])


def _linked_already(kept: UUID, key: str) -> Q:
    """A link of the two rows to each other, or to someone the kept record is linked with: it says
    nothing new, and shows on nobody's page."""
    sides = RecordLinkSide.objects.filter(participant=kept, link__status=LinkStatus.LINKED)
    known = [kept, *sides.values_list("other_id", flat=True)]
    return Q(**{f"{key}__in": known})


def _asked_already(kept: UUID, key: str) -> Q:
    """Whether the kept record may be that third one is asked already, or answered; so is this."""
    pairs = SamePersonProposal.objects.filter(Q(kept=kept) | Q(other=kept))
    known = {pk for pair in pairs.values_list("kept_id", "other_id") for pk in pair} | {kept}
    return ~Q(answer=SamePersonAnswer.OPEN) | Q(**{f"{key}__in": known})


# What stays with the other row, though its kind goes along.
UNLESS: Mapping[str, Callable[[UUID], Q]] = {
    "people.FormDraft.participant": _same_form,
    _HOLDS: _held_already,
    "consents.RecordLinkSide.participant": lambda kept: _linked_already(kept, "other"),
    "consents.RecordLinkSide.other": lambda kept: _linked_already(kept, "participant"),
    "people.SamePersonProposal.kept": lambda kept: _asked_already(kept, "other"),
    "people.SamePersonProposal.other": lambda kept: _asked_already(kept, "kept"),
}


def _walked_since(kept: UUID, going: Ids) -> set[str]:
    """Requests by which somebody began to walk with the kept record."""
    asked = _keys(going, _REFERRALS)
    matches = Match.objects.filter(participant=kept, referral__in=asked)
    episodes = Episode.objects.filter(participant=kept, referral__in=asked)
    matches = matches.exclude(pk__in=_keys(going, "referrals.Match.participant"))
    episodes = episodes.exclude(pk__in=_keys(going, "referrals.Episode.participant"))
    found = {*matches.values_list("referral_id"), *episodes.values_list("referral_id")}
    return {str(pk) for (pk,) in found}


def _named_by(kept: UUID, going: Ids) -> set[str]:
    """People around whom a consent or something asked of the kept record names."""
    members = _keys(going, _MEMBERS)
    consents = ConsentRecipient.objects.filter(consent__participant=kept, member__in=members)
    asked = RequirementPerson.objects.filter(requirement__participant=kept, member__in=members)
    consents = consents.exclude(consent__in=_keys(going, _CONSENTS))
    asked = asked.exclude(requirement__in=_keys(going, _REQUIREMENTS))
    found = {*consents.values_list("member_id"), *asked.values_list("member_id")}
    return {str(pk) for (pk,) in found}
