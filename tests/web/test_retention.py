"""The pages on which a record is shown, asked about, kept and let go."""

import io
import json
import zipfile
from datetime import timedelta

import pikepdf
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from alongside.accounts.codes import Role
from alongside.audit.models import AuditEvent
from alongside.consents.models import Disclosure
from alongside.core.ids import new_id
from alongside.people.actions import change_participant
from alongside.people.models import Participant
from alongside.people.rules import NewParticipant
from alongside.retention.models import (
    Disposal,
    KeepingLonger,
    LegalHold,
    RecordRequest,
    RequestStep,
)
from tests.factories import EncounterFactory, EpisodeFactory, ParticipantFactory, UserFactory
from tests.papers.reading import words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(agency):
    return UserFactory(agency=agency, name="Priya Officer", roles=[Role.PRIVACY_OFFICER])


@pytest.fixture
def desk(officer, signed_in):
    return signed_in(officer)


@pytest.fixture
def phone(pair, signed_in):
    return signed_in(pair.supporter.user)


def url(name, *args):
    return reverse(f"web:{name}", args=args)


def asked(pair, phone, kind="correct", **more):
    body = {
        "request_id": new_id(),
        "asked": kind,
        "words": "My birth date is wrong",
        "how": "in-person",
    }
    body |= {"how": "in-person", "asked_on": timezone.localdate().isoformat(), **more}
    return phone.post(url("right_ask", pair.participant.pk), body), body


def ended(agency, years=12):
    person = ParticipantFactory(agency=agency, name="Old Friend")
    on = timezone.localdate() - timedelta(days=366 * years)
    EpisodeFactory(participant=person, status="concluded", ended_on=on, begun_on=on)
    return person


def test_asked_corrected_and_answered(pair, phone, desk, officer):
    answer, body = asked(pair, phone)
    request = RecordRequest.objects.get()
    assert answer.url == url("right", pair.participant.pk, request.pk)
    assert request.due_on == request.asked_on + timedelta(days=60)
    asked(pair, phone, request_id=body["request_id"])
    assert RecordRequest.objects.count() == 1

    facts = pair.participant.facts()
    wanted = NewParticipant(**{**vars(facts), "county": "Polk"})
    change_participant(pair.participant.pk, wanted, revision=0, by=pair.actor, at=timezone.now())
    page = desk.get(url("right", pair.participant.pk, request.pk))
    choice = page.context["answer_form"].fields["about"].choices[1][0]
    assert choice.startswith("ParticipantChange/")
    told = {"outcome": "corrected", "about": choice, "words": "It is put right. Thank you."}
    desk.post(url("right_answer", pair.participant.pk, request.pk), told)
    step = RequestStep.objects.get()
    assert (step.outcome, step.about, step.by) == ("corrected", choice, officer)
    letter = desk.get(url("right_print", pair.participant.pk, request.pk)).content.decode()
    assert "It is put right. Thank you." in letter
    assert "If you see it another way" not in letter


def test_a_no_needs_its_reason_and_their_words_travel(pair, phone, desk):
    asked(pair, phone)
    request = RecordRequest.objects.get()
    person = pair.participant.pk
    bare = desk.post(url("right_answer", person, request.pk), {"outcome": "kept-as-it-is"})
    assert (bare.status_code, RequestStep.objects.count()) == (422, 0)
    assert "Say why, in words they can follow." in bare.content.decode()
    desk.post(
        url("right_answer", person, request.pk),
        {"outcome": "kept-as-it-is", "words": "The court paper says so."},
    )
    assert (
        "If you see it another way"
        in desk.get(url("right_print", person, request.pk)).content.decode()
    )
    phone.post(
        url("right_statement", person, request.pk), {"statement-words": "The paper is wrong."}
    )
    for name in ("rights", "held", "held_print", "participant_print"):
        assert "The paper is wrong." in phone.get(url(name, person)).content.decode()
    assert "Thepaperiswrong." in _paper(desk, person).replace(" ", "")
    phone.post(url("right_statement_back", person, request.pk))
    assert "The paper is wrong." not in phone.get(url("held", person)).context["statements"]
    assert "The paper is wrong." not in [
        step.words for step in phone.get(url("rights", person)).context["statements"]
    ]


def test_more_time_once_with_a_reason(pair, phone, desk):
    asked(pair, phone, "copy")
    request = RecordRequest.objects.get()
    where = url("right_longer", pair.participant.pk, request.pk)
    assert desk.post(where, {"longer-reason": ""}).status_code == 422
    desk.post(where, {"longer-reason": "Old paper has to be found."})
    request.refresh_from_db()
    assert request.due_on == request.asked_on + timedelta(days=60)
    assert desk.post(where, {"longer-reason": "Still"}).status_code == 422


def test_withdrawn_and_opened_again(pair, phone):
    asked(pair, phone, "copy")
    request = RecordRequest.objects.get()
    for name, status in (("right_withdraw", "withdrawn"), ("right_again", "open")):
        phone.post(url(name, pair.participant.pk, request.pk))
        request.refresh_from_db()
        assert request.status == status


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        pytest.param({"words": " "}, "Write down what they ask for", id="nothing asked for"),
        pytest.param({"asked_on": "2999-01-01"}, "This day is still to come.", id="a day to come"),
        pytest.param({"asked": "more"}, "Choose one.", id="something nobody can ask"),
        pytest.param({"asked": ""}, "Choose one.", id="nothing chosen"),
    ],
)
def test_what_was_typed_stays_when_it_is_refused(pair, phone, body, sentence):
    answer, _body = asked(pair, phone, why="It matters to me", **body)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert "It matters to me" in answer.content.decode()
    assert RecordRequest.objects.count() == 0


def test_the_supporter_takes_down_and_the_officer_answers(pair, phone):
    asked(pair, phone)
    request = RecordRequest.objects.get()
    told = {"outcome": "corrected", "words": "Done"}
    assert phone.post(url("right_answer", pair.participant.pk, request.pk), told).status_code == 404
    assert phone.get(url("records_asked")).status_code == 404


@pytest.mark.practice("PSP-6")
@pytest.mark.parametrize(
    ("outcome", "stands"), [("agreed", True), ("not-agreed", False)], ids=["agreed", "not agreed"]
)
def test_what_we_agreed_to_hold_back_stands_before_anything_is_told(
    pair, phone, desk, outcome, stands
):
    asked(pair, phone, "restrict", words="Not a word on the clinic")
    request = RecordRequest.objects.get()
    told = {"outcome": outcome, "words": "We spoke of it."}
    desk.post(url("right_answer", pair.participant.pk, request.pk), told)
    assert RequestStep.objects.get().outcome == outcome
    new = url("disclosure_new", pair.participant.pk)
    for page in (new, f"{new}?ground=emergency", url("update_new", pair.participant.pk)):
        assert ("Not a word on the clinic" in phone.get(page).content.decode()) is stands


def test_an_officer_says_what_is_held_back_from_whom_and_ends_it(pair, phone, desk):
    asked(pair, phone, "restrict", words="Not a word on the clinic")
    request = RecordRequest.objects.get()
    here = (pair.participant.pk, request.pk)
    told = {"outcome": "agreed", "categories": ["attendance"], "whom": "Lakeside"}
    desk.post(url("right_answer", *here), told)
    request.refresh_from_db()
    assert request.held == {"categories": ["attendance"], "whom": "Lakeside"}
    page = desk.get(url("right", *here)).content.decode()
    assert "Days we met · from Lakeside" in page
    letter = desk.get(url("right_print", *here)).content.decode()
    assert "From now on we hold back: Days we met. We do not tell it to: Lakeside." in letter
    telling = desk.get(url("disclosure_new", pair.participant.pk)).content.decode()
    assert "Held back: Days we met, from Lakeside." in telling
    assert "How did they agree to end it?" in page
    assert "How did they agree to end it?" not in phone.get(url("right", *here)).content.decode()
    again = desk.post(url("right_end", *here), {"end-reason": " "})
    assert (again.status_code, "Say how they agreed" in again.content.decode()) == (422, True)
    desk.post(url("right_end", *here), {"end-reason": "She said so on the phone."})
    request.refresh_from_db()
    assert request.held is None
    assert "Held back no more" in desk.get(url("right", *here)).content.decode()
    here = desk.get(url("rights", pair.participant.pk)).content.decode()
    assert ("It was held back. That has ended." in here, "We will do it so" in here) == (
        True,
        False,
    )


def test_the_last_day_for_an_answer_stands_on_the_desk(pair, phone, desk):
    asked(pair, phone, "copy")
    late = ParticipantFactory(agency=pair.participant.agency, name="Lee Late")
    RecordRequest.objects.create(
        agency=late.agency, participant=late, asked="see", how="letter", entered_at=timezone.now(),
        asked_on=timezone.localdate() - timedelta(days=40), entered_by=pair.supporter.user,
        due_on=timezone.localdate() - timedelta(days=10),
    )  # fmt: skip
    for name in ("records", "records_asked"):
        text = desk.get(url(name)).content.decode()
        assert "30 days left" in text
        assert "due 10 days ago" in text
        assert text.index("Lee Late") < text.index("30 days left")
    sheet = b"".join(desk.post(url("records_asked_sheet")).streaming_content).decode()
    assert len(sheet.strip().splitlines()) == 3
    assert AuditEvent.objects.filter(verb="record-requests.exported").count() == 1


@pytest.mark.practice("PEER-8")
def test_everything_is_there_in_plain_words(pair, phone, desk):
    EncounterFactory(
        participant=pair.participant, supporter=pair.supporter, what_we_did="Coffee by the river",
        participant_words="I slept well", place="community",
    )  # fmt: skip
    where = url("held", pair.participant.pk)
    text = phone.get(f"{where}?part=together").content.decode()
    said = ("Coffee by the river", "I slept well", "Home or out in the community", "Rosa Quaas")
    assert [words for words in said if words not in text] == []
    assert "The privacy officer has this list" in text
    assert "Rosa Quaas" in str(desk.get(where).context["looked"])
    assert "Nobody else can read them" in text
    assert phone.get(f"{where}?part=nothing").status_code == 404


def test_pages_of_the_record_cost_the_same_for_one_row_and_for_three(pair, desk):
    def asked_of(name):
        with CaptureQueriesContext(connection) as seen:
            desk.get(name)
        return len(seen)

    person = pair.participant.pk
    EncounterFactory(participant=pair.participant, supporter=pair.supporter)
    ended(pair.participant.agency)
    addresses = [f"{url('held', person)}?part=together", url("held_print", person)]
    addresses += [url("rights", person), url("records"), url("records_due")]
    desk.get(url("held", person))
    one = [asked_of(address) for address in addresses]
    for _more in range(2):
        EncounterFactory(participant=pair.participant, supporter=pair.supporter)
        ended(pair.participant.agency)
    assert [asked_of(address) for address in addresses] == one


def _paper(desk, person):
    made = desk.post(url("held_copy", person), {"copy_id": new_id(), "form": "pdf"})
    assert made["Content-Type"] == "application/pdf"
    with pikepdf.open(io.BytesIO(made.content)) as pdf:
        assert "Gia" not in str(pdf.docinfo)
        assert pdf.Root.MarkInfo.Marked
    return words_of(made.content)


def test_their_own_copy_leaves_through_the_gate(pair, desk):
    EncounterFactory(
        participant=pair.participant, supporter=pair.supporter, what_we_did='=1+1 "Coffee", tea'
    )
    person, copy_id = pair.participant.pk, new_id()
    for _click in range(2):
        made = desk.post(url("held_copy", person), {"copy_id": copy_id, "form": "data"})
    with zipfile.ZipFile(io.BytesIO(b"".join(made.streaming_content))) as found:
        assert found.testzip() is None
        told = json.loads(found.read("record.json"))
        sheet = found.read("encounters-Encounter.csv").decode("utf-8-sig")
    row = told["rows"]["encounters.Encounter"]["rows"][0]
    assert row["what_we_did"] == '=1+1 "Coffee", tea'
    assert "'=1+1" in sheet
    assert "encounters.NoteReading" not in told["rows"]
    row = Disclosure.objects.get()
    assert (row.participant_id, row.basis, row.way) == (person, "participant", "export")
    assert AuditEvent.objects.filter(verb="record.copied").count() >= 1


def test_an_old_record_is_proposed_confirmed_and_gone(agency, desk, officer, signed_in):
    person = ended(agency)
    assert "Old Friend" in desk.get(url("records_due")).content.decode()
    assert "Its time is over" in desk.get(url("record_due", person.pk)).content.decode()
    desk.post(url("disposal_propose", person.pk), {"disposal_id": new_id()})
    row = Disposal.objects.get()
    own = desk.post(url("disposal_confirm", row.pk), follow=True).content.decode()
    assert "Another person has to confirm" in own
    assert Participant.objects.filter(pk=person.pk).exists()
    admin = signed_in(UserFactory(agency=agency, name="Ada Admin", roles=[Role.ADMINISTRATOR]))
    page = admin.get(url("disposal", row.pk)).content.decode()
    assert "Old Friend" not in page
    assert "What would go" in page
    gone = admin.post(url("disposal_confirm", row.pk), follow=True).content.decode()
    assert "The record is gone." in gone
    assert not Participant.objects.filter(pk=person.pk).exists()
    assert desk.get(url("participant", person.pk)).status_code == 404
    assert desk.get(url("rights", person.pk)).status_code == 404
    sheet = b"".join(desk.post(url("disposals_sheet")).streaming_content).decode()
    assert str(person.pk) in sheet
    assert "Friend" not in sheet
    text = desk.get(url("disposal", row.pk)).content.decode()
    assert "Priya Officer" in text
    assert "Ada Admin" in text


def test_taken_back_before_it_is_confirmed(agency, desk, signed_in):
    person = ended(agency)
    desk.post(url("disposal_propose", person.pk), {"disposal_id": new_id()})
    row = Disposal.objects.get()
    admin = signed_in(UserFactory(agency=agency, roles=[Role.ADMINISTRATOR]))
    admin.post(url("disposal_back", row.pk))
    assert (
        "was taken back"
        in admin.post(url("disposal_confirm", row.pk), follow=True).content.decode()
    )
    assert Participant.objects.filter(pk=person.pk).exists()


def test_a_hold_is_placed_seen_and_lifted(agency, desk):
    person = ended(agency)
    where = url("hold", person.pk)
    assert desk.post(where, {"hold_id": new_id(), "reason": ""}).status_code == 422
    desk.post(where, {"hold_id": new_id(), "reason": "A court asked for it"})
    hold = LegalHold.objects.get()
    assert "It is on hold." in desk.get(url("record_due", person.pk)).content.decode()
    assert "A court asked for it" in desk.get(url("holds")).content.decode()
    assert "Old Friend" not in desk.get(url("records_due")).content.decode()
    assert desk.post(url("hold_lift", hold.pk), {"reason": " "}).status_code == 422
    desk.post(url("hold_lift", hold.pk), {"reason": "The court is done"})
    assert "The court is done" in desk.get(where).content.decode()
    assert "Old Friend" in desk.get(url("records_due")).content.decode()


def test_kept_longer_never_shorter(desk):
    where = url("records_kept")
    short = desk.post(where, {"record": "3", "reason": "Room"})
    assert short.status_code == 422
    assert "the law asks for 7 years" in short.content.decode()
    assert desk.post(where, {"record": "many", "reason": "Room"}).status_code == 422
    desk.post(where, {"record": "10", "consent": "", "reason": "Our funder asks"})
    assert KeepingLonger.objects.get().years == {"record": 10}
    assert "Our funder asks" in desk.get(where).content.decode()
