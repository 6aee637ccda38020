"""Check-ins and instruments on the agency's side: handed over, read, offered, loaded, set."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from alongside.accounts.codes import Role
from alongside.accounts.models import Contract
from alongside.accounts.queries import actor_for
from alongside.core.ids import new_id
from alongside.outcomes.actions import checkins as actions
from alongside.outcomes.models import CheckIn, CheckInRhythm, Instrument, InstrumentVersion
from alongside.outcomes.queries import checkins as queries
from alongside.practice.instruments import CHECK_IN, filling, instrument
from tests.factories import EncounterFactory, UserFactory, own_account
from tests.papers.reading import words_of
from tests.web.test_agency import queries_of

pytestmark = pytest.mark.django_db
EXAMPLE = Path("docs/examples/steady-ground.json").read_text()
LAST = filling.pages(instrument(CHECK_IN))[-1].number


def url(name, *args):
    return reverse(f"web:{name}", args=args)


@pytest.fixture
def rosa(pair, signed_in):
    return signed_in(pair.supporter.user)


@pytest.fixture
def boss(agency, signed_in):
    return signed_in(UserFactory(agency=agency, roles=[Role.ADMINISTRATOR]))


def answered(pair, at, value="4"):
    by = actor_for(pair.supporter.user)
    full = {one.link_id: value for one in instrument(CHECK_IN).questions() if one.options}
    new = actions.New(new_id(), pair.participant.pk, CHECK_IN)
    row = actions.begin_check_in(new, by=by, at=at)
    actions.save_answers(row.pk, full, by=by, at=at)
    return actions.finish_check_in(row.pk, by=by, at=at)


@pytest.mark.practice("SVC-2", "SVC-13")
def test_the_phone_is_handed_over_and_comes_back(rosa, pair):
    who = pair.participant.pk
    begun = rosa.post(url("check_in_new", who), {"instrument": CHECK_IN, "handed": "1"})
    row = CheckIn.objects.get()
    assert begun.url == url("check_in_write", who, row.pk, 1)
    page = rosa.get(begun.url).content.decode()
    assert "When you hand the phone back, your supporter can see your answers." in page
    assert 'class="bar' not in page
    rosa.post(begun.url, {"q1": "4", "w1": ""})
    end = rosa.post(url("check_in_write", who, row.pk, LAST), {})
    assert end.url == url("check_in_end", who, row.pk)
    update = f"/people/{who}/plan/update/check-in/"
    done = rosa.post(end.url, {"next": update})
    page = rosa.get(done.url).content.decode()
    assert "filled in alone, on a phone handed over" in page
    assert ["What you said" in page, 'class="bar' in page] == [True, False]
    assert f'href="{update}">Hand the phone back' in page
    again = rosa.get(done.url).content.decode()
    assert ["What they said" in again, "Hand the phone back" in again] == [True, False]
    sent = json.loads(rosa.post(url("check_in_file", who, row.pk)).content)
    assert (sent["status"], sent["subject"]) == ("completed", {"reference": f"Patient/{who}"})
    assert pair.participant.name not in json.dumps(sent)


@pytest.mark.practice("SVC-12", "SVC-2")
def test_the_update_names_the_last_contacts_and_shows_the_check_in_that_may_be_seen(rosa, pair):
    who = pair.participant.pk
    here = url("plan_update_stage", who, "happened")
    row = answered(pair, timezone.now())
    day = timezone.localdate()
    EncounterFactory(participant=pair.participant, supporter=pair.supporter, on=day, minutes=45)
    page = rosa.get(here).content.decode()
    ways = [url("check_in", who, row.pk), url("outcomes", who)]
    assert [f'href="{way}"' in page for way in ways] == [True, True]
    assert ["The latest contacts" in page, "45 min" in page] == [True, True]
    CheckIn.objects.update(shared_at=None)
    assert ways[0] not in rosa.get(here).content.decode()


@pytest.mark.practice("SVC-2", "MPR-5")
def test_change_over_time_for_who_walks_alongside(rosa, pair):
    who = pair.participant.pk
    assert "Nothing to see yet" in rosa.get(url("outcomes", who)).content.decode()
    counts = []
    for more in (1, 2):
        for k in range(more):
            answered(pair, timezone.now() - timedelta(days=100 * more + k), str(5 - more))
        counts.append(queries_of(rosa, url("outcomes", who)))
    assert counts[0] == counts[1]
    page = rosa.get(url("outcomes", who)).content.decode()
    assert page.count('<svg class="chart"') == 1
    assert "It is no grade." in page
    paper = rosa.post(url("outcomes_file", who), {"form": "pdf"})
    assert "First and latest" in words_of(paper.content)
    sheet = rosa.post(url("outcomes_file", who), {"form": "csv"}).content.decode()
    assert sheet.count("\n") == 1 + 3 * 21


def test_that_one_is_not_shared_is_all_that_is_told(rosa, pair):
    gia = actor_for(own_account(pair.participant))
    who = pair.participant.pk
    now = timezone.now()
    row = actions.begin_check_in(actions.New(new_id(), who, CHECK_IN), by=gia, at=now)
    actions.save_answers(row.pk, {"own_words": "Zaunkoenig", "purpose": "1"}, by=gia, at=now)
    actions.finish_check_in(row.pk, by=gia, at=now)
    page = rosa.get(url("outcomes", who)).content.decode()
    assert "There is one that is not shared." in page
    for name, method in (("check_in", "get"), ("check_in_back", "post"), ("check_in_file", "post")):
        assert getattr(rosa, method)(url(name, who, row.pk)).status_code == 404
    actions.share_check_in(row.pk, by=gia, at=now)
    assert "Zaunkoenig" in rosa.get(url("check_in", who, row.pk)).content.decode()


def test_taken_back_with_a_reason_and_put_back(rosa, pair):
    row = answered(pair, timezone.now())
    who = pair.participant.pk
    rosa.post(url("check_in_back", who, row.pk), {"reason": ""})
    assert queries.latest(actor_for(pair.supporter.user), participant_id=who) is not None
    rosa.post(url("check_in_back", who, row.pk), {"reason": "Wrong person"})
    assert "Wrong person" in rosa.get(url("check_in", who, row.pk)).content.decode()
    rosa.post(url("check_in_again", who, row.pk))
    row.refresh_from_db()
    assert row.voided_at is None


@pytest.mark.practice("SVC-2")
def test_an_instrument_is_looked_at_then_used_then_worded_anew(boss, rosa, pair):
    form = {"instrument_id": str(new_id()), "number": "0", "may_use": "Ours, 2026", "look": "1"}
    file = SimpleUploadedFile("x.json", EXAMPLE.encode())
    page = boss.post(url("instrument_load"), {**form, "file": file}).content.decode()
    assert Instrument.objects.count() == 0
    assert "I laugh with someone during the week." in page
    assert "From 47: 47 to 60" in page
    assert "Kept, but not used here: name, publisher, version." in page
    used = boss.post(url("instrument_load"), {**form, "text": EXAMPLE, "use": "1"})
    row = Instrument.objects.get()
    assert used.url == url("instrument", row.pk)
    assert boss.get(url("instrument_take", row.pk)).content.decode() == EXAMPLE
    assert "Steady ground" in rosa.get(url("outcomes", pair.participant.pk)).content.decode()
    newer = EXAMPLE.replace("I laugh with someone", "I laugh with somebody")
    form |= {"number": "1", "text": newer, "use": "1"}
    boss.post(url("instrument", row.pk), form)
    stale = boss.post(url("instrument", row.pk), {**form, "text": EXAMPLE})
    assert (stale.status_code, InstrumentVersion.objects.count()) == (422, 2)
    boss.post(url("instrument_withdraw", row.pk))
    assert "Steady ground" not in rosa.get(url("outcomes", pair.participant.pk)).content.decode()
    boss.post(url("instrument_restore", row.pk))
    assert boss.get(url("instruments")).content.decode().count("in use") == 1


def test_a_broken_one_says_where_and_keeps_the_words(boss):
    form = {"instrument_id": str(new_id()), "number": "0", "may_use": "A letter of 2026"}
    broken = EXAMPLE.replace('"valueString": "s7"', '"valueString": "s77"')
    answer = boss.post(url("instrument_load"), {**form, "text": broken, "use": "1"})
    page = answer.content.decode()
    assert (answer.status_code, Instrument.objects.count()) == (422, 0)
    assert "At total: The score “total” names “s77”, which is no question." in page
    assert "A letter of 2026" in page
    assert "s77&quot;" in page
    empty = boss.post(url("instrument_load"), {**form, "may_use": ""}).content.decode()
    assert "Choose a file, or paste its text." in empty
    assert "Say why your agency may use it" in empty
    picture = SimpleUploadedFile("x.json", b"\xff\xfe\x00")
    page = boss.post(url("instrument_load"), {**form, "file": picture}).content.decode()
    assert "This is no text file." in page


@pytest.mark.practice("SVC-2", "PSP-10")
def test_how_often_is_set_for_everybody_or_by_contract(boss, rosa, pair, agency):
    today = timezone.localdate()
    contract = Contract.objects.create(
        agency=agency, funder="County", name="Dunn", counties=["Dunn"], starts_on=today
    )
    other = Contract.objects.create(
        agency=agency, funder="County", name="Barron", counties=["Barron"], starts_on=today
    )
    pair.participant.county = "Dunn"
    pair.participant.save()
    answered(pair, timezone.now() - timedelta(days=31))
    offered = url("check_ins_offered")
    assert "Nothing to offer now" in rosa.get(offered).content.decode()
    form = {"instrument": CHECK_IN, "every_days": "30", "starts_on": today.isoformat()}
    for one in (other, contract):
        form |= {"rhythm_id": str(new_id()), "contract": str(one.pk)}
        boss.post(url("rhythm_set"), form)
        shown = pair.participant.name in rosa.get(offered).content.decode()
        assert shown == (one == contract)
    row = CheckInRhythm.objects.get(contract=contract)
    boss.post(url("rhythm_back", row.pk))
    assert "Nothing to offer now" in rosa.get(offered).content.decode()
    boss.post(url("rhythm_again", row.pk))
    assert pair.participant.name in rosa.get(offered).content.decode()
    wrong = boss.post(url("rhythm_set"), {**form, "every_days": "3", "rhythm_id": str(new_id())})
    assert (wrong.status_code, CheckInRhythm.objects.count()) == (422, 2)
    assert "Choose at least 7 days" in wrong.content.decode()


@pytest.mark.practice("SVC-2")
def test_what_they_change_on_their_own_is_theirs_until_they_are_done(rosa, pair):
    """One they showed, and opened again: a colleague reads what they showed, at no address more."""
    gia, now = actor_for(own_account(pair.participant)), timezone.now()
    one, two = list(instrument(CHECK_IN).questions())[:2]
    new = actions.New(new_id(), pair.participant.pk, CHECK_IN)
    row = actions.begin_check_in(new, by=gia, at=now)
    actions.save_answers(row.pk, {one.link_id: "4"}, by=gia, at=now)
    actions.finish_check_in(row.pk, share=True, by=gia, at=now)
    actions.save_answers(row.pk, {two.link_id: "1"}, by=gia, at=now)
    who = (pair.participant.pk, row.pk)
    write = url("check_in_write", *who, 1)
    ends = [ask(url("check_in_end", *who)) for ask in (rosa.get, rosa.post)]
    for answer in (rosa.get(write), *ends):
        assert answer.url == url("check_in", *who)
    assert "They are changing this" in rosa.get(url("check_in", *who)).content.decode()
    # Who had the page open already keeps what they typed, and learns no more.
    refused = rosa.post(write, {})
    assert refused.status_code == 422
    shown = {one["item"].link_id: one["value"] for one in map(vars, refused.context["rows"])}
    assert shown[two.link_id] == ""
