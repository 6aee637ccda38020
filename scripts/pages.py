"""Every page of the staff side, with ids from the database filled in, as one role sees it.

Needs Django set up and the demo agency built. Tests and ``scripts/shots.py`` walk with it.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F, QuerySet
from django.test import Client
from django.urls import URLPattern, reverse

from alongside.accounts.models import Contract, Invitation, Letter, TimeAway, User
from alongside.accounts.queries import actor_for
from alongside.consents.models import Consent, Disclosure, RecordLink, RecordLinkSide
from alongside.core.actor import Actor
from alongside.encounters.models import (
    AddedWords,
    Affirmation,
    Appointment,
    ArrayQuestion,
    Encounter,
    HandOff,
    KeptApart,
    NoteDraft,
    NoteQuestion,
    ReferrerQuestion,
    Update,
)
from alongside.exchange.models import ImportBatch, ImportRow
from alongside.outcomes.models import (
    CheckIn,
    CheckInRhythm,
    Instrument,
    Milestone,
    ReturnToUse,
)
from alongside.people.models import (
    CareTeamMember,
    EmergencyOpening,
    Identifier,
    Participant,
    SamePersonProposal,
)
from alongside.people.queries import participants_visible_to
from alongside.plans.models import (
    AgencyTool,
    Goal,
    PlanPart,
    PlanVersion,
    PrivateWorksheet,
    Requirement,
    RequirementEvidence,
    RequirementQuestion,
    Worksheet,
    WorksheetVersion,
)
from alongside.referrals.models import (
    AskedApart,
    Episode,
    JourneyStep,
    Match,
    Referral,
    Referrer,
    ReferrerLink,
)
from alongside.retention.models import Disposal, LegalHold, RecordRequest
from alongside.web.urls import urlpatterns
from alongside.workforce.models import (
    AgendaLine,
    CompetencyView,
    Credential,
    Learning,
    Supervision,
    Supporter,
)
from alongside.workforce.queries import growing

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
Filling = dict[str, object]


@dataclass(frozen=True)
class Page:
    """A route that answered: ``html`` is empty for files; ``status`` is what the answer was."""

    route: str
    path: str
    status: int
    html: str = ""


@dataclass(frozen=True)
class Walked:
    """``unfilled`` are routes of this role for which no example was found."""

    pages: list[Page]
    unfilled: list[str]
    broken: list[str]


def signed_in(user: User) -> Client:
    client = Client(raise_request_exception=False, headers={"host": "localhost"})
    client.force_login(user, backend=BACKEND)
    session = client.session  # as someone who showed a moment ago who they are
    session["account_authentication_methods"] = [{"method": "password", "at": time.time()}]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    return client


def walk(user: User) -> Walked:
    """Open every page the user's roles allow. A page that others only write to is left out."""
    actor, client = actor_for(user), signed_in(user)
    assert actor is not None, "someone without an agency sees no pages"  # noqa: S101
    walked = Walked([], [], [])
    for pattern in urlpatterns:
        if not _is_for(pattern, actor):
            continue
        page = _open(client, pattern, actor)
        if page is None:
            walked.unfilled.append(str(pattern.name))
        elif page.status >= 500:
            walked.broken.append(f"{pattern.name} {page.path}")
        elif page.status in (200, 302):
            walked.pages.append(page)
    return walked


def _is_for(pattern: URLPattern, actor: Actor) -> bool:
    wanted = getattr(pattern.callback, "requires", ())
    return wanted == "public" or not wanted or any(actor.may(one) for one in wanted)


def _open(client: Client, pattern: URLPattern, actor: Actor) -> Page | None:
    """The first example that shows a page, else the first that leads on to one. A route that only
    takes POST answers 405 with any."""
    name, leads_on = str(pattern.name), None
    for filling in fillings(pattern, actor):
        path = reverse(f"web:{name}", kwargs=filling)
        answer = client.get(path)
        if answer.status_code == 404:
            continue
        kind = answer.headers.get("Content-Type", "")
        html = answer.content.decode() if "html" in kind and not answer.streaming else ""
        page = Page(name, path, answer.status_code, html)
        if page.status != 302:
            return page
        leads_on = leads_on or page
    return leads_on


def fillings(pattern: URLPattern, actor: Actor) -> Iterator[Filling]:
    """Examples for every gap in an address, those with the most to see first."""
    gaps = list(pattern.pattern.converters)
    if not gaps:
        yield {}
        return
    lead = next((gap for gap in reversed(gaps) if gap in EXAMPLES), None)
    if lead is None:
        return
    key = ANOTHER.get(str(pattern.name), lead)
    for value, participant_id in EXAMPLES[key](actor):
        filling: Filling = {lead: value}
        if "participant_id" in gaps:
            filling["participant_id"] = participant_id or value
        filling |= {
            gap: FOLLOWS[gap](value) if gap in FOLLOWS else _other(gap, value, actor)
            for gap in gaps
            if gap not in filling
        }
        if all(filling.values()):
            yield filling


def _asked_about(value: object) -> object:
    """What the evidence or the question of this id belongs to."""
    kinds = (RequirementEvidence, RequirementQuestion)
    found = (kind.objects.filter(pk=value).first() for kind in kinds)
    return next((row.requirement_id for row in found if row), None)


# Gaps that follow from the row of the gap before.
FOLLOWS: dict[str, Callable[[object], object]] = {"requirement_id": _asked_about}


def _other(gap: str, value: object, actor: Actor) -> object:
    if gap == "key":
        return "goal"
    if gap == "kind":
        part = PlanPart.objects.filter(pk=value).first()
        under = {"objective": "step", "obstacle": "try"}
        return under.get(part.kind, "") if part is not None else "obstacle"
    if gap == "number":
        return 1
    if gap == "stage":
        return "goals"
    if gap == "referral_id":
        rows = Referral.objects.filter(agency_id=actor.agency_id, status="accepted")
        return rows.values_list("pk", flat=True).first()
    if gap == "supporter_id":
        kinds = (Credential, Learning, Supervision, CompetencyView, AgendaLine)
        found = (kind.objects.filter(pk=value).first() for kind in kinds)
        return next((row.supporter_id for row in found if row), None)
    if gap == "worksheet_id":
        earlier = WorksheetVersion.objects.filter(pk=value)
        return earlier.values_list("worksheet_id", flat=True).first()
    if gap == "batch_id":
        return ImportRow.objects.values_list("batch_id", flat=True).filter(pk=value).first()
    return None


Pairs = Iterator[tuple[object, UUID | None]]
PAPERS_FIRST = F("file_id").desc(nulls_last=True)


def _people(actor: Actor) -> Pairs:
    """Someone with a plan and many notes, then those at other points of their way."""
    seen = participants_visible_to(actor)
    with_plan = seen.filter(episodes__plan__versions__number__gte=2).order_by("-last_contact_on")
    kinds: list[QuerySet[Participant]] = [
        with_plan[:3],
        seen.filter(episodes__status="concluding")[:2],
        seen.filter(episodes__status="concluded").exclude(episodes__status="open")[:2],
        seen.filter(episodes=None)[:2],
        seen[:3],
    ]
    for kind in kinds:
        for person in kind:
            yield person.pk, person.pk


def _of_people(rows: QuerySet, person: str, by: str) -> Callable[[Actor], Pairs]:  # type: ignore[type-arg]
    """Rows about people in sight: two of each ``by``, own ones first where they have a writer."""

    def find(actor: Actor) -> Pairs:
        seen = rows.filter(**{f"{person}__in": participants_visible_to(actor).values("pk")})
        if hasattr(rows.model, "supporter"):
            yield from _two_of_each(seen.filter(supporter__user_id=actor.id), person, by)
        yield from _two_of_each(seen, person, by)

    return find


def _two_of_each(rows: QuerySet, person: str, by: str) -> Pairs:  # type: ignore[type-arg]
    for kind in sorted(rows.order_by().values_list(by, flat=True).distinct(), reverse=True):
        yield from rows.filter(**{by: kind}).order_by("-pk").values_list("pk", person)[:2]


def _of_agency(rows: QuerySet, first: str = "pk") -> Callable[[Actor], Pairs]:  # type: ignore[type-arg]
    def find(actor: Actor) -> Pairs:
        for pk in rows.filter(agency_id=actor.agency_id).order_by(first).values_list("pk")[:8]:
            yield pk[0], None

    return find


def _supporters(actor: Actor) -> Pairs:
    """Whose growth is in sight, then anyone."""
    yield from ((row.pk, None) for row in growing(actor)[:2])
    yield from _of_agency(Supporter.objects.all())(actor)


def _users(actor: Actor) -> Pairs:
    """A supervisor first, of whom there is most to see."""
    users = User.objects.filter(agency_id=actor.agency_id)
    yield from ((u.pk, None) for u in users.filter(role_grants__role="supervisor")[:1])
    yield from _of_agency(User.objects.all(), "-pk")(actor)


def _asked(actor: Actor) -> Pairs:
    """Questions about a note, those with an answer first."""
    rows = NoteQuestion.objects.filter(agency_id=actor.agency_id).order_by("status", "-pk")
    yield from ((row.pk, None) for row in rows[:8])


def _growing(rows: QuerySet, *first: object) -> Callable[[Actor], Pairs]:  # type: ignore[type-arg]
    def find(actor: Actor) -> Pairs:
        seen = rows.filter(supporter__in=growing(actor).order_by())
        yield from ((row.pk, None) for row in seen.order_by(*first, "-pk")[:2])

    return find


def _drafts(actor: Actor) -> Pairs:
    for draft in NoteDraft.objects.filter(author_id=actor.id):
        yield draft.encounter_id, draft.participant_id


def _private(actor: Actor) -> Pairs:
    for pk in PrivateWorksheet.objects.filter(owner_id=actor.id).values_list("pk", flat=True):
        yield pk, None


def _tools(actor: Actor) -> Pairs:
    """One that is kept with a participant, and one that is not."""
    person = participants_visible_to(actor).filter(episodes__status="open").first()
    for address in ("13", "11"):
        yield address, person.pk if person else None


def _consents(actor: Actor) -> Pairs:
    """One with its paper, then some in every stage."""
    with_paper = Consent.objects.exclude(paper=None)
    yield from _of_people(with_paper, "participant_id", "status")(actor)
    yield from _of_people(Consent.objects.all(), "participant_id", "status")(actor)


EXAMPLES: dict[str, Callable[[Actor], Pairs]] = {
    "participant_id": _people,
    "encounter_id": _of_people(Encounter.objects.all(), "participant_id", "status"),
    "draft_id": _drafts,
    "appointment_id": _of_people(Appointment.objects.all(), "participant_id", "status"),
    "worksheet_id": _of_people(Worksheet.objects.all(), "participant_id", "tool"),
    "earlier_id": _of_people(
        WorksheetVersion.objects.all(), "worksheet__participant_id", "filled_in"
    ),
    "private_id": _private,
    "opening_id": _of_people(EmergencyOpening.objects.all(), "participant_id", "review"),
    "tool_id": _of_agency(AgencyTool.objects.all()),
    "tool": _tools,
    "question_id": _of_agency(ArrayQuestion.objects.all(), "-answered_at"),
    "hand_off_id": _of_people(HandOff.objects.all(), "participant_id", "status"),
    "member_id": _of_people(CareTeamMember.objects.filter(user=None), "participant_id", "role"),
    "goal_id": _of_people(Goal.objects.all(), "plan__episode__participant_id", "status"),
    "kept_id": _of_people(KeptApart.objects.all(), "encounter__participant_id", "status"),
    "words_id": _of_people(AddedWords.objects.all(), "encounter__participant_id", "from_outside"),
    "part_id": _of_people(
        PlanPart.objects.filter(voided_at=None), "plan__episode__participant_id", "kind"
    ),
    "version_id": _of_people(PlanVersion.objects.all(), "plan__episode__participant_id", "status"),
    "step_id": _of_people(JourneyStep.objects.all(), "episode__participant_id", "place"),
    "episode_id": _of_people(Episode.objects.all(), "participant_id", "status"),
    "referral_id": _of_people(Referral.objects.all(), "participant_id", "status"),
    "match_id": _of_people(Match.objects.all(), "participant_id", "status"),
    "supporter_id": _supporters,
    "learning_id": _growing(Learning.objects.filter(voided_at=None), PAPERS_FIRST),
    "entry_id": _growing(Supervision.objects.filter(voided_at=None)),
    "view_id": _growing(CompetencyView.objects.all(), PAPERS_FIRST),
    "line_id": _growing(AgendaLine.objects.all()),
    "credential_id": _of_agency(Credential.objects.all()),
    "contract_id": _of_agency(Contract.objects.all()),
    "user_id": _users,
    "affirmation_id": _of_agency(Affirmation.objects.filter(taken_back_at=None)),
    "note_question_id": _asked,
    "away_id": _of_agency(TimeAway.objects.filter(taken_back_at=None)),
    "invitation_id": _of_agency(Invitation.objects.all()),
    "batch_id": _of_agency(ImportBatch.objects.all()),
    "row_id": _of_agency(ImportRow.objects.filter(status="to_sort_out")),
    "consent_id": _consents,
    "disclosure_id": _of_people(Disclosure.objects.all(), "participant_id", "basis"),
    "link_id": _of_agency(RecordLink.objects.all()),
    "side_id": _of_people(
        RecordLinkSide.objects.filter(link__status="linked"), "participant_id", "link__status"
    ),
    "ask_id": _of_agency(AskedApart.objects.all()),
    "proposal_id": _of_agency(SamePersonProposal.objects.all()),
    "update_id": _of_people(Update.objects.all(), "participant_id", "status"),
    "asked_id": _of_people(ReferrerQuestion.objects.all(), "referral__participant_id", "status"),
    "requirement_id": _of_people(Requirement.objects.all(), "participant_id", "state"),
    "evidence_id": _of_people(
        RequirementEvidence.objects.all(), "requirement__participant_id", "theirs"
    ),
    "check_in_id": _of_people(CheckIn.objects.all(), "participant_id", "way"),
    "instrument_id": _of_agency(Instrument.objects.all()),
    "rhythm_id": _of_agency(CheckInRhythm.objects.all()),
    "milestone_id": _of_people(Milestone.objects.all(), "participant_id", "kind"),
    "return_id": _of_people(ReturnToUse.objects.all(), "participant_id", "written_by_them"),
    "asked_about_id": _of_people(
        RequirementQuestion.objects.all(), "requirement__participant_id", "requirement__state"
    ),
    "identifier_id": _of_people(Identifier.objects.all(), "participant_id", "kind"),
    "request_id": _of_people(RecordRequest.objects.all(), "participant_id", "status"),
    "hold_id": _of_agency(LegalHold.objects.all()),
    "disposal_id": _of_agency(Disposal.objects.all()),
    "letter_id": _of_agency(Letter.objects.all()),
    "referrer_id": _of_agency(Referrer.objects.all()),
    "way_in_id": _of_agency(ReferrerLink.objects.all()),
}
# Where one word of an address means rows of different kinds.
ANOTHER = {
    "draft": "draft_id",
    "draft_restore": "draft_id",
    "referrer_question": "asked_id",
    "referrer_question_seen": "asked_id",
    "referrer_question_close": "asked_id",
    "referrer_link_back": "way_in_id",
    "requirement_answer": "asked_about_id",
    "question_take_back": "asked_about_id",
    "question_put_back": "asked_about_id",
}
