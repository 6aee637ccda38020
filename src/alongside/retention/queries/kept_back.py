"""What no copy of a record holds for its participant, and what one does not take along alone."""

from typing import Any

from django.db.models import Model, Q, QuerySet

from alongside.accounts.codes import Permission
from alongside.core.actor import Actor
from alongside.encounters.codes import NoteStatus
from alongside.encounters.models import Encounter, KeptApart, NoteVersion
from alongside.encounters.queries.own import older_withheld
from alongside.encounters.rules.kept import OPEN_TO_READ
from alongside.outcomes.codes import Way
from alongside.outcomes.models import CheckIn, CheckInVersion, Milestone, MilestoneChange
from alongside.outcomes.queries.milestones import told_to
from alongside.retention.queries.reach import Rows, chunks, keys_of
from alongside.retention.rules.parts import WITH_US

# By mistake, and perhaps about somebody else; or from an old sheet, and signed by nobody here.
NOT_READ_HERE = (NoteStatus.ENTERED_IN_ERROR, NoteStatus.BROUGHT_OVER)


def takes_it_alone(viewer: Actor) -> bool:
    """Whether the participant asks by themselves, with nobody of the agency beside them."""
    return viewer.may(Permission.OWN_READ) and not viewer.is_staff


def but_for_kept_back(viewer: Actor, rows: Rows) -> Rows:
    """The rows without parts that are kept apart, and without the earlier texts in which the same
    words stood. By oneself, one gets neither what was taken out nor what is gone through together.
    """
    alone = takes_it_alone(viewer)
    found: dict[type[Model], list[Any]] = {}
    for model, pks in rows.items():
        if alone and model._meta.label in WITH_US:
            continue
        if model is KeptApart:
            pks = _among(KeptApart.objects.filter(status__in=OPEN_TO_READ), pks)
        elif model is NoteVersion:
            pks = _versions(pks)
        elif not alone and model in (CheckIn, CheckInVersion):
            pks = _among(_shown_to_us(model), pks)
        elif not alone and model in (Milestone, MilestoneChange):
            pks = _among(_told(viewer, model), pks)
        if alone:
            pks = _standing(model, pks)
        found[model] = pks
    return found


def _shown_to_us(model: type[CheckIn] | type[CheckInVersion]) -> QuerySet[Any]:
    """What a participant does not share is theirs alone: they take it along themselves."""
    to = "" if model is CheckIn else "check_in__"
    begun = Q(**{f"{to}number": 0}) & ~Q(**{f"{to}way": Way.OWN.value})
    rows: QuerySet[Any] = model._base_manager.filter(begun | Q(**{f"{to}shared_at__isnull": False}))
    return rows


def _told(viewer: Actor, model: type[Milestone] | type[MilestoneChange]) -> QuerySet[Any]:
    """A milestone that the participant keeps between the two is theirs to take along, not ours; so
    is one they took back, and what such a one said before."""
    told = told_to(viewer)
    if model is Milestone:
        return told
    return MilestoneChange.objects.filter(milestone__in=told)


def _among(rows: QuerySet[Any], pks: list[Any]) -> list[Any]:
    kept: set[Any] = set()
    for some in chunks(pks):
        kept.update(rows.filter(pk__in=some).values_list("pk", flat=True))
    return [key for key in pks if key in kept]


def _versions(pks: list[Any]) -> list[Any]:
    numbers: dict[Any, tuple[Any, int]] = {}
    for some in chunks(pks):
        rows = NoteVersion.objects.filter(pk__in=some)
        for key, note, number in rows.values_list("pk", "encounter_id", "number"):
            numbers[key] = (note, number)
    withheld: dict[Any, int] = {}
    for some in chunks(list({note for note, _number in numbers.values()})):
        withheld |= older_withheld(some)
    return [key for key in pks if numbers[key][1] > withheld.get(numbers[key][0], 0)]


def _standing(model: type[Model], pks: list[Any]) -> list[Any]:
    """Without what was taken out, or belongs to something that was, and without notes that nobody
    stands by."""
    names = {field.name for field in model._meta.concrete_fields}
    gone = Q(voided_at__isnull=False) if "voided_at" in names else Q()
    if model is Encounter:
        gone |= Q(status__in=NOT_READ_HERE)
    for key in keys_of(model):
        parent: Any = key.related_model
        if any(field.name == "voided_at" for field in parent._meta.concrete_fields):
            gone |= Q(**{f"{key.name}__voided_at__isnull": False})
        if parent is Encounter:
            gone |= Q(**{f"{key.name}__status__in": NOT_READ_HERE})
    if not gone:
        return pks
    return _among(model._base_manager.exclude(gone), pks)
