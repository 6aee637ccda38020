from django.db import models
from django.db.models import Q

from alongside.accounts.models import TenantModel
from alongside.core.choices import choices
from alongside.encounters.codes import AppointmentStatus, Wish
from alongside.encounters.models.notes import Encounter
from alongside.people.models import Participant
from alongside.practice.codes import GoingAlong
from alongside.workforce.models import Supporter


class Appointment(TenantModel):
    """A time to meet, planned with the participant. ``encounter`` is the note it led to.

    ``wish`` is what the participant last said about it from their own pages; it stands until they
    take it back or the supporter has seen to it (``wish_settled_at``).
    """

    participant = models.ForeignKey(
        Participant, on_delete=models.PROTECT, related_name="appointments"
    )
    supporter = models.ForeignKey(Supporter, on_delete=models.PROTECT, related_name="appointments")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    place_words = models.CharField(max_length=120, blank=True)
    going_along = models.CharField(max_length=20, choices=choices(GoingAlong), blank=True)
    words = models.CharField(max_length=200, blank=True)
    status = models.CharField(
        max_length=10, choices=choices(AppointmentStatus), default=AppointmentStatus.PLANNED.value
    )
    status_words = models.CharField(max_length=200, blank=True)
    wish = models.CharField(
        max_length=12, choices=choices(Wish), default="", db_default="", blank=True
    )
    wish_words = models.CharField(max_length=200, default="", db_default="", blank=True)
    wished_at = models.DateTimeField(null=True, blank=True)
    wish_settled_at = models.DateTimeField(null=True, blank=True)
    encounter = models.OneToOneField(
        Encounter, on_delete=models.PROTECT, null=True, blank=True, related_name="appointment"
    )

    class Meta:
        indexes = [models.Index(fields=["supporter", "starts_at"], name="appointment_by_day")]
        constraints = [
            models.CheckConstraint(
                name="appointment_ends_after_it_starts",
                condition=Q(ends_at=None) | Q(ends_at__gt=models.F("starts_at")),
            ),
            models.CheckConstraint(
                name="appointment_wish_has_a_moment",
                condition=Q(wish="", wished_at=None) | ~Q(wish="") & Q(wished_at__isnull=False),
            ),
        ]
