from django.db import models
from django.db.models import Q

from alongside.accounts.models import TenantModel, User
from alongside.core.choices import choices
from alongside.plans.codes import GoalChangeKind, GoalStatus, PlanStatus, Side, SigningKind
from alongside.plans.rules import GoalFacts
from alongside.practice.codes import CoreComponent, GrowthArea
from alongside.referrals.models import Episode


class Plan(TenantModel):
    """The Individualized Recovery/Wellness Plan. It is the participant's; it may stay empty."""

    episode = models.OneToOneField(Episode, on_delete=models.PROTECT, related_name="plan")
    begun_on = models.DateField()
    look_together_on = models.DateField()
    voided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["agency", "look_together_on", "id"], name="plan_by_next_look")
        ]


class PlanVersion(TenantModel):
    """The plan as it stood when both agreed: ``content`` is a copy of all of it, so old words stay
    readable, and ``digest`` says whether two of them are the same to the letter. Versions of before
    copied their ``goals`` alone.

    While a plan is worked on, its next version is a draft that holds what was said so far: what
    changed in the participant's words (``what_changed``) and in the supporter's, and ``page``, how
    far the update together has come. Offered, it holds still until both signed it, or it is a draft
    again. The participant's name is what they signed with.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    status = models.CharField(
        max_length=10, choices=choices(PlanStatus), default=PlanStatus.DRAFT.value
    )
    goals = models.JSONField(default=list, blank=True)
    content = models.JSONField(default=dict, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    what_changed = models.TextField(blank=True)
    supporter_said = models.TextField(blank=True)
    page = models.CharField(max_length=20, blank=True)
    agreed_on = models.DateField(null=True, blank=True)
    saved_at = models.DateTimeField(null=True, blank=True)
    participant_name = models.CharField(max_length=200, blank=True)
    participant_agreed_at = models.DateTimeField(null=True, blank=True)
    supporter_agreed_at = models.DateTimeField(null=True, blank=True)
    supporter_agreed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="plan_version_counts_up"),
            models.UniqueConstraint(
                fields=["plan"], condition=Q(status="in-force"), name="plan_has_one_in_force"
            ),
            models.UniqueConstraint(
                fields=["plan"],
                condition=Q(status__in=["draft", "offered"]),
                name="plan_has_one_open_version",
            ),
            models.CheckConstraint(
                name="plan_version_agreed_by_both_or_open",
                condition=Q(status="draft", agreed_on=None)
                | (Q(status="offered", agreed_on=None) & ~Q(digest=""))
                | (
                    Q(status__in=["in-force", "replaced"])
                    & Q(agreed_on__isnull=False)
                    & ~Q(participant_name="")
                    & Q(participant_agreed_at__isnull=False)
                    & Q(supporter_agreed_at__isnull=False)
                ),
            ),
        ]


class SigningStep(TenantModel):
    """One thing that was done about signing a version, from whichever side. Only added.

    ``digest`` is of the copy it was about; ``words`` are what should be different.
    """

    version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="signing")
    kind = models.CharField(max_length=12, choices=choices(SigningKind))
    voice = models.CharField(max_length=12, choices=choices(Side))
    name = models.CharField(max_length=200, blank=True)
    words = models.TextField(blank=True)
    digest = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["version", "-id"], name="signing_step_of_version")]


class Goal(TenantModel):
    """What the participant wants, in their own words, under a growth area (PSP-9).

    ``revision`` counts changes; ``voided_at`` hides a goal that was written by mistake.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="goals")
    words = models.TextField()
    area = models.CharField(max_length=30, choices=choices(GrowthArea), blank=True)
    status = models.CharField(
        max_length=10, choices=choices(GoalStatus), default=GoalStatus.OPEN.value
    )
    begun_on = models.DateField()
    settled_on = models.DateField(null=True, blank=True)
    settled_words = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=0, editable=False)
    voided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="goal_has_words", condition=~Q(words="")),
            models.CheckConstraint(
                name="goal_settled_has_its_day",
                condition=Q(status="open", settled_on=None)
                | (~Q(status="open") & Q(settled_on__isnull=False)),
            ),
        ]

    def facts(self) -> GoalFacts:
        return GoalFacts(GoalStatus(self.status), self.words, self.area, self.voided_at is not None)


class GoalChange(TenantModel):
    """One thing that happened to a goal: what stood there before, and what was said. Only added."""

    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=12, choices=choices(GoalChangeKind))
    words_before = models.TextField(blank=True)
    area_before = models.CharField(max_length=30, blank=True)
    said = models.TextField(blank=True)
    on = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["goal", "-on", "-id"], name="goal_change_by_day")]


class CoreWords(TenantModel):
    """The participant's words on one of the five core components (MPR-7). The latest counts."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="core_words")
    component = models.CharField(max_length=30, choices=choices(CoreComponent))
    words = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["plan", "-id"], name="core_words_of_plan")]
