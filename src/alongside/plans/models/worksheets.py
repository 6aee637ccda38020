from django.db import models
from django.db.models import Q

from alongside.accounts.models import TenantModel, User
from alongside.core.choices import choices
from alongside.people.models import Participant
from alongside.plans.codes import FilledIn


class AgencyTool(TenantModel):
    """A worksheet that an agency made itself. Its id is the key by which worksheets name it.

    ``withdrawn_at``: nobody begins a new one; what was filled in stays and can be read.
    """

    number = models.PositiveSmallIntegerField(default=1)  # of the version in use
    begun_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["agency", "id"], name="agency_tool_of_agency")]


class AgencyToolVersion(TenantModel):
    """One wording of it, as the text of a definition. Rows are only ever added."""

    tool = models.ForeignKey(AgencyTool, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tool", "number"], name="agency_tool_counts_up"),
        ]


class Worksheet(TenantModel):
    """A tool filled in with or for a participant, kept with the participant (PROC-3).

    ``tool`` and ``tool_version`` name its definition: one of ours, or the id of an ``AgencyTool``.
    ``number`` counts what was kept; earlier wording is a ``WorksheetVersion``.
    """

    participant = models.ForeignKey(
        Participant, on_delete=models.PROTECT, related_name="worksheets"
    )
    tool = models.CharField(max_length=60)
    tool_version = models.PositiveSmallIntegerField()
    answers = models.JSONField(default=dict)
    filled_in = models.CharField(max_length=10, choices=choices(FilledIn))
    number = models.PositiveIntegerField(default=1)
    begun_on = models.DateField()
    kept_on = models.DateField()
    kept_at = models.DateTimeField()
    kept_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    voided_at = models.DateTimeField(null=True, blank=True)
    voided_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    voided_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="worksheet_taken_back_has_who_and_why",
                condition=Q(voided_at=None, voided_by=None, voided_reason="")
                | (Q(voided_at__isnull=False) & Q(voided_by__isnull=False) & ~Q(voided_reason="")),
            ),
        ]
        indexes = [models.Index(fields=["participant", "-id"], name="worksheet_of_participant")]


class WorksheetVersion(TenantModel):
    """What a worksheet said before it was changed, and why it was. Rows are only ever added."""

    worksheet = models.ForeignKey(Worksheet, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    tool_version = models.PositiveSmallIntegerField()
    answers = models.JSONField(default=dict)
    filled_in = models.CharField(max_length=10, choices=choices(FilledIn))
    kept_on = models.DateField()
    kept_at = models.DateTimeField()
    kept_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["worksheet", "number"], name="worksheet_version_counts_up"
            ),
        ]


class WorksheetDraft(TenantModel):
    """A worksheet that is being filled in: one row per author and worksheet, for them alone.

    ``other`` is what another window had saved over it. One put away stays a day.
    """

    author = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    worksheet_id = models.UUIDField()
    tool = models.CharField(max_length=60)
    tool_version = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField(default=0)  # of the worksheet it changes; 0: a new one
    answers = models.JSONField(default=dict)
    other = models.JSONField(default=dict, blank=True)
    saved_at = models.DateTimeField()
    dropped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["author", "worksheet_id"], name="worksheet_draft_is_one_per_author"
            ),
        ]
        indexes = [models.Index(fields=["author", "participant"], name="worksheet_draft_by_person")]


class PrivateKey(TenantModel):
    """The key of one supporter's private worksheets, wrapped by a key of the installation.

    Without this row nobody reads them any more: not with the database, not with that key.
    """

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="+")
    wrapped = models.BinaryField()
    wrapped_by = models.CharField(max_length=16)  # which key of the installation
    made_at = models.DateTimeField()


class PrivateWorksheet(TenantModel):
    """A supporter's own preparation: sealed with their key, for nobody else.

    Plain are its owner, which tool it is, and when it was saved. ``other`` is what another window
    had saved over it. Removing it deletes the row.
    """

    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    tool = models.CharField(max_length=60)
    tool_version = models.PositiveSmallIntegerField()
    sealed = models.BinaryField()
    other = models.BinaryField(null=True, blank=True)
    begun_at = models.DateTimeField()
    saved_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["owner", "-id"], name="private_worksheet_of_owner")]
