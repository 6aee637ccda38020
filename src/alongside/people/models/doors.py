"""How a participant comes in by themselves, and how they want to be reached."""

from django.db import models
from django.db.models import Q

from alongside.accounts.models import TenantModel, User
from alongside.accounts.sealed import SealedTextField
from alongside.core.choices import choices
from alongside.people.codes import AskedHow, LinkWay
from alongside.people.models.people import Participant
from alongside.people.rules.doors import OwnLinkFacts
from alongside.people.rules.reaching import Reaching


class OwnLink(TenantModel):
    """A participant's way in, once. Only the hash of the link is kept; the address it was mailed to
    is sealed. ``asked``: how they said that they want it."""

    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="own_links")
    way = models.CharField(max_length=10, choices=choices(LinkWay))
    email = SealedTextField(default=b"", blank=True)
    asked = models.CharField(max_length=12, choices=choices(AskedHow))
    link_hash = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["participant", "-id"], name="own_link_by_participant")]
        constraints = [
            models.CheckConstraint(
                name="own_link_is_used_or_taken_back_not_both",
                condition=Q(used_at=None) | Q(taken_back_at=None),
            ),
            models.UniqueConstraint(
                fields=["participant"],
                condition=Q(used_at=None, taken_back_at=None),
                name="own_link_is_open_once",
            ),
        ]

    def facts(self) -> OwnLinkFacts:
        return OwnLinkFacts(
            expires_at=self.expires_at,
            used=self.used_at is not None,
            taken_back=self.taken_back_at is not None,
        )


class ContactWish(TenantModel):
    """How a participant wants to be reached, as they said it last. Rows are only ever added: the
    one with the highest number holds, the others are what it was before.

    ``ways`` says yes, no or only-when of each way; ``words`` when, in their words. ``says``: what a
    message may tell. ``joined``: put together from two records of one person, until they say anew.
    """

    participant = models.ForeignKey(
        Participant, on_delete=models.PROTECT, related_name="contact_wishes"
    )
    number = models.PositiveIntegerField()
    ways = models.JSONField(default=dict)
    words = models.TextField(blank=True)
    says = models.CharField(max_length=10, default="neutral")
    quiet_from = models.TimeField(null=True, blank=True)
    quiet_until = models.TimeField(null=True, blank=True)
    others = models.TextField(blank=True)
    joined = models.BooleanField(default=False)
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "number"], name="contact_wishes_count_up"
            ),
            models.CheckConstraint(
                name="contact_wish_has_both_quiet_hours_or_none",
                condition=Q(quiet_from=None, quiet_until=None)
                | Q(quiet_from__isnull=False, quiet_until__isnull=False),
            ),
        ]

    def reaching(self) -> Reaching:
        return Reaching.from_row(
            self.ways, self.words, self.says, self.quiet_from, self.quiet_until, self.others
        )
