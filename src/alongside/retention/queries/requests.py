"""What participants asked of their record."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Model, Prefetch, QuerySet

from alongside.accounts.queries import agency_of
from alongside.consents.rules.disclosures import restriction
from alongside.core.actor import Actor
from alongside.core.clock import local_date
from alongside.core.words import Say
from alongside.core.words import gettext_noop as _
from alongside.encounters.models import HandOffVersion, NoteVersion
from alongside.people.models import ParticipantChange
from alongside.people.queries import participants_visible_to
from alongside.plans.models import WorksheetVersion
from alongside.practice.retention import Asked, time_for
from alongside.referrals.models import ReferralCorrection
from alongside.retention.codes import Outcome, RequestStatus, StepKind
from alongside.retention.models import RecordRequest, RequestStep
from alongside.retention.rules.requests import RequestFacts

STATEMENTS = (StepKind.DISAGREED, StepKind.DISAGREEMENT_TAKEN_BACK)


def requests_visible_to(viewer: Actor) -> QuerySet[RecordRequest]:
    """Of everyone in the viewer's sight, newest first, with all that was said to each."""
    steps = Prefetch("steps", RequestStep.objects.select_related("by").order_by("id"))
    people = participants_visible_to(viewer)
    return (
        RecordRequest.objects.filter(agency_id=viewer.agency_id, participant__in=people)
        .select_related("participant", "entered_by")
        .prefetch_related(steps)
        .order_by("-id")
    )


def requests_of(viewer: Actor, *, participant_id: UUID) -> QuerySet[RecordRequest]:
    return requests_visible_to(viewer).filter(participant_id=participant_id)


def facts_of_request(viewer: Actor, request: RecordRequest) -> RequestFacts:
    """A request that the viewer was given, as the rules see it."""
    steps = list(request.steps.all())
    answers = [step for step in steps if step.kind == StepKind.ANSWERED]
    said = [step for step in steps if step.kind in STATEMENTS]
    asked = Asked(request.asked)
    time = time_for(asked, request.asked_on, agency_of(viewer).jurisdiction)
    return RequestFacts(
        asked=asked,
        status=RequestStatus(request.status),
        longer=request.longer,
        may_be_longer=time.longer > 0,
        outcome=Outcome(answers[-1].outcome) if answers else None,
        disagreed=bool(said) and said[-1].kind == StepKind.DISAGREED,
        held=None if request.held is None else restriction(request.held),
    )


def ending_of(request: RecordRequest) -> RequestStep | None:
    """How what we agreed to hold back ended; nothing where there is another answer since."""
    kinds = (StepKind.ANSWERED, StepKind.RESTRICTION_ENDED)
    last = [step for step in request.steps.all() if step.kind in kinds][-1:]
    return next((step for step in last if step.kind == StepKind.RESTRICTION_ENDED), None)


def statements_of(viewer: Actor, *, participant_id: UUID) -> list[RequestStep]:
    """What the participant says to answers they do not agree with: it travels with the record,
    wherever it goes. One query."""
    steps = RequestStep.objects.filter(
        request__agency_id=viewer.agency_id,
        request__participant_id=participant_id,
        request__participant__in=participants_visible_to(viewer),
        kind__in=STATEMENTS,
    )
    last = {step.request_id: step for step in steps.select_related("request").order_by("id")}
    return [step for step in last.values() if step.kind == StepKind.DISAGREED]


def held_back(viewer: Actor, *, participant_id: UUID) -> list[RequestStep]:
    """What we agreed not to use or tell (2.26), and the gate holds back: for whoever is about to
    tell something. The last answer to a request counts. One query."""
    steps = RequestStep.objects.filter(
        request__agency_id=viewer.agency_id,
        request__participant_id=participant_id,
        request__participant__in=participants_visible_to(viewer),
        request__held__isnull=False,
        kind=StepKind.ANSWERED,
    )
    last = {step.request_id: step for step in steps.select_related("request").order_by("id")}
    return [step for step in last.values() if step.outcome == Outcome.AGREED]


@dataclass(frozen=True)
class Change:
    """A correction forward of this record: ``about`` names the row that it left behind."""

    about: str
    what: Say
    by: str


MOST_CHANGES = 20
CORRECTIONS: tuple[tuple[type[Model], str, str, str, str], ...] = (
    (ParticipantChange, "participant", "at", "by", _("Facts, {day}")),
    (NoteVersion, "encounter__participant", "replaced_at", "replaced_by", _("A note, {day}")),
    (ReferralCorrection, "referral__participant", "at", "by", _("The referral, {day}")),
    (HandOffVersion, "hand_off__participant", "replaced_at", "replaced_by", _("A hand-off, {day}")),
    (WorksheetVersion, "worksheet__participant", "kept_at", "kept_by", _("A worksheet, {day}")),
)


def newest_changes(viewer: Actor, *, participant_id: UUID) -> list[Change]:
    """What was corrected in this record, newest first, whatever it was."""
    people = participants_visible_to(viewer).filter(pk=participant_id)
    found: list[tuple[Any, Change]] = []
    for model, whose, at, by, words in CORRECTIONS:
        rows = model._base_manager.filter(**{f"{whose}__in": people}).select_related(by)
        for row in rows.order_by("-pk")[:MOST_CHANGES]:
            day = local_date(getattr(row, at), viewer.time_zone)
            what = Say(words, {"day": day})
            change = Change(f"{model.__name__}/{row.pk}", what, getattr(row, by).name)
            found.append((getattr(row, at), change))
    found.sort(key=lambda one: one[0], reverse=True)
    return [change for _at, change in found[:MOST_CHANGES]]
