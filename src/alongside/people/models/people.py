from django.db import models
from django.db.models import Q

from alongside.accounts.models import TenantModel, User
from alongside.accounts.sealed import SealedTextField
from alongside.core.choices import choices
from alongside.people.codes import IdentifierEnding, IdentifierKind, SamePersonAnswer
from alongside.people.rules import (
    FACTS,
    NewParticipant,
    first_name,
    initials,
    name_key,
    short_name,
)
from alongside.practice.codes import CareTeamRole, Population


class Participant(TenantModel):
    """The person who is supported, from the day someone asks for or with them.

    ``name`` is as the person says it, given name first. What is not known is empty, never a guess;
    ``born_on_as_written`` keeps what a sheet said. ``user`` is the account by which they see what
    is their own. ``voided_at`` hides a row of an undone import.
    ``revision`` counts changes, so that of two people who change the same facts one is asked.
    """

    user = models.OneToOneField(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="participant"
    )
    name = models.CharField(max_length=200)
    name_key = models.CharField(max_length=200, editable=False)
    pronouns = models.CharField(max_length=60, blank=True)
    born_on = models.DateField(null=True, blank=True)
    born_on_as_written = models.CharField(max_length=60, blank=True)
    phone = models.CharField(max_length=60, blank=True)
    phone_note = models.CharField(max_length=200, blank=True)
    reach_by = models.CharField(max_length=200, blank=True)
    county = models.CharField(max_length=60, blank=True)
    language = models.CharField(max_length=60, blank=True)
    population = models.CharField(max_length=40, blank=True, choices=choices(Population))
    own_words = models.TextField(blank=True)
    last_contact_on = models.DateField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=0, editable=False)
    batch_id = models.UUIDField(null=True, blank=True, editable=False)
    same_as = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="also"
    )
    voided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["agency", "name_key", "id"], name="participant_by_name"),
            models.Index(fields=["batch_id"], name="participant_by_batch"),
        ]
        constraints = [
            models.CheckConstraint(name="participant_has_a_name", condition=~Q(name="")),
        ]

    def save(self, *args: object, **kwargs: object) -> None:
        self.name_key = name_key(self.name)
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    @property
    def short_name(self) -> str:
        return short_name(self.name)

    @property
    def first_name(self) -> str:
        return first_name(self.name)

    @property
    def initials(self) -> str:
        return initials(self.name)

    def facts(self) -> NewParticipant:
        return NewParticipant(**{name: getattr(self, name) for name in FACTS})


class ParticipantChange(TenantModel):
    """What a fact of a person said before it was corrected. Rows are only ever added."""

    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="changes")
    field = models.CharField(max_length=40)
    old = models.TextField(blank=True)
    new = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["participant", "-id"], name="change_by_participant")]


class CareTeamMember(TenantModel):
    """Someone around the participant (PSP-6). A supporter's open membership is what gives sight."""

    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="care_team")
    user = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="care_teams"
    )
    name = models.CharField(max_length=200)
    role = models.CharField(max_length=30, choices=choices(CareTeamRole))
    organization = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=60, blank=True)
    email = models.EmailField(blank=True)
    words = models.TextField(blank=True)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        indexes = [
            models.Index(
                fields=["user", "participant"],
                name="care_team_open_by_user",
                condition=Q(until=None),
            ),
            models.Index(fields=["participant", "until"], name="care_team_by_participant"),
        ]


class FormDraft(TenantModel):
    """Typed text of a form about a person that is not yet in the record, for who typed it alone."""

    author = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    form = models.CharField(max_length=80)
    fields = models.JSONField(default=dict)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["author", "participant", "form"],
                name="form_draft_is_kept_per_author_person_and_form",
            ),
        ]


class SamePersonProposal(TenantModel):
    """Two records that may be one person. Only a person decides; ``moved`` lets it be undone."""

    kept = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300)
    answer = models.CharField(
        max_length=10, choices=choices(SamePersonAnswer), default=SamePersonAnswer.OPEN.value
    )
    answered_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    moved = models.JSONField(default=dict, blank=True)
    batch_id = models.UUIDField(null=True, blank=True, editable=False)
    voided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kept", "other"], name="same_person_is_proposed_once"),
        ]


class Identifier(TenantModel):
    """A number or an address by which others know the participant; sealed, as is what it is called.

    A correction is a new row of the same ``entry``; the row before it stays as its history. One
    that was removed is history, too.
    """

    participant = models.ForeignKey(
        Participant, on_delete=models.PROTECT, related_name="identifiers"
    )
    entry = models.UUIDField(editable=False)
    kind = models.CharField(max_length=20, choices=choices(IdentifierKind))
    label = SealedTextField(blank=True)
    value = SealedTextField()
    kept_at = models.DateTimeField()
    kept_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ending = models.CharField(max_length=10, blank=True, choices=choices(IdentifierEnding))

    class Meta:
        indexes = [models.Index(fields=["participant", "id"], name="identifier_by_participant")]
        constraints = [
            models.UniqueConstraint(
                fields=["entry"], condition=Q(ended_at=None), name="identifier_says_one_thing_now"
            ),
            models.CheckConstraint(
                name="identifier_end_says_when_by_whom_and_how",
                condition=Q(ended_at=None, ended_by=None, ending="")
                | Q(ended_at__isnull=False, ended_by__isnull=False)
                & Q(ending__in=[ending.value for ending in IdentifierEnding]),
            ),
        ]
