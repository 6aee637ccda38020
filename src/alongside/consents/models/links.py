from django.db import models
from django.db.models import F, Q

from alongside.accounts.models import TenantModel, User
from alongside.consents.codes import LinkStatus
from alongside.core.choices import choices
from alongside.people.models import Participant


class RecordLink(TenantModel):
    """Two people who both take part and mean something to each other (MPR-3). It shows on both
    records once both said yes, and on neither before or after."""

    status = models.CharField(
        max_length=10, choices=choices(LinkStatus), default=LinkStatus.PROPOSED.value
    )
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    taken_back_at = models.DateTimeField(null=True, blank=True)
    taken_back_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="record_link_is_taken_back_by_someone",
                condition=(~Q(status="taken-back") & Q(taken_back_at=None, taken_back_by=None))
                | Q(status="taken-back", taken_back_at__isnull=False, taken_back_by__isnull=False),
            ),
        ]


class RecordLinkSide(TenantModel):
    """One of the two: ``other_is`` says in this person's words what the other one is to them, and
    ``signer_name`` is what they signed with."""

    link = models.ForeignKey(RecordLink, on_delete=models.PROTECT, related_name="sides")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="links")
    other = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    other_is = models.CharField(max_length=80, blank=True)
    signer_name = models.CharField(max_length=200, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)
    recorded_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    text = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["link", "participant"], name="record_link_has_each_person_once"
            ),
            models.CheckConstraint(
                name="record_link_is_between_two_people",
                condition=~Q(participant=F("other")),
            ),
            models.CheckConstraint(
                name="record_link_side_is_signed_with_a_name",
                condition=Q(signed_at=None, recorded_by=None, signer_name="")
                | (Q(signed_at__isnull=False, recorded_by__isnull=False) & ~Q(signer_name="")),
            ),
        ]
        indexes = [models.Index(fields=["participant"], name="record_link_by_participant")]
