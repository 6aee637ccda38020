"""Five clicks, one record: a form that makes something carries the id of what it makes."""

import re

import pytest
from django.db import transaction
from django.urls import reverse

from alongside.accounts.codes import STAFF_ROLES, Role
from alongside.accounts.models import Contract, RoleGrant
from alongside.audit.models import AuditEvent
from alongside.audit.rules import SEEN
from alongside.encounters.models import AddedWords, Appointment, Encounter, HandOff
from alongside.people.models import CareTeamMember, Participant, SamePersonProposal
from alongside.plans.models import Goal, PlanPart, PlanVersion, SigningStep
from alongside.referrals.models import JourneyStep, Referral
from alongside.workforce.models import CompetencyView, Credential, Learning, Supporter
from tests.security.test_matrix import cells, in_session_of
from tests.security.world import a_side, kwargs_of

INPUT = re.compile(r"<input[^>]*>")
NAME, VALUE = re.compile(r'name="([^"]+)"'), re.compile(r'value="([^"]*)"')
NOTE = {
    "on": "2026-11-01",
    "start": "10:00",
    "end": "10:45",
    "mode": "face_to_face",
    "place": "community",
    "processes": ["connecting"],
    "what_we_did": "Tea",
}
P = {"participant_id"}
FORMS = [
    pytest.param("note_new", P, NOTE, Encounter, id="a note"),
    pytest.param("note_together", {"encounter_id"}, {"words": "Yes"}, AddedWords, id="words"),
    pytest.param(
        "appointment_new",
        P,
        {"on": "2027-01-05", "start": "10:00", "end": "11:00", "supporter": "own"},
        Appointment,
        id="a time to meet",
    ),
    pytest.param("member_new", P, {"name": "Al", "role": "other"}, CareTeamMember, id="a friend"),
    pytest.param("goal_new", P, {"words": "A dog", "area": ""}, Goal, id="a goal"),
    pytest.param(
        "part_new",
        P | {"kind"},
        {"words": "No bus", "obstacle": "personal"},
        PlanPart,
        id="a part of a plan",
    ),
    pytest.param(
        "journey",
        P,
        {"place": "contemplation", "on": "2026-11-01"},
        JourneyStep,
        id="a place in the journey",
    ),
    pytest.param("plan_look", P, {"participant_name": "Gia"}, SigningStep, id="an agreed plan"),
    pytest.param(
        "referral_new", set(), {"name": "Bo Ek", "pathway": "not_said"}, Referral, id="a request"
    ),
    pytest.param(
        "referral_new", set(), {"name": "Bo Ek", "pathway": "not_said"}, Participant, id="someone"
    ),
    pytest.param(
        "supporter_new", set(), {"name": "Lee", "caseload_size": "3"}, Supporter, id="a supporter"
    ),
    pytest.param(
        "credential_new",
        {"supporter_id"},
        {"kind": "cps", "certified_on": "2026-01-01"},
        Credential,
        id="a certificate",
    ),
    pytest.param(
        "learning_new",
        {"supporter_id"},
        {"on": "2026-01-05", "topic": "A", "hours": "1", "counts_for": ["for_certificate"]},
        Learning,
        id="a training",
    ),
    pytest.param("competency", {"supporter_id"}, {"word": "learning"}, CompetencyView, id="a view"),
    pytest.param(
        "hand_off_new",
        set(),
        {"person": "none", "on": "2026-11-01", "clock": "10:00", "done": "Tea"}
        | {"about": ["anger"], "handed_to": ["nobody"]},
        HandOff,
        id="a hand-off",
    ),
    pytest.param(
        "contract_new",
        set(),
        {"funder": "Dunn", "name": "Peers", "starts_on": "2026-01-01"},
        Contract,
        id="a contract",
    ),
]


@pytest.fixture
def side(db):
    return a_side("Zaunkoenig")


@pytest.fixture
def client(side):
    user = side.users["supporter"]
    for role in set(STAFF_ROLES) - {Role.SUPPORTER}:
        RoleGrant.objects.create(agency=side.agency, user=user, role=role.value)
    return in_session_of(user)


def hidden(page: str) -> dict[str, str]:
    """What the page sends along by itself."""
    found = [tag for tag in INPUT.findall(page) if 'type="hidden"' in tag]
    pairs = [(NAME.search(tag), VALUE.search(tag)) for tag in found]
    return {name[1]: value[1] for name, value in pairs if name and value}


@pytest.mark.parametrize(("route", "ids", "body", "model"), FORMS)
def test_five_clicks_make_one(client, side, route, ids, body, model):
    address = reverse(f"web:{route}", kwargs=kwargs_of(side, route, ids))
    sent = {**hidden(client.get(address).content.decode()), **body}
    if body.get("supporter") == "own":
        sent["supporter"] = str(side.ids["supporter_id"])
    before = model.objects.count()
    answers = [client.post(address, sent).status_code for _click in range(5)]
    assert (model.objects.count() - before, max(answers) < 400) == (1, True)


def test_two_who_agree_on_other_words_are_asked_to_look_again(client, side):
    address = reverse("web:plan_look", args=[side.ids["participant_id"]])
    sent = hidden(client.get(address).content.decode())
    first = client.post(address, {**sent, "participant_name": "Gia", "what_changed": "Work"})
    other = {**sent, "participant_name": "Gia", "what_changed": "School"}
    second = client.post(address, other)
    again = {**other, **hidden(second.content.decode())}
    third = client.post(address, again)
    assert [a.status_code for a in (first, second, third)] == [302, 422, 302]
    said = PlanVersion.objects.order_by("number").values_list("what_changed", flat=True)
    assert list(said)[-2:] == ["Work", "School"]


def test_two_records_side_by_side_are_two_looks(client, side):
    before = AuditEvent.objects.count()
    assert client.get(reverse("web:same_person")).status_code == 200
    told = AuditEvent.objects.order_by("seq")[before:].values_list("verb", "target")
    pair = SamePersonProposal.objects.get(pk=side.ids["proposal_id"])
    looks = [f"Participant/{pk}" for pk in (pair.kept_id, pair.other_id)]
    assert list(told) == [("participant.opened", look) for look in looks]


# A paper or a file has a verb of its own; so has a number that is shown in full.
OTHERWISE = {
    "accounting": {"disclosure.printed"},
    "consent_pdf": {"consent.printed"},
    "consent_print": {"consent.printed"},
    "held_print": {"record.printed"},
    "participant_print": {"participant.printed"},
    "plan_paper": {"plan.printed"},
    "plan_print": {"plan.printed"},
    "required_print": {"requirement.printed"},
    "right_print": {"record-request.printed"},
    "update_paper": {"update.printed"},
    "version_paper": {"plan.printed"},
    "worksheet_copy": {"worksheet.printed"},
    "worksheet_paper": {"worksheet.printed"},
    "worksheet_print": {"worksheet.printed"},
}
# Pages with an id that show no participant's record, by what the id names.
OF_NOBODY = {"supporter_id", "user_id", "contract_id", "referrer_id", "tool_id", "instrument_id"}
OF_NOBODY |= {"batch_id", "row_id", "private_id"}
NO_LOOK = {
    "private_worksheet_new": "one's own preparation, about nobody",
    "tool": "a worksheet with nothing in it",
    "tool_print": "a worksheet with nothing in it",
    "array_question": "the array lead is shown the question without the person",
    "audit_of_participant": "the log itself: who looked, not what was seen",
    "disposal": "holds no name and nothing of the record, only what kinds of rows there were",
    "opening": "that a colleague looked, not what was seen",
}


def test_whatever_page_shows_a_record_its_opening_is_on_record(client, side):
    """Every route that an id is given to. What answers with a page leaves one event about the
    person, or stands above with its reason."""
    silent, otherwise, shown = [], {}, 0
    for route, _requires, ids in sorted(cells()):
        if not ids or ids & OF_NOBODY:
            continue
        address = reverse(f"web:{route}", kwargs=kwargs_of(side, route, ids))
        with transaction.atomic():
            last = AuditEvent.objects.count()
            answer = client.get(address)
            told = AuditEvent.objects.order_by("seq")[last:].values_list("verb", "target")
            verbs = {verb for verb, target in told if target.startswith("Participant/")} & SEEN
            transaction.set_rollback(True)
        if answer.status_code != 200:
            continue
        shown += 1
        if not verbs:
            silent.append(route)
        elif verbs != {"participant.opened"}:
            otherwise[route] = verbs
    assert (silent, otherwise) == (sorted(NO_LOOK), OTHERWISE)
    assert shown > 100


def test_a_refused_form_that_shows_a_record_again_is_on_record_too(client, side):
    """A form can be sent by whoever knows its address, without the page that it stands on. The
    four that are silent show nobody's record."""
    silent, shown = [], 0
    for route, _requires, ids in sorted(cells()):
        if not ids or ids & OF_NOBODY:
            continue
        address = reverse(f"web:{route}", kwargs=kwargs_of(side, route, ids))
        with transaction.atomic():
            last = AuditEvent.objects.count()
            answer = client.post(address, {})
            answer.getvalue()  # a sheet is over when its last piece was read
            told = AuditEvent.objects.order_by("seq")[last:].values_list("verb", "target")
            verbs = {verb for verb, target in told if target.startswith("Participant/")} & SEEN
            transaction.set_rollback(True)
        if answer.status_code == 422 and "html" in answer["Content-Type"]:
            shown += 1
            silent += [route] * (not verbs)
    assert silent == ["array_question", "opening_answer", "opening_review", "precedent_withdraw"]
    assert shown > 60


READ = ["care_team", "parts_taken_back", "plan", "plan_print", "plan_version"]


def test_what_only_shows_is_not_asked_by_a_form(client, side):
    """By POST nothing would be on record: what is sent has its own event."""
    ids = {name: ids for name, _requires, ids in cells() if name in READ}
    asked = [reverse(f"web:{name}", kwargs=kwargs_of(side, name, ids[name])) for name in READ]
    assert [client.post(address).status_code for address in asked] == [405] * len(READ)
