from django.db import models
from django.db.models import Q

from alongside.accounts.models import TenantModel, User
from alongside.accounts.sealed import SealedBytesField, SealedJsonField
from alongside.core.choices import choices
from alongside.exchange.codes import BatchStatus, RowStatus, SheetKind


class ImportBatch(TenantModel):
    """One sheet brought in. ``columns`` and ``evidence`` hold for all its rows, so that a row read
    later is read like the first; ``day`` is the agency's day on which it was chosen."""

    kind = models.CharField(max_length=10, choices=choices(SheetKind))
    filename = models.CharField(max_length=200)
    encoding = models.CharField(max_length=20, blank=True)
    separator = models.CharField(max_length=1, blank=True)
    sheet_name = models.CharField(max_length=60, blank=True)
    header_row = models.PositiveIntegerField()
    header = models.JSONField(default=list)
    left_out = SealedJsonField(blank=True)
    columns = models.JSONField(default=dict, blank=True)
    evidence = models.JSONField(default=dict, blank=True)
    day = models.DateField()
    status = models.CharField(
        max_length=10, choices=choices(BatchStatus), default=BatchStatus.CHOSEN.value
    )
    row_count = models.PositiveIntegerField()
    problem_counts = models.JSONField(default=dict, blank=True)
    chosen_at = models.DateTimeField()
    chosen_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    done_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "import batches"
        indexes = [models.Index(fields=["agency", "-chosen_at", "-id"], name="batch_history")]
        constraints = [
            models.CheckConstraint(
                name="batch_undone_says_when",
                condition=Q(status="undone", undone_at__isnull=False)
                | (~Q(status="undone") & Q(undone_at=None)),
            ),
        ]


class ImportFile(TenantModel):
    """The file as it was chosen, byte for byte and sealed; apart, so that no list ever loads it."""

    batch = models.OneToOneField(ImportBatch, on_delete=models.PROTECT, related_name="file")
    content = SealedBytesField()
    sha256 = models.CharField(max_length=64)


class ImportRow(TenantModel):
    """A row of a sheet, verbatim for ever, sealed. ``corrected`` holds cells by field as a person
    mended them, ``chosen`` whom a person said it was. What comes of a row has the row's own id."""

    batch = models.ForeignKey(ImportBatch, on_delete=models.PROTECT, related_name="rows")
    number = models.PositiveIntegerField()
    cells = SealedJsonField()
    fingerprint = models.CharField(max_length=64)
    status = models.CharField(
        max_length=14, choices=choices(RowStatus), default=RowStatus.WAITING.value
    )
    status_before = models.CharField(max_length=14, blank=True)
    why = models.CharField(max_length=40, blank=True)
    who_key = models.CharField(max_length=200, blank=True)
    supporter_key = models.CharField(max_length=200, blank=True)
    problems = models.JSONField(default=list, blank=True)
    corrected = models.JSONField(default=dict, blank=True)
    chosen = models.JSONField(default=dict, blank=True)
    skip_reason = models.CharField(max_length=200, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        indexes = [
            models.Index(fields=["batch", "status", "number"], name="import_row_by_status"),
            models.Index(fields=["agency", "fingerprint"], name="import_row_by_fingerprint"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["batch", "number"], name="import_row_stands_once"),
            models.CheckConstraint(
                name="import_row_skipped_says_why",
                condition=~Q(status="skipped") | ~Q(skip_reason=""),
            ),
        ]


class ColumnMapping(TenantModel):
    """Which column is what, as a person of the agency settled it for sheets with these columns."""

    kind = models.CharField(max_length=10, choices=choices(SheetKind))
    header_key = models.CharField(max_length=64)
    columns = models.JSONField()
    kept_at = models.DateTimeField()
    kept_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "kind", "header_key"], name="columns_are_kept_once_per_header"
            ),
        ]
