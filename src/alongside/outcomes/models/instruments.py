from django.db import models
from django.db.models import Q

from alongside.accounts.models import Contract, TenantModel, User
from alongside.core.choices import choices
from alongside.outcomes.codes import Way
from alongside.outcomes.rules.checkins import CheckInFacts
from alongside.people.models import Participant


class Instrument(TenantModel):
    """Questions that an agency loaded itself. Its id is the key by which check-ins name it.

    ``withdrawn_at``: nobody begins a new one; what was filled in stays and can be read.
    """

    number = models.PositiveSmallIntegerField(default=1)  # of the version in use
    begun_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["agency", "id"], name="instrument_of_agency")]


class InstrumentVersion(TenantModel):
    """One wording of it, as a FHIR Questionnaire. Rows are only ever added. ``may_use`` is why the
    agency may use it, in its own words: a license, a letter, the public domain."""

    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    may_use = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["instrument", "number"], name="instrument_version_counts_up"
            ),
            models.CheckConstraint(
                name="instrument_version_says_why_it_may_be_used", condition=~Q(may_use="")
            ),
        ]


class CheckInRhythm(TenantModel):
    """How often a check-in is offered, from a day on: to everybody, or to those of one contract.
    ``every_days`` empty: not at all. Rows are only ever added; the newest that began holds."""

    contract = models.ForeignKey(
        Contract, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    instrument = models.CharField(max_length=60)
    every_days = models.PositiveSmallIntegerField(null=True, blank=True)
    starts_on = models.DateField()
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="check_in_rhythm_is_a_week_or_longer",
                condition=Q(every_days=None) | Q(every_days__gte=7),
            ),
        ]
        indexes = [models.Index(fields=["agency", "-starts_on"], name="check_in_rhythm_by_day")]


class CheckIn(TenantModel):
    """An instrument that a participant answers about themselves (SVC-2, SVC-13).

    ``draft`` are the answers so far, of a new one or of one that is being changed; ``answers`` what
    was finished, in the wording of ``instrument_version``. ``number`` counts what was finished;
    earlier answers are a ``CheckInVersion``. ``shared_at``: a finished one without it is seen
    by the participant alone, however it was filled in. Its id is made by the page.
    """

    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="check_ins")
    instrument = models.CharField(max_length=60)
    instrument_version = models.PositiveSmallIntegerField()
    way = models.CharField(max_length=10, choices=choices(Way))
    begun_at = models.DateTimeField()
    begun_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    draft = models.JSONField(null=True, blank=True)
    draft_way = models.CharField(max_length=10, choices=choices(Way), blank=True)
    saved_at = models.DateTimeField()
    number = models.PositiveIntegerField(default=0)
    answers = models.JSONField(default=dict, blank=True)
    on = models.DateField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    finished_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    shared_at = models.DateTimeField(null=True, blank=True)
    voided_at = models.DateTimeField(null=True, blank=True)
    voided_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    voided_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="check_in_finished_has_who_and_day",
                condition=Q(
                    number=0,
                    on=None,
                    finished_at=None,
                    finished_by=None,
                    shared_at=None,
                    draft__isnull=False,
                )
                | Q(
                    number__gte=1,
                    on__isnull=False,
                    finished_at__isnull=False,
                    finished_by__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="check_in_taken_back_has_who",
                condition=Q(voided_at=None, voided_by=None, voided_reason="")
                | Q(voided_at__isnull=False, voided_by__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["participant", "-on", "-id"], name="check_in_of_participant"),
        ]

    def facts(self) -> CheckInFacts:
        return CheckInFacts(
            number=self.number,
            way=Way(self.way),
            draft_way=Way(self.draft_way) if self.draft is not None and self.draft_way else None,
            shared=self.shared_at is not None,
            taken_back=self.voided_at is not None,
        )


class CheckInVersion(TenantModel):
    """What a check-in said before it was changed. Rows are only ever added."""

    check_in = models.ForeignKey(CheckIn, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    instrument_version = models.PositiveSmallIntegerField()
    answers = models.JSONField(default=dict, blank=True)
    way = models.CharField(max_length=10, choices=choices(Way))
    finished_at = models.DateTimeField()
    finished_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["check_in", "number"], name="check_in_counts_up"),
        ]
