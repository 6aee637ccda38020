"""What goes to those outside: updates for court or county, and answers to a referrer."""

from django.db import models
from django.db.models import Q

from alongside.accounts.models import TenantModel, User
from alongside.consents.models import ConsentRecipient, Disclosure
from alongside.core.choices import choices
from alongside.encounters.codes import AnswerKind, ReferrerQuestionStatus, UpdateStatus
from alongside.encounters.rules.outside import QuestionFacts
from alongside.people.models import Participant
from alongside.referrals.models import Referral


class Update(TenantModel):
    """Composed with the participant beside, read whole, agreed to by name, then told through the
    gate. ``text`` is every word as it was read; from then on nothing of it changes. ``left_out``
    holds the parts and days that stay out of the draft.
    """

    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="updates")
    recipient = models.ForeignKey(ConsentRecipient, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(
        max_length=8, choices=choices(UpdateStatus), default=UpdateStatus.DRAFT.value
    )
    since = models.DateField()
    until = models.DateField()
    left_out = models.JSONField(default=list, blank=True)
    words = models.TextField(blank=True)
    added = models.TextField(blank=True)
    corrects = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrections"
    )
    begun_at = models.DateTimeField()
    begun_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=0, editable=False)
    text = models.JSONField(null=True, blank=True)
    code = models.CharField(max_length=64, blank=True)
    signed_name = models.CharField(max_length=200, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    disclosure = models.OneToOneField(
        Disclosure, on_delete=models.PROTECT, null=True, blank=True, related_name="update_told"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="update_ends_after_it_begins", condition=Q(until__gte=models.F("since"))
            ),
            models.CheckConstraint(
                name="update_sent_was_agreed_to_and_keeps_its_text",
                condition=(
                    ~Q(status="sent") & Q(sent_at=None, sent_by=None, signed_name="", code="")
                )
                | (
                    Q(status="sent", sent_at__isnull=False, sent_by__isnull=False)
                    & ~Q(signed_name="")
                    & ~Q(code="")
                ),
            ),
            models.UniqueConstraint(
                fields=["corrects"],
                condition=Q(status="sent"),
                name="update_is_corrected_by_one_newer_one",
            ),
        ]
        indexes = [models.Index(fields=["participant", "-id"], name="update_by_participant")]


class ReferrerQuestion(TenantModel):
    """What a referrer asks about someone they referred. Its id comes from the form."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="questions")
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    words = models.TextField()
    status = models.CharField(
        max_length=10,
        choices=choices(ReferrerQuestionStatus),
        default=ReferrerQuestionStatus.OPEN.value,
    )
    seen_at = models.DateTimeField(null=True, blank=True)
    seen_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    moved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="referrer_question_asks_something", condition=~Q(words="")),
        ]
        indexes = [
            models.Index(fields=["referral", "id"], name="referrer_question_of_referral"),
            models.Index(
                fields=["agency", "asked_at"],
                condition=Q(status__in=["open", "seen"]),
                name="referrer_question_waiting",
            ),
        ]

    def facts(self) -> QuestionFacts:
        return QuestionFacts(ReferrerQuestionStatus(self.status), self.asked_by_id)


class ReferrerAnswer(TenantModel):
    """What was answered, and what was told with it. A further answer mends the one before."""

    question = models.ForeignKey(ReferrerQuestion, on_delete=models.PROTECT, related_name="answers")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=choices(AnswerKind))
    words = models.TextField(blank=True)
    disclosure = models.OneToOneField(
        Disclosure, on_delete=models.PROTECT, null=True, blank=True, related_name="answer_told"
    )
    answered_at = models.DateTimeField()
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["question", "number"], name="referrer_answer_counts_up"
            ),
            models.CheckConstraint(
                name="referrer_answer_tells_through_the_gate_or_nothing",
                condition=Q(kind="cannot-say", words="", disclosure=None)
                | (Q(kind="told", disclosure__isnull=False) & ~Q(words="")),
            ),
        ]
