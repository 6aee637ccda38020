from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac

from alongside import tenancy
from alongside.accounts.codes import LetterKind, LetterStatus, LetterTrouble, Role
from alongside.accounts.rules import InvitationFacts
from alongside.accounts.rules.away import AwayFacts
from alongside.accounts.rules.letters import LetterFacts
from alongside.accounts.sealed import SealedTextField
from alongside.core.choices import choices
from alongside.core.ids import new_id


class Agency(models.Model):
    """The peer-run organization; the tenant. ``counties`` it serves, as plain names. ``languages``
    are codes of those it switched on that nobody has looked over yet. ``exit_to`` is where a
    participant lands who leaves in a hurry; empty: where the installation says."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=200)
    time_zone = models.CharField(max_length=64, default="America/Chicago")
    jurisdiction = models.CharField(max_length=32, default="wisconsin")
    phone = models.CharField(max_length=60, blank=True)
    counties = models.JSONField(default=list, blank=True)
    references = models.JSONField(default=list, blank=True)
    exit_to = models.URLField(blank=True)
    languages = models.JSONField(default=list, blank=True)
    array_lead = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name_plural = "agencies"

    def __str__(self) -> str:
        return f"Agency {self.id}"


class TenantModel(models.Model):
    """A row of one agency. Every table of the record inherits it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{type(self).__name__} {self.pk}"


class HelpLines(TenantModel):
    """Whom to call in a hard moment, as the agency says it, and its own steps (PROC-7). Rows are
    only ever added: the one with the highest number is in force, the others are what it was before.

    ``lines`` are name, number, hours and words, and whether participants see them; ``steps`` are
    sentences.
    """

    number = models.PositiveIntegerField()
    lines = models.JSONField(default=list)
    steps = models.JSONField(default=list)
    set_at = models.DateTimeField()
    set_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "number"], name="help_lines_count_up"),
        ]


class PublicPage(TenantModel):
    """What the agency says about itself to anyone, in its own words (PEER-9). Rows are only ever
    added: the one with the highest number is the newest, and ``PublicAddress`` says which one
    stands open. ``asks``: whether people may ask for support there.
    """

    number = models.PositiveIntegerField()
    peer_run = models.TextField()
    welcome = models.TextField(blank=True)
    what_we_do = models.TextField(blank=True)
    asks = models.BooleanField(default=True)
    set_at = models.DateTimeField()
    set_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "number"], name="public_page_counts_up"),
            models.CheckConstraint(
                name="public_page_says_that_it_is_peer_run", condition=~Q(peer_run="")
            ),
        ]


class PublicAddress(TenantModel):
    """Where the public page stands, and whether: without ``page`` it is not there for anyone.

    ``slug`` is the agency's word in the address. ``found``: whether search engines may list it.
    """

    slug = models.SlugField(max_length=60, unique=True)
    page = models.ForeignKey(
        PublicPage, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    found = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency"], name="agency_has_one_public_address"),
        ]


class UserManager(BaseUserManager["User"]):
    """Users come with their agency: whoever signs in is asked for it on each request."""

    def get_queryset(self) -> models.QuerySet[User]:
        return super().get_queryset().select_related("agency")

    def select_for_update(self, *args: Any, **more: Any) -> models.QuerySet[User]:
        """The user's row alone: PostgreSQL locks none that may be missing, as an agency may."""
        return self.get_queryset().select_related(None).select_for_update(*args, **more)

    def create_user(self, email: str | None, password: str | None = None, **fields: Any) -> User:
        user = self.model(email=email.strip().lower() if email else None, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser, PermissionsMixin):
    """Someone who signs in, in one agency. Sees nothing but through roles and relations.

    By ``email``; a participant also by ``user_name``, a word of their own choice, and needs no
    address. ``shared_phone``: others use the phone too, so that sessions are short and leave
    nothing behind.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="users", null=True, blank=True
    )
    email = models.EmailField(unique=True, null=True, blank=True)
    user_name = models.CharField(max_length=30, unique=True, null=True, blank=True)
    shared_phone = models.BooleanField(default=False)
    name = models.CharField(max_length=200)
    is_active = models.BooleanField(default=True)
    supervisor = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="team"
    )
    joined_at = models.DateTimeField(auto_now_add=True)
    # Part of every session's own hash: one more, and all sessions of this user end at once.
    session_epoch = models.PositiveIntegerField(default=0)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="user_email_is_kept_in_small_letters", condition=Q(email=Lower("email"))
            ),
            models.CheckConstraint(
                name="user_signs_in_by_an_address_or_a_name_in_small_letters",
                condition=Q(email__isnull=False, user_name=None)
                | Q(user_name__isnull=False, user_name=Lower("user_name")),
            ),
            models.CheckConstraint(
                name="user_is_not_their_own_supervisor", condition=~Q(supervisor=models.F("id"))
            ),
        ]

    def __str__(self) -> str:
        return f"User {self.pk}"

    def get_full_name(self) -> str:
        return self.name

    def check_password(self, raw_password: str | None) -> bool:
        """Whoever types it is still at the door; a hash of an older kind is written anew here."""
        with tenancy.working_for(self.agency_id):
            return super().check_password(raw_password)

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        value = f"{self.password}:{self.session_epoch}"
        return salted_hmac(
            "alongside.session", value, secret=secret, algorithm="sha256"
        ).hexdigest()


class RoleGrant(TenantModel):
    """A role a user holds now. What was held before is in the audit log."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="role_grants")
    role = models.CharField(max_length=20, choices=choices(Role))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "role"], name="role_is_granted_once"),
        ]


class TimeAway(TenantModel):
    """Days of the agency's calendar, both included, on which a supervisor is away.

    ``stand_in`` looks out for the team on these days and sees what the supervisor sees of it;
    without one the days stand as a gap, for all to see who can close it.
    """

    supervisor = models.ForeignKey(User, on_delete=models.PROTECT, related_name="times_away")
    stand_in = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="stands_in"
    )
    starts_on = models.DateField()
    ends_on = models.DateField()
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    taken_back_at = models.DateTimeField(null=True, blank=True)
    taken_back_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="time_away_ends_after_it_starts",
                condition=Q(ends_on__gte=models.F("starts_on")),
            ),
            models.CheckConstraint(
                name="time_away_has_someone_else_standing_in",
                condition=Q(stand_in=None) | ~Q(stand_in=models.F("supervisor")),
            ),
            models.CheckConstraint(
                name="time_away_is_taken_back_by_someone",
                condition=Q(taken_back_at=None, taken_back_by=None)
                | Q(taken_back_at__isnull=False, taken_back_by__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "ends_on"], name="time_away_of_agency"),
            models.Index(
                fields=["stand_in", "ends_on"],
                condition=Q(taken_back_at=None),
                name="time_away_by_stand_in",
            ),
        ]

    def facts(self) -> AwayFacts:
        return AwayFacts(
            id=self.id,
            supervisor_id=self.supervisor_id,
            stand_in_id=self.stand_in_id,
            starts_on=self.starts_on,
            ends_on=self.ends_on,
        )


class Invitation(TenantModel):
    """A way in for one colleague, once. Only the hash of the link is kept.

    ``supporter_id`` names the row of the staff sheet that is this colleague, if there is one; the
    supporters live on a floor above, so it is an id and not a foreign key.
    """

    email = models.EmailField()
    name = models.CharField(max_length=200)
    roles = models.JSONField(default=list)
    supervisor = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    supporter_id = models.UUIDField(null=True, blank=True)
    link_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    taken_back_at = models.DateTimeField(null=True, blank=True)
    user = models.OneToOneField(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="invitation"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="invitation_email_is_kept_in_small_letters",
                condition=Q(email=Lower("email")),
            ),
            models.CheckConstraint(
                name="invitation_is_accepted_or_taken_back_not_both",
                condition=Q(accepted_at=None) | Q(taken_back_at=None),
            ),
            models.CheckConstraint(
                name="invitation_is_accepted_by_a_user",
                condition=Q(accepted_at=None, user=None)
                | Q(accepted_at__isnull=False, user__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["email"],
                condition=Q(accepted_at=None, taken_back_at=None),
                name="invitation_to_an_address_is_open_once",
            ),
        ]
        indexes = [models.Index(fields=["agency", "id"], name="invitation_of_agency")]

    def facts(self) -> InvitationFacts:
        return InvitationFacts(
            expires_at=self.expires_at,
            accepted=self.accepted_at is not None,
            taken_back=self.taken_back_at is not None,
        )


class Letter(TenantModel):
    """An e-mail, kept in the same transaction as what it tells of and sent after it by a worker.

    ``about`` is the row it tells of, without a foreign key. A link that opens something is sealed,
    and forgotten once the letter is sent or put away; without one it leads to the front door. So is
    the address of a participant, which nobody reads in a list: ``to`` is empty then.
    """

    kind = models.CharField(max_length=12, choices=choices(LetterKind))
    to = models.EmailField(blank=True)
    sealed_to = SealedTextField(default=b"", blank=True)
    about = models.UUIDField(null=True, blank=True)
    link = SealedTextField(default=b"", blank=True)
    status = models.CharField(
        max_length=10, choices=choices(LetterStatus), default=LetterStatus.WAITING.value
    )
    trouble = models.CharField(max_length=10, choices=choices(LetterTrouble), blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    queued_at = models.DateTimeField()
    queued_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    next_at = models.DateTimeField(null=True, blank=True)
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="letter_waiting_knows_when_it_is_tried",
                condition=~Q(status="waiting") | Q(next_at__isnull=False),
            ),
            models.CheckConstraint(
                name="letter_sent_knows_when_and_forgets_its_link",
                condition=~Q(status="sent") | Q(sent_at__isnull=False, link=b""),
            ),
        ]
        indexes = [
            models.Index(
                fields=["agency", "-id"],
                condition=~Q(status__in=["sent", "put-away"]),
                name="letter_not_sent_yet",
            ),
            models.Index(fields=["about"], name="letter_about"),
        ]

    def facts(self) -> LetterFacts:
        trouble = LetterTrouble(self.trouble) if self.trouble else None
        return LetterFacts(LetterStatus(self.status), self.tries, trouble)


class Contract(TenantModel):
    """Which funder pays for which counties, pathways, populations and service arrays (PSP-10)."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="contracts")
    funder = models.CharField(max_length=200)
    name = models.CharField(max_length=200)
    counties = models.JSONField(default=list, blank=True)
    pathways = models.JSONField(default=list, blank=True)
    populations = models.JSONField(default=list, blank=True)
    arrays = models.JSONField(default=list, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="contract_ends_after_it_starts",
                condition=Q(ends_on=None) | Q(ends_on__gte=models.F("starts_on")),
            ),
        ]
