"""Reading versions of a plan: what each says, what is otherwise than before, who signed."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from alongside.core.actor import Actor
from alongside.plans.codes import OPEN_VERSION, PlanStatus, Side, SigningKind
from alongside.plans.models import Goal, Plan, PlanPart, PlanVersion, SigningStep
from alongside.plans.queries.content import content
from alongside.plans.queries.plans import current_plan, plans_visible_to, versions_agreed
from alongside.plans.rules.content import (
    Difference,
    PlanContent,
    as_copy,
    differences,
    from_copy,
)
from alongside.plans.rules.signing import Said, SigningFacts, digest_of
from alongside.practice.cadence import Due, PlanFacts, plan_due
from alongside.practice.rules import rules_on


@dataclass(frozen=True)
class Reading:
    """A version with all it says, and what is otherwise than in the one before."""

    version: PlanVersion
    content: PlanContent
    since: tuple[Difference, ...] = ()
    before: PlanVersion | None = None


@dataclass(frozen=True)
class Open:
    """What the two work on: the plan as it stands, the words on it, and what is otherwise than
    agreed. ``digest`` is of all of it; ``bare`` of the plan alone, while words are still typed."""

    version: PlanVersion | None
    content: PlanContent
    since: tuple[Difference, ...]
    in_force: PlanVersion | None

    @property
    def said(self) -> Said:
        return said_in(self.version)

    @property
    def bare(self) -> str:
        return digest_of(as_copy(self.content))

    @property
    def digest(self) -> str:
        return digest_of(as_copy(self.content), self.said)

    @property
    def offered(self) -> PlanVersion | None:
        version = self.version
        return version if version and version.status == PlanStatus.OFFERED else None

    @property
    def moved_on(self) -> bool:
        """Whether the plan was changed after this version was offered."""
        return self.offered is not None and self.offered.digest != self.digest


def said_in(version: PlanVersion | None) -> Said:
    return Said(version.what_changed, version.supporter_said) if version else Said()


def content_of(version: PlanVersion) -> PlanContent:
    """What a version says; those of before hold goals alone."""
    return from_copy(version.content or version.goals)


def facts_of(version: PlanVersion) -> SigningFacts:
    signed = {Side.PARTICIPANT: version.participant_agreed_at}
    signed[Side.SUPPORTER] = version.supporter_agreed_at
    sides = frozenset(side for side, at in signed.items() if at is not None)
    return SigningFacts(PlanStatus(version.status), version.digest, sides)


def versions_of(viewer: Actor, *, participant_id: UUID) -> QuerySet[PlanVersion]:
    """Agreed and open ones, newest first, with what was done about signing them."""
    steps = SigningStep.objects.select_related("by").order_by("-id")
    plans = plans_visible_to(viewer).filter(episode__participant_id=participant_id)
    return (
        PlanVersion.objects.filter(plan__in=plans)
        .select_related("supporter_agreed_by", "plan__episode__participant")
        .prefetch_related(Prefetch("signing", queryset=steps))
        .order_by("-plan_id", "-number")
    )


def version_of(viewer: Actor, *, version_id: UUID) -> PlanVersion:
    plans = plans_visible_to(viewer)
    found = PlanVersion.objects.filter(plan__in=plans)
    return found.select_related("plan__episode__participant").get(pk=version_id)


def reading(viewer: Actor, *, participant_id: UUID, version_id: UUID) -> Reading:
    """An agreed version beside the one before. Raises ``PlanVersion.DoesNotExist``."""
    agreed = versions_agreed(viewer, participant_id=participant_id)
    version = agreed.get(pk=version_id)
    before = (
        agreed.filter(plan_id=version.plan_id, number__lt=version.number)
        .order_by("-number")
        .first()
    )
    says = content_of(version)
    then = content_of(before) if before else PlanContent()
    return Reading(version, says, differences(then, says) if before else (), before)


def open_version(viewer: Actor, *, plan_id: UUID) -> Open:
    """The plan as it stands now, compared with what is in force."""
    rows = list(
        PlanVersion.objects.filter(plan_id=plan_id, plan__in=plans_visible_to(viewer))
        .exclude(status=PlanStatus.REPLACED)
        .select_related("supporter_agreed_by")
        .order_by("number")
    )
    in_force = next((one for one in rows if one.status == PlanStatus.IN_FORCE), None)
    version = next((one for one in rows if one.status in OPEN_VERSION), None)
    now = content(viewer, plan_id=plan_id)
    then = content_of(in_force) if in_force else PlanContent()
    since = differences(then, now) if in_force else ()
    return Open(version, now, since, in_force)


def revisions(viewer: Actor, *, plan_id: UUID) -> dict[UUID, int]:
    """How often each goal and part was changed, to know later whether someone was faster."""
    plans = plans_visible_to(viewer).filter(pk=plan_id)
    goals = Goal.objects.filter(plan__in=plans, voided_at=None)
    parts = PlanPart.objects.filter(plan__in=plans, voided_at=None)
    return dict([*goals.values_list("pk", "revision"), *parts.values_list("pk", "revision")])


def look_due(viewer: Actor, *, participant_id: UUID, on: date) -> tuple[Plan | None, Due | None]:
    """The plan that goes on, with its versions, and when the two look at it by ``practice``."""
    plan = current_plan(viewer, participant_id=participant_id)
    if plan is None:
        return None, None
    agreed = [one for one in plan.versions.all() if one.status == PlanStatus.IN_FORCE]
    has_plan = plan.goals.filter(voided_at=None).exists()
    facts = PlanFacts(plan.begun_on, agreed[0].agreed_on if agreed else None, has_plan)
    rules = rules_on(on, plan.agency.jurisdiction)
    return plan, plan_due(facts, on, rules)


def asked_otherwise(viewer: Actor, *, version: PlanVersion | None) -> SigningStep | None:
    """The newest "not like this" about a version that is worked on, whoever said it."""
    if version is None:
        return None
    seen = PlanVersion.objects.filter(pk=version.pk, plan__in=plans_visible_to(viewer))
    steps = SigningStep.objects.filter(version__in=seen, kind=SigningKind.ANSWERED)
    return steps.select_related("by").order_by("-id").first()


def last_answer(viewer: Actor, *, version_id: UUID) -> SigningStep | None:
    """What was last said or done about signing this version."""
    seen = PlanVersion.objects.filter(pk=version_id, plan__in=plans_visible_to(viewer))
    return SigningStep.objects.filter(version__in=seen).select_related("by").order_by("-id").first()
