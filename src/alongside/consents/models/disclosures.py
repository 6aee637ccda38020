from django.db import models
from django.db.models import Q

from alongside.accounts.models import Contract, TenantModel, User
from alongside.consents.models.consents import Consent, ConsentRecipient
from alongside.core.choices import choices
from alongside.people.models import Participant
from alongside.practice.consents.codes import Purpose
from alongside.practice.disclosure import Basis, Travels, Way, travels


class Disclosure(TenantModel):
    """What left the agency about someone: to whom, what, why, on which ground, and what went along.

    Written by the gate alone and never changed; one that was written by mistake is withdrawn and
    stays readable. ``categories`` and ``what`` say what was told, ``facts`` what the ground asks
    for, ``notice`` and ``scope`` what traveled with it. ``times`` counts the same look again on the
    same day, until ``last_at``; ``fold`` is what makes it the same.
    """

    participant = models.ForeignKey(
        Participant, on_delete=models.PROTECT, related_name="disclosures"
    )
    basis = models.CharField(max_length=20, choices=choices(Basis))
    consent = models.ForeignKey(
        Consent, on_delete=models.PROTECT, null=True, blank=True, related_name="disclosures"
    )
    recipient = models.ForeignKey(
        ConsentRecipient, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    referrer_id = models.UUIDField(null=True, blank=True)
    name = models.CharField(max_length=200, blank=True)
    organization = models.CharField(max_length=200, blank=True)
    address = models.CharField(max_length=300, blank=True)
    categories = models.JSONField(default=list, blank=True)
    what = models.TextField(blank=True)
    purpose = models.CharField(max_length=20, choices=choices(Purpose), blank=True)
    purpose_words = models.TextField(blank=True)
    way = models.CharField(max_length=12, choices=choices(Way))
    facts = models.JSONField(default=dict, blank=True)
    protected = models.BooleanField(default=True)
    notice = models.CharField(max_length=20, blank=True)
    scope = models.JSONField(default=dict, blank=True)
    told_at = models.DateTimeField()
    last_at = models.DateTimeField()
    times = models.PositiveIntegerField(default=1)
    fold = models.CharField(max_length=64, blank=True, editable=False)
    recorded_at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="disclosure_by_consent_names_it_and_its_recipient",
                condition=Q(basis="consent", consent__isnull=False, recipient__isnull=False)
                | (~Q(basis="consent") & Q(consent=None, recipient=None)),
            ),
            models.CheckConstraint(
                name="disclosure_by_consent_takes_the_notice_along",
                condition=~Q(basis="consent") | Q(protected=False) | ~Q(notice=""),
            ),
            models.CheckConstraint(
                name="disclosure_says_who_got_it",
                condition=Q(basis="participant") | ~Q(name="") | ~Q(organization=""),
            ),
            models.CheckConstraint(
                name="disclosure_is_told_before_it_is_recorded",
                condition=Q(told_at__lte=models.F("recorded_at")),
            ),
            models.CheckConstraint(
                name="disclosure_withdrawn_says_why_and_by_whom",
                condition=Q(withdrawn_at=None, withdrawn_by=None, withdrawn_reason="")
                | (
                    Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False)
                    & ~Q(withdrawn_reason="")
                ),
            ),
            models.UniqueConstraint(
                fields=["agency", "fold"],
                condition=~Q(fold="") & Q(withdrawn_at=None),
                name="disclosure_of_one_day_counts_up",
            ),
        ]
        indexes = [
            models.Index(fields=["participant", "told_at"], name="disclosure_by_participant"),
            models.Index(fields=["agency", "told_at"], name="disclosure_by_day"),
            models.Index(fields=["by", "told_at"], name="disclosure_by_colleague"),
        ]

    def travels(self) -> Travels | None:
        """The notice and the scope of the consent, to be printed with what is told."""
        return travels(self.notice, self.scope)


class PartTwoSwitch(TenantModel):
    """Whether the records of a program (a contract) are treated as Part 2 records. Rows are only
    ever added: of each program the one with the highest number holds, and without any they are.
    Each says why.

    ``given_for`` is whom the contract was for when Part 2 was switched off: once it is for others,
    the row says nothing of them. A row without a contract is from when there was one switch for a
    whole agency; today it can only be switched on again.
    """

    contract = models.ForeignKey(
        Contract, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    given_for = models.JSONField(default=dict, blank=True)
    number = models.PositiveIntegerField()
    applies = models.BooleanField()
    reason = models.TextField()
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "number"], name="part_two_counts_up"),
            models.CheckConstraint(name="part_two_says_why", condition=~Q(reason="")),
        ]
