"""The gate on a real database: what is kept, what is refused, who sees it, what it costs."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from alongside.accounts.codes import Role
from alongside.accounts.queries import actor_for
from alongside.audit.models import AuditEvent
from alongside.consents import actions, queries
from alongside.consents.models import Disclosure
from alongside.consents.rules import Recipient
from alongside.core.ids import new_id
from alongside.core.refusal import Refused
from alongside.people.models import Participant
from alongside.practice.consents import Category, Purpose, RecipientKind
from alongside.practice.disclosure import Basis, Way
from tests.consents.disclosing import a_consent, wanted
from tests.factories import NOW, TODAY, ParticipantFactory, UserFactory, a_pair, walk_alongside

pytestmark = pytest.mark.django_db
C = Category
EMERGENCY = {"emergency": "Did not wake up", "why_not_asked": "Could not speak"}


def refused(pair, **changes):
    before = Disclosure.objects.count()
    with pytest.raises(Refused) as found:
        actions.disclose(wanted(pair, **changes), by=pair.actor, at=NOW)
    assert Disclosure.objects.count() == before
    return found.value.refusal.code


@pytest.mark.practice("PSP-6", "MPR-3")
def test_what_is_told_by_consent_is_kept_with_all_that_belongs_to_it(pair):
    recipient = a_consent(pair)
    row = actions.disclose(wanted(pair), by=pair.actor, at=NOW)
    row = Disclosure.objects.get(pk=row.pk)
    assert (row.name, row.organization, row.way) == ("Pat Olsen", "Dunn County DHS", "phone")
    assert (row.consent_id, row.recipient_id) == (recipient.consent_id, recipient.pk)
    assert (row.categories, row.purpose) == (["received"], "court_or_county")
    assert (row.by_id, row.told_at, row.recorded_at) == (pair.actor.id, NOW, NOW)
    assert (row.notice, row.protected) == ("2024-short", True)
    said = str(row.travels())
    assert "42 CFR part 2 prohibits unauthorized use or disclosure of these records." in said
    assert "Who may hear it: Pat Olsen." in said
    event = AuditEvent.objects.get(verb="disclosure.made")
    assert (event.target, event.detail["participant"]) == (
        f"Disclosure/{row.pk}",
        str(pair.participant.pk),
    )
    assert "Pat" not in str(event.detail)


def test_a_signed_consent_is_needed(pair):
    assert refused(pair) == "not-named"
    a_consent(pair, name="Sam Berg")
    assert refused(pair) == "not-named"


def test_what_was_taken_back_a_moment_ago_is_refused_on_the_next_request(pair):
    recipient = a_consent(pair)
    actions.disclose(wanted(pair), by=pair.actor, at=NOW)
    consent = recipient.consent
    consent.status, consent.revoked_on, consent.revoked_at = "revoked", TODAY, NOW
    consent.revoked_by, consent.revoked_how = pair.supporter.user, "aloud"
    consent.save()
    assert refused(pair) == "revoked"


def test_one_recipient_taken_out_hears_nothing_more_and_the_other_does(pair):
    recipient = a_consent(pair)
    other = recipient.consent.recipients.create(agency=recipient.agency, name="Sam Berg")
    recipient.revoked_on, recipient.revoked_at = TODAY, NOW
    recipient.revoked_by, recipient.revoked_how = pair.supporter.user, "written"
    recipient.save()
    assert refused(pair) == "recipient-revoked"
    row = actions.disclose(wanted(pair, recipient=Recipient("sam  BERG")), by=pair.actor, at=NOW)
    assert (row.recipient_id, row.name) == (other.pk, "Sam Berg")


def test_the_name_a_consent_gives_is_the_one_that_is_kept(pair):
    """Whoever picks Pat from the list and types another name has told Pat, nobody else."""
    recipient = a_consent(pair)
    who = Recipient("Somebody Else", "Elsewhere", recipient_id=recipient.pk)
    row = actions.disclose(wanted(pair, recipient=who), by=pair.actor, at=NOW)
    assert (row.name, row.organization) == ("Pat Olsen", "Dunn County DHS")


def test_of_a_group_the_one_who_got_it_is_named(pair):
    group = a_consent(
        pair,
        name="My treating providers",
        organization="",
        kind="tpo",
        kind_of=RecipientKind.CLASS.value,
        purpose="tpo",
        ends="none",
        ends_on=None,
        statements=["revocation", "redisclosure", "refusal", "proceedings", "money", "copy"],
    )
    who = Recipient(recipient_id=group.pk)
    assert refused(pair, recipient=who) == "no-name"
    who = Recipient("Dr. Lee", "Red Cedar Clinic", recipient_id=group.pk)
    row = actions.disclose(wanted(pair, recipient=who), by=pair.actor, at=NOW)
    assert (row.name, row.organization) == ("Dr. Lee", "Red Cedar Clinic")


def test_five_clicks_tell_once(pair):
    a_consent(pair)
    one = wanted(pair)
    rows = {actions.disclose(one, by=pair.actor, at=NOW).pk for _n in range(5)}
    assert rows == {one.id}
    assert Disclosure.objects.count() == 1
    assert AuditEvent.objects.filter(verb="disclosure.made").count() == 1


def test_nobody_tells_about_someone_they_do_not_see(pair, actor):
    a_consent(pair)
    with pytest.raises(Participant.DoesNotExist):
        actions.disclose(wanted(pair), by=actor(Role.SUPPORTER), at=NOW)
    assert Disclosure.objects.count() == 0


def test_whoever_may_not_tell_does_not(pair, actor):
    a_consent(pair)
    lead = actor(Role.SUPERVISOR)
    pair.supporter.user.supervisor_id = lead.id
    pair.supporter.user.save()
    with pytest.raises(Refused) as found:
        actions.disclose(wanted(pair), by=lead, at=NOW)
    assert found.value.refusal.code == "not-yours"


def test_a_consent_of_another_person_or_agency_gives_nothing(pair):
    other = ParticipantFactory(agency=pair.participant.agency)
    walk_alongside(pair.supporter, other)
    a_consent(pair)
    with pytest.raises(Refused):
        actions.disclose(wanted(pair, participant_id=other.pk), by=pair.actor, at=NOW)
    elsewhere = a_pair(ParticipantFactory().agency)
    theirs = a_consent(elsewhere)
    assert refused(pair, recipient=Recipient(recipient_id=theirs.pk)) == "not-named"
    with pytest.raises(Participant.DoesNotExist):
        actions.disclose(
            wanted(pair, participant_id=elsewhere.participant.pk), by=pair.actor, at=NOW
        )


def test_all_or_none(pair):
    a_consent(pair)
    good, bad = wanted(pair), wanted(pair, categories=frozenset({C.NOTES}))
    with pytest.raises(Refused):
        actions.disclose_many([good, bad], by=pair.actor, at=NOW)
    assert (Disclosure.objects.count(), AuditEvent.objects.count()) == (0, 0)


@pytest.fixture
def referrer(agency):
    """Someone of the county with a sign-in, and the id by which consents name them."""
    user = UserFactory(agency=agency, roles=[Role.REFERRER])
    return actor_for(user), new_id()


@pytest.mark.practice("PSP-6")
def test_a_page_for_a_referrer_is_told_by_consent_alone(pair, referrer):
    outside, referrer_id = referrer
    a_consent(pair, referrer_id=referrer_id)
    page = {"recipient": Recipient(referrer_id=referrer_id), "way": Way.PORTAL}
    row = actions.disclose(wanted(pair, **page), by=outside, at=NOW)
    assert (row.name, row.referrer_id, row.by_id) == ("Pat Olsen", referrer_id, outside.id)
    for changes in (
        {"recipient": Recipient(referrer_id=new_id())},
        {"basis": Basis.EMERGENCY, "facts": EMERGENCY},
        {"way": Way.PHONE},
        {"recipient": Recipient("Pat Olsen", "Dunn County DHS")},
        {"categories": frozenset({C.NOTES})},
    ):
        with pytest.raises(Refused):
            actions.disclose(wanted(pair, **{**page, **changes}), by=outside, at=NOW)


def test_the_same_page_on_the_same_day_is_one_line_that_counts(pair, referrer):
    outside, referrer_id = referrer
    a_consent(pair, referrer_id=referrer_id)
    page = {"recipient": Recipient(referrer_id=referrer_id), "way": Way.PORTAL}
    for minutes in range(3):
        at = NOW + timedelta(minutes=minutes)
        actions.disclose(wanted(pair, **page), by=outside, at=at)
    actions.disclose(wanted(pair, **page), by=outside, at=NOW + timedelta(days=1))
    wider = {**page, "categories": frozenset({C.RECEIVED, C.ATTENDANCE})}
    actions.disclose(wanted(pair, **wider), by=outside, at=NOW + timedelta(minutes=4))
    rows = Disclosure.objects.order_by("told_at", "last_at")
    assert [(row.times, row.last_at - row.told_at) for row in rows] == [
        (3, timedelta(minutes=2)),
        (1, timedelta()),
        (1, timedelta()),
    ]
    assert AuditEvent.objects.filter(verb="disclosure.made").count() == 5


def test_a_list_of_many_costs_what_a_list_of_one_costs(pair, referrer):
    outside, referrer_id = referrer
    pairs = [pair]
    for _n in range(2):
        other = ParticipantFactory(agency=pair.participant.agency)
        walk_alongside(pair.supporter, other)
        pairs.append(type(pair)(pair.supporter, other, pair.episode, pair.actor))
    for one in pairs:
        a_consent(one, referrer_id=referrer_id)
    page = {"recipient": Recipient(referrer_id=referrer_id), "way": Way.PORTAL}
    actions.disclose(wanted(pair, **page), by=outside, at=NOW)
    counts = []
    for many in (1, 3):
        with CaptureQueriesContext(connection) as asked:
            actions.disclose_many(
                [wanted(one, **page, what=f"{many}") for one in pairs[:many]], by=outside, at=NOW
            )
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 15


def test_what_was_said_by_phone_is_written_down_afterwards(pair):
    a_consent(pair)
    called = NOW - timedelta(hours=3)
    row = actions.disclose(wanted(pair, told_at=called), by=pair.actor, at=NOW)
    assert (row.told_at, row.recorded_at) == (called, NOW)
    assert refused(pair, told_at=NOW + timedelta(hours=1)) == "still-to-come"
    before_signing = NOW - timedelta(days=40)
    assert refused(pair, told_at=before_signing) == "not-signed"


@pytest.mark.parametrize("basis", [Basis.AUDIT, Basis.COURT_ORDER, Basis.QSOA, Basis.RESEARCH])
def test_some_grounds_are_for_the_privacy_officer(pair, basis):
    assert refused(pair, basis=basis, categories=frozenset()) == "privacy-officer"


def test_an_emergency_is_kept_with_its_facts(pair):
    changes = {"basis": Basis.EMERGENCY, "facts": {**EMERGENCY, "court": " "}}
    row = actions.disclose(wanted(pair, **changes), by=pair.actor, at=NOW)
    assert (row.facts, row.consent_id, row.notice) == (EMERGENCY, None, "2024-short")


def test_the_proposal_asks_the_consents_of_this_person_alone(pair):
    who = Recipient("Pat Olsen", "Dunn County DHS")
    ask = {"participant_id": pair.participant.pk, "recipient": who, "on": TODAY}
    assert queries.proposal(pair.actor, **ask) == frozenset()
    a_consent(pair, categories=["received", "notes"])
    assert queries.proposal(pair.actor, **ask) == {C.RECEIVED}
    assert queries.proposal(pair.actor, **ask, purpose=Purpose.PAYMENT) == frozenset()


def test_one_written_by_mistake_is_taken_back_and_stays(pair):
    a_consent(pair)
    row = actions.disclose(wanted(pair), by=pair.actor, at=NOW)
    with pytest.raises(Refused) as found:
        actions.withdraw_disclosure(row.pk, reason=" ", by=pair.actor, at=NOW)
    assert found.value.refusal.code == "no-reason"
    actions.withdraw_disclosure(row.pk, reason="Wrong person", by=pair.actor, at=NOW)
    with pytest.raises(Refused):
        actions.withdraw_disclosure(row.pk, reason="Again", by=pair.actor, at=NOW)
    mine = {"participant_id": pair.participant.pk}
    assert queries.accounting(pair.actor, **mine, years=3, on=TODAY) == ()
    assert queries.disclosures_of(pair.actor, **mine).get().withdrawn_reason == "Wrong person"
    actions.restore_disclosure(row.pk, by=pair.actor, at=NOW)
    assert len(queries.accounting(pair.actor, **mine, years=3, on=TODAY)) == 1
    with pytest.raises(Refused):
        actions.restore_disclosure(row.pk, by=pair.actor, at=NOW)


def test_the_accounting_reaches_three_or_six_years_and_leaves_own_copies_out(pair):
    urgent = {"basis": Basis.EMERGENCY, "facts": EMERGENCY, "categories": frozenset()}
    for days in (1, 1, 365 * 4, 365 * 5, 365 * 7):
        told = NOW - timedelta(days=days)
        actions.disclose(wanted(pair, **urgent, told_at=told), by=pair.actor, at=NOW)
    copy = {"basis": Basis.PARTICIPANT, "what": "Her plan", "categories": frozenset()}
    actions.disclose(wanted(pair, **copy, recipient=Recipient("Gia")), by=pair.actor, at=NOW)
    mine = {"participant_id": pair.participant.pk}
    found = {
        years: [
            group.times for group in queries.accounting(pair.actor, **mine, years=years, on=TODAY)
        ]
        for years in (3, 6)
    }
    assert found == {3: [2], 6: [4]}
    assert [row.what for row in queries.own_copies(pair.actor, **mine)] == ["Her plan"]


def test_the_list_is_paged_by_key(pair):
    a_consent(pair)
    for minutes in range(5):
        told = NOW - timedelta(minutes=minutes // 2)
        actions.disclose(wanted(pair, told_at=told), by=pair.actor, at=NOW)
    mine = {"participant_id": pair.participant.pk, "limit": 2}
    seen, key = [], None
    while True:
        rows, key = queries.disclosure_page(pair.actor, **mine, after=key)
        seen += [row.pk for row in rows]
        if key is None:
            break
    every = queries.disclosures_of(pair.actor, participant_id=pair.participant.pk)
    assert seen == [row.pk for row in every]


@pytest.mark.parametrize(
    "broken",
    [
        pytest.param({"notice": ""}, id="by consent without its notice"),
        pytest.param({"consent": None}, id="by consent without the consent"),
        pytest.param({"name": "", "organization": ""}, id="to nobody"),
        pytest.param({"told_at": NOW + timedelta(days=1)}, id="told after it was recorded"),
        pytest.param({"withdrawn_at": NOW}, id="taken back by nobody, for no reason"),
    ],
)
def test_what_must_never_be_false_is_not(pair, broken):
    a_consent(pair)
    row = actions.disclose(wanted(pair), by=pair.actor, at=NOW)
    for name, value in broken.items():
        setattr(row, name, value)
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()
