from django.db import models
from django.db.models import Q

from alongside.accounts.models import TenantModel, User
from alongside.core.choices import choices
from alongside.plans.codes import GoalStatus, PlanStatus
from alongside.practice.codes import GrowthArea
from alongside.referrals.models import Episode


class Plan(TenantModel):
    """The Individualized Recovery/Wellness Plan. It belongs to the participant; it may stay empty."""

    episode = models.OneToOneField(Episode, on_delete=models.PROTECT, related_name="plan")
    begun_on = models.DateField()
    look_together_on = models.DateField()
    voided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["agency", "look_together_on", "id"], name="plan_by_next_look")
        ]


class PlanVersion(TenantModel):
    """The plan as it stood when both agreed: ``goals`` is a copy, so old words stay readable."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    status = models.CharField(
        max_length=10, choices=choices(PlanStatus), default=PlanStatus.DRAFT.value
    )
    goals = models.JSONField(default=list, blank=True)
    what_changed = models.TextField(blank=True)
    agreed_on = models.DateField(null=True, blank=True)
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
        ]


class Goal(TenantModel):
    """What the participant wants, in their own words, under a growth area (PSP-9)."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="goals")
    words = models.TextField()
    area = models.CharField(max_length=30, choices=choices(GrowthArea), blank=True)
    status = models.CharField(
        max_length=10, choices=choices(GoalStatus), default=GoalStatus.OPEN.value
    )
    begun_on = models.DateField()
    settled_on = models.DateField(null=True, blank=True)
    settled_words = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="goal_has_words", condition=~Q(words="")),
            models.CheckConstraint(
                name="goal_settled_has_its_day",
                condition=Q(status="open", settled_on=None)
                | (~Q(status="open") & Q(settled_on__isnull=False)),
            ),
        ]
