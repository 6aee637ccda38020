from django.db import models
from django.db.models import Q

from alongside.accounts.models import TenantModel, User
from alongside.core.choices import choices
from alongside.encounters.codes import KeptStatus, KeptStepKind
from alongside.encounters.models.notes import Encounter
from alongside.encounters.rules.kept import KeptFacts
from alongside.practice.kept import KeptReason


class KeptApart(TenantModel):
    """A part of a note with its own text that stays off the participant's pages, papers and copies,
    with the reason. Its id is made by the form.

    ``older``: what the note said before, up to the version with this number, is kept apart too,
    because the same words stood there.
    """

    encounter = models.ForeignKey(Encounter, on_delete=models.PROTECT, related_name="kept_parts")
    text = models.TextField()
    reason = models.CharField(max_length=20, choices=choices(KeptReason))
    why = models.TextField()
    older = models.PositiveSmallIntegerField(default=0)
    status = models.CharField(
        max_length=10, choices=choices(KeptStatus), default=KeptStatus.WAITING.value
    )
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["agency", "status", "-id"], name="kept_apart_to_look_at")]
        constraints = [
            models.CheckConstraint(
                name="kept_apart_says_what_and_why", condition=~Q(text="") & ~Q(why="")
            )
        ]

    def facts(self) -> KeptFacts:
        return KeptFacts(self.written_by_id, KeptStatus(self.status), self.revision)


class KeptStep(TenantModel):
    """What happened to a part that is kept apart, and what was said. Rows are only ever added.
    ``text_before`` is what it said until it was changed."""

    part = models.ForeignKey(KeptApart, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=10, choices=choices(KeptStepKind))
    words = models.TextField(blank=True)
    text_before = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
