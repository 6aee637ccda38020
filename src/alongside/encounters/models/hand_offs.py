from django.db import models
from django.db.models import Q

from alongside.accounts.models import TenantModel, User
from alongside.core.choices import choices
from alongside.encounters.codes import HandOffStatus
from alongside.encounters.models.notes import Encounter
from alongside.encounters.rules.hand_offs import STANDING, HandOffFacts
from alongside.people.models import Participant


class HandOff(TenantModel):
    """What was handed to whom after a hard talk, and whether someone looks after it (PROC-7).

    Its id is made when the form opens, so that five clicks make one. ``participant`` is empty for a
    talk with someone who is not in the record. ``wanted`` is the person's own voice.
    """

    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    participant = models.ForeignKey(
        Participant, on_delete=models.PROTECT, null=True, blank=True, related_name="hand_offs"
    )
    encounter = models.ForeignKey(
        Encounter, on_delete=models.PROTECT, null=True, blank=True, related_name="hand_offs"
    )
    status = models.CharField(
        max_length=12, choices=choices(HandOffStatus), default=HandOffStatus.WAITING.value
    )
    happened_at = models.DateTimeField()
    about = models.JSONField(default=list)
    handed_to = models.JSONField(default=list)
    who = models.CharField(max_length=200, blank=True)
    wanted = models.TextField(blank=True)
    done = models.TextField()
    permission_words = models.TextField(blank=True)
    still_open = models.BooleanField(default=False)
    next_step = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    # Since when it waits for an answer: recorded, corrected or opened again.
    waits_since = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True, blank=True)
    taken_back_reason = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["agency", "waits_since", "id"],
                condition=Q(status__in=[status.value for status in STANDING]),
                name="hand_off_standing",
            ),
            models.Index(fields=["author", "-happened_at", "-id"], name="hand_off_by_author"),
            models.Index(fields=["participant", "-happened_at", "-id"], name="hand_off_by_person"),
            models.Index(fields=["agency", "-happened_at", "-id"], name="hand_off_by_agency"),
        ]
        constraints = [
            models.CheckConstraint(name="hand_off_says_what_was_done", condition=~Q(done="")),
            models.CheckConstraint(
                name="hand_off_still_open_has_a_next_step",
                condition=Q(still_open=False) | ~Q(next_step=""),
            ),
            models.CheckConstraint(
                name="hand_off_taken_back_has_a_reason",
                condition=~Q(status=HandOffStatus.TAKEN_BACK.value)
                | (Q(taken_back_at__isnull=False) & ~Q(taken_back_reason="")),
            ),
        ]

    def facts(self, *, versions: int = 0) -> HandOffFacts:
        return HandOffFacts(self.author_id, HandOffStatus(self.status), versions)


class HandOffVersion(TenantModel):
    """What a hand-off said before a correction; ``text`` holds every field as it stood."""

    hand_off = models.ForeignKey(HandOff, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    text = models.JSONField()
    reason = models.TextField()
    replaced_at = models.DateTimeField()
    replaced_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["hand_off", "number"], name="hand_off_version_counts_up"
            )
        ]


class HandOffAnswer(TenantModel):
    """What was said to a hand-off, and what it became by that. Rows are only ever added.

    ``still_open`` is what the one who said it knew then; unknown where they did not say.
    """

    hand_off = models.ForeignKey(HandOff, on_delete=models.PROTECT, related_name="answers")
    status = models.CharField(max_length=12, choices=choices(HandOffStatus))
    words = models.TextField(blank=True)
    still_open = models.BooleanField(null=True, blank=True)
    answered_at = models.DateTimeField()
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["hand_off", "answered_at", "id"], name="hand_off_answer_by_time")
        ]


class HandOffDraft(TenantModel):
    """Typed text that is not yet a hand-off, for the one who typed it alone."""

    author = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    hand_off_id = models.UUIDField()
    participant = models.ForeignKey(
        Participant, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    fields = models.JSONField(default=dict)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["author", "hand_off_id"], name="hand_off_draft_is_kept_once"
            )
        ]
