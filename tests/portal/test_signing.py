"""A participant signs on their own device, or not; gets ready for an update; takes papers along."""

from html import unescape

import pytest
from django.urls import reverse

from alongside.plans import actions
from alongside.plans.actions import parts
from alongside.plans.codes import PartKind
from alongside.plans.models import Goal, Plan, PlanVersion
from alongside.plans.queries import versions
from alongside.plans.rules.parts import NewPart
from tests.factories import actor_for
from tests.papers.reading import roles_of, words_of

pytestmark = pytest.mark.django_db
SIGN = reverse("portal:own_sign")


def text(response):
    return unescape(response.content.decode())


@pytest.fixture
def offered(pair, participant, now):
    """Rosa signed a plan with one goal, and laid it before Gia."""
    episode, by = pair.episode.pk, pair.actor
    actions.add_goal(episode, words="A second bed", area="", by=by, at=now)
    actions.keep_plan_draft(episode, supporter_said="You called by yourself.", by=by, at=now)
    read = versions.open_version(by, plan_id=Plan.objects.get().pk).digest
    return actions.offer_plan(episode, name="Rosa", read=read, by=by, at=now)


@pytest.mark.practice("PEER-8", "PROC-4", "SVC-12")
def test_they_read_exactly_that_text_and_sign_it(mine, offered):
    page = text(mine.get(SIGN))
    assert ("A second bed" in page, "You called by yourself." in page) == (True, True)
    unnamed = mine.post(SIGN, {"read": offered.digest, "name": " "})
    assert (unnamed.status_code, "You do not have to." in text(unnamed)) == (422, True)
    signed = mine.post(SIGN, {"read": offered.digest, "name": "Gia R."}, follow=True)
    assert "You both signed. This is your plan now." in text(signed)
    version = PlanVersion.objects.get()
    assert (version.status, version.participant_name) == ("in-force", "Gia R.")
    paper = mine.get(reverse("portal:own_version_paper", args=[version.pk])).content
    assert (words_of(paper).count("Gia"), "H1" in roles_of(paper)) == (1, True)
    assert "Gia" not in words_of(mine.get(reverse("portal:own_plan_paper") + "?name=off").content)
    assert "Version 1" in text(mine.get(reverse("portal:own_versions")))


@pytest.mark.practice("PEER-8", "PROC-4")
def test_the_plan_says_what_both_signed_and_what_is_new_since(mine, offered, pair, now):
    plan = reverse("portal:own_plan")
    draft = text(mine.get(plan))
    assert ("It is a draft so far." in draft, SIGN in draft) == (True, True)
    signed = actions.sign_plan(
        offered.pk, name="Gia R.", read=offered.digest, by=actor_for(pair.participant.user), at=now
    )
    same = text(mine.get(plan))
    assert "You both signed this on" in same
    assert (SIGN in same, reverse("portal:own_version", args=[signed.pk]) in same) == (False, True)
    assert "This one counts now" in text(mine.get(reverse("portal:own_versions")))
    actions.add_goal(pair.episode.pk, words="Work", area="", by=pair.actor, at=now)
    aim = NewPart(PartKind.OBJECTIVE, "At ease", goal_id=Goal.objects.get(words="Work").pk)
    parts.add_part(pair.episode.pk, aim, by=pair.actor, at=now)
    changed = text(mine.get(plan))
    assert ("You both signed version 1 on" in changed, SIGN in changed) == (True, True)
    new = changed.split("What is new since then")[1].split("</details>")[0]
    found = [said in new for said in ("A goal of mine", "New: “Work”", "A part of the way")]
    assert found == [True] * 3
    ready = text(mine.get(reverse("portal:own_ready")))
    assert ("A part of the way</span>" in ready, "Objective" in ready) == (True, False)


@pytest.mark.practice("PEER-8", "MPR-6")
def test_they_may_say_no_and_what_should_be_different(mine, offered, pair):
    answer = {"version_id": str(offered.pk), "words": "Not the bed. The yard."}
    said = mine.post(reverse("portal:own_sign_answer"), answer, follow=True)
    assert "Your supporter will read it." in text(said)
    offered.refresh_from_db()
    assert (offered.status, offered.supporter_agreed_at) == ("draft", None)
    step = versions.last_answer(pair.actor, version_id=offered.pk)
    assert (step.kind, step.voice, step.words) == (
        "answered",
        "participant",
        "Not the bed. The yard.",
    )
    twice = mine.post(reverse("portal:own_sign_answer"), answer, follow=True)
    assert "not up for signing" in text(twice)
    assert mine.post(reverse("portal:own_sign_back"), {"version_id": "junk"}).status_code == 302


@pytest.mark.practice("PEER-8", "PROC-4")
def test_what_moved_on_is_not_signed_the_name_stays_and_they_may_sign_first(
    mine, offered, pair, now
):
    actions.add_goal(pair.episode.pk, words="Work", area="", by=pair.actor, at=now)
    late = mine.post(SIGN, {"read": offered.digest, "name": "Gia R."})
    assert late.status_code == 422
    page = text(late)
    assert "The plan changed after you opened this page." in page
    read = versions.open_version(pair.actor, plan_id=Plan.objects.get().pk).digest
    assert ('value="Gia R."' in page, f'value="{read}"' in page) == (True, True)
    mine.post(SIGN, {"read": read, "name": "Gia R."})
    offered.refresh_from_db()
    assert (offered.status, offered.participant_name, offered.supporter_agreed_at) == (
        "offered",
        "Gia R.",
        None,
    )
    assert "You signed. It waits." in text(mine.get(SIGN))
    mine.post(reverse("portal:own_sign_back"), {"version_id": str(offered.pk)})
    offered.refresh_from_db()
    assert offered.status == "draft"


@pytest.mark.practice("PEER-8", "SVC-12")
def test_they_get_ready_for_an_update_and_nothing_is_asked_of_them(mine, pair, participant, now):
    page = text(mine.get(SIGN))
    assert "You do not need a plan to get support." in page
    ready = reverse("portal:own_ready")
    first = mine.get(ready).context["form"].initial
    mine.post(ready, {**first, "what_changed": "I sleep again."})
    version = PlanVersion.objects.get()
    assert (version.what_changed, version.signing.get().kind) == ("I sleep again.", "prepared")
    late = mine.post(ready, {**first, "what_changed": "Other."})
    assert (late.status_code, "I sleep again." in text(late), "Other." in text(late)) == (
        422,
        True,
        True,
    )


def test_words_hold_still_while_the_plan_is_up_for_signing(mine, offered):
    ready = reverse("portal:own_ready")
    assert "Your plan is up for signing." in text(mine.get(ready))
    seen = mine.get(ready).context["form"].initial["seen"]
    late = mine.post(ready, {"what_changed": "Wait.", "seen": seen})
    assert (late.status_code, "Wait." in text(late)) == (422, True)
    offered.refresh_from_db()
    assert (offered.status, offered.what_changed) == ("offered", "")
