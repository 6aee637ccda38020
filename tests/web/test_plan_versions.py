"""Staff pages of a plan's versions: the update together, signing, and its papers."""

from html import unescape
from itertools import pairwise

import pytest
import time_machine
from django.urls import reverse

from alongside.accounts.queries import actor_for
from alongside.plans import actions
from alongside.plans.actions.parts import add_part
from alongside.plans.actions.worksheets import Page, keep_worksheet
from alongside.plans.codes import FilledIn, PartKind
from alongside.plans.models import Plan, PlanPart, PlanVersion
from alongside.plans.queries import versions
from alongside.plans.rules.parts import NewPart
from alongside.web.planupdates import STAGES
from tests.factories import own_account
from tests.papers.reading import opened, roles_of, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _thursday(now):
    with time_machine.travel(now, tick=False):
        yield


@pytest.fixture
def rosa(signed_in, pair):
    return signed_in(pair.supporter.user)


@pytest.fixture
def at(pair):
    def make(name, *more):
        return reverse(f"web:{name}", args=[pair.participant.pk, *more])

    return make


@pytest.fixture
def goal(pair, now):
    made = actions.add_goal(
        pair.episode.pk, words="A second bed", area="housing", by=pair.actor, at=now
    )
    step = NewPart(PartKind.STEP, "Call the desk", goal_id=made.pk, who="participant")
    add_part(pair.episode.pk, step, by=pair.actor, at=now)
    return made


def text(response):
    return unescape(response.content.decode())


def stands(pair):
    return versions.open_version(pair.actor, plan_id=Plan.objects.get().pk)


@pytest.mark.practice("PROC-1", "SVC-12")
def test_an_update_of_nothing_is_fine_and_never_forces_anything(rosa, at, pair):
    assert "About ten minutes" in text(rosa.get(at("plan_update")))
    assert Plan.objects.count() == 0  # looking at it writes nothing
    for stage, after in pairwise(STAGES):
        page = rosa.get(at("plan_update_stage", stage))
        assert (page.status_code, f"Page {STAGES.index(stage) + 1} of 6" in text(page)) == (
            200,
            True,
        )
        answer = rosa.post(at("plan_update_stage", stage), {"go": "1"})
        assert (answer.status_code, answer.url) == (302, at("plan_update_stage", after))
    assert "Go on at page 6" in text(rosa.get(at("plan_update")))
    unsigned = rosa.post(at("plan_update_stage", "sign"), {"later": "1"})
    assert (unsigned.status_code, PlanVersion.objects.get().status) == (302, "draft")
    assert rosa.get(at("plan_update_stage", "elsewhere")).status_code == 404


@pytest.mark.practice("PROC-4")
def test_goals_and_steps_are_settled_and_added_in_place(rosa, at, goal):
    url = at("plan_update_stage", "goals")
    step = PlanPart.objects.get()
    typed = {f"{goal.pk}-words": "Buy a bed", f"{goal.pk}-who": "supporter", "goal": "Work"}
    answer = rosa.post(url, {"done": str(step.pk), f"rev-{step.pk}": "0", **typed})
    assert (answer.status_code, answer.url) == (302, url)
    rows = PlanPart.objects.order_by("id").values_list("words", "status", "who")
    assert list(rows) == [
        ("Call the desk", "done", "participant"),
        ("Buy a bed", "open", "supporter"),
    ]
    late = rosa.post(url, {"reached": str(goal.pk), f"rev-{goal.pk}": "7", "goal": "A bike"})
    assert late.status_code == 422
    assert "Someone else changed this a moment ago" in text(late)
    said = {"reached": str(goal.pk), f"rev-{goal.pk}": "0", f"said-{goal.pk}": "They slept over."}
    assert rosa.post(url, said).status_code == 302
    goal.refresh_from_db()
    assert (goal.status, goal.settled_words) == ("reached", "They slept over.")


@pytest.mark.practice("PEER-8", "PROC-4")
def test_another_day_keeps_what_was_typed_and_the_page_picks_up_what_was_not_sent(rosa, at, goal):
    matters, goals = (at("plan_update_stage", stage) for stage in ("matters", "goals"))
    kept = rosa.post(matters, {"words": "My kids", "later": "1"}, follow=True)
    assert "Kept. You two can go on here another day." in text(kept)
    assert "Go on at page 2" in text(rosa.get(at("plan_update")))
    assert "My kids" in text(rosa.get(matters))
    typed = {"goal": "A bike", f"{goal.pk}-words": "Ask Lou", f"{goal.pk}-who": "supporter"}
    assert rosa.post(goals, {**typed, "later": "1"}).url == at("plan")
    assert all(said in text(rosa.get(goals)) for said in ("A bike", "Ask Lou"))
    half = {"matters": {"words": "Half a sen"}}
    half["goals"] = {f"{goal.pk}-words": "Half a st", f"{goal.pk}-who": "participant"}
    for stage, said in half.items():
        draft = at("form_draft", f"update-{stage}")
        page = at("plan_update_stage", stage)
        assert f'data-autosave="{draft}"' in text(rosa.get(page))
        rosa.post(draft, said)
        left = text(rosa.get(page))
        assert "Pick up where you left off." in left
        assert f"{next(iter(said.values()))}</textarea>" in left
        rosa.post(page, {**said, "go": "1"})
        assert "Pick up where you left off." not in text(rosa.get(page))


@pytest.mark.practice("PEER-8", "PROC-4")
def test_words_on_a_goal_wait_for_a_choice_and_are_never_thrown_away(rosa, at, pair, goal, now):
    other = actions.add_goal(pair.episode.pk, words="Work", area="", by=pair.actor, at=now)
    url = at("plan_update_stage", "goals")
    said = {f"said-{goal.pk}": "They slept over."}
    filled = "They slept over.</textarea>"
    asked = rosa.post(url, {**said, "goal": "A bike", "go": "1"})
    assert asked.status_code == 422
    assert "Choose “Reached it” or “Set it aside for now”, or clear these words." in text(asked)
    assert (filled in text(asked), "A bike" in text(asked)) == (True, True)
    assert Plan.objects.get().goals.count() == 2  # nothing is kept by halves
    late = rosa.post(url, {**said, "reached": str(goal.pk), f"rev-{goal.pk}": "7"})
    assert (late.status_code, filled in text(late)) == (422, True)
    settles = {"aside": str(other.pk), f"rev-{other.pk}": "0", f"said-{other.pk}": "Later."}
    assert rosa.post(url, {**said, **settles}).url == url
    assert filled in text(rosa.get(url))
    assert rosa.post(url, {**said, "later": "1"}).url == at("plan")
    assert filled in text(rosa.get(url))
    reached = {**said, "reached": str(goal.pk), f"rev-{goal.pk}": "0"}
    assert rosa.post(url, reached).url == url
    goal.refresh_from_db(), other.refresh_from_db()
    assert (goal.settled_words, other.settled_words) == ("They slept over.", "Later.")
    assert "Pick up where you left off." not in text(rosa.get(url))


@pytest.mark.practice("PEER-8", "PROC-4")
def test_an_objective_is_reached_on_the_page_of_goals_and_a_goal_says_whose_hand_wrote_it(
    rosa, at, pair, goal, now
):
    done = {"by": pair.actor, "at": now}
    way = NewPart(PartKind.OBJECTIVE, "Find a bed shop", goal_id=goal.pk)
    way = add_part(pair.episode.pk, way, **done)
    under = NewPart(
        PartKind.STEP,
        "Look on Main St",
        parent_id=way.pk,
        goal_id=goal.pk,
        who="participant",
    )
    add_part(pair.episode.pk, under, **done)
    url = at("plan_update_stage", "goals")
    page = text(rosa.get(url))
    places = [
        page.index(words) for words in ("Find a bed shop", "Look on Main St", "Call the desk")
    ]
    assert (places, "Reached it: Find a bed shop" in page) == (sorted(places), True)
    rosa.post(url, {"done": str(way.pk), f"rev-{way.pk}": "0"})
    way.refresh_from_db()
    assert (way.status, "Reached it: Find a bed shop" in text(rosa.get(url))) == ("done", False)
    own = actor_for(own_account(pair.participant))
    actions.add_goal(pair.episode.pk, words="Work", area="", by=own, at=now)
    page = " ".join(text(rosa.get(at("plan"))).split())
    ours = f"{pair.supporter.user.name} wrote it · since"
    assert [one in page for one in (ours, "Gia wrote it · since")] == [True, True]


@pytest.mark.practice("PEER-8", "PROC-4")
def test_what_moved_on_is_read_once_more_and_the_name_stays(rosa, at, pair, goal, now):
    url = at("plan_update_stage", "sign")
    read = stands(pair).digest
    actions.change_goal_words(goal.pk, words="Two beds", area="", revision=0, by=pair.actor, at=now)
    sent = {"participant_name": "Gia R.", "read": read, "revision": "0"}
    late = rosa.post(url, sent)
    assert late.status_code == 422
    page = text(late)
    assert "Read it once more, then sign." in page
    assert ('value="Gia R."' in page, "Two beds" in page, stands(pair).digest in page) == (
        True,
        True,
        True,
    )
    signed = rosa.post(url, {**sent, "read": stands(pair).digest})
    version = PlanVersion.objects.get()
    assert (signed.url, version.status) == (at("plan_version", version.pk), "in-force")
    again = rosa.post(url, {**sent, "read": read})
    assert (again.status_code, PlanVersion.objects.count()) == (302, 1)


@pytest.mark.practice("PEER-8")
def test_the_supporter_offers_takes_back_and_signs_what_the_participant_signed(
    rosa, at, pair, goal, now
):
    page = text(rosa.get(at("plan_offer")))
    assert "does not come in by themselves yet" in page
    gia = own_account(pair.participant)
    offered = rosa.post(at("plan_offer"), {"read": stands(pair).digest}, follow=True)
    assert "It waits for Gia" in text(offered)
    version = PlanVersion.objects.get()
    assert "Take my signature back" in text(rosa.get(at("version_sign", version.pk)))
    rosa.post(at("version_take_back", version.pk))
    version.refresh_from_db()
    assert version.status == "draft"
    from_gia(gia, pair, now)
    assert "Gia signed the plan" in text(rosa.get(at("plan")))
    shown = text(rosa.get(at("version_sign", version.pk)))
    assert "Gia R. signed this text." in shown
    rosa.post(at("version_answer", version.pk), {"words": "Softer"})
    version.refresh_from_db()
    assert (version.status, version.signing.last().words) == ("draft", "Softer")
    from_gia(gia, pair, now)
    rosa.post(at("version_sign", version.pk), {"read": stands(pair).digest})
    version.refresh_from_db()
    assert (version.status, version.participant_name) == ("in-force", "Gia R.")
    assert "not up for signing any more" in text(rosa.get(at("version_sign", version.pk)))


@pytest.mark.practice("PEER-8")
def test_not_like_this_and_a_name_that_waits_stand_where_both_look(
    rosa, signed_in, at, pair, goal, now
):
    mine = signed_in(gia := own_account(pair.participant))
    rosa.post(at("plan_offer"), {"read": stands(pair).digest})
    version = PlanVersion.objects.get()
    said = 'A room of "my own" & a bed'
    words = {"words": said, "version_id": str(version.pk)}
    answer = mine.post(reverse("portal:own_sign_answer"), words, follow=True)
    assert "Kept. Your supporter will read it." in text(answer)
    ours = [reverse("web:today"), at("participant")]
    asks = "Asks for a change in the plan before signing."
    waits = "Signed the plan first. It waits for you to read and sign."
    assert [[one in text(rosa.get(url)) for one in (asks, waits)] for url in ours] == [
        [True, False],
        [True, False],
    ]
    title = "Gia asks for a change before signing"
    for url in (at("plan"), at("version_sign", version.pk)):
        assert [one in text(rosa.get(url)) for one in (title, said)] == [True, True]
    theirs = [reverse(f"portal:{name}") for name in ("own_plan", "own_sign")]
    for url in theirs:
        page = text(mine.get(url))
        assert [one in page for one in ("You asked for a change", said)] == [True, True]
    from_gia(gia, pair, now)
    assert [[one in text(rosa.get(url)) for one in (asks, waits)] for url in ours] == [
        [False, True],
        [False, True],
    ]
    assert "You signed. It waits." in text(mine.get(reverse("portal:mine")))
    rosa.post(at("version_answer", version.pk), {"words": ""})
    title = f"{pair.supporter.user.name} asks for a change"
    for url in (*theirs, reverse("portal:mine")):
        page = text(mine.get(url))
        talk = "You two can talk about what should be different."
        assert [one in page for one in (title, talk)] == [True, True]
    assert asks not in text(rosa.get(ours[0]))


@pytest.mark.practice("PEER-8")
def test_the_plan_page_says_all_that_is_otherwise_than_agreed_and_its_paper_once(
    rosa, at, pair, goal, now
):
    agree = {"participant_name": "Gia R.", "read": stands(pair).digest, "revision": "0"}
    rosa.post(at("plan_update_stage", "sign"), agree)
    agreed = "It stands as you two agreed."
    page = text(rosa.get(at("plan")))
    assert [agreed in page, page.count("PDF without a name")] == [True, 1]
    kids = NewPart(PartKind.VALUE, "My kids")
    add_part(pair.episode.pk, kids, by=pair.actor, at=now)
    page = text(rosa.get(at("plan")))
    together = page[page.index("Since you two agreed:") :]
    assert [agreed in page, "My kids" in together[:600]] == [False, True]


def from_gia(gia, pair, now):
    by = actor_for(gia)
    actions.offer_plan(pair.episode.pk, name="Gia R.", read=stands(pair).digest, by=by, at=now)


def test_a_short_look_keeps_both_voices_and_what_was_written_meanwhile(rosa, at, pair, goal, now):
    page = rosa.get(at("plan_look"))
    first = page.context["form"].initial
    actions.keep_plan_draft(pair.episode.pk, what_changed="Hers.", by=pair.actor, at=now)
    sent = {**first, "what_changed": "Ours for her.", "participant_name": "Gia"}
    late = rosa.post(at("plan_look"), sent)
    assert late.status_code == 422
    assert ("Hers." in text(late), "Ours for her." in text(late)) == (True, True)
    kept = {**sent, "what_changed": "", "supporter_said": "Seen.", "later": "1"}
    rosa.post(at("plan_look"), kept)
    version = PlanVersion.objects.get()
    assert (version.what_changed, version.supporter_said) == ("Hers.", "Seen.")


@pytest.mark.practice("PROC-4", "PSP-9")
def test_plan_and_versions_are_tagged_papers_with_the_name_once_or_nowhere(
    rosa, at, pair, goal, now
):
    draft = rosa.get(at("plan_paper"))
    assert (
        draft.headers["Content-Type"],
        "a draft until both of us" in words_of(draft.content),
    ) == (
        "application/pdf",
        True,
    )
    one = actions.agree_plan(
        pair.episode.pk,
        what_changed="Zinnia said it.",
        supporter_said="Seen by Rosa.",
        participant_name="Gia Rivera",
        by=pair.actor,
        at=now,
    )
    for url in (at("plan_paper"), at("version_paper", one.pk)):
        made = rosa.get(url).content
        said = words_of(made)
        assert {"H1", "P", "Table", "TH", "TD"} <= set(roles_of(made))
        assert [said.count(word) for word in ("Gia", "Zinnia", "Housing", "A second bed")] == [
            1,
            1,
            1,
            1,
        ]
        bare = words_of(rosa.get(f"{url}?name=off").content)
        assert ("Gia" in bare, "Rosa Quaas" in bare, "A second bed" in bare) == (False, False, True)
        with opened(made) as document:
            assert (document.Root.Lang, bool(document.Root.MarkInfo.Marked)) == ("en", True)


@pytest.mark.practice("PEER-7")
def test_a_worksheet_is_a_tagged_paper_of_their_words(rosa, at, pair, now):
    page = Page(pair.participant.pk, pair.participant.pk, "crisis-plan")
    answers = {"well": ["I cook"], "helps": "My aunt on the phone"}
    kept = keep_worksheet(page, answers, FilledIn.TOGETHER, by=pair.actor, at=now)
    made = rosa.get(at("worksheet_paper", kept.pk)).content
    assert "My aunt on the phone" in words_of(made)
    assert {"H1", "P"} <= set(roles_of(made))
    assert "Gia" not in words_of(rosa.get(at("worksheet_paper", kept.pk) + "?name=off").content)
