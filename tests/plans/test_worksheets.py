"""Worksheets kept with a participant: saved as one goes, kept, changed forward, taken back."""

from datetime import timedelta

import pytest
from django.core.exceptions import ObjectDoesNotExist

from alongside.accounts.codes import Role
from alongside.accounts.queries import actor_for
from alongside.audit.models import AuditEvent
from alongside.core.ids import new_id
from alongside.core.refusal import Refused
from alongside.plans.actions import tools as agency
from alongside.plans.actions import worksheets as actions
from alongside.plans.actions.worksheets import Page
from alongside.plans.codes import FilledIn
from alongside.plans.models import AgencyTool, Worksheet, WorksheetDraft, WorksheetVersion
from alongside.plans.queries import tools
from alongside.plans.queries import worksheets as queries
from alongside.practice.worksheets import BrokenDefinition, parts
from tests.factories import (
    AgencyFactory,
    ParticipantFactory,
    SupporterFactory,
    UserFactory,
    walk_alongside,
)
from tests.trying import as_a_page

pytestmark = pytest.mark.django_db
TOGETHER = FilledIn.TOGETHER
OWN = 'name = "Our way"\nintro = "For us"\nowner = "participant"\n[[sections]]\n'
OWN += '[[sections.fields]]\nkey = "how"\ntype = "text"\nlabel = "How?"\n'


@pytest.fixture
def supporter(agency):
    return SupporterFactory(agency=agency)


@pytest.fixture
def person(agency, supporter):
    found = ParticipantFactory(agency=agency, name="Gia Rivera")
    walk_alongside(supporter, found)
    return found


@pytest.fixture
def by(supporter, person):
    return actor_for(supporter.user)


@pytest.fixture
def admin(agency):
    return actor_for(UserFactory(agency=agency, roles=[Role.ADMINISTRATOR]))


def page(person, tool="crisis-plan", **more):
    return Page(more.pop("worksheet_id", None) or new_id(), person.pk, tool, **more)


def keep(one, by, now, words="I cook", **more):
    return actions.keep_worksheet(one, {"well": words}, TOGETHER, by=by, at=now, **more)


@pytest.mark.practice("PROC-3", "PEER-7")
def test_five_clicks_keep_one_and_the_draft_is_gone(person, by, now):
    one = page(person)
    actions.save_worksheet_draft(one, {"well": "I"}, seen=None, by=by, at=now)
    kept = {keep(one, by, now).pk for _click in range(5)}
    row = Worksheet.objects.get()
    assert (kept, row.answers, row.number) == ({row.pk}, {"well": "I cook"}, 1)
    assert WorksheetDraft.objects.count() == 0
    verbs = list(AuditEvent.objects.order_by("seq").values_list("verb", flat=True))
    assert verbs == ["worksheet.begun", "worksheet.kept"]


@pytest.mark.practice("PROC-3")
def test_what_it_said_before_is_kept_with_who_and_when(person, by, now):
    one = page(person)
    keep(one, by, now)
    later = now + timedelta(days=1)
    again = Page(one.worksheet_id, person.pk, one.tool, number=1)
    kept = keep(again, by, later, "I cook and sing")
    before = WorksheetVersion.objects.get()
    assert (kept.number, kept.answers, before.answers, before.kept_at) == (
        2,
        {"well": "I cook and sing"},
        {"well": "I cook"},
        now,
    )


def test_of_two_who_change_it_at_once_the_second_looks_again(person, by, now):
    one = page(person)
    keep(one, by, now)
    again = Page(one.worksheet_id, person.pk, one.tool, number=1)
    keep(again, by, now, "I cook and sing")
    with pytest.raises(Refused) as no:
        keep(again, by, now, "I sleep")
    assert no.value.refusal.code == "stale"
    assert Worksheet.objects.get().answers == {"well": "I cook and sing"}


@pytest.mark.parametrize(
    ("tool", "answers", "code"),
    [
        pytest.param("crisis-plan", {}, "empty", id="nothing written"),
        pytest.param("brainstorming", {"first_step": "Call"}, "look-again", id="the challenge"),
        pytest.param("gentle-refusal", {"asked": "Money"}, "private", id="a private tool"),
    ],
)
def test_what_cannot_be_kept(person, by, now, tool, answers, code):
    with pytest.raises(Refused) as no:
        actions.keep_worksheet(page(person, tool), answers, TOGETHER, by=by, at=now)
    assert (no.value.refusal.code, Worksheet.objects.count()) == (code, 0)


def test_two_windows_keep_both(person, by, now):
    one = page(person)
    actions.save_worksheet_draft(one, {"well": "I cook"}, seen=None, by=by, at=now)
    later = now + timedelta(minutes=1)
    saved = actions.save_worksheet_draft(one, {"well": "I sing"}, seen=None, by=by, at=later)
    assert (saved.conflict, saved.draft.answers, saved.draft.other) == (
        True,
        {"well": "I sing"},
        {"well": "I cook"},
    )


def test_the_id_of_one_persons_sheet_opens_nothing_with_another(agency, supporter, person, by, now):
    other = ParticipantFactory(agency=agency, name="Bo Ek")
    walk_alongside(supporter, other)
    one, kept = page(person), page(person)
    actions.save_worksheet_draft(one, {"well": "I cook"}, seen=None, by=by, at=now)
    keep(kept, by, now)
    replayed = page(other, worksheet_id=one.worksheet_id)
    with pytest.raises(ObjectDoesNotExist):
        actions.save_worksheet_draft(replayed, {"well": "I sing"}, seen=now, by=by, at=now)
    fresh = [
        as_a_page(lambda p=p: keep(page(other, worksheet_id=p.worksheet_id), by, now)).pk
        for p in (one, kept)
    ]
    draft = WorksheetDraft.objects.get()
    assert (draft.participant_id, draft.answers) == (person.pk, {"well": "I cook"})
    assert (kept.worksheet_id in fresh, Worksheet.objects.filter(participant=other).count()) == (
        False,
        2,
    )


def test_what_comes_late_from_a_page_does_not_begin_a_kept_sheet_anew(person, by, now):
    one = page(person)
    keep(one, by, now)
    with pytest.raises(Refused) as no:
        actions.save_worksheet_draft(one, {"well": "I cook"}, seen=None, by=by, at=now)
    assert (no.value.refusal.code, WorksheetDraft.objects.count()) == ("taken", 0)


def test_put_away_taken_up_and_after_a_day_let_go(person, by, now):
    one, two = page(person), page(person, "values")
    for each in (one, two):
        actions.save_worksheet_draft(each, {"well": "I"}, seen=None, by=by, at=now)
    actions.put_worksheet_draft_away(one.worksheet_id, by=by, at=now)
    assert [d.tool for d in queries.worksheet_drafts(by)] == ["values"]
    actions.take_worksheet_draft_up(one.worksheet_id, by=by, at=now)
    actions.put_worksheet_draft_away(one.worksheet_id, by=by, at=now)
    actions.put_worksheet_draft_away(two.worksheet_id, by=by, at=now + timedelta(days=2))
    assert [d.tool for d in WorksheetDraft.objects.all()] == ["values"]


def test_taken_back_with_a_reason_and_put_back(person, by, now):
    row = keep(page(person), by, now)
    with pytest.raises(Refused):
        actions.take_worksheet_back(row.pk, reason=" ", by=by, at=now)
    actions.take_worksheet_back(row.pk, reason="Wrong person", by=by, at=now)
    assert list(queries.worksheets_of(by, participant_id=person.pk)) == []
    assert [r.voided_reason for r in queries.taken_back(by, participant_id=person.pk)] == [
        "Wrong person"
    ]
    actions.put_worksheet_back(row.pk, by=by, at=now)
    assert list(queries.worksheets_of(by, participant_id=person.pk)) == [row]


def test_sight_follows_the_person_and_writing_the_role(agency, person, by, now, supporter):
    row = keep(page(person), by, now)
    stranger = actor_for(SupporterFactory(agency=agency).user)
    elsewhere = actor_for(SupporterFactory(agency=AgencyFactory()).user)
    reader = actor_for(UserFactory(agency=agency, roles=[Role.PRIVACY_OFFICER]))
    seen = {
        name: list(queries.worksheets_of(viewer, participant_id=person.pk)) == [row]
        for name, viewer in {"own": by, "reads": reader, "no": stranger, "far": elsewhere}.items()
    }
    assert seen == {"own": True, "reads": True, "no": False, "far": False}
    with pytest.raises(Refused):
        keep(Page(row.pk, person.pk, row.tool, number=1), reader, now, "Mine")
    with pytest.raises(ObjectDoesNotExist):
        keep(page(person), stranger, now)


@pytest.mark.practice("PROC-3")
def test_an_agencys_own_keeps_the_words_it_was_filled_in_with(person, by, admin, now):
    form = agency.keep_agency_tool(OWN, by=admin, at=now)
    key = str(form.pk)
    row = actions.keep_worksheet(page(person, key), {"how": "Slowly"}, TOGETHER, by=by, at=now)
    reworded = OWN.replace("How?", "In which way?")
    agency.keep_agency_tool(reworded, tool_id=form.pk, number=1, by=admin, at=now)
    then = tools.definition_of(by, key=key, version=row.tool_version)
    today = tools.definition_of(by, key=key)
    labels = [parts(d, row.answers)[0].lines[0].label for d in (then, today)]
    assert labels == ["How?", "In which way?"]


def test_withdrawn_it_is_not_begun_again_but_read_and_gone_on_with(person, by, admin, now):
    form = agency.keep_agency_tool(OWN, by=admin, at=now)
    key = str(form.pk)
    row = actions.keep_worksheet(page(person, key), {"how": "Slowly"}, TOGETHER, by=by, at=now)
    agency.withdraw_agency_tool(form.pk, by=admin, at=now)
    assert [d.key for d in tools.definitions(by) if d.key == key] == []
    with pytest.raises(Refused):
        actions.keep_worksheet(page(person, key), {"how": "Fast"}, TOGETHER, by=by, at=now)
    again = Page(row.pk, person.pk, key, number=1)
    assert actions.keep_worksheet(again, {"how": "Fast"}, TOGETHER, by=by, at=now).number == 2
    agency.restore_agency_tool(form.pk, by=admin, at=now)
    assert [d.name for d in tools.agency_definitions(by)] == ["Our way"]


def test_an_agencys_own_is_nobody_elses_and_an_administrators_to_make(by, admin, now):
    form = agency.keep_agency_tool(OWN, by=admin, at=now)
    elsewhere = actor_for(SupporterFactory(agency=AgencyFactory()).user)
    with pytest.raises(ObjectDoesNotExist):
        tools.definition_of(elsewhere, key=str(form.pk))
    with pytest.raises(Refused):
        agency.keep_agency_tool(OWN, by=by, at=now)
    with pytest.raises(BrokenDefinition, match="“slider” is no known type"):
        agency.keep_agency_tool(OWN.replace('"text"', '"slider"'), by=admin, at=now)
    assert AgencyTool.objects.count() == 1


def test_of_two_who_reword_it_at_once_the_second_looks_again(admin, now):
    form = agency.keep_agency_tool(OWN, by=admin, at=now)
    agency.keep_agency_tool(OWN + "# a\n", tool_id=form.pk, number=1, by=admin, at=now)
    with pytest.raises(Refused) as no:
        agency.keep_agency_tool(OWN + "# b\n", tool_id=form.pk, number=1, by=admin, at=now)
    assert no.value.refusal.code == "stale"


def test_a_stored_wording_that_is_refused_today_still_shows_what_was_answered(
    person, by, admin, now
):
    form = agency.keep_agency_tool(OWN, by=admin, at=now)
    one = page(person, str(form.pk))
    row = actions.keep_worksheet(one, {"how": "Slowly"}, TOGETHER, by=by, at=now)
    form.versions.update(text=OWN.replace('"text"', '"slider"'))
    found = tools.definition_of(by, key=str(form.pk), version=1)
    assert parts(found, row.answers)[0].lines[0].text == "Slowly"
    assert str(form.pk) in tools.names(by)
