from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from alongside.accounts.codes import Permission, Role
from alongside.accounts.models import Contract
from alongside.audit.models import AuditEvent
from alongside.core.actor import Actor
from alongside.core.ids import new_id
from alongside.core.refusal import STALE, Refused
from alongside.practice.codes import Pathway, Population, ReferrerRole
from alongside.practice.eligibility import Answer, EligibilityFacts
from alongside.practice.rules import rules_on
from alongside.referrals.actions import desk as actions
from alongside.referrals.actions.desk import NewReferrer, ReferralWords
from alongside.referrals.codes import ReferralStatus
from alongside.referrals.models import Referral, ReferralMove
from alongside.referrals.queries import desk as queries
from alongside.referrals.queries.desk import DeskFilter
from alongside.referrals.rules import desk as rules
from alongside.referrals.rules.desk import REFERRAL_MOVES, ReferralFacts
from tests.factories import (
    NOW,
    TODAY,
    AgencyFactory,
    ParticipantFactory,
    ReferralFactory,
    ReferrerFactory,
)

S = ReferralStatus
COORDINATOR = Actor(new_id(), new_id(), frozenset({Permission.REFERRAL_WRITE}))
OTHER = Actor(new_id(), new_id())


def test_every_status_has_moves_and_a_name():
    assert set(REFERRAL_MOVES) == set(ReferralStatus) == set(rules.STATUS_NAMES)


@pytest.mark.practice("PSP-5")
def test_the_way_back_is_open():
    assert {S.RECEIVED} == REFERRAL_MOVES[S.DECLINED] == REFERRAL_MOVES[S.WITHDRAWN]


@pytest.mark.parametrize(
    ("status", "to", "actor", "reason", "told", "code"),
    [
        pytest.param(S.RECEIVED, S.ACCEPTED, COORDINATOR, "", "", None, id="accepted as it is"),
        pytest.param(S.RECEIVED, S.ACCEPTED, OTHER, "", "", "not-desk", id="not at the desk"),
        pytest.param(S.RECEIVED, S.WAITLISTED, COORDINATOR, "", "x", "no-reason", id="why waits"),
        pytest.param(S.RECEIVED, S.WAITLISTED, COORDINATOR, "full", " ", "not-told", id="untold"),
        pytest.param(S.ACCEPTED, S.DECLINED, COORDINATOR, "full", "told", None, id="declined"),
        pytest.param(S.ACCEPTED, S.MATCHED, COORDINATOR, "", "", "by-matching", id="by the person"),
        pytest.param(S.DECLINED, S.ACCEPTED, COORDINATOR, "", "", "no-such-move", id="not at once"),
        pytest.param(S.WITHDRAWN, S.RECEIVED, COORDINATOR, "", "", None, id="came back"),
    ],
)
def test_why_not_move(status, to, actor, reason, told, code):
    refusal = rules.why_not_move(ReferralFacts(status), to, actor, reason=reason, told=told)
    assert (refusal and refusal.code) == code


@pytest.mark.parametrize(
    ("days", "words"),
    [
        pytest.param(None, "day not known", id="nobody wrote the day"),
        pytest.param(0, "came today", id="today"),
        pytest.param(1, "one day", id="yesterday"),
        pytest.param(34, "34 days", id="a month and more"),
        pytest.param(-3, "dated ahead: please check", id="a typing mistake"),
    ],
)
def test_waiting(days, words):
    received = None if days is None else TODAY - timedelta(days)
    assert str(rules.waiting(received, on=TODAY)) == words


@pytest.mark.parametrize(
    ("words", "role"),
    [
        pytest.param("DHS social worker", ReferrerRole.SOCIAL_WORKER, id="county"),
        pytest.param("CCS SF", ReferrerRole.SERVICE_FACILITATOR, id="short for facilitator"),
        pytest.param("Court coord.", ReferrerRole.COURT_COORDINATOR, id="court"),
        pytest.param("", ReferrerRole.NOT_SAID, id="nothing said"),
        pytest.param("her aunt", ReferrerRole.OTHER_PROFESSIONAL, id="someone else"),
    ],
)
def test_referrer_role(words, role):
    assert rules.referrer_role(words) == role


@pytest.mark.parametrize(
    ("received", "first", "words"),
    [
        pytest.param(TODAY, None, None, id="not yet"),
        pytest.param(TODAY, TODAY, "First contact on the day of the referral.", id="same day"),
        pytest.param(
            TODAY - timedelta(9), TODAY, "First contact 9 days after the referral.", id="nine days"
        ),
        pytest.param(
            None, TODAY, "First contact made; the day of the referral is not known.", id="unknown"
        ),
    ],
)
@pytest.mark.practice("MPR-5")
def test_first_contact_took(received, first, words):
    took = rules.first_contact_took(ReferralFacts(S.MATCHED, received, first))
    assert (str(took) if took else None) == words


@pytest.mark.django_db
@pytest.mark.practice("PSP-5")
def test_a_request_without_its_professional_says_whom_to_ask_and_stays(agency, actor):
    by = actor(Role.COORDINATOR)
    person = ParticipantFactory(agency=agency, population="")
    referral = actions.receive_referral(
        person.pk, ReferralWords(pathway=Pathway.CCS, county="Dunn"), referrer=None, by=by, at=NOW
    )
    found = queries.eligibility(by, referral, on=TODAY, rules=rules_on(TODAY))
    assert found.answer is Answer.ASK
    assert "CCS service facilitator" in str(found.ask_whom)
    assert [r.pk for r in queries.desk(by, DeskFilter()).rows] == [referral.pk]


@pytest.mark.django_db
@pytest.mark.practice("SVC-1")
@pytest.mark.parametrize("population", [p for p in Population if p is not Population.NOT_SAID])
def test_self_identification_is_enough(agency, actor, population):
    by = actor(Role.COORDINATOR)
    referral = ReferralFactory(
        participant__agency=agency,
        participant__population=population.value,
        pathway=Pathway.SELF_REFERRAL.value,
        referrer=None,
    )
    found = queries.eligibility(by, referral, on=TODAY, rules=rules_on(TODAY))
    assert found.answer is Answer.YES
    assert "proof" not in " ".join(map(str, found.reasons)).lower()


@pytest.mark.django_db
@pytest.mark.practice("MPR-3")
def test_affected_by_someone_elses_use_is_served_in_their_own_right(agency, actor):
    by = actor(Role.COORDINATOR)
    person = ParticipantFactory(agency=agency, population=Population.AFFECTED_BY_OTHERS_USE.value)
    referral = actions.receive_referral(
        person.pk, ReferralWords(pathway=Pathway.SELF_REFERRAL), referrer=None, by=by, at=NOW
    )
    found = queries.eligibility(by, referral, on=TODAY, rules=rules_on(TODAY))
    assert "in their own right" in " ".join(map(str, found.reasons))
    links = {f.name for f in Referral._meta.get_fields() if f.is_relation and f.many_to_one}
    assert links == {"agency", "participant", "referrer"}


@pytest.mark.django_db
@pytest.mark.practice("PSP-10")
def test_contracts_of_the_day_decide_who_could_pay(agency, actor):
    by = actor(Role.COORDINATOR)
    fields = {"agency": agency, "starts_on": TODAY - timedelta(30)}
    Contract.objects.create(name="Old", funder="State", **fields, ends_on=TODAY - timedelta(1))
    Contract.objects.create(name="Polk", funder="Polk County", counties=["Polk"], **fields)
    Contract.objects.create(
        name="Dunn", funder="Dunn County", counties=["Dunn"], pathways=["chips"], **fields
    )
    referral = ReferralFactory(participant__agency=agency, county="Dunn Co.")
    paying = queries.funding(by, referral, on=TODAY)
    assert [(f.name, [str(say) for say in f.why_not]) for f in paying] == [
        ("Dunn", []),
        ("Polk", ["not for this county: Dunn Co."]),
    ]
    assert [f.fits for f in paying] == [True, False]
    found = queries.eligibility(by, referral, on=TODAY, rules=rules_on(TODAY))
    assert "Dunn County is covered." in list(map(str, found.reasons))


@pytest.mark.django_db
def test_receive_finds_the_referrer_again(agency, actor):
    by = actor(Role.COORDINATOR)
    known = ReferrerFactory(agency=agency, name="Pat Olsen", role="DHS social worker")
    ReferrerFactory(agency=AgencyFactory(), name="Pat Olsen", role="DHS social worker")
    person = ParticipantFactory(agency=agency)
    referral = actions.receive_referral(
        person.pk,
        ReferralWords(),
        referrer=NewReferrer("pat  olsen", "DHS social worker"),
        by=by,
        at=NOW,
    )
    assert referral.referrer == known
    assert AuditEvent.objects.last().verb == "referral.received"


@pytest.mark.django_db
def test_moves_are_kept_and_recorded(agency, actor):
    by = actor(Role.COORDINATOR)
    referral = ReferralFactory(participant__agency=agency)
    actions.move_referral(
        referral.pk, to=S.WAITLISTED, reason="All full", told="We call in May", by=by, at=NOW
    )
    actions.move_referral(referral.pk, to=S.ACCEPTED, by=by, at=NOW)
    kept = [
        (m.from_status, m.to_status, m.reason, m.told_person)
        for m in ReferralMove.objects.order_by("id")
    ]
    assert kept == [
        ("received", "waitlisted", "All full", "We call in May"),
        ("waitlisted", "accepted", "", ""),
    ]
    assert list(AuditEvent.objects.order_by("seq").values_list("verb", flat=True)) == [
        "referral.waitlisted",
        "referral.accepted",
    ]


@pytest.mark.django_db
def test_failed_audit_leaves_the_referral_as_it_was(agency, actor, monkeypatch):
    referral = ReferralFactory(participant__agency=agency)
    monkeypatch.setattr(actions, "record", lambda **kw: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        actions.move_referral(referral.pk, to=S.ACCEPTED, by=actor(Role.COORDINATOR), at=NOW)
    referral.refresh_from_db()
    assert referral.status == "received"


@pytest.mark.django_db
def test_second_writer_is_told_to_look_again(agency, actor, monkeypatch):
    referral = ReferralFactory(participant__agency=agency)
    real = actions.facts

    def someone_was_faster(row):
        Referral.objects.filter(pk=row.pk).update(status="withdrawn")
        return real(row)

    monkeypatch.setattr(actions, "facts", someone_was_faster)
    with pytest.raises(Refused) as refused:
        actions.move_referral(referral.pk, to=S.ACCEPTED, by=actor(Role.COORDINATOR), at=NOW)
    assert refused.value.refusal == STALE


@pytest.mark.django_db
def test_correction_keeps_what_stood_there(agency, actor):
    by = actor(Role.COORDINATOR)
    referral = ReferralFactory(participant__agency=agency, county="Dunn", asked_for="a woman")
    words = ReferralWords(
        pathway=Pathway.CCS,
        received_on=referral.received_on,
        county="Polk",
        asked_for="a woman",
    )
    referrer = NewReferrer(referral.referrer.name, referral.referrer.role)
    changed = actions.correct_referral(
        referral.pk, words, referrer=referrer, why="Pat called", by=by, at=NOW
    )
    assert (changed.county, changed.pathway, changed.asked_for) == ("Polk", "ccs", "a woman")
    kept = queries.corrections(by, referral_id=referral.pk).get()
    assert (kept.before, kept.why) == ({"county": "Dunn", "pathway": "chips"}, "Pat called")
    with pytest.raises(Refused, match="Nothing was changed"):
        actions.correct_referral(referral.pk, words, referrer=referrer, by=by, at=NOW)


@pytest.mark.django_db
def test_desk_is_paged_by_key_longest_waiting_first(agency, actor, monkeypatch):
    by = actor(Role.COORDINATOR)
    monkeypatch.setattr(queries, "PAGE", 2)
    days = [3, None, 40, 3, None]
    rows = [
        ReferralFactory(participant__agency=agency, received_on=d and TODAY - timedelta(d))
        for d in days
    ]
    seen, after = [], None
    while True:
        page = queries.desk(by, DeskFilter(), after=after)
        seen += page.rows
        after = page.next
        if after is None:
            break
    assert seen == [rows[2], rows[0], rows[3], rows[1], rows[4]]


@pytest.mark.django_db
def test_settled_ones_are_read_newest_first(agency, actor, monkeypatch):
    by = actor(Role.COORDINATOR)
    monkeypatch.setattr(queries, "PAGE", 1)
    old, new, unknown = [
        ReferralFactory(participant__agency=agency, received_on=d, status="withdrawn")
        for d in (TODAY - timedelta(9), TODAY, None)
    ]
    chosen, seen, after = DeskFilter(S.WITHDRAWN), [], None
    for _ in range(3):
        page = queries.desk(by, chosen, after=after)
        seen += page.rows
        after = page.next
    assert (seen, after) == ([new, old, unknown], None)


@pytest.mark.django_db
def test_desk_counts_filters_and_searches(agency, actor):
    by = actor(Role.COORDINATOR)
    one = ReferralFactory(participant__agency=agency, participant__name="Ines Núñez")
    ReferralFactory(participant__agency=agency, county="Polk", status="accepted")
    ReferralFactory(participant__agency=AgencyFactory(), participant__name="Ines Nunez")
    assert queries.counts(by, DeskFilter())[S.RECEIVED] == 1
    assert queries.counts(by, DeskFilter(county="Polk"))[S.RECEIVED] == 0
    assert queries.counties(by) == ["Dunn", "Polk"]
    assert queries.search(by, words="nunez ines") == [one]


@pytest.mark.django_db
@pytest.mark.parametrize("role", [r for r in Role if r is not Role.COORDINATOR])
def test_only_the_desk_sees_the_desk(agency, actor, role):
    ReferralFactory(participant__agency=agency)
    viewer = actor(role)
    assert list(queries.referrals_visible_to(viewer)) == []
    assert list(queries.referrers_visible_to(viewer)) == []


@pytest.mark.django_db
def test_declined_says_why_in_the_database_too(agency):
    referral = ReferralFactory(participant__agency=agency)
    with pytest.raises(IntegrityError), transaction.atomic():
        Referral.objects.filter(pk=referral.pk).update(status="declined")


@pytest.mark.django_db
def test_a_request_cannot_come_from_the_future(agency, actor):
    by = actor(Role.COORDINATOR)
    words = ReferralWords(received_on=TODAY + timedelta(1))
    with pytest.raises(Refused, match="not come yet"):
        actions.receive_referral(
            ParticipantFactory(agency=agency).pk, words, referrer=None, by=by, at=NOW
        )


@pytest.mark.practice("MPR-1")
def test_where_someone_is_in_the_journey_is_no_fact_of_eligibility():
    names = set(EligibilityFacts.__dataclass_fields__)
    assert {name for name in names if "journey" in name or "place" in name} == set()


@pytest.mark.django_db
@pytest.mark.practice("PSP-5")
def test_a_referrer_who_is_the_person_themselves_is_no_professional(agency, actor):
    by = actor(Role.COORDINATOR)
    referral = ReferralFactory(
        participant__agency=agency,
        pathway="ccs",
        referrer=ReferrerFactory(agency=agency, name="Gia", role="herself"),
    )
    found = queries.eligibility(by, referral, on=TODAY, rules=rules_on(TODAY))
    assert found.answer is Answer.ASK
