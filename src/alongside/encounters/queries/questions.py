"""Questions to the array lead and the precedents they become. Sight of the question is not sight
of the person: nothing here loads whom a question was about, but for the one who asked."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from alongside.accounts.codes import Permission
from alongside.accounts.models import Agency, User
from alongside.core.actor import Actor
from alongside.encounters.codes import EncounterKind, NoteStatus, QuestionStatus
from alongside.encounters.models import ArrayQuestion, Encounter
from alongside.encounters.queries.notes import encounters_visible_to
from alongside.encounters.rules import NO_SERVICE, LikeFacts, most_alike
from alongside.people.queries import care_team, participants_visible_to

READS_PRECEDENTS = (Permission.NOTE_WRITE, Permission.NOTE_READ, Permission.ARRAY_ANSWER)
COMPARED = 300  # of the newest precedents a like one is looked for
MOST_SEARCHED = 6  # words
ABOUT = ("participant", "encounter_id")


@dataclass(frozen=True)
class OwnQuestion:
    """What became of the viewer's own question about one note."""

    question: ArrayQuestion

    @property
    def is_open(self) -> bool:
        return self.question.status == QuestionStatus.OPEN

    @property
    def has_answer(self) -> bool:
        return self.question.answered_at is not None

    @property
    def to_settle(self) -> bool:
        found = self.question
        return self.has_answer and found.taken_over_at is None and found.put_away_at is None


def array_lead(viewer: Actor) -> User | None:
    """Whom the agency named to answer questions about arrays, if they still sign in."""
    lead = (
        Agency.objects.select_related("array_lead").only("array_lead").get(pk=viewer.agency_id)
    ).array_lead
    return lead if lead is not None and lead.is_active else None


def open_array_questions(viewer: Actor) -> QuerySet[ArrayQuestion]:
    """Open questions, oldest first: for the array lead those of the agency, for a supervisor those
    of the team, for everyone their own."""
    return (
        _in_sight(viewer)
        .filter(status=QuestionStatus.OPEN)
        .select_related("asker")
        .defer(*ABOUT)
        .order_by("asked_at", "id")
    )


def _in_sight(viewer: Actor) -> QuerySet[ArrayQuestion]:
    questions = ArrayQuestion.objects.filter(agency_id=viewer.agency_id)
    if viewer.may(Permission.ARRAY_ANSWER) or viewer.may(Permission.SIGHT_AGENCY):
        return questions
    mine = Q(asker_id=viewer.id)
    if viewer.may(Permission.TEAM_READ):
        mine |= Q(asker__supervisor_id__in=viewer.teams)
    return questions.filter(mine)


def question_to_answer(viewer: Actor, *, question_id: UUID) -> ArrayQuestion:
    """One question with its earlier answers, for the array lead. Raises ``DoesNotExist``."""
    if not viewer.may(Permission.ARRAY_ANSWER):
        raise ArrayQuestion.DoesNotExist
    return (
        ArrayQuestion.objects.filter(agency_id=viewer.agency_id)
        .select_related("asker", "answered_by", "withdrawn_by")
        .prefetch_related("versions__answered_by")
        .get(pk=question_id)
    )


def own_questions(viewer: Actor) -> QuerySet[ArrayQuestion]:
    """What the viewer asked about people they still see."""
    return ArrayQuestion.objects.filter(
        agency_id=viewer.agency_id,
        asker_id=viewer.id,
        participant__in=participants_visible_to(viewer).values("pk"),
    ).select_related("answered_by", "participant")


def question_about(viewer: Actor, *, encounter_id: UUID) -> OwnQuestion | None:
    """The viewer's last question about one note of their own, unless it was taken back."""
    found = (
        own_questions(viewer)
        .filter(encounter_id=encounter_id)
        .exclude(status=QuestionStatus.TAKEN_BACK)
        .order_by("-asked_at", "-id")
        .first()
    )
    return OwnQuestion(found) if found else None


def answers_to_take(viewer: Actor) -> QuerySet[ArrayQuestion]:
    """Answers the viewer has neither taken into the note nor put away, oldest first."""
    return (
        own_questions(viewer)
        .filter(answered_at__isnull=False, taken_over_at=None, put_away_at=None)
        .order_by("answered_at", "id")
    )


def precedents(
    viewer: Actor,
    *,
    words: str = "",
    array: str = "",
    withdrawn: bool = False,
    before: tuple[datetime, UUID] | None = None,
) -> QuerySet[ArrayQuestion]:
    """Answers that serve as examples, newest first; each word must stand in one of their texts.

    ``array`` is a code or ``NO_SERVICE``. ``before`` is the key of the last row of a page.
    """
    if not any(viewer.may(permission) for permission in READS_PRECEDENTS):
        return ArrayQuestion.objects.none()
    status = QuestionStatus.WITHDRAWN if withdrawn else QuestionStatus.ANSWERED
    found = ArrayQuestion.objects.filter(agency_id=viewer.agency_id, status=status)
    # ``icontains`` takes the signs of LIKE in the words for what they are.
    for word in words.split()[:MOST_SEARCHED]:
        found = found.filter(Q(shared_words__icontains=word) | Q(reason__icontains=word))
    if array:
        found = found.filter(no_service=True) if array == NO_SERVICE else found.filter(array=array)
    if before is not None:
        at, key = before
        found = found.filter(answered_at__lte=at).filter(Q(answered_at__lt=at) | Q(id__lt=key))
    return (
        found.select_related("answered_by", "withdrawn_by")
        .defer(*ABOUT)
        .order_by("-answered_at", "-id")
    )


def like_precedents(viewer: Actor, *, facts: LikeFacts) -> list[ArrayQuestion]:
    """Those most like a note, most alike first, of the newest in the same standing. One query."""
    found = list(precedents(viewer).filter(certified=facts.certified)[:COMPARED])
    alike = most_alike(facts, [_like_facts(each) for each in found])
    return [found[place] for place in alike]


def _like_facts(question: ArrayQuestion) -> LikeFacts:
    return LikeFacts(
        certified=question.certified,
        words=question.shared_words or question.words,
        activities=frozenset(question.activities),
        going_along=question.going_along,
    )


def names_around(viewer: Actor, *, participant_id: UUID) -> list[str]:
    """Names of those around a person, and where they work: none of a question's business."""
    around = care_team(viewer, participant_id=participant_id).values_list("name", "organization")
    return [name for pair in around for name in pair if name]


def parting(
    viewer: Actor,
    *,
    since: date | None = None,
    before: tuple[date, UUID] | None = None,
    limit: int = 50,
    supporter_id: UUID | None = None,
    array: str = "",
) -> list[Encounter]:
    """Notes where the choice of array parts from the advice, newest first, with their supporter: of
    the viewer's team, or of all where the viewer sees the whole agency. Constant queries."""
    notes = _notes_of_those_led(viewer).exclude(array_own_reason="")
    if since is not None:
        notes = notes.filter(on__gte=since)
    if supporter_id is not None:
        notes = notes.filter(supporter_id=supporter_id)
    if array:
        notes = notes.filter(array="" if array == NO_SERVICE else array)
    if before is not None:
        on, key = before
        notes = notes.filter(on__lte=on).filter(Q(on__lt=on) | Q(id__lt=key))
    return list(notes.select_related("supporter").order_by("-on", "-id")[:limit])


def parting_counts(viewer: Actor, *, since: date | None = None) -> dict[UUID, int]:
    """How many notes part from the advice, by supporter. One query."""
    notes = _notes_of_those_led(viewer).exclude(array_own_reason="")
    if since is not None:
        notes = notes.filter(on__gte=since)
    return dict(notes.order_by().values_list("supporter_id").annotate(n=Count("pk")))


def _notes_of_those_led(viewer: Actor) -> QuerySet[Encounter]:
    notes = (
        encounters_visible_to(viewer)
        .filter(kind=EncounterKind.CONTACT)
        .exclude(status=NoteStatus.ENTERED_IN_ERROR)
    )
    if viewer.may(Permission.SIGHT_AGENCY):
        return notes
    if not viewer.may(Permission.TEAM_READ):
        return notes.none()
    return notes.filter(supporter__user__supervisor_id__in=viewer.teams)
