from django.db import models
from django.db.models import Q

from alongside.accounts.models import TenantModel, User
from alongside.core.choices import choices
from alongside.plans.codes import ObstacleKind, PartChangeKind, PartKind, PartStatus, Side, WhoDoes
from alongside.plans.models.plans import Goal, Plan
from alongside.plans.rules.parts import PartFacts
from alongside.practice.codes import Objective, ServiceArray


class PlanPart(TenantModel):
    """One thing of a plan beside its goals: a strength or a value, an objective, a step, a natural
    support, an obstacle and what was tried, a question about treatment options.

    One table, so that a whole plan is read by one query. ``parent`` is the objective of a step, or
    the obstacle of a try. ``day`` is by when a step is wanted, or when something was tried;
    ``settled_words`` are the participant's, or for a question what was said. ``voice`` tells whose
    hand wrote it, ``revision`` counts changes; ``voided_at`` hides what was written by mistake.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="parts")
    kind = models.CharField(max_length=10, choices=choices(PartKind))
    goal = models.ForeignKey(
        Goal, on_delete=models.PROTECT, null=True, blank=True, related_name="parts"
    )
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    words = models.TextField()
    sample = models.CharField(max_length=30, choices=choices(Objective), blank=True)
    service_array = models.CharField(max_length=40, choices=choices(ServiceArray), blank=True)
    who = models.CharField(max_length=12, choices=choices(WhoDoes), blank=True)
    who_name = models.CharField(max_length=200, blank=True)
    day = models.DateField(null=True, blank=True)
    on_behalf = models.BooleanField(default=False)
    permission_words = models.TextField(blank=True)
    permission_at = models.DateTimeField(null=True, blank=True)
    obstacle = models.CharField(max_length=14, choices=choices(ObstacleKind), blank=True)
    how_close = models.CharField(max_length=200, blank=True)
    next_step = models.TextField(blank=True)
    asked_of = models.CharField(max_length=200, blank=True)
    status = models.CharField(
        max_length=10, choices=choices(PartStatus), default=PartStatus.OPEN.value
    )
    begun_on = models.DateField()
    settled_on = models.DateField(null=True, blank=True)
    settled_words = models.TextField(blank=True)
    voice = models.CharField(max_length=12, choices=choices(Side))
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    revision = models.PositiveIntegerField(default=0, editable=False)
    voided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="plan_part_has_words", condition=~Q(words="")),
            models.CheckConstraint(
                name="plan_part_settled_has_its_day",
                condition=Q(status="open", settled_on=None)
                | (~Q(status="open") & Q(settled_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="plan_objective_and_step_have_their_goal",
                condition=~Q(kind__in=["objective", "step"]) | Q(goal__isnull=False),
            ),
            models.CheckConstraint(
                name="plan_try_has_its_obstacle",
                condition=~Q(kind="try") | Q(parent__isnull=False),
            ),
            models.CheckConstraint(
                name="plan_step_done_for_them_has_their_permission",
                condition=Q(on_behalf=False)
                | (Q(kind="step", permission_at__isnull=False) & ~Q(permission_words="")),
            ),
        ]
        indexes = [models.Index(fields=["plan", "kind", "id"], name="plan_part_of_plan")]

    def facts(self) -> PartFacts:
        return PartFacts(
            PartKind(self.kind), PartStatus(self.status), taken_back=self.voided_at is not None
        )


class PlanPartChange(TenantModel):
    """One thing that happened to a part: what stood there before, and what was said. Only added."""

    part = models.ForeignKey(PlanPart, on_delete=models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=12, choices=choices(PartChangeKind))
    before = models.JSONField(default=dict, blank=True)
    said = models.TextField(blank=True)
    voice = models.CharField(max_length=12, choices=choices(Side))
    on = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["part", "-id"], name="plan_part_change_newest")]
