from django.db import models


class AuditEvent(models.Model):
    """Append-only. Holds ids as text, no foreign keys, so history outlives what it describes."""

    id = models.BigAutoField(primary_key=True)
    agency_id = models.UUIDField()
    seq = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    actor_id = models.UUIDField(null=True)
    verb = models.CharField(max_length=60)
    target = models.CharField(max_length=120)
    detail = models.JSONField(default=dict)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency_id", "seq"], name="audit_event_has_one_place_in_its_chain"
            ),
        ]
        indexes = [
            models.Index(fields=["agency_id", "target", "seq"], name="audit_by_target"),
            models.Index(fields=["agency_id", "at"], name="audit_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.target}"


class ChainHead(models.Model):
    """Where an agency's chain ends. Locked while an event is added, so that it never forks."""

    agency_id = models.UUIDField(primary_key=True)
    seq = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"Head {self.seq}"
