"""What passes between a supervisor and the writer of a note. None of it is the person's record:
it is in no print, no export and nobody else's sight."""

from django.db import models
from django.db.models import Q

from alongside.accounts.models import TenantModel, User
from alongside.core.choices import choices
from alongside.encounters.codes import NoteQuestionStatus
from alongside.encounters.models.notes import Encounter


class NoteReading(TenantModel):
    """Who read a note, and which version: ``version`` is how many corrections it had by then."""

    encounter = models.ForeignKey(Encounter, on_delete=models.PROTECT, related_name="readings")
    reader = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveSmallIntegerField()
    read_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["encounter", "reader", "version"],
                condition=Q(taken_back_at=None),
                name="note_version_is_read_once_by_each_reader",
            )
        ]


class Affirmation(TenantModel):
    """What someone saw that the writer did well, said on one note to its writer, ``to``.

    ``seen_at`` is when the writer put it away from their day; it stays on the note.
    """

    encounter = models.ForeignKey(Encounter, on_delete=models.PROTECT, related_name="affirmations")
    to = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    words = models.TextField()
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    seen_at = models.DateTimeField(null=True, blank=True)
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="affirmation_says_something", condition=~Q(words="")),
        ]
        indexes = [
            models.Index(fields=["encounter", "id"], name="affirmation_of_note"),
            models.Index(
                fields=["to", "-id"],
                condition=Q(seen_at=None, taken_back_at=None),
                name="affirmation_not_yet_seen",
            ),
        ]


class AffirmationVersion(TenantModel):
    """What an affirmation said before it was corrected."""

    affirmation = models.ForeignKey(Affirmation, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    words = models.TextField()
    replaced_at = models.DateTimeField()
    replaced_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["affirmation", "number"], name="affirmation_version_counts_up"
            )
        ]


class NoteQuestion(TenantModel):
    """A supervisor's question on one note to its writer, ``to``; what was said is in its turns."""

    encounter = models.ForeignKey(
        Encounter, on_delete=models.PROTECT, related_name="note_questions"
    )
    to = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    status = models.CharField(
        max_length=10,
        choices=choices(NoteQuestionStatus),
        default=NoteQuestionStatus.OPEN.value,
    )
    moved_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["encounter", "id"], name="note_question_of_note"),
            models.Index(fields=["to", "status", "moved_at", "id"], name="note_question_to_writer"),
        ]

    @property
    def last(self) -> "QuestionTurn":
        """What was said last; its turns are best loaded before."""
        return list(self.turns.all())[-1]


class QuestionTurn(TenantModel):
    """One thing said about a question on a note, by whoever asks or by whoever answers. Said words
    stay; what is to be mended is said in the next turn."""

    question = models.ForeignKey(NoteQuestion, on_delete=models.PROTECT, related_name="turns")
    number = models.PositiveSmallIntegerField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    words = models.TextField()
    said_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["question", "number"], name="question_turn_counts_up"),
            models.CheckConstraint(name="question_turn_says_something", condition=~Q(words="")),
        ]
