from django.db import models
from django.db.models import Q

from alongside.accounts.models import TenantModel, User
from alongside.core.choices import choices
from alongside.people.models import Participant
from alongside.practice.retention import Asked
from alongside.retention.codes import AskedBy, Outcome, RequestStatus, StepKind


class RecordRequest(TenantModel):
    """What a participant asks of their record: to see it, a copy, a correction, a restriction. Its
    id is made when the form opens. ``due_on`` is the last day for an answer. ``held``: what we hold
    back since we agreed to a restriction, ``{"categories": [...], "whom": ""}``, until it ends; the
    gate asks for it each time. Of no category means all of it, from nobody named everyone."""

    participant = models.ForeignKey(
        Participant, on_delete=models.PROTECT, related_name="record_requests"
    )
    asked = models.CharField(max_length=10, choices=choices(Asked))
    words = models.TextField(blank=True)
    why = models.TextField(blank=True)
    how = models.CharField(max_length=10, choices=choices(AskedBy))
    asked_by_name = models.CharField(max_length=200, blank=True)
    asked_on = models.DateField()
    due_on = models.DateField()
    longer = models.BooleanField(default=False)
    status = models.CharField(
        max_length=10, choices=choices(RequestStatus), default=RequestStatus.OPEN.value
    )
    held = models.JSONField(null=True, blank=True)
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [
            models.Index(
                fields=["agency", "due_on", "id"],
                condition=Q(status=RequestStatus.OPEN.value),
                name="record_request_open",
            ),
            models.Index(fields=["participant", "-id"], name="record_request_of_person"),
            models.Index(fields=["agency", "-id"], name="record_request_of_agency"),
        ]


class RequestStep(TenantModel):
    """One thing said to a request. Rows are only ever added. ``about`` names the row that a
    correction left behind."""

    request = models.ForeignKey(RecordRequest, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=24, choices=choices(StepKind))
    outcome = models.CharField(max_length=16, choices=choices(Outcome), blank=True)
    words = models.TextField(blank=True)
    about = models.CharField(max_length=120, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["request", "id"], name="request_step_in_order")]
        constraints = [
            models.CheckConstraint(
                name="request_is_answered_with_an_outcome",
                condition=~Q(kind=StepKind.ANSWERED.value) | ~Q(outcome=""),
            ),
        ]
