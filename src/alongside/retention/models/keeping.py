from django.db import models
from django.db.models import F, Q

from alongside.accounts.models import TenantModel, User
from alongside.core.choices import choices
from alongside.people.models import Participant
from alongside.retention.codes import DisposalStatus
from alongside.retention.rules import DisposalFacts


class LegalHold(TenantModel):
    """While it stands, nothing of this person's record becomes due."""

    participant = models.ForeignKey(
        Participant, on_delete=models.PROTECT, related_name="legal_holds"
    )
    reason = models.TextField()
    placed_at = models.DateTimeField()
    placed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    lifted_reason = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["agency", "-id"], name="hold_of_agency")]
        constraints = [
            models.UniqueConstraint(
                fields=["participant"], condition=Q(lifted_at=None), name="record_is_held_once"
            ),
            models.CheckConstraint(name="hold_has_a_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="hold_is_lifted_by_someone_with_a_reason",
                condition=Q(lifted_at=None, lifted_by=None, lifted_reason="")
                | (Q(lifted_at__isnull=False, lifted_by__isnull=False) & ~Q(lifted_reason="")),
            ),
        ]


class KeepingLonger(TenantModel):
    """How many years the agency keeps each kind of row by itself, beyond what the law asks. Rows
    are only ever added: the one with the highest number is in force."""

    number = models.PositiveIntegerField()
    years = models.JSONField(default=dict)
    reason = models.TextField()
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "number"], name="keeping_longer_counts_up")
        ]


class Disposal(TenantModel):
    """That a record went, and why it might: ids, rules, days and counts, never a name. It stays
    when the record is gone, so it has no foreign key to it.

    ``also_ids`` are rows that were found to be the same person. ``why`` holds each rule with the
    day it counted from; ``rows`` how many of each model went. ``files_left`` are bytes on disk that
    are still to be erased: emptied once they are.
    """

    participant_id = models.UUIDField()
    also_ids = models.JSONField(default=list, blank=True)
    status = models.CharField(
        max_length=10, choices=choices(DisposalStatus), default=DisposalStatus.PROPOSED.value
    )
    why = models.JSONField(default=list)
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    taken_back_at = models.DateTimeField(null=True, blank=True)
    taken_back_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    rows = models.JSONField(default=dict, blank=True)
    files = models.PositiveIntegerField(default=0)
    files_left = models.JSONField(default=list, blank=True)

    class Meta:
        indexes = [models.Index(fields=["agency", "-id"], name="disposal_of_agency")]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "participant_id"],
                condition=Q(status=DisposalStatus.PROPOSED.value),
                name="record_is_proposed_once",
            ),
            models.CheckConstraint(
                name="disposal_is_done_by_someone_else",
                condition=~Q(status=DisposalStatus.DONE.value)
                | (Q(done_at__isnull=False, done_by__isnull=False) & ~Q(done_by=F("proposed_by"))),
            ),
            models.CheckConstraint(
                name="disposal_is_taken_back_by_someone",
                condition=~Q(status=DisposalStatus.TAKEN_BACK.value)
                | Q(taken_back_at__isnull=False, taken_back_by__isnull=False),
            ),
        ]

    def facts(self) -> DisposalFacts:
        return DisposalFacts(DisposalStatus(self.status), self.proposed_by_id)
