"""What others ask of the participant, in plain words (PSP-7). The supporter helps; nobody here
enforces."""

from django.db import models
from django.db.models import Q

from alongside.accounts.models import TenantModel, User
from alongside.core.choices import choices
from alongside.files.models import StoredFile
from alongside.people.models import CareTeamMember, Participant
from alongside.plans.codes import RequirementChangeKind, RequirementState, Rhythm
from alongside.plans.rules.requirements import STATE_NAMES
from alongside.practice.codes import SetBy


class Requirement(TenantModel):
    """One thing that is asked: ``words`` plain, ``official`` as the paper says it.

    ``due_on``: by when, or until when it is asked each week or month; no day is fine.
    ``how_many``: times in all. ``what_counts``: what counts as done. ``theirs``: the participant
    wrote it down by themselves. Its id is made when the form opens.
    """

    participant = models.ForeignKey(
        Participant, on_delete=models.PROTECT, related_name="requirements"
    )
    words = models.TextField()
    official = models.TextField(blank=True)
    set_by = models.CharField(max_length=20, choices=choices(SetBy))
    set_by_name = models.CharField(max_length=200, blank=True)
    rhythm = models.CharField(max_length=10, choices=choices(Rhythm), default=Rhythm.ONCE.value)
    due_on = models.DateField(null=True, blank=True)
    how_many = models.PositiveSmallIntegerField(null=True, blank=True)
    what_counts = models.TextField(blank=True)
    ask_words = models.TextField(blank=True)
    state = models.CharField(
        max_length=12, choices=choices(RequirementState), default=RequirementState.AHEAD.value
    )
    theirs = models.BooleanField(default=False)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    revision = models.PositiveIntegerField(default=0, editable=False)
    voided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="requirement_has_words", condition=~Q(words="")),
            models.CheckConstraint(
                name="requirement_is_asked_at_least_once",
                condition=Q(how_many=None) | Q(how_many__gte=1),
            ),
        ]
        indexes = [
            models.Index(fields=["participant", "due_on", "id"], name="requirement_by_participant"),
        ]


class RequirementPerson(TenantModel):
    """Someone around the participant whom they can ask about it."""

    requirement = models.ForeignKey(Requirement, on_delete=models.PROTECT, related_name="people")
    member = models.ForeignKey(CareTeamMember, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["requirement", "member"], name="requirement_names_each_person_once"
            ),
        ]


class RequirementEvidence(TenantModel):
    """What shows that something was done: words, a file, or a meeting by its id. ``times``: how
    many times it counts for."""

    requirement = models.ForeignKey(Requirement, on_delete=models.PROTECT, related_name="evidence")
    words = models.TextField(blank=True)
    file = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    encounter_id = models.UUIDField(null=True, blank=True)
    on = models.DateField()
    times = models.PositiveSmallIntegerField(default=1)
    theirs = models.BooleanField(default=False)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    voided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="requirement_evidence_shows_something",
                condition=~Q(words="") | Q(file__isnull=False) | Q(encounter_id__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["requirement", "encounter_id"],
                condition=Q(voided_at=None, encounter_id__isnull=False),
                name="requirement_takes_a_meeting_once",
            ),
        ]
        indexes = [
            models.Index(fields=["requirement", "-on", "-id"], name="requirement_evidence_by_day")
        ]


class RequirementQuestion(TenantModel):
    """What the participant wants to ask about it, and what was said to it."""

    requirement = models.ForeignKey(Requirement, on_delete=models.PROTECT, related_name="questions")
    words = models.TextField()
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    voided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="requirement_question_asks_something", condition=~Q(words="")
            ),
            models.CheckConstraint(
                name="requirement_answer_has_words_and_moment",
                condition=Q(answer="", answered_at=None)
                | (~Q(answer="") & Q(answered_at__isnull=False)),
            ),
        ]
        indexes = [models.Index(fields=["requirement", "-id"], name="requirement_question")]


class RequirementChange(TenantModel):
    """One thing that happened to a requirement: ``text`` is what stood there before. Only added."""

    requirement = models.ForeignKey(Requirement, on_delete=models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=15, choices=choices(RequirementChangeKind))
    text = models.JSONField(default=dict, blank=True)
    now_state = models.CharField(max_length=12, choices=choices(RequirementState), blank=True)
    why = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["requirement", "-id"], name="requirement_change")]

    @property
    def state_name(self) -> str:
        return STATE_NAMES[RequirementState(self.now_state)] if self.now_state else ""
