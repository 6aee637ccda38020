"""What a participant reads and does with their own record."""

import io
import json
import zipfile
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from alongside.accounts.codes import Role
from alongside.consents.actions import disclose
from alongside.consents.models import ConsentRecipient, Disclosure
from alongside.consents.rules.disclosures import Recipient, Wanted
from alongside.core.clock import local_date
from alongside.encounters import actions
from alongside.encounters.models import AddedWords, Appointment
from alongside.encounters.rules.kept import NewKept
from alongside.people.actions.emergencies import open_in_emergency, review_opening
from alongside.people.actions.identifiers import keep_identifier, show_identifier
from alongside.people.codes import IdentifierKind, OpeningReview
from alongside.people.models import Participant
from alongside.portal.words import on_day, told
from alongside.practice.consents import (
    RecipientFacts,
    RecipientKind,
    Section,
    code_of,
    document,
)
from alongside.practice.disclosure import Basis, Way
from alongside.practice.retention import Asked
from alongside.retention.actions import answer_request, ask_for_record, copy_record
from alongside.retention.codes import AskedBy, Outcome
from alongside.retention.models import RecordRequest
from alongside.retention.rules.requests import NewAnswer, NewRequest
from tests.consents import made
from tests.consents.made import a_consent
from tests.encounters.notes import a_note
from tests.factories import NOW, ParticipantFactory
from tests.papers.reading import words_of

PAGES = [
    "own_notes",
    "own_times",
    "own_sheets",
    "own_people",
    "own_consents",
    "own_told",
    "own_rights",
    "own_updates",
    "own_looked",
    "own_copy",
    "mine",
]


@pytest.fixture
def note(pair):
    return actions.sign_note(
        uuid4(), pair.participant.pk, a_note(participant_words="I was calm."), by=pair.actor, at=NOW
    )


def test_each_page_opens_before_there_is_anything(mine):
    found = {name: mine.get(reverse(f"portal:{name}")).status_code for name in PAGES}
    assert found == dict.fromkeys(PAGES, 200)


@pytest.mark.practice("PEER-8")
def test_a_note_is_read_answered_changed_and_taken_back(mine, note, pair):
    url = reverse("portal:own_note", args=[note.pk])
    page = mine.get(url).content.decode()
    assert ("Sat with her before court." in page, "I was calm." in page) == (True, True)
    assert mine.post(url, {"words_id": uuid4(), "words": " "}).status_code == 422
    words_id = uuid4()
    for _click in range(3):
        mine.post(url, {"words_id": words_id, "words": "It went well", "signed_name": "Gia"})
    added = AddedWords.objects.get()
    assert (added.words, added.signed_name, added.from_outside) == ("It went well", "Gia", True)
    change = reverse("portal:own_words", args=[words_id])
    assert mine.get(change).status_code == 200
    mine.post(change, {"words_id": words_id, "words": "It went so well", "seen": 0})
    assert "It went so well" in mine.get(url).content.decode()
    mine.post(reverse("portal:own_words_back", args=[words_id]))
    assert "What you took back" in mine.get(url).content.decode()
    mine.post(reverse("portal:own_words_again", args=[words_id]))
    assert "What you took back" not in mine.get(url).content.decode()


def test_the_supporter_finds_the_answer(mine, note, pair, signed_in):
    staff = signed_in(pair.supporter.user)
    url = reverse("portal:own_note", args=[note.pk])
    mine.post(url, {"words_id": uuid4(), "words": "It went well"})
    assert "Someone answered a note of yours." in staff.get(reverse("web:today")).content.decode()
    assert "It went well" in staff.get(reverse("web:own_answers")).content.decode()
    added = AddedWords.objects.get()
    staff.post(reverse("web:own_answer_read", args=[added.pk]))
    assert "Someone answered" not in staff.get(reverse("web:today")).content.decode()
    staff.post(reverse("web:own_answer_unread", args=[added.pk]))
    assert "Someone answered" in staff.get(reverse("web:today")).content.decode()


def test_a_time_that_does_not_suit_reaches_the_supporter(mine, pair, signed_in):
    planned = Appointment.objects.create(
        agency=pair.participant.agency,
        participant=pair.participant,
        supporter=pair.supporter,
        starts_at=timezone.now() + timedelta(hours=2),
    )
    url = reverse("portal:own_time", args=[planned.pk])
    assert mine.post(url, {"wish": "other-time", "words": ""}).status_code == 422
    mine.post(url, {"wish": "other-time", "words": "Friday after 2"})
    staff = signed_in(pair.supporter.user)
    shown = staff.get(reverse("web:appointment", args=[planned.pk])).content.decode()
    assert ("asks for another time" in shown, "Friday after 2" in shown) == (True, True)
    assert "asks for another time" in staff.get(reverse("web:calendar")).content.decode()
    mine.post(reverse("portal:own_time_back", args=[planned.pk]))
    assert "another time" not in staff.get(reverse("web:calendar")).content.decode()
    mine.post(url, {"wish": "cannot-come", "words": ""})
    staff.post(reverse("web:wish_seen_to", args=[planned.pk]))
    planned.refresh_from_db()
    assert (planned.status, planned.wish, bool(planned.wish_settled_at)) == (
        "planned",
        "cannot-come",
        True,
    )


def test_a_worksheet_of_their_own(mine, pair, signed_in):
    page = mine.get(reverse("portal:own_sheet_new", args=["wellness-toolbox"]))
    assert page.status_code == 200
    sheet_id = page.context["worksheet_id"]
    control = next(c for _s, cs in page.context["paper"].sections for c in cs)
    name = control.rows[0][0].name if control.rows else control.name
    write = reverse("portal:own_sheet_write", args=[sheet_id])
    typed = {"tool": page.context["tool"].key, "number": 0, name: "Walking by the river"}
    assert mine.post(write, {**typed, "later": "1"}).status_code == 302
    assert "left on" in mine.get(reverse("portal:own_sheets")).content.decode()
    kept = mine.post(write, {**typed, "keep": "1"})
    assert kept.url == reverse("portal:own_sheet", args=[sheet_id])
    assert "Walking by the river" in mine.get(kept.url).content.decode()
    staff = signed_in(pair.supporter.user)
    theirs = reverse("web:worksheet", args=[pair.participant.pk, sheet_id])
    assert "Gia wrote it on their own pages." in staff.get(theirs).content.decode()


def test_what_is_wrong_is_asked_and_taken_back(mine, pair):
    request_id = uuid4()
    wrong = reverse("portal:own_people_wrong")
    assert mine.post(wrong, {"request_id": request_id, "words": ""}).status_code == 422
    for _click in range(2):
        mine.post(wrong, {"request_id": request_id, "words": "Pat moved to Barron"})
    page = mine.get(reverse("portal:own_people")).content.decode()
    assert (page.count("Pat moved to Barron"), "We look into it" in page) == (1, True)
    mine.post(reverse("portal:own_wrong_back", args=[request_id]))
    assert "We look into it" not in mine.get(reverse("portal:own_people")).content.decode()


@pytest.mark.practice("PEER-8")
def test_everything_is_taken_along_and_nothing_that_is_kept_apart(mine, pair, note):
    part = NewKept("SECRET-SISTER", "about_another", "SECRET-WHY")
    second = actions.sign_note(
        uuid4(), pair.participant.pk, a_note(), by=pair.actor, at=NOW, kept=part
    )
    take, copy_id = reverse("portal:own_copy_take"), uuid4()
    answer = mine.post(take, {"form": "data", "copy_id": copy_id})
    zipped = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    data = json.loads(zipped.read("record.json"))
    notes = {row["id"] for row in data["rows"]["encounters.Encounter"]["rows"]}
    assert notes == {str(note.pk), str(second.pk)}
    everything = b"".join(zipped.read(name) for name in zipped.namelist())
    assert (b"SECRET" in everything, b"README.txt" in "".join(zipped.namelist()).encode()) == (
        False,
        True,
    )
    paper = mine.post(take, {"form": "pdf"})
    assert paper.content[:4] == b"%PDF"
    page = mine.get(reverse("portal:own_copy")).content.decode()
    assert page.count("Gia Rivera") == 2


def test_lists_cost_the_same_for_one_and_for_three(mine, pair, note):
    def cost():
        found = {}
        for name in PAGES:
            with CaptureQueriesContext(connection) as counted:
                mine.get(reverse(f"portal:{name}"))
            found[name] = len(counted)
        return found

    cost()
    one = cost()
    for _n in range(3):
        actions.sign_note(uuid4(), pair.participant.pk, a_note(), by=pair.actor, at=NOW)
    assert cost() == one


def test_a_copy_is_of_ones_own_record_and_nobody_elses(participant, pair):
    other = ParticipantFactory(agency=pair.participant.agency)
    wanted = Wanted(
        id=uuid4(),
        participant_id=other.pk,
        basis=Basis.PARTICIPANT,
        recipient=Recipient(name=other.name),
        way=Way.PDF,
        what="A copy",
    )
    with pytest.raises(Participant.DoesNotExist):
        disclose(wanted, by=participant, at=NOW)
    assert Disclosure.objects.count() == 0


@pytest.mark.practice("PEER-8")
def test_a_consent_is_taken_back_for_one_and_for_all(mine, pair):
    first = a_consent(pair.participant)
    more = ConsentRecipient.objects.create(
        agency=first.agency, consent=first.consent, name="Judge Amund"
    )
    page = mine.get(reverse("portal:own_consents")).content.decode()
    assert (first.name in page, "Judge Amund" in page) == (True, True)
    back = reverse("portal:own_consent_back", args=[first.consent_id])
    assert mine.post(back, {"who": uuid4()}).status_code == 422
    mine.post(back, {"who": more.pk})
    more.refresh_from_db()
    assert (more.revoked_at is None, more.consent.status) == (False, "signed")
    mine.post(back, {"who": "all", "words": "I moved."})
    more.consent.refresh_from_db()
    assert (more.consent.status, more.consent.revoked_words) == ("revoked", "I moved.")
    page = mine.get(reverse("portal:own_consents")).content.decode()
    assert "We tell nobody, unless the law makes us." in page


def signed_text():
    facts = made.whole()
    pat = RecipientFacts(RecipientKind.PERSON, "Pat Olsen", "Dunn County")
    amund = RecipientFacts(RecipientKind.PERSON, "Judge Amund")
    text = document(replace(facts, recipients=(pat, amund)))
    marked = Section("money", "No asking for money", ("No.",), "The law.", "2.31(a)(10) (check)")
    return replace(text, sections=(*text.sections, marked))


@pytest.mark.practice("PSP-6")
def test_a_consent_is_theirs_to_print_and_says_whom_it_does_not_reach_any_more(mine, pair):
    text = signed_text()
    first = a_consent(pair.participant, text=text.as_data(), text_hash=text.hash)
    ConsentRecipient.objects.create(agency=first.agency, consent=first.consent, name="Judge Amund")
    mine.post(reverse("portal:own_consent_back", args=[first.consent_id]), {"who": first.pk})
    listed = mine.get(reverse("portal:own_consents")).content.decode()
    assert ("Judge Amund" in listed, "Pat Olsen" in listed) == (True, False)
    today = on_day(local_date(timezone.now(), "America/Chicago"))
    for route in ("own_consent", "own_consent_print"):
        page = mine.get(reverse(f"portal:{route}", args=[first.consent_id])).content.decode()
        assert ("Taken back for Pat Olsen on" in page, "(check)" in page) == (True, False)
    assert f"Code: {code_of(text.hash)}" in page
    paper = mine.get(reverse("portal:own_consent_paper", args=[first.consent_id]))
    said = "".join("".join(words_of(paper.content)).split())
    for words in (f"Taken back for Pat Olsen on {today}.", "42 CFR 2.31(a)(10)", "Judge Amund"):
        assert "".join(words.split()) in said
    assert ("(check)" in said, paper["Content-Disposition"]) == (
        False,
        'inline; filename="consent.pdf"',
    )
    mine.post(reverse("portal:own_consent_back", args=[first.consent_id]), {"who": "all"})
    assert "Judge Amund" in mine.get(reverse("portal:own_consents")).content.decode()


@pytest.mark.practice("PSP-6")
def test_what_was_signed_in_spanish_stays_spanish_and_can_be_read_in_english(mine, pair):
    spanish = document(made.whole(language="es"))
    kept = {"text": spanish.as_data(), "text_hash": spanish.hash, "language": "es"}
    consent = a_consent(pair.participant, **kept).consent
    page = mine.get(reverse("portal:own_consent", args=[consent.pk])).content.decode()
    assert f'<p class="lead" lang="es">{spanish.lead}</p>' in page
    assert '<dt lang="es">Lo que se puede contar</dt>' in page
    assert "The same in another language: English" in page
    assert '<span lang="en">The days we met</span>' in page
    paper = mine.get(reverse("portal:own_consent_paper", args=[consent.pk])).content
    said = "".join("".join(words_of(paper)).split())
    assert ("Losdíasenquenosvimos" in said, "Thedayswemet" in said) == (True, False)
    mine.cookies[settings.LANGUAGE_COOKIE_NAME] = "es"
    page = mine.get(reverse("portal:own_consent", args=[consent.pk])).content.decode()
    assert (spanish.lead in page, "The days we met" in page) == (True, False)


@pytest.mark.practice("PSP-6")
def test_who_looked_says_in_an_emergency_at_a_number_and_to_take_along(mine, pair, actor):
    person, stranger = pair.participant, actor(Role.SUPPORTER, name="Ula Hansen")
    officer = actor(Role.PRIVACY_OFFICER, name="Odo Petri")
    asked = {"name": person.name, "reason": "She called and hung up.", "by": stranger, "at": NOW}
    opening = open_in_emergency(uuid4(), person.pk, **asked)
    number = keep_identifier(
        person.pk,
        kind=IdentifierKind.MEDICAID,
        label="",
        value="5551234567",
        identifier_id=uuid4(),
        by=pair.actor,
        at=NOW,
    )
    show_identifier(number.pk, by=pair.actor, at=NOW)
    copy_record(person.pk, copy_id=uuid4(), way=Way.PDF, what="A copy", by=officer, at=NOW)

    def looked():
        found = mine.get(reverse("portal:own_looked")).context["looked"]
        return {one.who: [told(how) for how in one.how] for one in found}

    day, rosa = on_day(local_date(NOW, "America/Chicago")), pair.supporter.user.name
    assert looked() == {
        "Ula Hansen": [f"In an emergency, on {day}. We have yet to look it over."],
        rosa: ["Looked at a number or an address."],
        "Odo Petri": ["Printed or took along a part of it, or all."],
    }
    right = {"to": OpeningReview.RIGHT, "words": "She was in danger.", "by": officer, "at": NOW}
    review_opening(uuid4(), opening.pk, **right)
    assert looked()["Ula Hansen"] == [f"In an emergency, on {day}. We looked it over."]
    page = mine.get(reverse("portal:own_looked")).content.decode()
    assert ("We looked it over." in page, "She was in danger." in page) == (True, False)


@pytest.mark.practice("PSP-6")
def test_their_rights_show_all_they_asked_and_by_when_also_through_us(mine, pair, actor):
    officer = actor(Role.PRIVACY_OFFICER, name="Odo Petri")
    page = reverse("portal:own_rights")
    asked = NewRequest(
        Asked.COPY, "For my lawyer", local_date(NOW, "America/Chicago"), AskedBy.PHONE
    )
    by_phone = ask_for_record(pair.participant.pk, asked, request_id=uuid4(), by=officer, at=NOW)
    assert mine.post(page, {"request_id": uuid4(), "words": " "}).status_code == 422
    request_id = uuid4()
    for _click in range(3):
        mine.post(page, {"request_id": request_id, "words": "Not to my aunt"})
    held_back = RecordRequest.objects.get(asked=Asked.RESTRICT)
    assert (held_back.how, held_back.status) == (AskedBy.OWN_PAGES, "open")
    text = mine.get(page).content.decode()
    assert (text.count("Not to my aunt"), text.count("For my lawyer")) == (1, 1)
    assert text.count("We wrote it down for you.") == 1
    days = [f"You get an answer by {on_day(one.due_on)}." for one in (by_phone, held_back)]
    assert [day for day in days if day not in text] == []
    assert ("Odo Petri" in text, "Health and Human Services" in text) == (True, True)
    no = NewAnswer(Outcome.NOT_AGREED, "The court asks for it.")
    answer_request(held_back.pk, no, by=officer, at=NOW)
    mine.post(reverse("portal:own_right_back", args=[by_phone.pk]))
    text = mine.get(page).content.decode()
    told_now = ("We cannot do it so." in text, "The court asks for it." in text)
    assert (told_now, "You get an answer by" in text) == ((True, True), False)
