import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from alongside.accounts.codes import Role
from alongside.audit.models import AuditEvent
from alongside.core.clock import local
from alongside.core.ids import new_id
from alongside.encounters import actions
from alongside.encounters.models import AddedWords, Encounter, NoteDraft, NoteVersion
from alongside.people.models import CareTeamMember
from tests.factories import (
    AgencyFactory,
    AppointmentFactory,
    EncounterFactory,
    GoalFactory,
    ParticipantFactory,
    PlanFactory,
    SupporterFactory,
    UserFactory,
    walk_alongside,
)

pytestmark = pytest.mark.django_db
CANARY = "Canary words of a court morning"


@pytest.fixture
def rosa(pair, signed_in):
    return signed_in(pair.supporter.user)


def at(name, *args):
    return reverse(f"web:{name}", args=args)


def typed(**changes):
    """What the form of a new note sends, 45 minutes until now."""
    now = local(timezone.now(), "America/Chicago")
    start = now - timedelta(minutes=45)
    facts = {
        "encounter_id": str(new_id()),
        "on": start.date().isoformat(),
        "start": f"{start:%H:%M}",
        "end": f"{now:%H:%M}",
        "mode": "face_to_face",
        "processes": ["connecting"],
        "what_we_did": "Sat with her before court.",
    }
    return {**facts, **changes}


def text(response):
    return response.content.decode()


def a_note(pair, **fields):
    return EncounterFactory(participant=pair.participant, supporter=pair.supporter, **fields)


@pytest.mark.practice("PROC-1", "PROC-2", "SVC-5", "SVC-9", "SVC-7", "PEER-2")
def test_the_form_proposes_and_explains(pair, rosa):
    page = text(rosa.get(at("note_new", pair.participant.pk)))
    assert 'value="connecting" id="id_processes_0" checked' in page
    places = ("Home or out in the community", "Home or community")
    assert [word in page for word in (*places, "Face to face", "Built on")] == [False, *3 * [True]]
    assert "because most of what peers do together is peer support" in page
    assert "and you are certified on this day (until Jul 2027)" in page
    assert "What stays between us" in page


def test_opening_the_form_opens_the_record_and_writes_nothing_else(pair, rosa):
    rosa.get(at("note_new", pair.participant.pk))
    assert list(AuditEvent.objects.values_list("verb", flat=True)) == ["participant.opened"]
    assert (Encounter.objects.count(), NoteDraft.objects.count()) == (0, 0)


@pytest.mark.practice("MPR-2", "PSP-8", "SVC-4")
def test_a_signed_note_is_read_back(pair, rosa):
    goal = GoalFactory(plan=PlanFactory(episode=pair.episode), words="Be heard in court")
    sent = typed(
        going_along="court",
        place_words="county courthouse",
        goals=[str(goal.pk)],
        participant_words="I said all three.",
        miles="12.5",
    )
    answer = rosa.post(at("note_new", pair.participant.pk), sent, follow=True)
    note = Encounter.objects.get()
    assert (answer.redirect_chain, str(note.pk)) == (
        [(at("note", note.pk), 302)],
        sent["encounter_id"],
    )
    page = text(answer)
    for words in ("Sat with her before court.", "I said all three.", "“Be heard in court”"):
        assert words in page
    assert (note.service, note.activities, str(note.miles)) == (
        "mentoring",
        ["going_along"],
        "12.5",
    )
    assert "Court and what belongs to it" in page


@pytest.mark.practice("SVC-6")
@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        pytest.param({"processes": []}, "processes", "Choose at least one.", id="no process"),
        pytest.param(
            {"done_for": "Called the landlord"},
            "permission_words",
            "You did something for the person. Write how they said yes to this one task.",
            id="no permission",
        ),
        pytest.param(
            {"array": "isde"},
            "array_own_reason",
            "You chose another service array than proposed. Say why in a few words.",
            id="another array",
        ),
        pytest.param({"end": "nine"}, "end", "Write it like 10:30 or 2:15 pm.", id="not a time"),
        pytest.param(
            {"on": "2031-01-01"},
            "on",
            "This lies ahead. Plan it in the calendar, and write the note afterwards.",
            id="years ahead",
        ),
    ],
)
def test_what_is_missing_is_said_on_top_and_nothing_typed_is_lost(
    pair,
    rosa,
    changes,
    field,
    sentence,
):
    answer = rosa.post(at("note_new", pair.participant.pk), typed(what_next="The DMV", **changes))
    page = text(answer)
    summary = page[page.index("data-error-summary") : page.index("</ul>", page.index("data-error"))]
    assert (answer.status_code, Encounter.objects.count()) == (422, 0)
    assert sentence in summary
    assert f'href="#id_{field}"' in summary
    assert [words in page for words in ("Sat with her before court.", "The DMV")] == [True, True]


def test_a_repeated_post_makes_one_note_and_changed_words_wait(pair, rosa):
    sent = typed()
    for _ in range(2):
        rosa.post(at("note_new", pair.participant.pk), sent)
    changed = rosa.post(at("note_new", pair.participant.pk), {**sent, "what_we_did": "And coffee."})
    note = Encounter.objects.get()
    assert (note.what_we_did, changed["Location"]) == (
        "Sat with her before court.",
        at("note_correct", note.pk),
    )
    assert "And coffee." in text(rosa.get(changed["Location"]))


@pytest.mark.practice("PEER-3", "PEER-4")
def test_the_proposal_follows_what_is_typed_and_writes_nothing(pair, rosa):
    sent = typed(what_we_did="I taught a yoga class for her.", start="09:00", end="bad")
    with CaptureQueriesContext(connection) as queries:
        page = text(rosa.post(at("note_advice", pair.participant.pk), sent))
    writes = [q["sql"] for q in queries if re.match("INSERT|UPDATE|DELETE", q["sql"])]
    assert [sql for sql in writes if "session" not in sql] == []
    assert "Wellness Management and Recovery" in page
    assert "When was it?" in page
    day = typed(on=date(2028, 1, 5).isoformat())
    later = text(rosa.post(at("note_advice", pair.participant.pk), day))
    assert "peer mentoring" in later


@pytest.mark.practice("SVC-10")
def test_a_try_is_three_taps_with_an_undo_and_no_contact(pair, rosa):
    assert "Left a message" in text(rosa.get(at("log")))
    sent = {"encounter_id": str(new_id()), "ending": "left_message"}
    for _ in range(2):
        answer = rosa.post(at("attempt", pair.participant.pk), sent, follow=True)
    note = Encounter.objects.get()
    pair.participant.refresh_from_db()
    assert (note.kind, note.ending, pair.participant.last_contact_on) == (
        "attempt",
        "left_message",
        None,
    )
    assert at("attempt_undo", note.pk) in text(answer)
    rosa.post(at("attempt_undo", note.pk))
    note.refresh_from_db()
    assert note.status == "entered-in-error"


def test_who_was_it_with_shows_those_of_today_first(pair, rosa):
    other = ParticipantFactory(agency=pair.participant.agency, name="Aida Berg")
    walk_alongside(pair.supporter, other)
    noon = local(timezone.now(), "America/Chicago").replace(hour=12, minute=0)
    meeting = AppointmentFactory(
        participant=pair.participant, supporter=pair.supporter, starts_at=noon
    )
    page = text(rosa.get(at("log")))
    order = [f"appointment={meeting.pk}", at("note_new", other.pk), 'id="caseload"']
    assert page.index(order[0]) < page.index(order[2]) < page.index(order[1])


def test_a_correction_shows_what_it_said_before(pair, rosa):
    rosa.post(at("note_new", pair.participant.pk), typed())
    note = Encounter.objects.get()
    sent = typed(what_we_did="Sat with her after court.", encounter_id=str(note.pk), seen="0")
    refused = rosa.post(at("note_correct", note.pk), sent)
    assert (refused.status_code, "Sat with her after court." in text(refused)) == (422, True)
    page = text(
        rosa.post(at("note_correct", note.pk), {**sent, "reason": "It was after."}, follow=True)
    )
    assert NoteVersion.objects.count() == 1
    for words in ("Sat with her after court.", "Sat with her before court.", "Why: It was after."):
        assert words in page


def test_a_mistake_needs_a_reason_and_stays_readable(pair, rosa):
    note = a_note(pair)
    assert rosa.post(at("note_void", note.pk), {"reason": " "}).status_code == 422
    page = text(rosa.post(at("note_void", note.pk), {"reason": "That was Tou."}, follow=True))
    assert "That was Tou." in page
    assert note.what_we_did in page


def test_a_contact_from_an_old_sheet_can_be_signed(pair, rosa):
    note = a_note(pair, status="brought-over", author=None, signed_at=None, signed_by=None)
    assert "From an old sheet." in text(rosa.get(at("note", note.pk)))
    rosa.post(at("note_sign", note.pk))
    note.refresh_from_db()
    assert (note.status, note.author_id) == ("signed", pair.actor.id)


@pytest.mark.practice("PEER-8")
def test_on_the_same_phone_the_participant_reads_adds_and_signs(pair, rosa):
    note = a_note(pair, what_we_did="Coffee, and what to say.")
    page = text(rosa.get(at("note_together", note.pk)))
    assert "Coffee, and what to say." in page
    assert "<nav" not in page
    sent = {"words_id": str(new_id()), "words": "I was not alone.", "signed_name": "Gia"}
    for _ in range(2):
        thanks = rosa.post(at("note_together", note.pk), sent)
    assert "Thank you, Gia" in text(thanks)
    assert list(AddedWords.objects.values_list("words", "signed_name")) == [
        ("I was not alone.", "Gia")
    ]
    empty = rosa.post(at("note_together", note.pk), {"words_id": str(new_id())})
    assert empty.status_code == 422


NOTE_PAGES = ("note", "note_correct", "note_together")
NOTE_POSTS = ("note_correct", "note_void", "note_sign", "note_together", "attempt_undo")


def leaks(client, pair, note):
    """Every page about a note and its person that answers anything but 404, or shows the words."""
    person, found = pair.participant.pk, []
    asked = [(name, client.get(at(name, note.pk))) for name in NOTE_PAGES]
    asked += [(name, client.post(at(name, note.pk), typed())) for name in NOTE_POSTS]
    asked += [("note_new", client.get(at("note_new", person)))]
    for name in ("note_new", "note_advice", "draft_save", "attempt"):
        sent = {**typed(), "ending": "no_answer"}
        asked.append((name, client.post(at(name, person), sent)))
    for name, answer in asked:
        if answer.status_code != 404 or CANARY in text(answer) or "Gia" in text(answer):
            found.append(name)
    for name in ("today", "log", "calendar"):
        answer = client.get(at(name))
        if CANARY in text(answer) or "Gia" in text(answer):
            found.append(name)
    return found


@pytest.mark.parametrize("who", ["another agency", "a colleague", "an ended match", "billing"])
def test_what_one_may_not_see_is_absent(pair, signed_in, who):
    note = a_note(pair, what_we_did=CANARY, participant_words=CANARY)
    actions.save_draft(
        new_id(),
        pair.participant.pk,
        {"what_we_did": [CANARY]},
        seen=None,
        by=pair.actor,
        at=timezone.now(),
    )
    user = {
        "another agency": lambda: SupporterFactory(agency=AgencyFactory()).user,
        "a colleague": lambda: SupporterFactory(agency=pair.participant.agency).user,
        "an ended match": lambda: pair.supporter.user,
        "billing": lambda: UserFactory(agency=pair.participant.agency, roles=[Role.BILLING]),
    }[who]()
    if who == "an ended match":
        CareTeamMember.objects.update(until=date(2026, 11, 1))
    client = signed_in(user)
    if who == "billing":
        assert client.get(at("note", note.pk)).status_code == 404
        assert client.get(at("log")).status_code == 404
        return
    assert leaks(client, pair, note) == []
    assert Encounter.objects.count() == 1


@pytest.mark.parametrize("count", [1, 3, 50])
@pytest.mark.parametrize("name", ["today", "log", "calendar"])
def test_pages_ask_the_same_number_of_questions(pair, rosa, name, count):
    now = timezone.now()
    for n in range(count):
        person = ParticipantFactory(agency=pair.participant.agency)
        episode = walk_alongside(pair.supporter, person)
        episode.contact_due_on = now.date() - timedelta(days=n)
        episode.last_contact_on = episode.contact_due_on - timedelta(days=30) if n % 2 else None
        episode.save()
        plan = PlanFactory(episode=episode, begun_on=now.date() - timedelta(days=91))
        plan.look_together_on = now.date()
        plan.save()
        GoalFactory(plan=plan)
        AppointmentFactory(participant=person, supporter=pair.supporter, starts_at=now)
        NoteDraft.objects.create(
            agency=person.agency,
            author=pair.supporter.user,
            participant=person,
            encounter_id=new_id(),
            saved_at=now,
        )
    rosa.get(at(name))
    with CaptureQueriesContext(connection) as queries:
        rosa.get(at(name))
    # Of My day: who was told of an emergency, what referrers ask, what waits for an answer.
    assert len(queries) == {"today": 19, "log": 6, "calendar": 6}[name]


@pytest.mark.parametrize("count", [1, 3])
def test_a_note_asks_the_same_number_of_questions(pair, rosa, count):
    rosa.get(at("today"))
    note = a_note(pair)
    for _ in range(count):
        actions.add_words(
            new_id(), note.pk, words="Yes.", signed_name="", by=pair.actor, at=timezone.now()
        )
    rosa.get(at("note", note.pk))
    with CaptureQueriesContext(connection) as queries:
        rosa.get(at("note", note.pk))
    # One of them: whether a part of it is kept apart. The end of the log goes along on PostgreSQL.
    asked = len([q for q in queries if "SAVEPOINT" not in q["sql"]])
    assert asked == {"sqlite": 16, "postgresql": 15}[connection.vendor]


def test_minutes_of_an_old_sheet_stay_minutes_when_a_note_is_corrected(pair, rosa):
    note = a_note(pair, started_at=None, ended_at=None, minutes=40)
    assert 'name="minutes" value="40"' in text(rosa.get(at("note_correct", note.pk)))
    sent = typed(start="", end="", minutes="40", on="2026-11-12", seen="0", reason="The words.")
    rosa.post(at("note_correct", note.pk), {**sent, "encounter_id": str(note.pk)})
    note.refresh_from_db()
    assert (note.status, note.minutes, note.started_at) == ("amended", 40, None)


@pytest.mark.practice("SVC-5")
def test_how_contact_took_place_stands_on_both_pages(pair, rosa):
    for mode in ("face_to_face", "face_to_face", "telephone"):
        a_note(pair, mode=mode, on=timezone.now().date())
    for page in ("participant", "supporter"):
        whose = pair.participant if page == "participant" else pair.supporter
        shown = " ".join(text(rosa.get(at(page, whose.pk))).split())
        assert ["Face to face 67%" in shown, "Telephone 33%" in shown] == [True, True]


@pytest.mark.practice("SVC-9")
@pytest.mark.parametrize(
    ("mode", "place", "expected"),
    [
        pytest.param("face_to_face", "community", "community", id="met where we met last"),
        pytest.param("telephone", "community", "electronic", id="a call has no such place"),
        pytest.param("telephone", "jail", "jail", id="unless it was chosen"),
    ],
)
def test_a_place_that_was_only_proposed_gives_way_on_the_phone(pair, rosa, mode, place, expected):
    sent = typed(mode=mode, place=place, proposed_place="community")
    rosa.post(at("note_new", pair.participant.pk), sent)
    assert Encounter.objects.get().place == expected
