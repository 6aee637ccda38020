from django.db import models
from django.db.models import Q

from alongside.accounts.models import TenantModel, User
from alongside.core.choices import choices
from alongside.practice.codes import Audience, CredentialKind, LivedExperience


class Supporter(TenantModel):
    """The person with lived experience who supports. The profile is the supporter's own story.

    ``public_name`` is how they want to be called on the agency's public page; empty: they do not
    stand there.
    """

    user = models.OneToOneField(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="supporter"
    )
    name = models.CharField(max_length=200)
    initials = models.CharField(max_length=12, blank=True)
    counties = models.JSONField(default=list, blank=True)
    languages = models.JSONField(default=list, blank=True)
    gender_words = models.CharField(max_length=60, blank=True)
    times = models.CharField(max_length=200, blank=True)
    caseload_size = models.PositiveSmallIntegerField(default=15)
    strengths = models.TextField(blank=True)
    bio = models.TextField(blank=True)
    public_name = models.CharField(max_length=60, blank=True)
    bio_audience = models.CharField(
        max_length=14, choices=choices(Audience), default=Audience.NOBODY.value
    )
    strengths_audience = models.CharField(
        max_length=14, choices=choices(Audience), default=Audience.NOBODY.value
    )
    gender_audience = models.CharField(
        max_length=14, choices=choices(Audience), default=Audience.STAFF.value
    )
    peer_support_training = models.CharField(max_length=200, blank=True)
    recovery_coach_training = models.CharField(max_length=200, blank=True)
    other_license = models.CharField(max_length=200, blank=True)
    # Orientation and in-service hours count from here; what nobody said stays unknown.
    began_on = models.DateField(null=True, blank=True)
    experienced = models.BooleanField(null=True, blank=True)
    volunteer = models.BooleanField(default=False)
    batch_id = models.UUIDField(null=True, blank=True, editable=False)
    voided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["agency", "name", "id"], name="supporter_by_name")]


class SharedExperience(TenantModel):
    """One part of a supporter's story, and who may know it: the supporter alone decides (PSP-3)."""

    supporter = models.ForeignKey(Supporter, on_delete=models.CASCADE, related_name="experiences")
    kind = models.CharField(max_length=30, choices=choices(LivedExperience))
    words = models.TextField(blank=True)
    audience = models.CharField(
        max_length=14, choices=choices(Audience), default=Audience.NOBODY.value
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["supporter", "kind"], name="experience_is_told_once"),
        ]


class Credential(TenantModel):
    """A certificate, or the way to one. Dates decide what it is worth on a day, never a flag."""

    supporter = models.ForeignKey(Supporter, on_delete=models.CASCADE, related_name="credentials")
    kind = models.CharField(max_length=20, choices=choices(CredentialKind))
    in_training = models.BooleanField(default=False)
    training_hours = models.DecimalField(max_digits=5, decimal_places=1, null=True, blank=True)
    exam_on = models.DateField(null=True, blank=True)
    certified_on = models.DateField(null=True, blank=True)
    expires_on = models.DateField(null=True, blank=True)
    continuing_hours = models.DecimalField(max_digits=5, decimal_places=1, null=True, blank=True)
    batch_id = models.UUIDField(null=True, blank=True, editable=False)
    voided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="credential_expires_after_it_begins",
                condition=Q(expires_on=None)
                | Q(certified_on=None)
                | Q(expires_on__gte=models.F("certified_on")),
            ),
        ]
