"""A participant's own check-in, from the first page to what changed; nothing needs an answer."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from alongside.accounts.queries import actor_for
from alongside.core.ids import new_id
from alongside.outcomes.actions import checkins as actions
from alongside.outcomes.models import CheckIn
from alongside.outcomes.queries import checkins as queries
from alongside.practice.instruments import CHECK_IN, filling, instrument
from tests.papers.reading import words_of
from tests.web.test_agency import queries_of

pytestmark = pytest.mark.django_db
LAST = filling.pages(instrument(CHECK_IN))[-1].number


def url(name, *args):
    return reverse(f"portal:{name}", args=args)


def begin(mine, **more):
    answer = mine.post(url("own_check_in_new"), {"own_check_in_id": str(new_id()), **more})
    return CheckIn.objects.order_by("-begun_at", "-id").first(), answer


def answered(by, person, at, value="4"):
    full = {one.link_id: value for one in instrument(CHECK_IN).questions() if one.options}
    row = actions.begin_check_in(actions.New(new_id(), person.pk, CHECK_IN), by=by, at=at)
    actions.save_answers(row.pk, full, by=by, at=at)
    return actions.finish_check_in(row.pk, share=True, by=by, at=at)


@pytest.mark.practice("SVC-2", "SVC-13")
def test_from_the_first_page_to_the_result(mine, pair):
    assert "If you like, do a check-in." in mine.get(url("mine")).content.decode()
    row, to = begin(mine)
    assert to.url == url("own_check_in_write", row.pk, 1)
    page = mine.get(to.url).content.decode()
    assert ("Page 1 of 8" in page, page.count("Not now"), page.count("Not about me")) == (
        True,
        4,
        1,
    )
    to = mine.post(to.url, {"q1": "4", "w1": "", "q2": "", "w2": ""})
    assert to.url == url("own_check_in_write", row.pk, 2)
    later = mine.post(to.url, {"q5": "2", "w5": "", "later": "1"})
    assert later.url == url("own_check_ins")
    assert "You began one" in mine.get(later.url).content.decode()
    end = mine.post(url("own_check_in_write", row.pk, LAST), {"q30": "Better", "w30": ""})
    assert end.url == url("own_check_in_end", row.pk)
    assert "You left 27 questions open" in mine.get(end.url).content.decode()
    result = mine.post(end.url, {"mine": "1"})
    assert result.url == url("own_check_in", row.pk)
    page = mine.get(result.url).content.decode()
    assert "Only you see this." in page
    assert "Mostly" in page
    row.refresh_from_db()
    assert row.answers == {"basic_needs": "4", "purpose": "2", "own_words": "Better"}
    mine.post(url("own_check_in_share", row.pk))
    row.refresh_from_db()
    assert row.shared_at is not None


def test_a_wrong_answer_keeps_what_was_typed_and_names_its_question(mine, pair):
    row, _to = begin(mine)
    answer = mine.post(
        url("own_check_in_write", row.pk, 1), {"q1": "77", "q2": "5", "w1": "", "w2": ""}
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert (
        "“I get what I need day to day: food, clothes, bills.”: choose one of the answers" in page
    )
    row.refresh_from_db()
    assert row.draft == {"stable_housing": "5"}


def test_saved_as_one_goes_and_two_pages_keep_both(mine, pair):
    row, _to = begin(mine)
    save, write = url("own_check_in_save", row.pk, 1), url("own_check_in_write", row.pk, 1)
    first = mine.post(save, {"q1": "4", "w1": "", "page_key": "one"})
    assert (first.status_code, list(first.json())) == (200, ["saved_at"])
    again = mine.post(save, {"q1": "3", "w1": "", "page_key": "one"})
    assert again.status_code == 200
    other = mine.post(save, {"q1": "1", "w1": "", "page_key": "two"})
    assert (other.status_code, other.json()["other"]) == (409, {"url": write})
    page = mine.post(write, {"q1": "1", "w1": "", "page_key": "two"}).content.decode()
    assert "Meanwhile this was answered: “Half and half”" in page
    decided = mine.post(write, {"q1": "1", "w1": "3", "page_key": "two"})
    assert decided.status_code == 302
    row.refresh_from_db()
    assert row.draft == {"basic_needs": "1"}


@pytest.mark.parametrize(
    ("wanted", "to"),
    [
        pytest.param("/portal/mine/plan/", "/portal/mine/plan/", id="a page of their own"),
        pytest.param("https://elsewhere.example/", None, id="elsewhere"),
        pytest.param("/portal/mine/../../", None, id="out of it"),
    ],
)
def test_afterwards_one_returns_to_where_one_came_from(mine, pair, wanted, to):
    row, first = begin(mine, next=wanted)
    assert (first.url != url("own_check_in_write", row.pk, 1)) == (to is not None)
    mine.post(url("own_check_in_write", row.pk, 1), {"q1": "4", "next": wanted})
    done = mine.post(url("own_check_in_end", row.pk), {"share": "1", "next": wanted})
    assert done.url == (to or url("own_check_in", row.pk))


@pytest.mark.practice("SVC-2", "MPR-5")
def test_what_changed_is_told_three_ways_and_taken_along(mine, participant, pair):
    now = timezone.now()
    empty = mine.get(url("own_change")).content.decode()
    assert "Nothing to see yet" in empty
    for ago, value in ((100, "2"), (1, "4")):
        answered(participant, pair.participant, now - timedelta(days=ago), value)
    page = mine.get(url("own_change")).content.decode()
    trade = ("Recovery capital" in page, "Empowerment" in page, "I choose for myself" in page)
    assert trade == (False, False, True)
    assert page.count('<svg class="chart"') == 1
    assert re.findall(r"<svg[^>]*role=.img[^>]*>", page) != []
    assert not re.search(r"<svg.*?(<script|<style|style=).*?</svg>", page, re.DOTALL)
    one = mine.get(url("own_change"), {"of": "item-purpose"}).content.decode()
    assert "A little (" in one
    assert "then Mostly (" in one
    sheet = mine.post(url("own_change_file"), {"form": "csv"})
    assert sheet.content.decode().count("\n") == 1 + 2 * 21
    paper = mine.post(url("own_change_file"), {"form": "pdf"})
    assert paper["Content-Type"] == "application/pdf"
    assert "What I can build on" in words_of(paper.content)


def test_lists_cost_the_same_for_one_and_three(mine, participant, pair):
    counts = {}
    for n in (1, 2):
        for k in range(n):
            at = timezone.now() - timedelta(days=100 * n + k)
            answered(participant, pair.participant, at)
        for name in ("own_check_ins", "own_change", "mine"):
            counts.setdefault(name, []).append(queries_of(mine, url(name)))
    assert {name: found[0] for name, found in counts.items()} == {
        name: found[1] for name, found in counts.items()
    }


def test_one_filled_in_together_can_be_kept_to_oneself_and_shared_again(mine, pair):
    rosa = actor_for(pair.supporter.user)
    row = answered(rosa, pair.participant, timezone.now())
    assert "Stop sharing" in mine.get(url("own_check_in", row.pk)).content.decode()
    stopped = mine.post(url("own_check_in_unshare", row.pk), follow=True).content.decode()
    assert "Only you see it now" in stopped
    assert f'action="{url("own_check_in_share", row.pk)}"' in stopped.split("</main")[0]
    seen = {"participant_id": pair.participant.pk}
    assert list(queries.finished(rosa, **seen)) == []
    mine.post(url("own_check_in_share", row.pk))
    assert list(queries.finished(rosa, **seen)) == [row]


def test_taken_back_put_back_and_shared_no_more(mine, participant, pair):
    row = answered(participant, pair.participant, timezone.now())
    mine.post(url("own_check_in_unshare", row.pk))
    mine.post(url("own_check_in_back", row.pk))
    row.refresh_from_db()
    assert (row.shared_at, row.voided_at is not None) == (None, True)
    assert "It counts no more" in mine.get(url("own_check_in", row.pk)).content.decode()
    mine.post(url("own_check_in_again", row.pk))
    row.refresh_from_db()
    assert row.voided_at is None
    other = actor_for(pair.supporter.user)
    begun = actions.begin_check_in(
        actions.New(new_id(), pair.participant.pk, CHECK_IN), by=other, at=timezone.now()
    )
    mine.post(url("own_check_in_away", begun.pk))
    begun.refresh_from_db()
    assert begun.voided_at is not None
