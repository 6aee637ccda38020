"""How a supporter grows: what was learned, what one can do, and time with the supervisor."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from alongside.accounts.models import TenantModel, User
from alongside.core.choices import choices
from alongside.files.models import StoredFile
from alongside.practice.growth.codes import (
    COMPETENCIES,
    CompetencyWord,
    SupervisionKind,
    Whose,
)
from alongside.workforce.models.supporters import Supporter


class Learning(TenantModel):
    """One training, class or orientation step, attended. It may count for several things, and for
    each of them once. Corrected forward: ``instead_of`` names the entry it stands for."""

    supporter = models.ForeignKey(Supporter, on_delete=models.PROTECT, related_name="learning")
    on = models.DateField()
    topic = models.CharField(max_length=200)
    minutes = models.PositiveSmallIntegerField()
    given_by = models.CharField(max_length=200, blank=True)
    for_certificate = models.BooleanField(default=False)
    for_in_service = models.BooleanField(default=False)
    for_orientation = models.BooleanField(default=False)
    file = models.OneToOneField(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="learning"
    )
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    instead_of = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrected_by"
    )
    voided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="learning_is_in_quarter_hours",
                condition=Q(minutes__gte=15, minutes__lte=60 * 60),
            ),
            models.CheckConstraint(
                name="learning_counts_for_something",
                condition=Q(for_certificate=True)
                | Q(for_in_service=True)
                | Q(for_orientation=True),
            ),
            models.UniqueConstraint(
                F("supporter"),
                F("on"),
                Lower("topic"),
                condition=Q(voided_at=None),
                name="learning_is_counted_once",
            ),
        ]
        indexes = [models.Index(fields=["supporter", "-on", "-id"], name="learning_of_supporter")]


class CompetencyView(TenantModel):
    """How far along one competency is, seen by the supporter or by the supervisor. The newest is
    the one without ``replaced_at``; those before it stay readable."""

    supporter = models.ForeignKey(Supporter, on_delete=models.PROTECT, related_name="views")
    competency = models.CharField(max_length=30, choices=[(c, c) for c in COMPETENCIES])
    whose = models.CharField(max_length=10, choices=choices(Whose))
    word = models.CharField(max_length=10, choices=choices(CompetencyWord))
    words = models.TextField(blank=True)
    file = models.OneToOneField(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="competency_view"
    )
    said_at = models.DateTimeField()
    said_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    replaced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["supporter", "competency", "whose"],
                condition=Q(replaced_at=None),
                name="view_of_a_competency_is_one_at_a_time",
            ),
        ]
        indexes = [
            models.Index(fields=["supporter", "competency", "-id"], name="views_of_competency")
        ]


class SignOff(TenantModel):
    """A supervisor's word that a competency is met, with the day. Taken back, it stays readable."""

    supporter = models.ForeignKey(Supporter, on_delete=models.PROTECT, related_name="sign_offs")
    competency = models.CharField(max_length=30, choices=[(c, c) for c in COMPETENCIES])
    on = models.DateField()
    words = models.TextField(blank=True)
    signed_at = models.DateTimeField()
    signed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["supporter", "competency"],
                condition=Q(taken_back_at=None),
                name="competency_is_signed_off_once",
            ),
        ]


class Supervision(TenantModel):
    """Time of a supervisor with a supporter, dated and signed (DHS 36.11). ``sitting_id`` is shared
    by those who sat in one group. Corrected forward."""

    supporter = models.ForeignKey(Supporter, on_delete=models.PROTECT, related_name="supervision")
    sitting_id = models.UUIDField()
    on = models.DateField()
    minutes = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20, choices=choices(SupervisionKind))
    topics = models.TextField(blank=True)
    signed_at = models.DateTimeField()
    signed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    instead_of = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrected_by"
    )
    voided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="supervision_is_between_five_minutes_and_eight_hours",
                condition=Q(minutes__gte=5, minutes__lte=8 * 60),
            ),
            models.UniqueConstraint(
                fields=["supporter", "sitting_id"],
                condition=Q(voided_at=None),
                name="supervision_of_one_sitting_is_kept_once",
            ),
        ]
        indexes = [
            models.Index(fields=["supporter", "-on", "-id"], name="supervision_of_supporter")
        ]


class AgendaLine(TenantModel):
    """Something to talk about next time. It is carried over until someone ticks it off.
    ``about`` may name the row it comes from; that row lives on a floor above."""

    supporter = models.ForeignKey(Supporter, on_delete=models.PROTECT, related_name="agenda")
    words = models.CharField(max_length=300)
    about = models.CharField(max_length=80, blank=True)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="agenda_line_is_done_by_someone",
                condition=Q(done_at=None, done_by=None)
                | Q(done_at__isnull=False, done_by__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["supporter", "about"],
                condition=Q(done_at=None) & ~Q(about=""),
                name="agenda_line_about_one_row_is_open_once",
            ),
        ]
        indexes = [models.Index(fields=["supporter", "done_at", "-id"], name="agenda_of_supporter")]
