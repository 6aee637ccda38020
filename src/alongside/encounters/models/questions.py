from django.db import models
from django.db.models import Q

from alongside.accounts.models import TenantModel, User
from alongside.core.choices import choices
from alongside.encounters.codes import QuestionStatus
from alongside.people.models import Participant
from alongside.practice.codes import GoingAlong, ServiceArray

ANSWERED = [QuestionStatus.ANSWERED.value, QuestionStatus.WITHDRAWN.value]


class ArrayQuestion(TenantModel):
    """What a writer asked the array lead about one note, and the answer: a precedent (PEER-6).

    ``words`` are what was sent, ``shared_words`` what colleagues read; both without names unless
    someone wrote one. Whom it was about, only those see who see the participant. ``certified`` says
    whether the asker's credential opened the Peer Support array on the day of the note.
    """

    asker = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    encounter_id = models.UUIDField()
    on = models.DateField()
    processes = models.JSONField(default=list, blank=True)
    activities = models.JSONField(default=list, blank=True)
    going_along = models.CharField(max_length=20, choices=choices(GoingAlong), blank=True)
    answers = models.JSONField(default=dict, blank=True)
    certified = models.BooleanField()
    advised = models.CharField(max_length=30, choices=choices(ServiceArray), blank=True)
    advised_reasons = models.JSONField(default=list, blank=True)
    words = models.TextField()
    asked_at = models.DateTimeField()
    status = models.CharField(
        max_length=12, choices=choices(QuestionStatus), default=QuestionStatus.OPEN.value
    )
    array = models.CharField(max_length=30, choices=choices(ServiceArray), blank=True)
    no_service = models.BooleanField(default=False)
    reason = models.TextField(blank=True)
    shared_words = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_reason = models.TextField(blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    taken_over_at = models.DateTimeField(null=True, blank=True)
    put_away_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["agency", "status", "asked_at", "id"], name="question_by_age"),
            models.Index(
                fields=["agency", "status", "-answered_at", "-id"], name="question_by_answer"
            ),
            models.Index(fields=["asker", "status"], name="question_by_asker"),
            models.Index(fields=["encounter_id"], name="question_by_note"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["asker", "encounter_id"],
                condition=Q(status=QuestionStatus.OPEN.value),
                name="question_is_open_once_per_note",
            ),
            models.CheckConstraint(name="question_says_something", condition=~Q(words="")),
            models.CheckConstraint(
                name="question_is_answered_with_reason_and_by_someone",
                condition=Q(status__in=ANSWERED, answered_at__isnull=False)
                & Q(answered_by__isnull=False)
                & ~Q(reason="")
                & ~Q(shared_words="")
                | ~Q(status__in=ANSWERED),
            ),
            models.CheckConstraint(
                name="question_is_answered_with_an_array_or_with_none",
                condition=~Q(status__in=ANSWERED)
                | (~Q(array="") & Q(no_service=False))
                | Q(array="", no_service=True),
            ),
            models.CheckConstraint(
                name="precedent_is_withdrawn_with_a_reason_and_by_someone",
                condition=~Q(status=QuestionStatus.WITHDRAWN.value)
                | (Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False))
                & ~Q(withdrawn_reason=""),
            ),
        ]


class ArrayAnswerVersion(TenantModel):
    """What an answer said before it was corrected."""

    question = models.ForeignKey(ArrayQuestion, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    array = models.CharField(max_length=30, choices=choices(ServiceArray), blank=True)
    no_service = models.BooleanField(default=False)
    reason = models.TextField()
    shared_words = models.TextField()
    answered_at = models.DateTimeField()
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["question", "number"], name="array_answer_counts_up")
        ]
