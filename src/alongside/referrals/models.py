from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from alongside.accounts.models import TenantModel, User
from alongside.accounts.sealed import SealedTextField
from alongside.core.choices import choices
from alongside.people.models import Participant
from alongside.practice.codes import JourneyPlace, Pathway
from alongside.referrals.codes import (
    AdditionKind,
    EpisodeStatus,
    Knows,
    MatchStatus,
    ReferralStatus,
    Source,
)
from alongside.referrals.rules.asking import AskedWords
from alongside.referrals.rules.links import LinkFacts
from alongside.workforce.models import Supporter


class Referrer(TenantModel):
    """A county social worker, CCS service facilitator or court coordinator who refers people.

    ``user`` is set once they came in by a link: it opens the portal, and no page of the agency.
    """

    user = models.OneToOneField(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="referrer"
    )
    name = models.CharField(max_length=200)
    role = models.CharField(max_length=100, blank=True)
    organization = models.CharField(max_length=200, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=60, blank=True)
    batch_id = models.UUIDField(null=True, blank=True, editable=False)
    voided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["agency", "name"], name="referrer_by_name")]


class ReferrerLink(TenantModel):
    """A way in for one referrer, once. Only the hash of the link is kept."""

    referrer = models.ForeignKey(Referrer, on_delete=models.PROTECT, related_name="links")
    email = models.EmailField()
    link_hash = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="referrer_link_email_is_kept_in_small_letters",
                condition=Q(email=Lower("email")),
            ),
            models.CheckConstraint(
                name="referrer_link_is_used_or_taken_back_not_both",
                condition=Q(used_at=None) | Q(taken_back_at=None),
            ),
            models.UniqueConstraint(
                fields=["referrer"],
                condition=Q(used_at=None, taken_back_at=None),
                name="referrer_has_one_open_link",
            ),
        ]

    def facts(self) -> LinkFacts:
        return LinkFacts(
            expires_at=self.expires_at,
            used=self.used_at is not None,
            taken_back=self.taken_back_at is not None,
        )


class Referral(TenantModel):
    """Someone asked for support, for themselves or with a professional. It is never lost."""

    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="referrals")
    referrer = models.ForeignKey(
        Referrer, on_delete=models.PROTECT, null=True, blank=True, related_name="referrals"
    )
    pathway = models.CharField(
        max_length=30, choices=choices(Pathway), default=Pathway.NOT_SAID.value
    )
    pathway_as_written = models.CharField(max_length=120, blank=True)
    received_on = models.DateField(null=True, blank=True)
    entered_at = models.DateTimeField()
    county = models.CharField(max_length=60, blank=True)
    reason = models.TextField(blank=True)
    asked_for = models.TextField(blank=True)
    next_court_on = models.DateField(null=True, blank=True)
    urgent_words = models.TextField(blank=True)
    knows = models.CharField(max_length=15, blank=True, choices=choices(Knows))
    source = models.CharField(max_length=10, choices=choices(Source), default=Source.FORM.value)
    status = models.CharField(
        max_length=12, choices=choices(ReferralStatus), default=ReferralStatus.RECEIVED.value
    )
    status_on = models.DateField(null=True, blank=True)
    status_reason = models.TextField(blank=True)
    told_person = models.TextField(blank=True)
    first_contact_on = models.DateField(null=True, blank=True)
    batch_id = models.UUIDField(null=True, blank=True, editable=False)
    voided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["agency", "status", "received_on", "id"], name="referral_desk"),
            models.Index(fields=["batch_id"], name="referral_by_batch"),
        ]
        constraints = [
            models.CheckConstraint(
                name="referral_declined_or_waitlisted_says_why_and_what_was_told",
                condition=~Q(status__in=["declined", "waitlisted"])
                | (~Q(status_reason="") & ~Q(told_person="")),
            ),
        ]


class AskedApart(TenantModel):
    """Someone asked on the public page on a day when very many did. It waits for a person to look
    at it, and is in no record until then; then it is a ``Referral``, and this row is gone."""

    called = models.CharField(max_length=200)
    phone = models.CharField(max_length=60, blank=True)
    reach_by = models.CharField(max_length=200, blank=True)
    phone_note = models.CharField(max_length=200, blank=True)
    county = models.CharField(max_length=60, blank=True)
    language = models.CharField(max_length=60, blank=True)
    wish = models.TextField(blank=True)
    pathway = models.CharField(max_length=30, choices=choices(Pathway))
    asked_at = models.DateTimeField()
    put_away_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["agency", "asked_at", "id"], name="asked_apart_by_day")]

    def words(self) -> AskedWords:
        return AskedWords(
            called=self.called,
            phone=self.phone,
            reach_by=self.reach_by,
            phone_note=self.phone_note,
            county=self.county,
            language=self.language,
            wish=self.wish,
            pathway=Pathway(self.pathway),
        )


class ReferralMove(TenantModel):
    """One step of a referral's life, kept."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="moves")
    from_status = models.CharField(max_length=12, choices=choices(ReferralStatus))
    to_status = models.CharField(max_length=12, choices=choices(ReferralStatus))
    reason = models.TextField(blank=True)
    told_person = models.TextField(blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()


class ReferralCorrection(TenantModel):
    """What a referral said before it was corrected. Nothing is written over without a trace."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="corrections")
    before = models.JSONField(default=dict)
    why = models.TextField(blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()


class ReferralDraft(TenantModel):
    """What a referrer typed, page by page: theirs alone until it is sent, then the copy of what was
    sent. ``answers`` is JSON, by the name of the field, as typed. ``reference`` says nothing.
    """

    referrer = models.ForeignKey(Referrer, on_delete=models.PROTECT, related_name="drafts")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    answers = SealedTextField(blank=True)
    begun_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=0, editable=False)
    put_away_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    reference = models.CharField(max_length=12, blank=True)
    referral = models.OneToOneField(
        Referral, on_delete=models.PROTECT, null=True, blank=True, related_name="sent_as"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="referral_draft_sent_has_its_referral_and_reference",
                condition=Q(sent_at=None, referral=None, reference="")
                | (
                    Q(sent_at__isnull=False, referral__isnull=False, put_away_at=None)
                    & ~Q(reference="")
                ),
            ),
            models.UniqueConstraint(
                fields=["agency", "reference"],
                condition=~Q(reference=""),
                name="referral_reference_is_given_once",
            ),
        ]
        indexes = [models.Index(fields=["author", "-id"], name="referral_draft_by_author")]


class ReferralAddition(TenantModel):
    """What a referrer added after sending, or why they take the referral back, for the desk."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="additions")
    kind = models.CharField(max_length=10, choices=choices(AdditionKind))
    words = models.TextField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    read_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="referral_addition_is_read_by_someone",
                condition=Q(read_at=None, read_by=None)
                | Q(read_at__isnull=False, read_by__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["agency", "referral"],
                condition=Q(read_at=None),
                name="referral_addition_unread",
            ),
        ]


class Episode(TenantModel):
    """A time of support with a beginning, a rhythm and an ending, and no fixed length (PSP-1)."""

    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="episodes")
    referral = models.ForeignKey(
        Referral, on_delete=models.PROTECT, null=True, blank=True, related_name="episodes"
    )
    status = models.CharField(
        max_length=12, choices=choices(EpisodeStatus), default=EpisodeStatus.OPEN.value
    )
    begun_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    agreed_every_days = models.PositiveSmallIntegerField(null=True, blank=True)
    last_contact_on = models.DateField(null=True, blank=True)
    contact_due_on = models.DateField()
    ending_raised_on = models.DateField(null=True, blank=True)
    last_meeting_on = models.DateField(null=True, blank=True)
    ending_words = models.TextField(blank=True)
    continuing_supports = models.TextField(blank=True)
    hand_off = models.TextField(blank=True)
    end_reason = models.CharField(max_length=40, blank=True)
    follows = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="returns"
    )
    return_words = models.TextField(blank=True)
    voided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["agency", "contact_due_on", "id"],
                name="episode_by_contact_due",
                condition=~Q(status="concluded"),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["participant"],
                condition=~Q(status="concluded") & Q(voided_at=None),
                name="participant_has_one_open_episode",
            ),
            models.CheckConstraint(
                name="episode_concluded_has_its_day",
                condition=Q(status="concluded", ended_on__isnull=False)
                | (~Q(status="concluded") & Q(ended_on=None)),
            ),
        ]


class JourneyStep(TenantModel):
    """Where the participant says they are in their journey, from a day on (MPR-1).

    A step set by mistake is taken back, and kept.
    """

    episode = models.ForeignKey(Episode, on_delete=models.PROTECT, related_name="journey")
    place = models.CharField(max_length=30, choices=choices(JourneyPlace))
    words = models.TextField(blank=True)
    set_on = models.DateField()
    set_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["episode", "-set_on", "-id"], name="journey_by_day")]


class Match(TenantModel):
    """A supporter proposed to a participant, and what the participant said. They decide (PSP-4)."""

    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="matches")
    referral = models.ForeignKey(
        Referral, on_delete=models.PROTECT, null=True, blank=True, related_name="matches"
    )
    episode = models.ForeignKey(
        Episode, on_delete=models.PROTECT, null=True, blank=True, related_name="matches"
    )
    supporter = models.ForeignKey(Supporter, on_delete=models.PROTECT, related_name="matches")
    status = models.CharField(
        max_length=12, choices=choices(MatchStatus), default=MatchStatus.PROPOSED.value
    )
    reasons = models.JSONField(default=list, blank=True)
    participant_said = models.TextField(blank=True)
    proposed_on = models.DateField()
    decided_on = models.DateField(null=True, blank=True)
    first_contact_due_on = models.DateField(null=True, blank=True)
    supporter_told_at = models.DateTimeField(null=True, blank=True)
    participant_told_at = models.DateTimeField(null=True, blank=True)
    participant_told = models.TextField(blank=True)
    ended_on = models.DateField(null=True, blank=True)
    end_reason = models.TextField(blank=True)
    hand_off = models.TextField(blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["supporter", "status"], name="match_by_supporter")]
        constraints = [
            models.CheckConstraint(
                name="match_accepted_keeps_what_the_participant_said",
                condition=~Q(status="accepted") | ~Q(participant_said=""),
            ),
            models.UniqueConstraint(
                fields=["participant"],
                condition=Q(status="proposed"),
                name="participant_is_asked_about_one_supporter_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["participant", "supporter"],
                condition=Q(status__in=["proposed", "accepted"]),
                name="participant_and_supporter_are_matched_once_at_a_time",
            ),
        ]
