"""Telling, accounting, and the help in a breach, as pages, papers and sheets."""

import csv
import io
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from alongside.accounts.codes import Role
from alongside.accounts.models import Contract, User
from alongside.accounts.queries import actor_for
from alongside.audit.actions import record
from alongside.audit.models import AuditEvent
from alongside.consents import actions
from alongside.consents.models import Consent, Disclosure, PartTwoSwitch
from alongside.consents.rules import Recipient
from alongside.core.ids import new_id
from alongside.practice.disclosure import Basis, Way
from alongside.retention.queries.record import who_looked
from tests.consents.disclosing import a_consent, wanted
from tests.factories import NOW, ParticipantFactory, UserFactory, walk_alongside
from tests.papers.reading import roles_of, words_of

pytestmark = pytest.mark.django_db
EMERGENCY = {"emergency": "Did not wake up", "why_not_asked": "Could not speak"}
NOTICE = "42 CFR part 2 prohibits unauthorized use or disclosure of these records."


@pytest.fixture
def client(pair, signed_in):
    return signed_in(pair.supporter.user)


@pytest.fixture
def officer(agency):
    return UserFactory(agency=agency, name="Olu Ade", roles=[Role.PRIVACY_OFFICER])


def url(name, *args):
    return reverse(f"web:{name}", args=args)


def a_form(**more):
    now = timezone.localtime()
    plain = {"on": str(now.date()), "clock": "08:00", "way": "phone"}
    return {**plain, "disclosure_id": str(new_id()), **more}


def tell(pair, **changes):
    return actions.disclose(wanted(pair, **changes), by=pair.actor, at=timezone.now())


def squeezed(text):
    return "".join(text.split())


def test_the_first_page_shows_whom_a_consent_names_and_what_else_there_is(pair, client):
    recipient = a_consent(pair, categories=["received", "attendance", "notes"])
    a_consent(pair, name="Sam Berg", ends_on=timezone.localdate() - timedelta(days=1))
    page = client.get(url("disclosure_new", pair.participant.pk)).content.decode()
    assert "Pat Olsen, Dunn County DHS" in page
    assert "May hear: Referral arrived, Days we met" in page
    assert f"ground=consent&amp;to={recipient.pk}" in page
    assert "Sam Berg" not in page
    assert "A medical emergency" in page
    assert "An audit or evaluation" not in page


def test_the_least_is_proposed_and_nothing_is_ticked(pair, client):
    recipient = a_consent(pair, categories=["received", "notes"])
    there = url("disclosure_new", pair.participant.pk)
    page = client.get(there, {"ground": "consent", "to": recipient.pk})
    form = page.context["form"]
    assert [value for value, _words in form.fields["categories"].choices] == ["received", "notes"]
    assert "This needs at most: Referral arrived. Tick only what is told." in page.content.decode()
    assert (form["categories"].value(), " checked" in str(form["categories"])) == (None, False)


@pytest.mark.practice("PSP-6")
def test_what_was_told_before_a_consent_was_taken_back_can_still_be_written_down(pair, client):
    """The gate judges by the day of telling, and so does the page that offers whom."""
    today, there = timezone.localdate(), url("disclosure_new", pair.participant.pk)
    recipient = a_consent(pair, signed_on=today - timedelta(days=9))
    Consent.objects.update(
        status="revoked", revoked_on=today, revoked_at=timezone.now(), revoked_how="aloud",
        revoked_by=pair.supporter.user,
    )  # fmt: skip
    before, yesterday = str(today - timedelta(days=10)), str(today - timedelta(days=1))
    offered = [
        [one["row"].pk for one in client.get(there, {"on": on}).context["named"]]
        for on in ("", before, yesterday, "nonsense", "2999-01-01")
    ]
    assert offered == [[], [], [recipient.pk], [], []]
    begun = {"ground": "consent", "to": recipient.pk}
    assert client.get(there, begun).status_code == 404
    form = client.get(there, {**begun, "on": yesterday}).context["form"]
    assert (str(form.initial["on"]), form.initial["clock"]) == (yesterday, None)
    sent = a_form(**begun, categories=["received"], what="It arrived")
    late = client.post(there, sent)
    assert (late.status_code, "was taken back" in late.content.decode()) == (422, True)
    assert client.post(there, {**sent, "on": yesterday}).status_code == 302
    assert Disclosure.objects.get().recipient_id == recipient.pk


@pytest.mark.practice("PSP-6")
def test_telling_someone_a_consent_names(pair, client):
    recipient = a_consent(pair)
    there = url("disclosure_new", pair.participant.pk)
    sent = a_form(
        ground="consent", to=str(recipient.pk), categories=["received"], what="It arrived"
    )
    answer = client.post(there, sent, follow=True)
    row = Disclosure.objects.get()
    assert answer.redirect_chain == [(url("disclosure", row.pk), 302)]
    page = answer.content.decode()
    assert NOTICE in page
    assert "Who may hear it: Pat Olsen." in page
    assert (row.name, row.way, row.what) == ("Pat Olsen", "phone", "It arrived")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        pytest.param({"categories": []}, "Choose what is told.", id="nothing chosen"),
        pytest.param(
            {"categories": ["received", "notes"]},
            "That is more than this purpose needs.",
            id="more than needed",
        ),
        pytest.param({"on": ""}, "Say which day it was.", id="no day"),
        pytest.param({"on": "2999-01-01"}, "This is still to come.", id="a day to come"),
        pytest.param({"on": "2020-01-01"}, "not signed yet", id="before it was signed"),
        pytest.param({"way": ""}, "Say how it is told.", id="no way"),
        pytest.param({"way": "portal"}, "Say how it is told.", id="a way of the program"),
    ],
)
def test_what_cannot_be_told_comes_back_as_it_was_typed(pair, client, changes, said):
    recipient = a_consent(pair, categories=["received", "notes"])
    sent = a_form(ground="consent", to=str(recipient.pk), categories=["received"], what="Typed it")
    answer = client.post(url("disclosure_new", pair.participant.pk), {**sent, **changes})
    page = answer.content.decode()
    assert (answer.status_code, said in page, "Typed it" in page) == (422, True, True)
    assert Disclosure.objects.count() == 0


def test_more_than_needed_with_a_reason_is_told(pair, client):
    recipient = a_consent(pair, categories=["received", "notes"])
    sent = a_form(ground="consent", to=str(recipient.pk), categories=["received", "notes"])
    client.post(url("disclosure_new", pair.participant.pk), {**sent, "why_more": "She asked"})
    assert Disclosure.objects.get().facts == {"why_more": "She asked"}


def test_a_consent_taken_back_meanwhile_is_absent(pair, client):
    recipient = a_consent(pair)
    consent = recipient.consent
    consent.status, consent.revoked_on, consent.revoked_at = "revoked", consent.signed_on, None
    consent.revoked_at, consent.revoked_by = timezone.now(), pair.supporter.user
    consent.revoked_how = "aloud"
    consent.save()
    sent = a_form(ground="consent", to=str(recipient.pk), categories=["received"])
    assert client.post(url("disclosure_new", pair.participant.pk), sent).status_code == 404


def test_an_emergency_asks_for_its_own_facts(pair, client):
    there = url("disclosure_new", pair.participant.pk)
    sent = a_form(ground="emergency", name="Jo", organization="Red Cedar", what="Her medicine")
    page = client.post(there, sent).content.decode()
    assert "Say what the emergency was." in page
    assert "Say why the participant could not be asked for a consent." in page
    client.post(there, {**sent, **EMERGENCY, "categories": ["reach"]})
    row = Disclosure.objects.get()
    assert (row.facts, row.categories, row.basis) == (EMERGENCY, ["reach"], "emergency")


def test_a_report_of_abuse_tells_nothing_of_the_record(pair, client):
    there = url("disclosure_new", pair.participant.pk)
    form = client.get(there, {"ground": "mandated_report"})
    assert "categories" not in form.context["form"].fields
    assert "The record itself stays protected." in form.content.decode()


def test_a_subpoena_alone_is_refused_with_the_reason(pair, officer, signed_in):
    there = url("disclosure_new", pair.participant.pk)
    sent = a_form(ground="court_order", name="Clerk", court="Dunn County", what="Days")
    page = signed_in(officer).post(there, sent).content.decode()
    assert "A subpoena alone is not enough." in page


def test_five_clicks_write_it_down_once(pair, client):
    sent = a_form(ground="participant", what="Her plan")
    for _n in range(5):
        client.post(url("disclosure_new", pair.participant.pk), sent)
    assert Disclosure.objects.count() == 1


@pytest.mark.practice("PSP-6")
def test_the_sheet_that_goes_along_holds_what_is_meant_and_nothing_else(pair, client):
    canary = "Zaunkoenig"
    pair.participant.own_words = canary
    pair.participant.phone = f"555-{canary}"
    pair.participant.save()
    a_consent(pair, name="Other Person", organization=canary)
    a_consent(pair)
    row = tell(pair, what="That the referral arrived")
    answer = client.get(url("disclosure_paper", row.pk))
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="notice.pdf"'
    made = words_of(answer.content)
    assert canary not in made
    for there in (
        NOTICE,
        "Pat Olsen",
        "Gia Rivera",
        "That the referral arrived",
        "This is told by a consent signed on Nov 2, 2026. It lets Milkweed Row tell it.",
        "The person may take it back at any time.",
    ):
        assert squeezed(there) in squeezed(made)
    assert {"H1", "P"} <= set(roles_of(answer.content))


def test_one_written_by_mistake_is_taken_back_and_can_come_back(pair, client):
    a_consent(pair)
    row = tell(pair)
    there = url("disclosure_withdraw", row.pk)
    assert client.post(there, {"reason": ""}).status_code == 422
    page = client.post(there, {"reason": "Wrong person"}, follow=True).content.decode()
    assert "Wrong person" in page
    assert client.get(url("disclosure_paper", row.pk)).status_code == 404
    assert "Nothing was told" in client.get(accounting_of(pair)).content.decode()
    assert "taken back" in client.get(url("disclosures", pair.participant.pk)).content.decode()
    page = client.post(url("disclosure_restore", row.pk), follow=True).content.decode()
    assert "It counts again." in page


def accounting_of(pair, name="accounting"):
    return url(name, pair.participant.pk)


@pytest.fixture
def much_told(pair):
    """Six lines in three years, one before; one copy of the participant; one taken back."""
    a_consent(pair)
    for days in (1, 2, 3):
        tell(pair, told_at=timezone.now() - timedelta(days=days))
    urgent = {"basis": Basis.EMERGENCY, "facts": EMERGENCY, "categories": frozenset()}
    for days, name in ((10, "Nurse Ann"), (20, "Nurse Bo"), (365 * 4, "Nurse Cy")):
        told = timezone.now() - timedelta(days=days)
        who = Recipient(name, "Red Cedar")
        tell(pair, **urgent, recipient=who, told_at=told, what=f"Her medicine, {name}")
    gone = tell(pair, **urgent, recipient=Recipient("Nurse Dee", "Red Cedar"), what="No")
    actions.withdraw_disclosure(gone.pk, reason="Wrong", by=pair.actor, at=timezone.now())


def test_the_accounting_groups_repeats_and_reaches_three_or_six_years(pair, client, much_told):
    found = {}
    for years in (3, 6):
        page = client.get(accounting_of(pair), {"years": years})
        found[years] = [(line[0][:7], line[1]) for line in page.context["lines"]]
    assert [whom for _when, whom in found[3]] == [
        "Pat Olsen, Dunn County DHS",
        "Nurse Ann, Red Cedar",
        "Nurse Bo, Red Cedar",
    ]
    assert found[3][0][0] == "3 times"
    assert [whom for _when, whom in found[6]][3:] == ["Nurse Cy, Red Cedar"]


@pytest.mark.practice("PSP-6")
def test_the_accounting_on_paper_is_complete_tagged_and_written_down_as_given(
    pair, client, much_told
):
    before = AuditEvent.objects.filter(verb="disclosure.made").count()
    sent = {"years": "6", "disclosure_id": str(new_id())}
    for _click in range(2):
        answer = client.post(accounting_of(pair, "accounting_paper"), sent)
    made = squeezed(words_of(answer.content))
    for line in client.get(accounting_of(pair), {"years": 6}).context["lines"]:
        for cell in line:
            assert squeezed(cell) in made
    assert squeezed("Gia Rivera") in made
    assert "NurseDee" not in made
    roles = roles_of(answer.content)
    assert (roles.count("TH"), roles.count("TD"), roles.count("H1")) == (4, 16, 2)
    given = Disclosure.objects.get(basis=Basis.PARTICIPANT)
    assert (given.what, given.way) == ("Accounting of disclosures, 6 years", Way.PDF.value)
    assert AuditEvent.objects.filter(verb="disclosure.made").count() == before + 1
    assert "Given before" in client.get(accounting_of(pair)).content.decode()


def test_the_accounting_as_a_sheet_has_the_same_lines(pair, client, much_told):
    answer = client.post(accounting_of(pair, "accounting_sheet"), {"years": "3"})
    rows = list(csv.reader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))
    page = client.get(accounting_of(pair), {"years": 3})
    assert rows[1:] == [list(line) for line in page.context["lines"]]
    assert Disclosure.objects.get(basis=Basis.PARTICIPANT).way == Way.EXPORT.value


def test_nothing_told_is_said_on_paper_too(pair, client):
    answer = client.post(accounting_of(pair, "accounting_paper"), {"years": "3"})
    said = "Nothing was told to anybody outside in this time."
    assert squeezed(said) in squeezed(words_of(answer.content))


def test_part_two_is_switched_off_for_a_program_with_a_reason_and_on_again(
    officer, signed_in, agency
):
    client = signed_in(officer)
    program = Contract.objects.create(
        agency=agency, funder="County", name="CCS of Dunn", starts_on=date(2026, 1, 1)
    )
    all_of_it, there = url("part_two"), url("part_two_program", program.pk)
    assert "Part 2 applies to all your records" in client.get(all_of_it).content.decode()
    page = client.post(there, {"reason": " ", "seen": "0"})
    assert (page.status_code, PartTwoSwitch.objects.count()) == (422, 0)
    client.post(there, {"reason": "Counsel: no federal money", "seen": "0"})
    page = client.get(all_of_it).content.decode()
    assert "Switched off since" in page
    assert "Counsel: no federal money" in page
    assert "Part 2 is switched off for this program." in client.get(there).content.decode()
    stale = client.post(there, {"reason": "Again", "seen": "0"})
    assert (stale.status_code, PartTwoSwitch.objects.count()) == (422, 1)
    client.post(there, {"reason": "A grant began", "seen": "1"})
    assert [row.applies for row in PartTwoSwitch.objects.order_by("number")] == [False, True]


def test_the_whole_agency_can_only_be_switched_on_again(officer, signed_in, agency):
    client = signed_in(officer)
    body = {"reason": "Program by program", "seen": "1"}
    client.post(url("part_two"), body)
    assert not PartTwoSwitch.objects.exists()
    said = {"number": 1, "applies": False, "reason": "Counsel", "set_at": NOW, "set_by": officer}
    PartTwoSwitch.objects.create(agency=agency, **said)
    assert "Part 2 is switched off for the whole agency." in (
        client.get(url("part_two")).content.decode()
    )
    client.post(url("part_two"), body)
    assert [row.applies for row in PartTwoSwitch.objects.order_by("number")] == [False, True]


def breach(client, **asked):
    return client.get(url("breach"), asked)


def test_a_breach_page_shows_who_saw_and_who_received(pair, client, officer, signed_in):
    a_consent(pair)
    tell(pair, what="It arrived")
    client.get(url("participant", pair.participant.pk))
    page = breach(signed_in(officer))
    [seen] = page.context["seen"]
    [told] = page.context["told"]
    assert (seen.who, seen.what, seen.whom) == ("Rosa Quaas", "opened a record", "Gia Rivera")
    assert (told["whom"], told["to_whom"]) == ("Gia Rivera", "Pat Olsen, Dunn County DHS")


OPENED = ["kept-apart.opened", "milestone.opened", "own-sign-in.opened", "requirement.shown"]


def test_who_opens_something_to_a_person_has_not_seen_it_by_that(pair, officer, signed_in):
    by, about = actor_for(pair.supporter.user), f"Participant/{pair.participant.pk}"
    for verb in [*OPENED, "participant.printed"]:
        record(by=by, at=timezone.now(), verb=verb, target=about)
    page = breach(signed_in(officer))
    assert [one.event.verb for one in page.context["seen"]] == ["participant.printed"]


@pytest.mark.practice("PSP-6")
def test_a_paper_is_told_apart_from_a_look_and_says_whose_it_is(pair, client, officer, signed_in):
    """A copy for the participant is no disclosure to others; that it was made is on record."""
    person = pair.participant.pk
    shown = [client.get(url(name, person)) for name in ("plan_print", "participant_print")]
    said = [squeezed(answer.content.decode()) for answer in shown]
    said.append(squeezed(words_of(client.get(url("plan_paper", person)).content)))
    whose = squeezed("A copy for the participant. Whoever else is to have it needs their consent.")
    assert [whose in one for one in said] == [True, True, True]
    seen = breach(signed_in(officer), person=str(person)).context["seen"]
    made = "opened a plan to print it, or made it as PDF"
    assert [one.what for one in seen] == [made, "opened a record to print it", made]
    assert [one.days for one in who_looked(actor_for(officer), participant_id=person)] == [1]
    assert Disclosure.objects.count() == 0


@pytest.mark.parametrize("page", ["breach", "audit"])
def test_whoever_did_it_is_picked_by_kind(pair, agency, officer, signed_in, page):
    UserFactory(agency=agency, name="Gia Rivera", roles=[Role.PARTICIPANT])
    UserFactory(agency=agency, name="Pat Olsen", roles=[Role.REFERRER])
    field = signed_in(officer).get(url(page)).context["form"]["who"].field
    groups = [(kind, [name for _id, name in people]) for kind, people in field.choices[-3:]]
    assert (field.label, groups) == (
        "Who",
        [
            ("Colleagues", ["Olu Ade", "Rosa Quaas"]),
            ("Participants", ["Gia Rivera"]),
            ("Referrers", ["Pat Olsen"]),
        ],
    )


def test_a_breach_page_is_narrowed_by_day_colleague_and_person(pair, client, officer, signed_in):
    other = ParticipantFactory(agency=pair.participant.agency, name="Sol Day")
    walk_alongside(pair.supporter, other)
    for person in (pair.participant, other):
        client.get(url("participant", person.pk))
    office = signed_in(officer)
    office.get(url("participant", other.pk))
    today, later = timezone.localdate(), timezone.localdate() + timedelta(days=3)

    def whom(**asked):
        return sorted(one.whom for one in breach(office, **asked).context["seen"])

    assert whom() == ["Gia Rivera", "Sol Day", "Sol Day"]
    assert whom(person=str(other.pk)) == ["Sol Day", "Sol Day"]
    assert whom(who=str(pair.supporter.user.pk)) == ["Gia Rivera", "Sol Day"]
    assert whom(since=str(later), until=str(later)) == []
    assert whom(since=str(today - timedelta(days=1)), until=str(later)) == whom()
    wrong = breach(office, since=str(later), until=str(today)).content.decode()
    assert "The last day comes before the first." in wrong


def test_the_person_is_found_by_post_so_that_no_name_is_in_an_address(pair, officer, signed_in):
    answer = signed_in(officer).post(url("breach_find"), {"words": "rivera", "since": "2026-11-01"})
    page = answer.content.decode()
    assert f"since=2026-11-01&amp;person={pair.participant.pk}" in page


def test_both_lists_are_paged_by_key(pair, client, officer, signed_in, monkeypatch):
    monkeypatch.setattr("alongside.web.views.breach.PAGE", 2)
    a_consent(pair)
    for n in range(5):
        client.get(url("participant", pair.participant.pk))
        tell(pair, told_at=timezone.now() - timedelta(minutes=n // 2))
    office, asked, seen, told = signed_in(officer), "", [], []
    while True:
        page = office.get(url("breach") + asked)
        seen += [one.event.seq for one in page.context["seen"]]
        asked = page.context["next_seen"]
        if not asked:
            break
    asked = ""
    while True:
        page = office.get(url("breach") + asked)
        told += [one["row"].pk for one in page.context["told"]]
        asked = page.context["next_told"]
        if not asked:
            break
    assert (len(seen), len(set(seen)), len(told), len(set(told))) == (5, 5, 5, 5)
    assert seen == sorted(seen, reverse=True)


def test_the_breach_sheet_has_both_and_is_on_record(pair, client, officer, signed_in):
    a_consent(pair)
    tell(pair, what="=cmd()")
    client.get(url("participant", pair.participant.pk))
    answer = signed_in(officer).post(url("breach_sheet"), {"person": str(pair.participant.pk)})
    rows = list(csv.reader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))
    assert [(row[0], row[3]) for row in rows[1:]] == [
        ("seen", "took out what was seen or told between two days"),
        ("seen", "opened a record"),
        ("received", "Referral arrived. =cmd()"),
    ]
    event = AuditEvent.objects.get(verb="breach.exported")
    assert event.target == f"Participant/{pair.participant.pk}"


PAGES = ["disclosures", "accounting", "disclosure_new"]


@pytest.mark.parametrize("name", PAGES)
def test_the_number_of_rows_is_not_the_number_of_queries(pair, client, name):
    a_consent(pair)
    counts = []
    for many in (1, 2):
        for _n in range(many):
            tell(pair, told_at=timezone.now() - timedelta(days=many), what=f"{new_id()}")
        client.get(url(name, pair.participant.pk))
        with CaptureQueriesContext(connection) as asked:
            client.get(url(name, pair.participant.pk))
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_the_breach_page_costs_the_same_for_one_and_three(pair, client, officer, signed_in):
    a_consent(pair)
    office, counts = signed_in(officer), []
    for many in (1, 2):
        for _n in range(many):
            client.get(url("participant", pair.participant.pk))
            tell(pair, what=f"{new_id()}")
        breach(office)
        with CaptureQueriesContext(connection) as asked:
            breach(office)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_the_privacy_officer_alone_sees_the_breach_page(actor, signed_in):
    for role in set(Role) - {Role.PRIVACY_OFFICER, Role.REFERRER}:
        user = User.objects.get(pk=actor(role).id)
        assert breach(signed_in(user)).status_code == 404


def test_a_look_at_midnight_belongs_to_its_day(pair, officer, signed_in):
    """Days are days on the agency's clock."""
    told = datetime.fromisoformat("2026-11-03T05:30:00+00:00")  # 11:30 pm the day before
    a_consent(pair)
    tell(pair, told_at=told)
    office = signed_in(officer)
    found = [
        len(breach(office, since=day, until=day).context["told"])
        for day in ("2026-11-02", "2026-11-03")
    ]
    assert found == [1, 0]
