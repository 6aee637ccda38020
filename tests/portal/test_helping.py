"""Help now: one tap from each own page, in the person's words, and never a colleague's."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.urls import reverse

from alongside.accounts.actions import set_help_lines
from alongside.accounts.codes import Role
from alongside.accounts.rules import HelpLine
from alongside.core.ids import new_id
from alongside.outcomes.actions.returns import tell_return
from alongside.outcomes.queries import milestones as outcomes
from alongside.outcomes.rules.milestones import NewReturn
from alongside.plans.actions.worksheets import Page, keep_worksheet
from alongside.plans.codes import FilledIn
from alongside.practice import talks
from tests.factories import NOW

HELP = reverse("portal:mine_help")
RETURN = reverse("portal:mine_return_new")


def crisis_plan(pair, words, at):
    page = Page(new_id(), pair.participant.pk, "crisis-plan")
    return keep_worksheet(page, {"well": words}, FilledIn.TOGETHER, by=pair.actor, at=at)


@pytest.mark.practice("PEER-8", "PROC-7")
def test_help_is_one_tap_from_every_own_page_and_says_no_word_of_colleagues(mine):
    for url in ("portal:mine", "portal:own_plan", "portal:mine_required", "portal:mine_milestones"):
        assert f'href="{HELP}"' in mine.get(reverse(url)).content.decode(), url
    page = mine.get(HELP).content.decode()
    told = talks.page()
    lines = (*told.lines, *(line for part in told.parts for line in part.lines))
    assert [line.call for line in lines if f'href="tel:{line.call}"' not in page] == []
    assert ('data-exit="' in page, "supervisor" in page, "hand-off" in page) == (True, False, False)
    assert f'href="{HELP}"' in mine.get(RETURN).content.decode()


@pytest.mark.practice("PEER-10")
def test_help_with_the_role_is_one_tap_from_every_own_page_and_the_rules_two(mine, agency):
    agency.references = [{"title": "Code of ethics", "url": "https://ethics.example/"}]
    agency.save()
    about = reverse("portal:mine_about_support")
    pages = ("mine", "own_plan", "mine_required_new", "mine_help", "mine_sign_in", "own_copy")
    for url in (*(reverse(f"portal:{name}") for name in pages), about):
        page = mine.get(url).content.decode().split('<footer class="foot')[1]
        assert f'href="{about}"' in page, url
    assert 'href="https://ethics.example/"' in mine.get(about).content.decode()


@pytest.mark.practice("PEER-7")
@pytest.mark.parametrize("url", [HELP, RETURN])
def test_of_two_crisis_plans_the_newest_is_at_hand(mine, pair, url):
    old = crisis_plan(pair, "I cook", NOW)
    new = crisis_plan(pair, "I sing", NOW + timedelta(days=1))
    page = mine.get(url).content.decode()
    found = [reverse("portal:own_sheet", args=[row.pk]) in page for row in (old, new)]
    assert found == [False, True]


@pytest.mark.practice("MPR-5", "MPR-6")
def test_who_reads_it_is_said_before_one_writes_that_one_used_again(mine, pair, actor):
    page = mine.get(RETURN).content.decode()
    said = page.index("the few people here who may see your record")
    assert said < page.index('name="known_on"')
    tell_return(pair.participant.pk, NewReturn(NOW.date()), by=pair.actor, at=NOW)
    desk = actor(Role.COORDINATOR, name="Mim Kowalski")
    assert outcomes.returns_of(desk, participant_id=pair.participant.pk).count() == 1
    way = mine.get(reverse("portal:mine_milestones")).content.decode()
    assert "All who see your record here can read this." in way
    assert "Only you and your supporter read it." not in way


@pytest.mark.practice("PEER-8", "PROC-7")
@pytest.mark.parametrize("language", ["en", "es"])
def test_lines_that_the_agency_opens_to_all_stand_below_988_as_it_wrote_them(mine, actor, language):
    for_all = HelpLine("Warm line", "(715) 555-0161", "4 pm to midnight", "Peers answer", True)
    lines = [HelpLine("On duty", "(715) 555-0134", words="For colleagues"), for_all]
    set_help_lines(lines, ["Stay."], seen=0, by=actor(Role.ADMINISTRATOR), at=NOW)
    mine.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    page = mine.get(HELP).content.decode()
    order = [page.index(f"tel:{number}") for number in ("988", "911", "7155550161", "1-800")]
    assert order == sorted(order)
    told = [words in page for words in ("4 pm to midnight", "Peers answer", "On duty", "Stay.")]
    assert told == [True, True, False, False]
