from django.db import models
from django.db.models import F, Q

from alongside.accounts.models import TenantModel, User
from alongside.core.choices import choices
from alongside.people.codes import OpeningReview
from alongside.people.models.people import Participant
from alongside.people.rules.emergencies import OpeningFacts


class EmergencyOpening(TenantModel):
    """Someone opened the record of a person they do not walk with, because it could not wait.

    It ends by itself at ``ends_at``, or before, at ``ended_at``; how the look at it stands is in
    ``review``, and what was said about it in the words below it. No row is ever taken away.
    """

    participant = models.ForeignKey(
        Participant, on_delete=models.PROTECT, related_name="emergency_openings"
    )
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reason = models.TextField()
    review = models.CharField(
        max_length=10,
        choices=choices(OpeningReview),
        default=OpeningReview.WAITING.value,
    )
    reviewed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reviewed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["agency", "review", "opened_at"], name="opening_by_review"),
            models.Index(fields=["opened_by", "-opened_at"], name="opening_by_opener"),
        ]
        constraints = [
            models.CheckConstraint(name="opening_has_a_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="opening_ends_after_it_began", condition=Q(ends_at__gt=F("opened_at"))
            ),
            models.CheckConstraint(
                name="opening_ended_early_says_when_and_by_whom",
                condition=Q(ended_at=None, ended_by=None)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
            ),
            models.CheckConstraint(
                name="opening_is_not_reviewed_by_its_opener",
                condition=Q(reviewed_by=None) | ~Q(reviewed_by=F("opened_by")),
            ),
            models.CheckConstraint(
                name="opening_decided_says_when_and_by_whom",
                condition=Q(reviewed_by__isnull=False, reviewed_at__isnull=False)
                | ~Q(review__in=[OpeningReview.RIGHT.value, OpeningReview.NOT_RIGHT.value]),
            ),
        ]

    def facts(self) -> OpeningFacts:
        return OpeningFacts(
            opened_by=self.opened_by_id,
            review=OpeningReview(self.review),
            opened_at=self.opened_at,
            ends_at=self.ends_at,
            ended_at=self.ended_at,
        )


class EmergencyWord(TenantModel):
    """What was said in the look at an opening, and what it came to. Rows are only ever added."""

    opening = models.ForeignKey(EmergencyOpening, on_delete=models.PROTECT, related_name="words")
    said_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField()
    to = models.CharField(max_length=10, choices=choices(OpeningReview))
    text = models.TextField()


class EmergencyNotice(TenantModel):
    """Whom an opening was told to at once, and when they read it."""

    opening = models.ForeignKey(EmergencyOpening, on_delete=models.PROTECT, related_name="notices")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["user"], name="notice_unread_by_user", condition=Q(seen_at=None))
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["opening", "user"], name="opening_is_told_to_each_once"
            ),
        ]
