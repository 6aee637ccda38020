from django.db import models
from django.db.models import Q

from alongside.accounts.models import TenantModel, User
from alongside.consents.codes import ConsentStatus, ConsentStepKind, RevokedHow, SignedHow
from alongside.core.choices import choices
from alongside.files.models import StoredFile
from alongside.people.models import CareTeamMember, Participant
from alongside.practice.consents.codes import (
    Category,
    ConsentKind,
    Ending,
    Purpose,
    RecipientKind,
    Signer,
    Statement,
)
from alongside.practice.consents.facts import ConsentFacts, RecipientFacts
from alongside.practice.consents.tongues import ENGLISH


class Consent(TenantModel):
    """What may be told to whom, as the participant said it. A draft until it is signed; then its
    words and its ``language`` never change: ``text`` is the very text that was shown, ``version``
    the dated rules it was signed under. ``recorded_by`` sat beside. ``paper`` is the scan of what
    was signed by hand.
    """

    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="consents")
    kind = models.CharField(max_length=20, choices=choices(ConsentKind))
    status = models.CharField(
        max_length=10, choices=choices(ConsentStatus), default=ConsentStatus.DRAFT.value
    )
    version = models.CharField(max_length=20)
    language = models.CharField(max_length=8, default=ENGLISH)
    discloser = models.CharField(max_length=200)
    categories = models.JSONField(default=list, blank=True)
    information = models.TextField(blank=True)
    purpose = models.CharField(max_length=20, choices=choices(Purpose), blank=True)
    purpose_words = models.TextField(blank=True)
    answer = models.CharField(max_length=20, blank=True)
    firm = models.BooleanField(default=False)
    ends = models.CharField(max_length=5, choices=choices(Ending), blank=True)
    ends_on = models.DateField(null=True, blank=True)
    ends_event = models.CharField(max_length=200, blank=True)
    statements = models.JSONField(default=list, blank=True)
    how = models.CharField(
        max_length=10, choices=choices(SignedHow), default=SignedHow.SCREEN.value
    )
    signer = models.CharField(
        max_length=12, choices=choices(Signer), default=Signer.PARTICIPANT.value
    )
    signer_name = models.CharField(max_length=200, blank=True)
    signer_relationship = models.CharField(max_length=200, blank=True)
    signed_on = models.DateField(null=True, blank=True)
    text = models.JSONField(null=True, blank=True)
    text_hash = models.CharField(max_length=64, blank=True)
    paper = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    begun_at = models.DateTimeField()
    begun_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=0, editable=False)
    recorded_at = models.DateTimeField(null=True, blank=True)
    recorded_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    event_on = models.DateField(null=True, blank=True)
    revoked_on = models.DateField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    revoked_how = models.CharField(max_length=10, choices=choices(RevokedHow), blank=True)
    revoked_words = models.TextField(blank=True)
    mistaken_at = models.DateTimeField(null=True, blank=True)
    mistaken_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    mistaken_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="consent_in_force_was_signed_and_keeps_its_text",
                condition=Q(status__in=["draft", "put-away"], signed_on=None)
                | (
                    Q(status__in=["signed", "ended", "revoked", "mistaken"])
                    & Q(signed_on__isnull=False, recorded_at__isnull=False)
                    & ~Q(signer_name="")
                    & ~Q(text_hash="")
                ),
            ),
            models.CheckConstraint(
                name="consent_signed_for_another_says_how_they_may",
                condition=~Q(status__in=["signed", "ended", "revoked", "mistaken"])
                | Q(signer="participant")
                | ~Q(signer_relationship=""),
            ),
            models.CheckConstraint(
                name="consent_does_not_end_before_it_was_signed",
                condition=Q(signed_on=None)
                | Q(ends_on=None)
                | Q(ends_on__gte=models.F("signed_on")),
            ),
            models.CheckConstraint(
                name="consent_without_an_ending_is_a_tpo_consent",
                condition=~Q(ends="none") | Q(kind="tpo"),
            ),
            models.CheckConstraint(
                name="consent_that_is_firm_is_for_criminal_justice",
                condition=Q(firm=False) | Q(kind="criminal_justice"),
            ),
            models.CheckConstraint(
                name="consent_for_proceedings_is_for_them_alone",
                condition=Q(purpose="")
                | Q(kind="proceedings", purpose="proceedings")
                | (~Q(kind="proceedings") & ~Q(purpose="proceedings")),
            ),
            models.CheckConstraint(
                name="consent_revoked_says_when_how_and_by_whom",
                condition=(
                    ~Q(status="revoked") & Q(revoked_at=None, revoked_by=None, revoked_on=None)
                )
                | (
                    Q(status__in=["revoked", "mistaken"])
                    & Q(revoked_at__isnull=False, revoked_by__isnull=False)
                    & Q(revoked_on__isnull=False)
                    & ~Q(revoked_how="")
                ),
            ),
            models.CheckConstraint(
                name="consent_ended_says_on_which_day",
                condition=~Q(status="ended") | Q(event_on__isnull=False),
            ),
            models.CheckConstraint(
                name="consent_written_by_mistake_says_why_and_by_whom",
                condition=(~Q(status="mistaken") & Q(mistaken_at=None, mistaken_by=None))
                | (
                    Q(status="mistaken", mistaken_at__isnull=False, mistaken_by__isnull=False)
                    & ~Q(mistaken_reason="")
                ),
            ),
            models.CheckConstraint(
                name="consent_on_paper_keeps_its_scan",
                condition=Q(signed_on=None) | Q(how="screen") | Q(paper__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["participant", "status"], name="consent_by_participant"),
        ]

    def facts(self, recipients: tuple[RecipientFacts, ...], *, participant: str) -> ConsentFacts:
        """``participant`` is the name as the record says it now."""
        return ConsentFacts(
            kind=ConsentKind(self.kind),
            version=self.version,
            participant=participant,
            discloser=self.discloser,
            categories=frozenset(Category(code) for code in self.categories),
            information=self.information,
            recipients=recipients,
            purpose=Purpose(self.purpose) if self.purpose else None,
            purpose_words=self.purpose_words,
            answer=self.answer,
            firm=self.firm,
            language=self.language,
            ends=Ending(self.ends) if self.ends else None,
            ends_on=self.ends_on,
            ends_event=self.ends_event,
            event_on=self.event_on,
            statements=frozenset(Statement(code) for code in self.statements),
            signer=Signer(self.signer),
            signer_name=self.signer_name,
            signer_relationship=self.signer_relationship,
            signed_on=self.signed_on,
            revoked_on=self.revoked_on,
            mistaken=self.status == ConsentStatus.MISTAKEN,
        )


class ConsentStep(TenantModel):
    """That a consent ended or was a mistake, or that this was taken back: rows are only added, so
    the page says it even when nothing of it is left on the consent."""

    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=12, choices=choices(ConsentStepKind))
    on = models.DateField(null=True, blank=True)
    words = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="consent_step_that_ends_it_says_on_which_day",
                condition=Q(kind="ended", on__isnull=False) | (~Q(kind="ended") & Q(on=None)),
            ),
            models.CheckConstraint(
                name="consent_step_about_a_mistake_says_why",
                condition=~Q(kind__in=["mistaken", "not-mistaken"]) | ~Q(words=""),
            ),
        ]


class ConsentRecipient(TenantModel):
    """Someone, or a class of people, who may hear what a consent says.

    ``member`` is of the participant's care team. ``referrer_id`` names a referrer: they live on a
    floor above, so it is an id and not a foreign key. One may be taken out without the others.
    """

    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, related_name="recipients")
    kind = models.CharField(
        max_length=12, choices=choices(RecipientKind), default=RecipientKind.PERSON.value
    )
    name = models.CharField(max_length=300)
    organization = models.CharField(max_length=200, blank=True)
    participants = models.TextField(blank=True)
    covered = models.BooleanField(default=False)
    member = models.ForeignKey(
        CareTeamMember, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    referrer_id = models.UUIDField(null=True, blank=True)
    revoked_on = models.DateField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    revoked_how = models.CharField(max_length=10, choices=choices(RevokedHow), blank=True)
    revoked_words = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="consent_recipient_has_a_name", condition=~Q(name="")),
            models.CheckConstraint(
                name="consent_recipient_is_one_person_in_one_list",
                condition=Q(member=None) | Q(referrer_id=None),
            ),
            models.CheckConstraint(
                name="consent_recipient_is_taken_out_by_someone",
                condition=Q(revoked_at=None, revoked_by=None, revoked_on=None, revoked_how="")
                | (
                    Q(revoked_at__isnull=False, revoked_by__isnull=False)
                    & Q(revoked_on__isnull=False)
                    & ~Q(revoked_how="")
                ),
            ),
        ]
        indexes = [
            models.Index(
                fields=["referrer_id"],
                condition=Q(referrer_id__isnull=False),
                name="consent_recipient_by_referrer",
            ),
        ]

    def facts(self) -> RecipientFacts:
        return RecipientFacts(
            kind=RecipientKind(self.kind),
            name=self.name,
            organization=self.organization,
            participants=self.participants,
            covered=self.covered,
            revoked_on=self.revoked_on,
        )
