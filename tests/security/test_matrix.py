"""Every route, every role, every relation: what is not given is absent, and looks it.

The rows come from the URL resolver. A new route fails here until ``RELATION`` says whose it is.
"""

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, reset_queries, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from alongside.accounts.codes import STAFF_ROLES, Role
from alongside.accounts.models import RoleGrant, User
from alongside.accounts.queries import actor_for
from alongside.core.actor import Actor
from alongside.people.models import EmergencyOpening
from tests.architecture.test_routes import ours
from tests.factories import SupporterFactory
from tests.security import the_check_ins, the_emergency, the_own_record, the_plan, the_required
from tests.security.the_emergency import OPENER
from tests.security.world import Side, a_side, absent, kwargs_of
from tests.sessions import come_in

# Whose a route's rows are, beyond the permission it asks for.
PERSON = "those who see the participant now"
AUTHOR = "the one who wrote it"
AGENCY = "everyone of the agency with the permission"
LEADS = "who leads the writer of the note today, standing in included"
AWAY_OF = "the supervisor who is away, and who keeps colleagues"
GROWTH = "the supporter, who supervises them, and who manages supporters"
THE_TWO = "the supporter and who supervises them"
OPENED = "who opened the record in an emergency, while it runs"
TOLD = "who opened it, those told of it, and the privacy officer"


def _names(text: str) -> set[str]:
    return set(text.split())


RELATION: dict[str, set[str]] = {
    AGENCY: _names(
        "record_links "
        "agency_tool agency_tool_look agency_tool_new agency_tool_restore agency_tool_take "
        "agency_tool_upload agency_tool_withdraw agency_tools private_destroy "
        "private_worksheet_new private_worksheet_remove_all private_worksheets tool tool_print "
        "tools "
        "array_question arrays hint_answers hint_answers_export parting precedent_restore "
        "precedent_withdraw precedents precedents_export "
        "hand_off_draft hand_off_new hand_offs help_lines processes "
        "kept_list own_answers "
        "asks asks_away ask_in ask_back "
        "records records_kept records_asked records_asked_sheet records_due holds hold_lift "
        "disposals disposals_sheet disposal disposal_confirm disposal_back disposal_finish "
        "public_page public_page_publish public_page_take_back "
        "agency audit audit_export audit_find calendar checklist colleague colleague_in "
        "colleague_out colleagues contract contract_end contract_new contracts "
        "credential_correct credential_new credential_restore credential_void import_again "
        "import_batch import_begin import_columns import_offers import_put_away import_redo "
        "import_row import_row_skip import_row_take_up import_sort_out import_step import_stop "
        "import_take_out import_undo imports invitation_again invitation_back invite log match "
        "letter_again letter_away letters referrer_questions "
        "measures measures_paper measures_sheet "
        "match_answer match_end match_propose match_take_back match_told more my_profile "
        "participants ping referral referral_correct referral_move referral_new "
        "referral_added_read referrer referrer_in referrer_link referrer_link_back referrer_new "
        "referrer_out referrers "
        "referral_population referrals referrals_search same_person same_person_decide "
        "same_person_reopen second_factor supporter supporter_change supporter_link "
        "supporter_new supporters today "
        "growth_beginning growth_team my_growth its_you go_on emergency openings devices "
        "devices_out "
        "leaving leaving_colleague match_hand_on match_to_desk "
        "breach breach_find breach_sheet part_two part_two_program "
        "away colleague_away team team_notes team_questions"
    )
    | the_check_ins.AGENCY_ROUTES,
    GROWTH: _names(
        "competencies competency competency_file growth growth_export growth_print learning "
        "learning_correct learning_file learning_file_remove learning_file_restore learning_new "
        "learning_restore learning_void supervision"
    ),
    LEADS: _names(
        "affirm affirmation affirmation_again affirmation_back note_ask note_question_again "
        "note_question_back note_question_close team_note team_note_read team_note_unread"
    ),
    AWAY_OF: _names("away_again away_back"),
    OPENED: _names("emergency_record emergency_go_on emergency_hand_off"),
    TOLD: _names("opening opening_read opening_review opening_answer emergency_end"),
    THE_TWO: _names(
        "agenda_compose note_question "
        "agenda_add agenda_tick agenda_untick competency_file_remove competency_file_restore "
        "competency_sign competency_unsign supervision_correct supervision_new supervision_restore "
        "supervision_void"
    ),
    PERSON: _names(
        "kept_new wish_seen_to "
        "own_door own_door_close own_door_open own_link_back own_link_new participant_reach "
        "rights right_ask right right_answer right_end right_longer right_statement "
        "right_statement_back right_withdraw right_again right_print held held_print held_copy "
        "hold record_due disposal_propose "
        "consent consent_again consent_end consent_end_back consent_language consent_mistake "
        "consent_mistake_back consent_new "
        "consent_paper consent_pdf consent_people consent_print consent_put_away consent_revoke "
        "consent_scan consent_sign consent_take_up consent_until consent_what consent_why consents "
        "record_link record_link_back record_link_drop record_link_new "
        "accounting accounting_paper accounting_sheet disclosure disclosure_new disclosure_paper "
        "disclosure_restore disclosure_withdraw disclosures "
        "update update_correct update_new update_paper update_put_away update_read update_take_up "
        "update_write updates referrer_question referrer_question_close referrer_question_seen "
        "worksheet worksheet_copy worksheet_earlier worksheet_new worksheet_print "
        "worksheet_put_back worksheet_save worksheet_take_back worksheet_write worksheets "
        "worksheets_export "
        "array_ask hints_back precedent_use "
        "identifier_correct identifier_new identifier_remove identifier_restore identifier_show "
        "hand_off hand_off_add hand_off_again hand_off_answer hand_off_correct "
        "hand_off_take_back "
        "appointment appointment_again appointment_cancel appointment_change appointment_missed "
        "appointment_new attempt attempt_undo audit_of_participant care_team come_back conclude "
        "core_words draft_drop draft_later draft_save ending form_draft form_draft_drop "
        "goal_bring_back goal_change goal_new goal_reopen goal_settle goal_take_back hint_answer "
        "journey journey_take_back keep_going member_change member_leave member_new member_rejoin "
        "note kept kept_say own_answer_read own_answer_unread "
        "note_advice note_correct note_new note_sign note_together note_void participant "
        "plan_offer plan_paper plan_update plan_update_stage version_answer version_paper "
        "version_sign version_take_back worksheet_paper "
        "part_bring_back part_change part_done part_new part_new_for_goal part_new_under "
        "part_reopen part_settle part_take_back parts_taken_back "
        "participant_facts participant_print plan plan_look plan_print plan_version rhythm"
    )
    | the_required.ROUTES
    | the_check_ins.ROUTES,
    AUTHOR: _names(
        "private_worksheet private_worksheet_print private_worksheet_remove "
        "private_worksheet_save worksheet_put_away worksheet_take_up"
    )
    | _names(
        "question_again question_back question_bring_back question_put_away question_take_over"
    )
    | {"kept_change"}
    | {"affirmation_seen", "draft", "draft_restore", "hand_off_draft_drop"},
}
# Pages for those who come in from outside have a table of their own (test_portal_matrix).
PORTAL = "portal/"
PUBLIC = {"start", "invitation", "signed_out", "demo", None}
PUBLIC |= {"help_now", "help_now_kept", "help_now_worker"}
PUBLIC |= {"about", "about_page", "about_preview", "about_ask"}
SEES_THE_PERSON = {"supporter", "supervisor", "stand-in", "coordinator", "privacy-officer"}
SEEN_BY = {
    PERSON: SEES_THE_PERSON,
    GROWTH: {"supporter", "supervisor", "stand-in", "coordinator", "administrator"},
    THE_TWO: {"supporter", "supervisor", "stand-in"},
    LEADS: {"supervisor", "stand-in"},
    AWAY_OF: {"supervisor", "administrator"},
    OPENED: {OPENER},
    TOLD: {OPENER, *the_emergency.TOLD},
}
# Whoever brings sheets in sees what they say, and decides who is the same person.
BRINGS_IN = {"administrator"}
# Without these a form says at once that nothing was asked for, by the same 404.
IN_TWO_MONTHS = (timezone.localdate() + timedelta(days=60)).isoformat()
AWAY = {"starts_on": IN_TWO_MONTHS, "ends_on": IN_TWO_MONTHS}
TRAINING = {"on": "2026-01-05", "topic": "A", "hours": "1", "counts_for": ["for_certificate"]}
TALK = {"on": "2026-01-05", "minutes": "60", "kind": "individual"}
BODIES: dict[str, dict[str, Any]] = {
    "own_link_new": {"asked": "aloud", "way": "shown"}
    | {"link_id": "b3a8e1f0-0000-7000-8000-0000000000c1"},
    "participant_reach": {"call": "yes", "says": "neutral", "seen": "0"},
    "right_ask": {"request_id": "b3a8e1f0-0000-7000-8000-000000000041", "asked": "correct"}
    | {"words": "Wrong day", "how": "phone", "asked_on": "2026-11-01"},
    "right_answer": {"outcome": "corrected", "words": "Done"},
    "right_end": {"end-reason": "She said so on the phone"},
    "right_longer": {"longer-reason": "Old paper"},
    "right_statement": {"statement-words": "It is wrong"},
    "hold": {"hold_id": "b3a8e1f0-0000-7000-8000-000000000042", "reason": "A court asked"},
    "hold_lift": {"reason": "Over"},
    "records_kept": {"record": "10", "reason": "Our funder asks"},
    "consent_new": {"kind": "general", "consent_id": "b3a8e1f0-0000-7000-8000-000000000041"},
    "consent_again": {"consent_id": "b3a8e1f0-0000-7000-8000-000000000042"},
    "consent_people": {"revision": "0", "name": "Al"},
    "consent_what": {"revision": "0", "categories": ["received"]},
    "consent_why": {"revision": "0", "purpose": "treatment"},
    "consent_until": {"revision": "0", "ends": "event", "ends_event": "Home"},
    "consent_language": {"revision": "0", "language": "es"},
    "consent_revoke": {"how": "aloud", "on": "2026-11-19"},
    "consent_end": {"on": "2026-11-19"},
    "consent_mistake": {"reason": "Wrong person"},
    "consent_mistake_back": {"reason": "It is hers"},
    "record_link_new": {"words": "Nobody"},
    **the_emergency.BODIES,
    "team_note_read": {"seen": "0"},
    "affirm": {"affirm-words": "You asked"},
    "affirmation": {"affirm-words": "You asked first"},
    "note_ask": {"ask-words": "What helped?"},
    "note_question": {"answer-words": "Tea", "ask-words": "And then?", "answer-seen": "1"},
    "away": AWAY,
    "colleague_away": AWAY,
    "learning_new": TRAINING,
    "learning_correct": TRAINING,
    "supervision_new": TALK,
    "supervision_correct": TALK,
    "competency": {"word": "learning", "words": "A"},
    "agenda_add": {"words": "A"},
    "growth_export": {"part": "learning"},
    "growth_beginning": {"began_on": "2026-01-05", "experienced": "yes"},
    "worksheet_write": {"f-support_means": "Tea", "number": "1", "together": "1"},
    "worksheet_save": {"f-support_means": "Tea", "number": "1"},
    "worksheet_take_back": {"reason": "Wrong person"},
    "private_worksheet": {"f-asked": "Money"},
    "private_worksheet_save": {"f-asked": "Money"},
    "agency_tool": {"name": "Ours", "intro": "For us", "owner": "participant"}
    | {
        "q0-kind": "text",
        "q0-label": "How?",
        "number": "1",
        "tool_id": "b3a8e1f0-0000-7000-8000-00000000000a",
    },
    "agency_tool_new": {"name": "Ours", "intro": "For us", "owner": "participant"}
    | {"q0-kind": "text", "q0-label": "How?", "tool_id": "b3a8e1f0-0000-7000-8000-00000000000b"},
    "referral_move": {"to": "declined", "reason": "Full", "told": "In spring again"},
    "match_answer": {"answer": "thinking", "said": "Let me sleep on it"},
    "match_told": {"who": "supporter"},
    "draft_save": {"encounter_id": "b3a8e1f0-0000-7000-8000-000000000001", "what_we_did": "Tea"},
    "draft_later": {"encounter_id": "b3a8e1f0-0000-7000-8000-000000000002", "what_we_did": "Tea"},
    "draft_drop": {"encounter_id": "b3a8e1f0-0000-7000-8000-000000000003", "what_we_did": "Tea"},
    "hint_answer": {
        "encounter_id": "b3a8e1f0-0000-7000-8000-000000000005",
        "what_we_did": "Told her to go.",
        "hint": "Told her to go",
    },
    "hints_back": {
        "encounter_id": "b3a8e1f0-0000-7000-8000-000000000006",
        "what_we_did": "Told her to go.",
        "hints_of": "what_we_did",
    },
    "array_ask": {
        "encounter_id": "b3a8e1f0-0000-7000-8000-000000000007",
        "what_we_did": "We had tea.",
        "ask_words": "We had tea.",
        "ask_proposed": "We had tea.",
    },
    "array_question": {"choice": "isde", "reason": "A skill", "shared_words": "Tea", "seen": "0"},
    "precedent_withdraw": {"reason": "Too short"},
    "precedent_use": {"encounter_id": "b3a8e1f0-0000-7000-8000-000000000008"},
    "hand_off_draft": {
        "hand_off_id": "b3a8e1f0-0000-7000-8000-000000000021",
        "done": "Tea",
    },
    "hand_off_add": {"answer_id": "b3a8e1f0-0000-7000-8000-000000000022", "words": "Slept"},
    "hand_off_again": {"answer_id": "b3a8e1f0-0000-7000-8000-000000000023", "words": "Called"},
    "hand_off_answer": {"answer_id": "b3a8e1f0-0000-7000-8000-000000000024", "to": "seen"},
    "hand_off_take_back": {"reason": "Wrong person"},
    "attempt": {"ending": "no_answer"},
    "attempt_undo": {},
    "note_void": {"reason": "Wrong day"},
    "note_together": {
        "words_id": "b3a8e1f0-0000-7000-8000-000000000004",
        "words": "It was good",
        "signed_name": "G",
    },
    "identifier_new": {"kind": "mailing-address", "value": "Box 3"},
    "identifier_correct": {"value": "Elm 4"},
    "participant_facts": {"name": "Gia R", "revision": "0"},
    "disclosure_new": {"ground": "participant", "what": "Her plan", "way": "paper"}
    | {"on": "2026-11-02", "clock": "10:00"}
    | {"disclosure_id": "b3a8e1f0-0000-7000-8000-000000000031"},
    "disclosure_withdraw": {"reason": "Wrong person"},
    "part_two": {"reason": "Counsel says so", "seen": "0"},
    "part_two_program": {"reason": "Counsel says so", "seen": "0"},
    "goal_new": {"words": "A dog", "area": ""},
    "goal_change": {"words": "A cat", "area": "", "revision": "0"},
    "goal_settle": {"to": "reached", "said": "Yes", "revision": "0"},
    "journey": {"place": "contemplation", "words": "Here", "on": "2026-11-01"},
    "rhythm": {"rhythm": "7"},
    "ending": {"words": "It was good"},
    "member_new": {"name": "Al", "role": "other"},
    "member_change": {"name": "Al", "role": "other", "revision": "0"},
    "member_leave": {"leave-until": "2026-11-01"},
    "plan_look": {"what_changed": "Much", "participant_name": "Gia"},
    "plan_offer": {"read": "0"},
    "plan_update_stage": {"words": "My kids"},
    "version_sign": {"read": "0"},
    "version_answer": {"words": "Softer"},
    "form_draft": {"words": "half a"},
    "appointment_change": {"on": "2027-01-05", "start": "10:00", "end": "11:00"},
    "import_row_skip": {"reason": "A heading"},
    "same_person_decide": {"answer": "different"},
    "supporter_new": {"name": "Lee", "caseload_size": "3"},
    "supporter_change": {"name": "Lee", "caseload_size": "3"},
    "credential_new": {"kind": "cps", "certified_on": "2026-01-01"},
    "contract_end": {"on": "2026-12-31"},
    "referral_new": {"name": "Bo", "pathway": "not_said", "received_on": "2026-11-01"},
    "update_write": {"revision": "0", "since": "2026-10-01", "until": "2026-11-01", "words": "A"},
    "referrer_question": {
        "answer_id": "b3a8e1f0-0000-7000-8000-0000000000b1",
        "kind": "cannot-say",
    },
    "referrer_new": {"name": "Bo", "email": "bo@county.example"},
    "referrer_link": {"name": "Bo", "email": "bo@county.example"},
    "invite": {"name": "Bo", "email": "bo@row.example", "roles": ["billing"]},
    "colleague": {"roles": ["supporter", "array-lead"]},
    "public_page": {"slug": "milkweed-row", "peer_run": "We are peers", "seen": "1"},
    "public_page_publish": {"number": "1"},
}
BODIES |= the_plan.BODIES | the_own_record.BODIES | the_required.BODIES
BODIES |= the_check_ins.BODIES
# Typed words on their way to the record: kept for their author, and no event each second.
NO_EVENT = {"plans_worksheetdraft", "plans_privateworksheet"}
NO_EVENT |= {"people_formdraft", "encounters_notedraft", "encounters_handoffdraft"}
TRACES = {"audit_auditevent", "audit_chainhead", "django_session", "accounts_cache"}
# The log goes to PostgreSQL as two statements on one way.
WRITES = re.compile(
    r'(?:^|; )\s*(?:\d+ times: )?(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)"?', re.IGNORECASE
)
CANARY, ELSEWHERE = "Zaunkoenig", "Wiedehopf"
ROLES = ["supporter", "former supporter", "stranger", "supervisor", "other supervisor", "stand-in"]
ROLES += [role.value for role in list(Role)[2:]]


@dataclass(frozen=True)
class Answer:
    status: int
    text: str
    written: frozenset[str]


@pytest.fixture
def here(db: None) -> Side:
    return a_side(CANARY)


@pytest.fixture
def elsewhere(db: None) -> User:
    """Someone of another agency who may do everything there."""
    side = a_side(ELSEWHERE)
    user = side.users["administrator"]
    for role in set(STAFF_ROLES) - {Role.ADMINISTRATOR}:
        RoleGrant.objects.create(agency=side.agency, user=user, role=role.value)
    SupporterFactory(agency=side.agency, user=user)
    return user


def in_session_of(user: User | None) -> Client:
    client = Client(raise_request_exception=False)
    if user is not None:
        come_in(client, user)
        session = client.session  # where a record was opened in an emergency, it was here
        mine = EmergencyOpening.objects.filter(opened_by=user).values_list("pk", flat=True)
        session["openings"] = [str(pk) for pk in mine]
        session.save()
        client.get(reverse("web:more"))
    return client


def ask(client: Client, method: str, route: str, kwargs: dict[str, Any]) -> Answer:
    """One request; what it wrote is taken back, so that the next finds the world as it was."""
    address = reverse(f"web:{route}", kwargs=kwargs)
    body = BODIES.get(route, {}) if method == "post" else {}
    reset_queries()  # the log of one test of all routes would grow too long
    with CaptureQueriesContext(connection) as queries, transaction.atomic():
        cookies = client.cookies.output()
        response = getattr(client, method)(address, body)
        client.cookies.load(cookies.replace("Set-Cookie: ", ""))
        transaction.set_rollback(True)
    told = (response.getvalue() if response.streaming else response.content).decode(
        errors="replace"
    )
    headers = "\n".join(f"{k}: {v}" for k, v in response.headers.items())
    written = {table for q in queries.captured_queries for table in WRITES.findall(q["sql"])}
    return Answer(response.status_code, f"{headers}\n{told}", frozenset(written))


def cells() -> list[tuple[str, tuple[str, ...], set[str]]]:
    """Route, permissions, and the names of its ids."""
    return [
        (pattern.name, pattern.callback.requires, set(pattern.pattern.converters))
        for where, pattern in ours()
        if pattern.name not in PUBLIC and not where.startswith(PORTAL)
    ]


def said(wrong: list[tuple[Any, ...]]) -> str:
    return "\n".join(" ".join(str(part) for part in cell) for cell in wrong)


def may(requires: tuple[str, ...], actor: Actor) -> bool:
    held = not requires or any(actor.may(permission) for permission in requires)
    return actor.is_staff and held


def given(route: str, requires: tuple[str, ...], who: str, actor: Actor) -> bool:
    for relation, those in SEEN_BY.items():
        if route in RELATION[relation]:
            return may(requires, actor) and who in those
    return may(requires, actor) and (route not in RELATION[AUTHOR] or who == "supporter")


def test_every_route_has_a_row():
    rows = [name for names in RELATION.values() for name in names]
    assert sorted(rows) == sorted({route for route, _requires, _ids in cells()})


@pytest.mark.asvs("2.2.2", "8.3.1", "15.3.1")
@pytest.mark.parametrize("who", ROLES)
def test_inside_the_agency(here: Side, who: str):
    user = here.users[who]
    client, wrong, actor = in_session_of(user), [], actor_for(user)
    assert actor is not None
    for route, requires, wanted in cells():
        kwargs = kwargs_of(here, route, wanted)
        seen = given(route, requires, who, actor)
        answers = {method: ask(client, method, route, kwargs) for method in ("get", "post")}
        wrong += [(route, "no method at all")] * all(a.status == 405 for a in answers.values())
        for method, answer in answers.items():
            if answer.status == 405:
                wrong += [(route, method, "wrote")] * bool(answer.written - TRACES)
            elif seen:
                wrong += _not_well(route, method, answer)
            else:
                wrong += _not_hidden(route, method, answer)
                if kwargs and may(requires, actor):
                    wrong += _not_as_absent(route, method, answer, client, kwargs)
        opened = who == OPENER and route in {"emergency"} | RELATION[OPENED] | RELATION[TOLD]
        if who not in SEES_THE_PERSON and who not in BRINGS_IN and not opened:
            told = "".join(answer.text for answer in answers.values())
            wrong += [(route, "tells of the person")] * (here.person in told)
    assert said(wrong) == ""


def _not_well(route: str, method: str, answer: Answer) -> list[tuple[Any, ...]]:
    rows = answer.written - TRACES
    wrong: list[tuple[Any, ...]] = []
    if answer.status == 404 or answer.status >= 500:
        wrong.append((route, method, answer.status))
    if method == "get" and rows:
        wrong.append((route, "a GET wrote", sorted(rows)))
    if rows - NO_EVENT and "audit_auditevent" not in answer.written:
        wrong.append((route, "no event", sorted(rows)))
    return wrong


def _not_hidden(route: str, method: str, answer: Answer) -> list[tuple[Any, ...]]:
    wrong: list[tuple[Any, ...]] = []
    if answer.status != 404:
        wrong.append((route, method, answer.status))
    if answer.written - TRACES:
        wrong.append((route, method, "wrote", sorted(answer.written)))
    return wrong


def _not_as_absent(
    route: str, method: str, answer: Answer, client: Client, kwargs: dict[str, Any]
) -> list[tuple[Any, ...]]:
    if answer.text == ask(client, method, route, absent(kwargs)).text:
        return []
    return [(route, method, "hidden looks otherwise than absent")]


@pytest.mark.parametrize("who", ["stood in before", "stands in later"])
def test_standing_in_begins_and_ends_with_its_days(here: Side, who: str):
    """Whatever the one who stands in today is given beyond any other supervisor."""
    user = here.users[who]
    client, wrong = in_session_of(user), []
    given_today = [those for those in SEEN_BY if "stand-in" in SEEN_BY[those]]
    theirs = {route for relation in given_today for route in RELATION[relation]}
    for route, _requires, wanted in cells():
        if route in theirs:
            for method in ("get", "post"):
                answer = ask(client, method, route, kwargs_of(here, route, wanted))
                if answer.status != 405:
                    wrong += _not_hidden(route, method, answer)
                wrong += [(route, "tells of the person")] * (here.person in answer.text)
    assert (said(wrong), len(theirs) > 60) == ("", True)


def test_from_another_agency(here: Side, elsewhere: User):
    client, wrong = in_session_of(elsewhere), []
    for route, _requires, wanted in cells():
        kwargs = kwargs_of(here, route, wanted)
        for method in ("get", "post"):
            answer = ask(client, method, route, kwargs)
            wrong += [(route, method, "tells")] * (CANARY.lower() in answer.text.lower())
            if wanted and answer.status != 405:
                wrong += _not_hidden(route, method, answer)
                wrong += _not_as_absent(route, method, answer, client, kwargs)
    assert said(wrong) == ""


@pytest.mark.parametrize("who", [pytest.param("", id="signed out"), "disabled"])
def test_without_a_sign_in(here: Side, who: str):
    client, wrong = in_session_of(here.users[who] if who else None), []
    for route, _requires, wanted in cells():
        kwargs = kwargs_of(here, route, wanted)
        for method in ("get", "post"):
            answer = ask(client, method, route, kwargs)
            rest = answer.text.replace(str(kwargs.get("secret")), "")
            wrong += [(route, method, answer.status)] * (answer.status not in (302, 405))
            wrong += [(route, method, "wrote")] * bool(answer.written - TRACES)
            wrong += [(route, method, "tells")] * (CANARY.lower() in rest.lower())
    assert said(wrong) == ""


def test_the_canaries_sing(here: Side):
    """A test for leaks holds something that could leak."""
    texts = ""
    for route in (
        "participant",
        "plan",
        "worksheet",
        "care_team",
        "journey",
        "note",
        "appointment",
    ):
        wanted = next(ids for name, _requires, ids in cells() if name == route)
        for who in ("supporter",):
            client = in_session_of(here.users[who])
            texts += ask(client, "get", route, kwargs_of(here, route, wanted)).text
    for words in ("Words", "Support", "Aunt", "Coffee", "Court", "A home", "Here"):
        assert f"{words} {here.person}" in texts
