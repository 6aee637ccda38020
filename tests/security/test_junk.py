"""What no page sends: answered with a plain page, never with an error, and never kept."""

import pytest
from django.urls import reverse

from alongside.accounts.codes import STAFF_ROLES, Role
from alongside.accounts.models import RoleGrant
from alongside.audit.models import AuditEvent
from alongside.encounters.models import NoteDraft
from tests.security.test_matrix import in_session_of
from tests.security.world import a_side, kwargs_of

LATE, EARLY = "9999-12-31", "0001-01-01"
LONG = "x" * 60_000


@pytest.fixture
def side(db):
    return a_side("Zaunkoenig")


@pytest.fixture
def client(side):
    """Someone with every role, in whose sight everything of the agency lies."""
    user = side.users["supporter"]
    for role in set(STAFF_ROLES) - {Role.SUPPORTER}:
        RoleGrant.objects.create(agency=side.agency, user=user, role=role.value)
    return in_session_of(user)


@pytest.mark.asvs("1.4.2")
@pytest.mark.parametrize(
    ("route", "ids", "query"),
    [
        pytest.param("calendar", set(), {"from": LATE}, id="the last day of all"),
        pytest.param("calendar", set(), {"from": EARLY}, id="the first day of all"),
        pytest.param("calendar", set(), {"from": "2026-02-30"}, id="no day"),
        pytest.param(
            "participant",
            {"participant_id"},
            {"before": f"{LATE}.{'f' * 32}.1"},
            id="a timeline from its last day",
        ),
        pytest.param("audit", set(), {"until": LATE}, id="events until the last day"),
        pytest.param("audit", set(), {"below": "9" * 30}, id="events below a huge number"),
        pytest.param("import_batch", {"batch_id"}, {"after": "²"}, id="a digit that is no number"),
        pytest.param("import_batch", {"batch_id"}, {"after": "9" * 5000}, id="a huge number"),
        pytest.param("import_sort_out", set(), {"after": f"{'f' * 32}.{'9' * 30}"}, id="its key"),
        pytest.param("referrals", set(), {"after": f"{LATE}.{'f' * 32}"}, id="the desk's key"),
        pytest.param("referrals", set(), {"status": LONG[:4000]}, id="no status"),
    ],
)
def test_an_address_that_is_not_ours_begins_anew(client, side, route, ids, query):
    answer = client.get(reverse(f"web:{route}", kwargs=kwargs_of(side, route, ids)), query)
    assert answer.status_code == 200


@pytest.mark.asvs("2.2.1")
@pytest.mark.parametrize(
    ("route", "ids", "body"),
    [
        pytest.param(
            "note_new",
            {"participant_id"},
            {"on": LATE, "start": "23:00", "end": "01:00"},
            id="a note on the last day",
        ),
        pytest.param(
            "note_advice",
            {"participant_id"},
            {"on": EARLY, "start": "00:00", "end": "00:00"},
            id="times of the first day",
        ),
        pytest.param(
            "note_new", {"participant_id"}, {"on": "x", "start": "25:99"}, id="no clock shows it"
        ),
        pytest.param(
            "appointment_new",
            {"participant_id"},
            {"on": LATE, "start": "23:00", "end": "01:00"},
            id="a meeting on the last day",
        ),
        pytest.param("member_new", {"participant_id"}, {"since": EARLY}, id="since the year 1"),
        pytest.param("contract_new", set(), {"starts_on": LATE}, id="a contract in 9999"),
    ],
)
def test_a_day_nobody_means_is_asked_for_again(client, side, route, ids, body):
    answer = client.post(reverse(f"web:{route}", kwargs=kwargs_of(side, route, ids)), body)
    assert answer.status_code == (200 if route == "note_advice" else 422)


@pytest.mark.parametrize("route", ["referrals_search", "audit_find", "participants"])
def test_a_search_for_a_whole_book_finds_nothing(client, route):
    assert client.post(reverse(f"web:{route}"), {"words": LONG}).status_code == 200


def test_a_draft_knows_no_moment_that_is_none(client, side):
    address = reverse("web:draft_save", args=[side.ids["participant_id"]])
    body = {"encounter_id": "b3a8e1f0-0000-7000-8000-000000000001", "what_we_did": "Tea"}
    answer = client.post(f"{address}?seen=2026-13-45T25:61:61%2B00:00", body)
    assert answer.status_code == 200


@pytest.mark.asvs("1.1.1")
def test_a_nul_is_nowhere(client, side):
    person = side.ids["participant_id"]
    key = "b3a8e1f0-0000-7000-8000-000000000001"
    before = NoteDraft.objects.count()
    answers = [
        client.get(reverse("web:referrals"), {"county": "Du\x00nn"}),
        client.post(reverse("web:referrals_search"), {"words": "a\x00b"}),
        client.post(reverse("web:audit_find"), {"words": "a\x00b"}),
        client.post(
            reverse("web:draft_save", args=[person]), {"encounter_id": key, "what_we_did": "\x00"}
        ),
        client.post(reverse("web:form_draft", args=[person, "facts"]), {"na\x00me": "G"}),
        client.post(
            reverse("web:appointment_cancel", args=[side.ids["appointment_id"]]), {"words": "\x00"}
        ),
    ]
    client.cookies["sessionid"] = "\x00" * 32
    answers.append(client.get("/"))
    assert [answer.status_code for answer in answers] == [400] * 7
    assert NoteDraft.objects.count() == before


@pytest.mark.asvs("1.3.3")
def test_typed_text_has_an_end(client, side):
    """A megabyte is more than anyone writes; more is not taken in, and fills no disk."""
    address = reverse("web:draft_save", args=[side.ids["participant_id"]])
    body = {"encounter_id": "b3a8e1f0-0000-7000-8000-000000000001", "what_we_did": LONG * 20}
    assert client.post(address, body).status_code == 400


@pytest.mark.asvs("5.2.1")
def test_a_body_beyond_any_sheet_is_not_read(client):
    answer = client.post(reverse("web:imports"), CONTENT_LENGTH=str(10**12))
    assert answer.status_code == 400


@pytest.mark.parametrize(
    "target",
    [
        pytest.param("Gia Rivera", id="a name"),
        pytest.param("Participant/=1+1", id="a formula"),
        pytest.param("User/b3a8e1f0-0000-7000-8000-000000000001", id="an id of nobody"),
    ],
)
def test_only_an_id_in_sight_gets_into_the_log(client, target):
    before = AuditEvent.objects.count()
    assert client.post(reverse("web:audit_export"), {"target": target}).status_code == 404
    assert AuditEvent.objects.count() == before


def test_the_sheet_of_one_person_names_whose_it_is(client, side):
    target = f"Participant/{side.ids['participant_id']}"
    answer = client.post(reverse("web:audit_export"), {"target": target})
    answer.getvalue()
    last = AuditEvent.objects.order_by("-seq").values_list("verb", "target").first()
    assert last == ("audit.exported", target)


@pytest.mark.asvs("3.2.1")
def test_every_answer_is_stored_nowhere(client, side):
    client.raise_request_exception = False
    answers = {
        "a page": client.get("/"),
        "absent": client.get("/nothing/here/"),
        "without its slash": client.get("/more"),
        "a host that is not ours": client.get("/", headers={"host": "elsewhere.example"}),
        "broken": client.get("/", {"a": "\x00"}),
        "wrong method": client.get(reverse("web:audit_export")),
        "signed out": type(client)().get("/"),
    }
    kept = {name: a.headers.get("Cache-Control") for name, a in answers.items()}
    assert kept == dict.fromkeys(answers, "no-store, private")
    policy = {name: "Content-Security-Policy" in a.headers for name, a in answers.items()}
    assert policy == dict.fromkeys(answers, True)
    frames = {name: a.headers.get("X-Content-Type-Options") for name, a in answers.items()}
    assert frames == dict.fromkeys(answers, "nosniff")


def test_a_place_that_no_page_has_leads_back_to_the_page(client, side):
    ids = {"participant_id", "worksheet_id"}
    address = reverse("web:worksheet_write", kwargs=kwargs_of(side, "worksheet_write", ids))
    answer = client.post(address, {"f-support_means": "Tea", "number": "1", "more": "x" * 20_000})
    assert (answer.status_code, answer.headers.get("Location")) == (302, address)
