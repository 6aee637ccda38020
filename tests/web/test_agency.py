"""What the administrator and the privacy officer keep an eye on."""

import csv
import io
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alongside.accounts import actions
from alongside.accounts.actions import ContractTerms
from alongside.accounts.codes import Role
from alongside.accounts.models import Agency, Contract
from alongside.accounts.queries import actor_for
from alongside.audit.actions import record
from alongside.audit.models import AuditEvent
from alongside.people.actions import open_record
from tests.factories import AgencyFactory, ParticipantFactory, SupporterFactory, UserFactory

pytestmark = pytest.mark.django_db
SAID = {
    "name": "Milkweed Row",
    "phone": "715 555 0100",
    "time_zone": "America/Denver",
    "counties": "Dunn County, dunn co.\nPolk\n\nSt. Croix",
    "array_lead": "",
    "links-TOTAL_FORMS": "1",
    "links-INITIAL_FORMS": "0",
    "links-0-title": "Code of ethics",
    "links-0-url": "https://ethics.example/",
}


@pytest.fixture
def boss(agency):
    return UserFactory(agency=agency, name="Ana Brandt", roles=[Role.ADMINISTRATOR])


@pytest.fixture
def officer(agency):
    return UserFactory(agency=agency, name="Lou Berg", roles=[Role.PRIVACY_OFFICER])


def queries_of(client, url) -> int:
    client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert client.get(url).status_code == 200
    return len(caught)


@pytest.mark.practice("PEER-10")
def test_the_agency_page_keeps_counties_and_links_that_are_one_tap_away(signed_in, boss):
    client = signed_in(boss)
    client.post(reverse("web:agency"), SAID)
    agency = Agency.objects.get()
    assert (agency.counties, agency.time_zone, agency.references) == (
        ["Dunn", "Polk", "St. Croix"],
        "America/Denver",
        [{"title": "Code of ethics", "url": "https://ethics.example/"}],
    )
    assert 'href="https://ethics.example/"' in client.get(reverse("web:more")).content.decode()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        pytest.param({"name": ""}, "Please fill this in", id="no name"),
        pytest.param({"time_zone": "Dunn/Menomonie"}, "from the list", id="no such clock"),
        pytest.param({"links-0-title": ""}, "Say what this link is", id="a link without a word"),
        pytest.param({"links-0-url": ""}, "Add the web address", id="a word without a link"),
        pytest.param({"links-0-url": "javascript:alert(1)"}, "like https:", id="a script as link"),
    ],
)
def test_the_agency_page_says_what_to_look_at(signed_in, boss, wrong, words):
    answer = signed_in(boss).post(reverse("web:agency"), {**SAID, **wrong})
    assert (answer.status_code, words in answer.content.decode()) == (422, True)
    assert AuditEvent.objects.filter(verb="agency.changed").count() == 0


@pytest.mark.practice("PSP-10")
def test_contracts_are_added_changed_and_ended(signed_in, boss):
    client = signed_in(boss)
    terms = {
        "funder": "Dunn County",
        "name": "FTC 2026",
        "starts_on": "2026-01-01",
        "pathways": ["chips"],
    }
    assert client.post(reverse("web:contract_new"), terms).status_code == 302
    contract = Contract.objects.get()
    assert (contract.funder, contract.pathways, contract.ends_on) == (
        "Dunn County",
        ["chips"],
        None,
    )
    url = reverse("web:contract", args=[contract.id])
    client.post(url, {**terms, "name": "Family treatment court"})
    backwards = client.post(url, {**terms, "ends_on": "2025-01-01"})
    assert "would end before it starts" in backwards.content.decode()
    client.post(reverse("web:contract_end", args=[contract.id]), {"on": "2026-12-31"})
    contract.refresh_from_db()
    assert (contract.name, contract.ends_on) == ("Family treatment court", date(2026, 12, 31))
    assert "Family treatment court" in client.get(reverse("web:contracts")).content.decode()


def test_a_contract_of_another_agency_is_absent(signed_in, boss, now):
    other = actor_for(UserFactory(agency=AgencyFactory(), roles=[Role.ADMINISTRATOR]))
    contract = actions.add_contract(ContractTerms("X", "Y", date(2026, 1, 1)), by=other, at=now)
    client = signed_in(boss)
    answers = [
        client.get(reverse("web:contract", args=[contract.id])),
        client.post(reverse("web:contract_end", args=[contract.id]), {"on": "2026-12-31"}),
    ]
    assert [answer.status_code for answer in answers] == [404, 404]


def test_contracts_take_the_same_queries_for_one_and_three(signed_in, boss, now):
    client, by = signed_in(boss), actor_for(boss)
    counts = []
    for more in (1, 2):
        for _ in range(more):
            actions.add_contract(ContractTerms("X", "Y", date(2026, 1, 1)), by=by, at=now)
        counts.append(queries_of(client, reverse("web:contracts")))
    assert counts[0] == counts[1]


def test_first_steps_show_what_is_set_up(signed_in, boss, now):
    client = signed_in(boss)
    url = reverse("web:checklist")
    empty = Agency.objects.update(counties=[])
    before = client.get(url).content.decode()
    client.post(reverse("web:agency"), {**SAID, "array_lead": str(boss.id)})
    after = client.get(url).content.decode()
    assert (empty, before.count(">done<"), after.count(">done<")) == (1, 1, 3)


PLACES = {
    Role.SUPPORTER: {
        "Answers from participants",
        "Kept apart",
        "Check-ins to offer",
        "Supporters",
        "My profile",
        "My growth",
        "Hand-offs",
        "Questions from referrers",
        "In an emergency",
        "Answered questions",
        "The five processes",
    },
    Role.COORDINATOR: {
        "Hand-offs",
        "Questions from referrers",
        "Answered questions",
        "Advice and choice",
        "Growth",
        "The five processes",
        "Referral desk",
        "Supporters",
        "Bring in a sheet",
        "Measures",
    },
    Role.BILLING: {"Measures"},
    Role.PRIVACY_OFFICER: {
        "Audit log",
        "Kept apart",
        "Seen or received",
        "Opened in an emergency",
        "Part 2",
        "Keep, show, let go",
        "Questions from referrers",
        "Hand-offs",
        "Answered questions",
        "Advice and choice",
        "The five processes",
    },
    Role.ADMINISTRATOR: {
        "Letters",
        "Measures",
        "Keep, show, let go",
        "Growth",
        "Hints that did not help",
        "Lines for hard moments",
        "Public page",
        "Our worksheets",
        "Check-ins and instruments",
        "The five processes",
        "Supporters",
        "Bring in a sheet",
        "Agency",
        "Contracts",
        "Colleagues",
        "First steps",
    },
}
FOR_EVERYONE = {"Hard talks", "Tools", "Second step", "Password", "Devices"}


@pytest.mark.parametrize("role", PLACES)
def test_more_offers_what_this_role_may_reach(signed_in, agency, role):
    user = UserFactory(agency=agency, roles=[role])
    if role == Role.SUPPORTER:
        SupporterFactory(user=user, agency=agency)
    client = signed_in(user)
    groups = client.get(reverse("web:more")).context["groups"]
    places = [(place.title, url) for group in groups for place, url in group["places"]]
    assert {title for title, _url in places} == PLACES[role] | FOR_EVERYONE
    assert {
        url: client.get(url).status_code for _title, url in places if "/account/" not in url
    } == {url: 200 for _title, url in places if "/account/" not in url}


def test_the_audit_log_is_the_privacy_officers(signed_in, officer, boss):
    urls = [reverse("web:audit"), reverse("web:audit_export"), reverse("web:audit_find")]
    client = signed_in(boss)
    assert [client.post(url).status_code for url in urls[1:]] == [404, 404]
    assert client.get(urls[0]).status_code == 404
    assert signed_in(officer).get(urls[0]).status_code == 200


def test_who_looked_at_one_person(signed_in, officer, agency, now):
    rosa = UserFactory(agency=agency, name="Rosa Quaas", roles=[Role.COORDINATOR])
    gia, tou = (ParticipantFactory(agency=agency, name=name) for name in ("Gia Rivera", "Tou Thao"))
    for person in (gia, tou):
        open_record(person.id, by=actor_for(rosa), at=now)
    client = signed_in(officer)
    found = client.post(reverse("web:audit_find"), {"words": "rivera gia"}).content.decode()
    url = reverse("web:audit_of_participant", args=[gia.id])
    assert (url in found, "Tou Thao" in found) == (True, False)
    lines = client.get(url).context["lines"]
    assert [(line.who, line.what, line.whom) for line in lines] == [
        ("Rosa Quaas", "opened a record", "Gia Rivera")
    ]


def test_a_person_of_another_agency_is_absent(signed_in, officer):
    person = ParticipantFactory(agency=AgencyFactory(), name="Gia Elsewhere")
    client = signed_in(officer)
    assert client.get(reverse("web:audit_of_participant", args=[person.id])).status_code == 404
    found = client.post(reverse("web:audit_find"), {"words": "gia"}).content.decode()
    assert "Elsewhere" not in found


def write(agency, officer, now, count):
    by = actor_for(officer)
    for n in range(count):
        person = ParticipantFactory(agency=agency)
        record(
            by=by,
            at=now + timedelta(days=n),
            verb="participant.opened",
            target=f"Participant/{person.id}",
        )


def test_the_log_is_filtered_and_paged_by_key(signed_in, officer, agency, now):
    write(agency, officer, now, 60)
    client = signed_in(officer)
    first = client.get(reverse("web:audit"), {"what": "participant.opened", "who": str(officer.id)})
    then = client.get(reverse("web:audit") + first.context["next"])
    assert [len(page.context["lines"]) for page in (first, then)] == [50, 10]
    assert (then.context["next"], first.context["lines"][0].event.seq) == ("", 60)
    days = client.get(reverse("web:audit"), {"since": "2026-11-20", "until": "2026-11-21"})
    assert len(days.context["lines"]) == 2
    assert len(client.get(reverse("web:audit"), {"who": "x", "below": "y"}).context["lines"]) == 50


def test_the_log_takes_the_same_queries_for_one_and_three(signed_in, officer, agency, now):
    client, counts = signed_in(officer), []
    for more in (1, 2):
        write(agency, officer, now, more)
        counts.append(queries_of(client, reverse("web:audit")))
    assert counts[0] == counts[1]


def test_the_log_as_a_sheet_is_kept_in_the_log(signed_in, officer, agency, now):
    officer.name = "=HYPERLINK(1)"
    officer.save()
    write(agency, officer, now, 2)
    answer = signed_in(officer).post(reverse("web:audit_export"), {"what": "participant.opened"})
    rows = list(csv.DictReader(io.StringIO(b"".join(answer).decode("utf-8-sig"))))
    assert [(row["number"], row["what"], row["who"]) for row in rows] == [
        ("2", "participant.opened", "'=HYPERLINK(1)"),
        ("1", "participant.opened", "'=HYPERLINK(1)"),
    ]
    assert AuditEvent.objects.latest("seq").verb == "audit.exported"
