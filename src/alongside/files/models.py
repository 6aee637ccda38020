from django.db import models
from django.db.models import Q

from alongside.accounts.models import TenantModel, User
from alongside.core.choices import choices
from alongside.files.codes import FileKind


class StoredFile(TenantModel):
    """A file that was checked and stripped. Its bytes lie on disk under its id; the name that a
    person gave it stands here alone. ``sha256`` is of the bytes as kept, not as sent."""

    name = models.CharField(max_length=120, blank=True)
    kind = models.CharField(max_length=4, choices=choices(FileKind))
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    kept_at = models.DateTimeField()
    kept_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="file_is_removed_by_someone",
                condition=Q(removed_at=None, removed_by=None)
                | Q(removed_at__isnull=False, removed_by__isnull=False),
            ),
            models.CheckConstraint(
                name="file_is_removed_before_it_is_erased",
                condition=Q(erased_at=None) | Q(removed_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["agency", "removed_at"],
                condition=Q(removed_at__isnull=False, erased_at=None),
                name="file_to_erase",
            )
        ]
