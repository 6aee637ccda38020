"""A plan from draft to version: what was said, offered, signed by both, answered, taken back."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from alongside.audit.actions import record
from alongside.core.actor import Actor
from alongside.core.clock import local_date
from alongside.core.refusal import STALE, Refused, ensure
from alongside.plans import rules
from alongside.plans.actions.begun import draft_of, goes_on, look_again, plan_of
from alongside.plans.codes import OPEN_VERSION, PlanStatus, Side, SigningKind
from alongside.plans.models import Plan, PlanVersion, SigningStep
from alongside.plans.queries import content, versions
from alongside.plans.rules import signing
from alongside.plans.rules.content import as_copy
from alongside.plans.rules.parts import side_of
from alongside.plans.rules.signing import Said, digest_of
from alongside.referrals.models import Episode
from alongside.referrals.queries.episodes import episodes_visible_to

COLUMN = {Side.PARTICIPANT: "what_changed", Side.SUPPORTER: "supporter_said"}
NOBODY_SIGNED = {
    "participant_name": "",
    "participant_agreed_at": None,
    "supporter_agreed_at": None,
    "supporter_agreed_by_id": None,
}


@transaction.atomic
def keep_plan_draft(
    episode_id: UUID,
    *,
    by: Actor,
    at: datetime,
    what_changed: str | None = None,
    supporter_said: str | None = None,
    seen: Mapping[Side, str] | None = None,
    page: str | None = None,
) -> Plan:
    """What changed and why, so far, in both voices; ``None`` leaves a voice as it is. ``seen`` are
    the marks of the words that the page knew: where someone else wrote others meanwhile, a person
    decides. ``page`` is how far the update together has come."""
    plan = _plan(episode_id, by=by, at=at)
    draft = draft_of(plan, by=by, at=at)
    said = {Side.PARTICIPANT: what_changed, Side.SUPPORTER: supporter_said}
    words = {side: text.strip() for side, text in said.items() if text is not None}
    ensure(signing.why_not_say_for(side_of(by), words))
    changed = _changed(draft, words, seen)
    if changed:
        ensure(signing.why_not_say(versions.facts_of(draft), side_of(by)))
    _claim(draft, {**changed, **({"page": page} if page is not None else {})}, at=at)
    if side_of(by) is Side.PARTICIPANT and changed:
        _step(draft, SigningKind.PREPARED, by=by, at=at, words=words[Side.PARTICIPANT])
    record(by=by, at=at, verb="plan.draft-kept", target=f"PlanVersion/{draft.pk}")
    return plan


@transaction.atomic
def agree_plan(
    episode_id: UUID,
    *,
    participant_name: str,
    by: Actor,
    at: datetime,
    what_changed: str | None = None,
    supporter_said: str | None = None,
    seen: Mapping[Side, str] | None = None,
    read: str | None = None,
    revision: int | None = None,
) -> PlanVersion:
    """Both sign on one phone the plan as it stands, empty or not: a new version is in force, and
    the day of the next look together follows from the rule (SVC-12).

    ``read`` is the digest of what the page showed: of the plan alone where words were typed beside
    it, else with the words of the draft. ``revision`` is how many agreed versions the page knew:
    five clicks agree once. A voice that is ``None`` stays as it is in the draft; ``seen`` as in
    ``keep_plan_draft``."""
    episode = episodes_visible_to(by).get(pk=episode_id)
    ensure(rules.why_not_write(by) or signing.why_not_for_both(side_of(by)))
    ensure(rules.why_not_agree(participant_name, episode_goes_on=goes_on(episode)))
    plan = plan_of(episode, on=local_date(at, by.time_zone), by=by)
    there = _agreed_since(plan, revision, words=what_changed, name=participant_name)
    if there is not None:
        return there
    draft = draft_of(plan, by=by, at=at)
    said = _said(draft, what_changed, supporter_said, seen)
    copy = as_copy(content.content(by, plan_id=plan.pk))
    shown = digest_of(copy, said if what_changed is None else None)
    ensure(signing.MOVED_ON if read not in (None, shown) else None)
    signed = {
        **{"content": copy, "digest": digest_of(copy, said)},
        **{"what_changed": said.participant, "supporter_said": said.supporter},
        **_signature(Side.PARTICIPANT, participant_name, by=by, at=at),
        **_signature(Side.SUPPORTER, "", by=by, at=at),
    }
    _put_in_force(draft, signed, by=by, at=at)
    return draft


@transaction.atomic
def offer_plan(episode_id: UUID, *, name: str, read: str, by: Actor, at: datetime) -> PlanVersion:
    """Sign the plan as it stands and lay it before the other, who reads exactly this text on their
    own device. ``read`` is the digest of the plan and the words that the page showed. What was
    offered before is offered no more: the plan moved on."""
    plan = _plan(episode_id, by=by, at=at)
    draft = draft_of(plan, by=by, at=at)
    facts = versions.facts_of(draft)
    side = side_of(by)
    copy = as_copy(content.content(by, plan_id=plan.pk))
    said = versions.said_in(draft)
    now = digest_of(copy, said)
    if facts.status is PlanStatus.OFFERED and facts.digest == now and side in facts.signed:
        return draft
    ensure(signing.why_not_offer(facts, name, read=read, now=now))
    fields = {**NOBODY_SIGNED, **_signature(side, name, by=by, at=at)}
    fields |= {"status": PlanStatus.OFFERED.value, "content": copy, "digest": now}
    _claim(draft, fields, at=at)
    _step(draft, SigningKind.OFFERED, by=by, at=at, name=name, digest=now)
    record(by=by, at=at, verb="plan.offered", target=f"PlanVersion/{draft.pk}")
    draft.refresh_from_db()
    return draft


@transaction.atomic
def sign_plan(version_id: UUID, *, name: str, read: str, by: Actor, at: datetime) -> PlanVersion:
    """The second signature, on one's own device, puts the version in force. It counts only for the
    text that was read: offered still, and still what the plan says."""
    version = versions.version_of(by, version_id=version_id)
    ensure(rules.why_not_write(by))
    ensure(rules.why_not_in_time(episode_goes_on=goes_on(version.plan.episode)))
    facts, side = versions.facts_of(version), side_of(by)
    if facts.status in (PlanStatus.IN_FORCE, PlanStatus.REPLACED) and facts.digest == read:
        return version
    copy = as_copy(content.content(by, plan_id=version.plan_id))
    now = digest_of(copy, versions.said_in(version))
    ensure(signing.why_not_sign(facts, side, name, read=read, now=now))
    _put_in_force(version, _signature(side, name, by=by, at=at), by=by, at=at)
    return version


@transaction.atomic
def answer_plan(version_id: UUID, *, words: str, by: Actor, at: datetime) -> PlanVersion:
    """Not like this, or not now: what should be different, if one likes to say. It is a draft
    again, with nobody's signature, and nothing else happens."""
    version = versions.version_of(by, version_id=version_id)
    ensure(rules.why_not_write(by))
    ensure(signing.why_not_answer(versions.facts_of(version), side_of(by)))
    return _back_to_draft(version, SigningKind.ANSWERED, words=words, by=by, at=at)


@transaction.atomic
def take_offer_back(version_id: UUID, *, by: Actor, at: datetime) -> PlanVersion:
    """Whoever signed first takes it back before both did."""
    version = versions.version_of(by, version_id=version_id)
    ensure(rules.why_not_write(by))
    ensure(signing.why_not_take_back_offer(versions.facts_of(version), side_of(by)))
    return _back_to_draft(version, SigningKind.TAKEN_BACK, words="", by=by, at=at)


def _plan(episode_id: UUID, *, by: Actor, at: datetime) -> Plan:
    episode: Episode = episodes_visible_to(by).get(pk=episode_id)
    ensure(rules.why_not_write(by) or rules.why_not_in_time(episode_goes_on=goes_on(episode)))
    return plan_of(episode, on=local_date(at, by.time_zone), by=by)


def _said(
    draft: PlanVersion,
    participant: str | None,
    supporter: str | None,
    seen: Mapping[Side, str] | None,
) -> Said:
    """The draft's words, with what this form wrote anew."""
    typed = {Side.PARTICIPANT: participant, Side.SUPPORTER: supporter}
    words = {side: text.strip() for side, text in typed.items() if text is not None}
    changed = _changed(draft, words, seen)
    return Said(*(changed.get(column, getattr(draft, column)) for column in COLUMN.values()))


def _changed(
    draft: PlanVersion, words: Mapping[Side, str], seen: Mapping[Side, str] | None
) -> dict[str, str]:
    """What this form wrote anew. A voice that it left alone keeps what another wrote meanwhile."""
    found: dict[str, str] = {}
    for side, text in words.items():
        stands = getattr(draft, COLUMN[side])
        if text == stands or (seen is not None and signing.mark(text) == seen.get(side)):
            continue
        if seen is not None and signing.mark(stands) != seen.get(side):
            raise Refused(signing.stale_words(COLUMN[side]))
        found[COLUMN[side]] = text
    return found


def _agreed_since(
    plan: Plan, revision: int | None, *, words: str | None, name: str
) -> PlanVersion | None:
    """What an earlier click agreed; other words than those are for a person to look at."""
    agreed = list(plan.versions.exclude(status__in=OPEN_VERSION).order_by("-number"))
    if revision is None or len(agreed) == revision:
        return None
    same = agreed and agreed[0].participant_name == name.strip()
    if not same or (words is not None and agreed[0].what_changed != words.strip()):
        raise Refused(STALE)
    return agreed[0]


def _signature(side: Side, name: str, *, by: Actor, at: datetime) -> dict[str, object]:
    if side is Side.PARTICIPANT:
        return {"participant_name": name.strip(), "participant_agreed_at": at}
    return {"supporter_agreed_at": at, "supporter_agreed_by_id": by.id}


def _put_in_force(
    version: PlanVersion, signed: Mapping[str, object], *, by: Actor, at: datetime
) -> None:
    on = local_date(at, by.time_zone)
    plan = version.plan
    plan.versions.filter(status=PlanStatus.IN_FORCE).update(status=PlanStatus.REPLACED.value)
    _claim(
        version,
        {**signed, "status": PlanStatus.IN_FORCE.value, "agreed_on": on, "page": ""},
        at=at,
    )
    version.refresh_from_db()
    name = version.participant_name if side_of(by) is Side.PARTICIPANT else by.name
    _step(version, SigningKind.SIGNED, by=by, at=at, name=name, digest=version.digest)
    look_again(plan, agreed_on=on)
    record(by=by, at=at, verb="plan.agreed", target=f"PlanVersion/{version.pk}")


def _back_to_draft(
    version: PlanVersion, kind: SigningKind, *, words: str, by: Actor, at: datetime
) -> PlanVersion:
    _claim(version, {**NOBODY_SIGNED, "status": PlanStatus.DRAFT.value}, at=at)
    _step(version, kind, by=by, at=at, words=words, digest=version.digest)
    record(by=by, at=at, verb=f"plan.{kind}", target=f"PlanVersion/{version.pk}")
    version.refresh_from_db()
    return version


def _claim(version: PlanVersion, fields: Mapping[str, object], *, at: datetime) -> None:
    # Claim by condition: signed, changed or taken back meanwhile, it is for a person to look at.
    stands = {column: getattr(version, column) for column in (*COLUMN.values(), "status", "digest")}
    won = PlanVersion.objects.filter(pk=version.pk, **stands).update(**{**fields, "saved_at": at})
    if not won:
        raise Refused(STALE)


def _step(
    version: PlanVersion,
    kind: SigningKind,
    *,
    by: Actor,
    at: datetime,
    name: str = "",
    words: str = "",
    digest: str = "",
) -> None:
    SigningStep.objects.create(
        agency_id=by.agency_id,
        version=version,
        kind=kind.value,
        voice=side_of(by).value,
        name=name.strip(),
        words=words.strip(),
        digest=digest,
        at=at,
        by_id=by.id,
    )
