"""Worksheets of the invented agency: a participant's, some that are a supporter's alone, and one
that the agency made itself."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from alongside.demo.chance import Clock, Dice
from alongside.demo.life import Life
from alongside.demo.team import Colleague, Team, Walker
from alongside.demo.wordbook import book
from alongside.plans.actions.private import save_private_worksheet
from alongside.plans.actions.tools import keep_agency_tool
from alongside.plans.actions.worksheets import Page, keep_worksheet, save_worksheet_draft
from alongside.plans.codes import FilledIn

TOOLBOX, GREW = "wellness-toolbox", (20, 6)  # days ago
UNFINISHED = {"decision": "The night shift, starting in spring"}


def fill_in(people: Team, lives: Sequence[Life], clock: Clock, first: Walker) -> None:
    """In the order of time. The first supporter's people have the most."""
    words, dice = book("papers"), Dice("papers")
    admin = people.staff["administrator"].actor
    form = words["form"]
    at = clock.ago(form["days"], 10)
    keep_agency_tool(form["text"].lstrip(), tool_id=dice.id_at(at), by=admin, at=at)
    mine = [life for life in lives if life.who is first]
    for n, sheet in enumerate(words["sheets"]):
        life = mine[n // 3 % len(mine)]
        began = life.walk.began if life.walk else sheet["days"]
        at = clock.ago(min(sheet["days"], max(began - 1, 1)), 14)
        page = Page(dice.id_at(at), life.participant_id, sheet["tool"])
        how = FilledIn.ALONE if sheet["tool"] == "strengths" else FilledIn.TOGETHER
        keep_worksheet(page, sheet["answers"], how, by=first.actor, at=at)
    _everyone_has_some(people, lives, clock, dice)
    for sheet in words["private"]:
        _private(sheet, first, clock, dice)
    at = clock.now - timedelta(hours=20)
    page = Page(dice.id_at(at), mine[0].participant_id, "advantages")
    save_worksheet_draft(page, {**UNFINISHED}, seen=None, by=first.actor, at=at)


def _everyone_has_some(people: Team, lives: Sequence[Life], clock: Clock, dice: Dice) -> None:
    """A toolbox that grew with one person of each supporter; something of one's own for all."""
    words = book("papers")
    walked = {life.who.supporter_id: life for life in reversed([*lives]) if life.who}
    for life in walked.values():
        if life.who is None or life.walk is None or life.walk.began < GREW[0]:
            continue
        page = Page(dice.id_at(clock.ago(GREW[0], 11)), life.participant_id, TOOLBOX)
        for number, days in enumerate(GREW):
            answers = {**words["grows"][number]}
            page = replace(page, number=number)
            at = clock.ago(days, 11)
            keep_worksheet(page, answers, FilledIn.TOGETHER, by=life.who.actor, at=at)
    for colleague in people.staff.values():
        _private(words["private"][-1], colleague, clock, dice)


def _private(sheet: Any, whose: Colleague, clock: Clock, dice: Dice) -> None:
    at = clock.ago(sheet["days"], 17)
    save_private_worksheet(
        dice.id_at(at), sheet["answers"], tool=sheet["tool"], seen=None, by=whose.actor, at=at
    )
