from django.db import models
from django.db.models import F, Q

from alongside.accounts.models import TenantModel, User
from alongside.core.choices import choices
from alongside.outcomes.codes import Seen
from alongside.people.models import Participant
from alongside.practice.codes import MilestoneKind


class Milestone(TenantModel):
    """Something that matters on the way, in the participant's words. ``about``: the day is only
    roughly so. ``seen``: between participant and supporter, unless the participant opens it.

    ``written_by_them``: the participant wrote it down by themselves. Its id is made when the form
    opens.
    """

    participant = models.ForeignKey(
        Participant, on_delete=models.PROTECT, related_name="milestones"
    )
    kind = models.CharField(max_length=30, choices=choices(MilestoneKind), blank=True)
    words = models.TextField()
    on = models.DateField()
    about = models.BooleanField(default=False)
    seen = models.CharField(max_length=10, choices=choices(Seen), default=Seen.US.value)
    written_by_them = models.BooleanField(default=False)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    revision = models.PositiveIntegerField(default=0, editable=False)
    voided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="milestone_has_words", condition=~Q(words="")),
        ]
        indexes = [
            models.Index(fields=["participant", "-on", "-id"], name="milestone_by_participant")
        ]


class MilestoneChange(TenantModel):
    """What a milestone said before, and why it was changed. Only added."""

    milestone = models.ForeignKey(Milestone, on_delete=models.PROTECT, related_name="changes")
    text = models.JSONField(default=dict)
    why = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["milestone", "-id"], name="milestone_change")]


class ReturnToUse(TenantModel):
    """Someone used again, and told us: their words if they have any, and when they were back with
    support. It holds no amount, no substance and no count.

    ``known_on`` is the day we came to know, ``happened_on`` the day they say it began. ``back_on``
    is when they were with support again; ``back_encounter_id`` the meeting it was, if there is one.
    """

    participant = models.ForeignKey(
        Participant, on_delete=models.PROTECT, related_name="returns_to_use"
    )
    words = models.TextField(blank=True)
    known_on = models.DateField()
    happened_on = models.DateField(null=True, blank=True)
    back_on = models.DateField(null=True, blank=True)
    back_words = models.TextField(blank=True)
    back_encounter_id = models.UUIDField(null=True, blank=True)
    written_by_them = models.BooleanField(default=False)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    revision = models.PositiveIntegerField(default=0, editable=False)
    voided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="return_to_use_is_known_once_it_happened",
                condition=Q(happened_on=None) | Q(happened_on__lte=F("known_on")),
            ),
            models.CheckConstraint(
                name="return_to_support_has_its_day",
                condition=Q(back_on__isnull=False) | Q(back_encounter_id=None, back_words=""),
            ),
            models.CheckConstraint(
                name="return_to_support_is_not_before_the_use",
                condition=Q(back_on=None)
                | Q(happened_on__isnull=False, back_on__gte=F("happened_on"))
                | Q(happened_on=None, back_on__gte=F("known_on")),
            ),
        ]
        indexes = [
            models.Index(fields=["participant", "-known_on", "-id"], name="return_by_participant"),
            models.Index(fields=["agency", "known_on", "id"], name="return_by_agency"),
        ]


class ReturnChange(TenantModel):
    """What it said before on a return to use, and why it was changed. Only added."""

    return_to_use = models.ForeignKey(ReturnToUse, on_delete=models.PROTECT, related_name="changes")
    text = models.JSONField(default=dict)
    why = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["return_to_use", "-id"], name="return_change")]
