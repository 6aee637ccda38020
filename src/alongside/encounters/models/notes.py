from django.db import models
from django.db.models import Q

from alongside.accounts.models import Agency, TenantModel, User
from alongside.core.choices import choices
from alongside.encounters.codes import (
    EncounterKind,
    HintAnswerKind,
    NoteStatus,
)
from alongside.encounters.rules import NoteFacts
from alongside.people.models import Participant
from alongside.plans.models import Goal
from alongside.practice.codes import (
    AttemptEnding,
    GoingAlong,
    Mode,
    Place,
    Service,
    ServiceArray,
)
from alongside.workforce.models import Supporter


class Encounter(TenantModel):
    """One contact, and its progress note. Its id is made when the form opens, so that five clicks
    make one note. Text is corrected forward: what stood before is kept in ``NoteVersion``.

    ``minutes`` is whole minutes of support; times are unknown where a sheet gave only minutes.
    """

    participant = models.ForeignKey(
        Participant, on_delete=models.PROTECT, related_name="encounters"
    )
    supporter = models.ForeignKey(Supporter, on_delete=models.PROTECT, related_name="encounters")
    author = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    kind = models.CharField(
        max_length=10, choices=choices(EncounterKind), default=EncounterKind.CONTACT.value
    )
    status = models.CharField(max_length=16, choices=choices(NoteStatus))
    ending = models.CharField(max_length=20, choices=choices(AttemptEnding), blank=True)
    on = models.DateField()
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    mode = models.CharField(max_length=20, choices=choices(Mode), blank=True)
    place = models.CharField(max_length=20, choices=choices(Place), blank=True)
    place_words = models.CharField(max_length=120, blank=True)
    going_along = models.CharField(max_length=20, choices=choices(GoingAlong), blank=True)
    service = models.CharField(max_length=24, choices=choices(Service), blank=True)
    processes = models.JSONField(default=list, blank=True)
    activities = models.JSONField(default=list, blank=True)
    what_we_did = models.TextField(blank=True)
    participant_words = models.TextField(blank=True)
    what_next = models.TextField(blank=True)
    done_for = models.TextField(blank=True)
    permission_words = models.TextField(blank=True)
    array = models.CharField(max_length=30, choices=choices(ServiceArray), blank=True)
    array_advised = models.CharField(max_length=30, choices=choices(ServiceArray), blank=True)
    array_reasons = models.JSONField(default=list, blank=True)
    # What the writer said to the short questions about the array, by question.
    array_answers = models.JSONField(default=dict, db_default={}, blank=True)
    array_own_reason = models.TextField(blank=True)
    array_as_written = models.CharField(max_length=60, blank=True)
    support_label = models.CharField(max_length=20, blank=True)
    miles = models.DecimalField(max_digits=6, decimal_places=1, null=True, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    error_reason = models.TextField(blank=True)
    # When someone who leads the writer read what stands now. A correction empties it.
    read_at = models.DateTimeField(null=True, blank=True, editable=False)
    batch_id = models.UUIDField(null=True, blank=True, editable=False)
    voided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["supporter", "kind", "signed_at", "id"],
                condition=Q(read_at=None, signed_at__isnull=False),
                name="encounter_to_read",
            ),
            models.Index(fields=["participant", "-on", "-id"], name="encounter_timeline"),
            models.Index(fields=["supporter", "-on", "-id"], name="encounter_by_supporter"),
            models.Index(fields=["agency", "-on", "-id"], name="encounter_by_agency"),
            models.Index(fields=["batch_id"], name="encounter_by_batch"),
            models.Index(
                fields=["agency", "-on", "-id"],
                condition=~Q(array_own_reason=""),
                name="encounter_own_choice_of_array",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="note_signed_at_and_signed_by_go_together",
                condition=Q(signed_at=None, signed_by=None)
                | Q(signed_at__isnull=False, signed_by__isnull=False),
            ),
            models.CheckConstraint(
                name="note_signed_has_a_signature",
                condition=~Q(status__in=["signed", "amended"]) | Q(signed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="encounter_ends_after_it_starts",
                condition=Q(started_at=None)
                | Q(ended_at=None)
                | Q(ended_at__gt=models.F("started_at")),
            ),
            models.CheckConstraint(
                name="encounter_done_for_the_person_has_their_permission",
                condition=Q(done_for="") | ~Q(permission_words=""),
            ),
            models.CheckConstraint(
                name="encounter_other_array_has_a_reason",
                condition=Q(array=models.F("array_advised"))
                | ~Q(array_own_reason="")
                | Q(status__in=["brought-over", "entered-in-error"]),
            ),
            models.CheckConstraint(
                name="encounter_attempt_says_how_it_ended",
                condition=~Q(kind="attempt", status="signed") | ~Q(ending=""),
            ),
        ]

    def facts(self, *, versions: int = 0) -> NoteFacts:
        """What the rules ask of a note; its supporter must be loaded with it."""
        return NoteFacts(self.author_id, self.supporter.user_id, NoteStatus(self.status), versions)


class EncounterGoal(models.Model):
    """Which of the participant's goals an encounter touched. The agency is the encounter's own."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    encounter = models.ForeignKey(Encounter, on_delete=models.CASCADE, related_name="goal_links")
    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="encounter_links")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["encounter", "goal"], name="goal_is_touched_once")
        ]

    def __str__(self) -> str:
        return f"EncounterGoal {self.pk}"


class NoteVersion(TenantModel):
    """What a note said before a correction; ``text`` holds every field as it stood."""

    encounter = models.ForeignKey(Encounter, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    text = models.JSONField()
    reason = models.TextField()
    replaced_at = models.DateTimeField()
    replaced_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["encounter", "number"], name="note_version_counts_up")
        ]


class AddedWords(TenantModel):
    """What the participant says to a note, in own words, and their signature if they give it.

    ``phone_of`` is whose account it was written in: a supporter's, on whose phone they wrote, or
    the participant's own. They may change it and take it back; ``seen_at``: the note's writer, or
    who looks out for them, read what came from outside.
    """

    encounter = models.ForeignKey(Encounter, on_delete=models.PROTECT, related_name="added_words")
    words = models.TextField(blank=True)
    signed_name = models.CharField(max_length=200, blank=True)
    added_at = models.DateTimeField()
    phone_of = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    from_outside = models.BooleanField(default=False, db_default=False)
    changed_at = models.DateTimeField(null=True, blank=True)
    taken_back_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["agency", "-id"],
                condition=Q(from_outside=True, seen_at=None, taken_back_at=None),
                name="added_words_to_read",
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="added_words_say_something_or_sign",
                condition=~Q(words="") | ~Q(signed_name=""),
            ),
        ]


class AddedWordsVersion(TenantModel):
    """What added words said before the participant changed them. Rows are only ever added."""

    added = models.ForeignKey(AddedWords, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    words = models.TextField(blank=True)
    signed_name = models.CharField(max_length=200, blank=True)
    replaced_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["added", "number"], name="added_words_count_up")
        ]


class NoteDraft(TenantModel):
    """Typed text that is not yet a note: raw form fields, one row per author and encounter id.

    ``other`` is what another window had typed over the same draft. A draft put away stays a day,
    for the one who wants it back.
    """

    author = models.ForeignKey(User, on_delete=models.CASCADE, related_name="drafts")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="drafts")
    encounter_id = models.UUIDField()
    corrects = models.BooleanField(default=False)
    fields = models.JSONField(default=dict)
    other = models.JSONField(default=dict, blank=True)
    saved_at = models.DateTimeField()
    dropped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["author", "encounter_id"], name="draft_is_kept_per_author_and_encounter"
            )
        ]
        indexes = [models.Index(fields=["author", "-saved_at"], name="draft_by_author")]


class HintAnswer(TenantModel):
    """What the writer of a note made of a hint about the role, before or after signing.

    ``phrase`` is a piece of the note as it was written, so sight of it is sight of the participant.
    """

    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    encounter_id = models.UUIDField()
    # A ``practice.role.HintKind``. Without choices: the engine may learn to see more.
    kind = models.CharField(max_length=20)
    phrase = models.CharField(max_length=200)  # role.LONGEST_PHRASE
    answer = models.CharField(max_length=20, choices=choices(HintAnswerKind))
    answered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["author", "encounter_id", "kind", "phrase"],
                name="hint_is_answered_once_per_note",
            )
        ]
