from django.db import models

from alongside.accounts.models import TenantModel
from alongside.people.models import Participant


class PersonMonth(TenantModel):
    """How often two were in touch in one month of the agency's calendar: sums of encounters that
    stand, kept by the database itself (``reporting.counting``). No other code writes it.

    ``month`` is its first day. ``here`` are contacts whose note was signed here, ``together`` those
    of them in which the participant's own words or name stand.
    """

    participant = models.ForeignKey(
        Participant, on_delete=models.PROTECT, related_name="months_in_touch"
    )
    month = models.DateField()
    contacts = models.IntegerField(default=0)
    attempts = models.IntegerField(default=0)
    face_to_face = models.IntegerField(default=0)
    telephone = models.IntegerField(default=0)
    video = models.IntegerField(default=0)
    text_message = models.IntegerField(default=0)
    social_media = models.IntegerField(default=0)
    other_electronic = models.IntegerField(default=0)
    connecting = models.IntegerField(default=0)
    exploring = models.IntegerField(default=0)
    supporting = models.IntegerField(default=0)
    planning = models.IntegerField(default=0)
    advocating = models.IntegerField(default=0)
    no_process = models.IntegerField(default=0)
    here = models.IntegerField(default=0)
    together = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "participant", "month"], name="person_month_is_counted_once"
            ),
        ]
