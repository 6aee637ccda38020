"""A plan is signed by both on one phone or on two: exactly what was read, and never forced."""

from datetime import timedelta

import pytest

from alongside.accounts.queries import actor_for
from alongside.core.refusal import Refused
from alongside.encounters.queries.due import plans_to_look_at
from alongside.plans import actions, queries
from alongside.plans.actions.parts import add_part
from alongside.plans.codes import PartKind, PlanStatus, Side
from alongside.plans.models import Plan, PlanVersion, SigningStep
from alongside.plans.queries import versions
from alongside.plans.rules import signing
from alongside.plans.rules.content import PlanContent, as_copy
from alongside.plans.rules.parts import NewPart
from alongside.plans.rules.signing import Said, SigningFacts, digest_of, mark
from tests.factories import own_account

BARE = as_copy(PlanContent())
BOTH = frozenset(Side)
OURS = frozenset({Side.SUPPORTER})
S = PlanStatus


def code(refusal):
    return refusal.code if refusal else None


@pytest.mark.practice("PEER-8", "PROC-4")
@pytest.mark.parametrize(
    ("facts", "side", "name", "read", "now", "why"),
    [
        pytest.param(
            SigningFacts(S.OFFERED, "a", OURS), "participant", "Gia", "a", "a", None, id="fits"
        ),
        pytest.param(
            SigningFacts(S.OFFERED, "a", OURS),
            "participant",
            "Gia",
            "a",
            "b",
            "moved-on",
            id="changed since",
        ),
        pytest.param(
            SigningFacts(S.OFFERED, "b", OURS),
            "participant",
            "Gia",
            "a",
            "b",
            "not-offered",
            id="another text",
        ),
        pytest.param(
            SigningFacts(S.DRAFT), "participant", "Gia", "a", "a", "not-offered", id="taken back"
        ),
        pytest.param(
            SigningFacts(S.IN_FORCE, "a", BOTH),
            "participant",
            "G",
            "a",
            "a",
            "not-offered",
            id="over",
        ),
        pytest.param(
            SigningFacts(S.OFFERED, "a", OURS), "supporter", "R", "a", "a", "signed", id="twice"
        ),
        pytest.param(
            SigningFacts(S.OFFERED, "a", OURS),
            "participant",
            " ",
            "a",
            "a",
            "no-name",
            id="no name",
        ),
    ],
)
def test_a_signature_counts_for_what_was_read(facts, side, name, read, now, why):
    assert code(signing.why_not_sign(facts, Side(side), name, read=read, now=now)) == why


@pytest.mark.practice("PEER-8")
def test_who_signed_takes_back_and_the_other_answers():
    offered, draft = SigningFacts(S.OFFERED, "a", OURS), SigningFacts(S.DRAFT)
    ours, theirs = Side.SUPPORTER, Side.PARTICIPANT
    assert [
        code(rule(facts, side))
        for rule in (signing.why_not_answer, signing.why_not_take_back_offer)
        for facts in (offered, draft)
        for side in (ours, theirs)
    ] == ["signed", None, "not-offered", "not-offered", None, "not-yours", "not-yours", "not-yours"]


def test_a_digest_is_of_all_of_the_text():
    first = digest_of(BARE, Said("a", "b"))
    others = [digest_of(BARE), digest_of(BARE, Said("b", "a")), digest_of({**BARE, "goals": [1]})]
    assert len({first, *others}) == 4
    assert digest_of(BARE, Said("a", "b")) == first


@pytest.fixture
def gia(pair):
    return actor_for(own_account(pair.participant))


@pytest.fixture
def offered(pair, now):
    """Rosa signed a plan with one goal and a step, and laid it before Gia."""
    episode = pair.episode.pk
    goal = actions.add_goal(episode, words="A second bed", area="housing", by=pair.actor, at=now)
    step = NewPart(PartKind.STEP, "Call the desk", goal_id=goal.pk, who="participant")
    add_part(episode, step, by=pair.actor, at=now)
    actions.keep_plan_draft(
        episode, what_changed="The lease.", supporter_said="She called.", by=pair.actor, at=now
    )
    read = stands(pair.actor).digest
    return actions.offer_plan(episode, name="Rosa", read=read, by=pair.actor, at=now)


def stands(viewer):
    return versions.open_version(viewer, plan_id=Plan.objects.get().pk)


@pytest.mark.django_db
@pytest.mark.practice("PROC-4", "PEER-8", "SVC-12")
def test_each_on_their_own_device_the_second_signature_puts_it_in_force(pair, gia, offered, now):
    assert (offered.status, offered.participant_agreed_at) == ("offered", None)
    later = now + timedelta(days=1)
    actions.sign_plan(offered.pk, name=" Gia R. ", read=offered.digest, by=gia, at=later)
    again = actions.sign_plan(offered.pk, name="Gia R.", read=offered.digest, by=gia, at=later)
    said = (again.status, again.participant_name, again.supporter_agreed_by_id, again.agreed_on)
    assert said == ("in-force", "Gia R.", pair.actor.id, later.date())
    content = versions.content_of(again)
    assert [(g.words, [s.words for s in g.steps]) for g in content.goals] == [
        ("A second bed", ["Call the desk"])
    ]
    assert Plan.objects.get().look_together_on == later.date().replace(year=2027, month=2)
    steps = SigningStep.objects.order_by("id").values_list("kind", "voice", "name")
    assert list(steps) == [("offered", "supporter", "Rosa"), ("signed", "participant", "Gia R.")]


@pytest.mark.django_db
@pytest.mark.practice("PROC-4", "PEER-8")
def test_what_moved_on_is_not_signed_until_it_was_read_anew(pair, gia, offered, now):
    actions.add_goal(pair.episode.pk, words="Work", area="", by=gia, at=now)
    with pytest.raises(Refused) as no:
        actions.sign_plan(offered.pk, name="Gia", read=offered.digest, by=gia, at=now)
    assert (no.value.refusal.code, no.value.refusal.field) == ("moved-on", "name")
    assert stands(gia).moved_on
    anew = stands(pair.actor).digest
    again = actions.offer_plan(pair.episode.pk, name="Rosa", read=anew, by=pair.actor, at=now)
    assert (again.pk, again.number, again.digest) == (offered.pk, 1, anew)
    with pytest.raises(Refused) as no:
        actions.sign_plan(offered.pk, name="Gia", read=offered.digest, by=gia, at=now)
    assert no.value.refusal.code == "not-offered"
    signed = actions.sign_plan(offered.pk, name="Gia", read=anew, by=gia, at=now)
    assert signed.status == "in-force"


@pytest.mark.django_db
@pytest.mark.practice("PEER-8", "MPR-6")
def test_nobody_has_to_sign_and_both_can_change_their_mind(pair, gia, offered, now):
    actions.answer_plan(offered.pk, words="Softer, please.", by=gia, at=now)
    draft = PlanVersion.objects.get()
    assert (draft.status, draft.supporter_agreed_at, draft.supporter_agreed_by) == (
        "draft",
        None,
        None,
    )
    assert versions.last_answer(pair.actor, version_id=draft.pk).words == "Softer, please."
    read = stands(gia).digest
    actions.offer_plan(pair.episode.pk, name="Gia", read=read, by=gia, at=now)
    draft.refresh_from_db()
    assert (draft.status, draft.participant_name) == ("offered", "Gia")
    actions.take_offer_back(draft.pk, by=gia, at=now)
    draft.refresh_from_db()
    assert (draft.status, draft.participant_name) == ("draft", "")
    with pytest.raises(Refused) as no:
        actions.take_offer_back(draft.pk, by=gia, at=now)
    assert no.value.refusal.code == "not-yours"


@pytest.mark.django_db
@pytest.mark.practice("PEER-8", "PROC-4")
def test_both_voices_are_kept_and_on_the_same_words_a_person_decides(pair, gia, now):
    episode, blank = pair.episode.pk, mark("")
    seen = {Side.PARTICIPANT: blank, Side.SUPPORTER: blank}
    actions.keep_plan_draft(
        episode, what_changed="Mine.", seen={Side.PARTICIPANT: blank}, by=gia, at=now
    )
    actions.keep_plan_draft(
        episode, what_changed="", supporter_said="Ours.", seen=seen, by=pair.actor, at=now
    )
    assert stands(gia).said == Said("Mine.", "Ours.")
    with pytest.raises(Refused) as no:
        actions.keep_plan_draft(
            episode, what_changed="Other.", supporter_said="", seen=seen, by=pair.actor, at=now
        )
    assert (no.value.refusal.code, no.value.refusal.field) == ("stale", "what_changed")
    assert stands(gia).said == Said("Mine.", "Ours.")
    seen = {Side.PARTICIPANT: mark("Mine."), Side.SUPPORTER: mark("Ours.")}
    actions.keep_plan_draft(
        episode,
        what_changed="Mine. Other.",
        supporter_said="Ours.",
        seen=seen,
        by=pair.actor,
        at=now,
    )
    assert stands(gia).said == Said("Mine. Other.", "Ours.")
    with pytest.raises(Refused) as no:
        actions.keep_plan_draft(episode, supporter_said="Hers.", by=gia, at=now)
    assert no.value.refusal.code == "not-your-voice"


@pytest.mark.django_db
@pytest.mark.practice("PROC-1", "PROC-4")
def test_an_empty_plan_is_signed_or_not_and_is_never_due(pair, now):
    year = now + timedelta(days=365)
    actions.keep_plan_draft(pair.episode.pk, what_changed="Not yet.", by=pair.actor, at=now)
    assert plans_to_look_at(pair.actor, on=year.date()) == []
    actions.agree_plan(pair.episode.pk, participant_name="Gia", by=pair.actor, at=now)
    assert plans_to_look_at(pair.actor, on=year.date()) == []
    assert queries.plan_of_episode(pair.actor, episode_id=pair.episode.pk) is not None


@pytest.mark.django_db
@pytest.mark.practice("PROC-4")
def test_a_version_is_read_beside_the_one_before(pair, now):
    episode, by = pair.episode.pk, pair.actor
    goal = actions.add_goal(episode, words="A second bed", area="", by=by, at=now)
    one = actions.agree_plan(episode, participant_name="Gia", by=by, at=now)
    actions.change_goal_words(goal.pk, words="Two beds", area="", revision=0, by=by, at=now)
    two = actions.agree_plan(episode, participant_name="Gia", by=by, at=now)
    reading = versions.reading(by, participant_id=pair.participant.pk, version_id=two.pk)
    assert (reading.before, [str(d.say) for d in reading.since]) == (
        one,
        ["Said anew: “Two beds”. Before: “A second bed”"],
    )
    PlanVersion.objects.filter(pk=one.pk).update(
        content={},
        goals=[
            {
                "id": str(goal.pk),
                "words": "Of before",
                "begun_on": "2026-01-02",
                "area": "",
                "status": "open",
            }
        ],
    )
    old = versions.reading(by, participant_id=pair.participant.pk, version_id=one.pk)
    assert [g.words for g in old.content.goals] == ["Of before"]
