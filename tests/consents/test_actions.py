"""A consent from its first word to its end, through the actions."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ObjectDoesNotExist

from alongside.accounts.codes import Role
from alongside.audit.models import AuditEvent
from alongside.consents import actions, queries
from alongside.consents.codes import ConsentStatus, RevokedHow, SignedHow
from alongside.consents.models import Consent, ConsentRecipient
from alongside.consents.rules import Begin, NewRecipient, Revoking, Signing, Until, What, Why
from alongside.core.refusal import Refused
from alongside.files.actions import Sent, check_file
from alongside.files.models import StoredFile
from alongside.practice.consents import (
    Category,
    ConsentKind,
    Ending,
    Purpose,
    Signer,
    Statement,
    code_of,
)
from tests.consents.written import PAT, seen, signed, signing, today, written
from tests.factories import NOW, CareTeamMember, ParticipantFactory, a_pair
from tests.files.samples import png

pytestmark = pytest.mark.django_db
K = ConsentKind
ALOUD = Revoking(RevokedHow.ALOUD, "She said so on the phone.")


def refused(action, *args, **kwargs) -> str:
    with pytest.raises(Refused) as found:
        action(*args, **kwargs)
    return found.value.refusal.code


def covered(pair, consent, on=None) -> set[str]:
    """Whom the consent covers, by name."""
    rows = ConsentRecipient.objects.filter(consent=consent)
    people = [pair.participant.pk]
    return {
        row.name
        for row in rows
        if queries.coverage(
            agency_id=pair.actor.agency_id,
            participant_ids=people,
            recipient_id=row.pk,
            on=on or today(pair),
            kinds=K,
        )
    }


def verbs() -> list[str]:
    return list(AuditEvent.objects.order_by("seq").values_list("verb", flat=True))


@pytest.mark.practice("PSP-6")
@pytest.mark.parametrize("kind", list(K))
def test_each_kind_is_written_signed_and_then_covers(pair, kind):
    consent = written(pair, kind)
    assert covered(pair, consent) == set()
    done = actions.sign_consent(consent.pk, signing(pair, consent), by=pair.actor, at=NOW)
    assert (done.status, done.signed_on, done.recorded_by_id) == (
        ConsentStatus.SIGNED,
        today(pair),
        pair.actor.id,
    )
    assert covered(pair, consent) == {"Pat Olsen", "Dr. Vang"}
    assert verbs() == ["consent.begun", *["consent.written"] * 4, "consent.signed"]


def test_a_signed_consent_keeps_the_text_and_the_version_it_was_signed_under(pair):
    consent = written(pair)
    text_hash = seen(pair, consent)
    done = actions.sign_consent(consent.pk, signing(pair, consent), by=pair.actor, at=NOW)
    assert (done.version, done.text_hash) == ("2024-1", text_hash)
    assert done.text["sections"][0]["lines"] == ["Gia Rivera"]
    pair.participant.name = "Gia Olson"
    pair.participant.save()
    kept = Consent.objects.get(pk=done.pk)
    assert kept.text["sections"][0]["lines"] == ["Gia Rivera"]
    assert covered(pair, consent) == {"Pat Olsen", "Dr. Vang"}


def test_five_clicks_make_one_draft_and_one_signature(pair):
    wanted = uuid4()
    begin = Begin(K.GENERAL)
    for _click in range(5):
        actions.draft_consent(pair.participant.pk, begin, by=pair.actor, at=NOW, consent_id=wanted)
    assert list(Consent.objects.values_list("pk", flat=True)) == [wanted]
    consent = written(pair)
    click = signing(pair, consent)
    for _click in range(5):
        actions.sign_consent(consent.pk, click, by=pair.actor, at=NOW)
    assert verbs().count("consent.signed") == 1


BEFORE = date(2026, 11, 18)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        pytest.param({"name": "  "}, "signature", id="no name"),
        pytest.param({"signer": Signer.AUTHORIZED}, "signature", id="for another, unsaid how"),
        pytest.param({"on": date(2026, 11, 20)}, "future", id="a day that has not come"),
        pytest.param({"seen": "0" * 64}, "moved-on", id="a text that has moved on"),
        pytest.param({"seen": ""}, "moved-on", id="a text nobody was shown"),
        pytest.param({"how": SignedHow.PAPER}, "no-scan", id="on paper, but without its scan"),
        pytest.param({"combined": True}, "combined", id="a form that mixes a legal case in"),
    ],
)
def test_what_is_not_signed_and_nothing_half_saved(pair, changed, code):
    consent = written(pair)
    click = replace(signing(pair, consent), **changed)
    assert refused(actions.sign_consent, consent.pk, click, by=pair.actor, at=NOW) == code
    left = Consent.objects.get(pk=consent.pk)
    assert (left.status, left.text, left.signed_on) == (ConsentStatus.DRAFT, None, None)
    assert verbs().count("consent.signed") == 0


@pytest.mark.parametrize(
    ("step", "code"),
    [
        pytest.param({"people": ()}, "recipient", id="nobody may hear it"),
        pytest.param({"categories": frozenset()}, "information", id="nothing may be told"),
    ],
)
def test_an_element_missing_is_said_by_one_sentence(pair, step, code):
    consent = written(pair)
    by, at = pair.actor, NOW
    if "people" in step:
        consent = actions.name_recipients(consent.pk, (), revision=consent.revision, by=by, at=at)
    else:
        what = What(frozenset())
        consent = actions.say_what(consent.pk, what, revision=consent.revision, by=by, at=at)
    assert refused(actions.sign_consent, consent.pk, signing(pair, consent), by=by, at=at) == code


def test_someone_who_may_signs_for_the_participant(pair):
    consent = written(pair)
    click = signing(
        pair, consent, name="Ann Rivera", signer=Signer.AUTHORIZED, relationship="Guardian"
    )
    done = actions.sign_consent(consent.pk, click, by=pair.actor, at=NOW)
    assert (done.signer, done.signer_name, done.signer_relationship) == (
        Signer.AUTHORIZED,
        "Ann Rivera",
        "Guardian",
    )


def a_scan():
    return check_file(Sent("scan.png", png()))


def test_signed_on_paper_with_the_code_at_its_foot(pair):
    consent = written(pair)
    code = code_of(seen(pair, consent))
    click = signing(pair, consent, how=SignedHow.PAPER, seen=code)
    done = actions.sign_consent(consent.pk, click, by=pair.actor, at=NOW, paper=a_scan())
    assert (done.how, done.paper.kind) == (SignedHow.PAPER, "png")
    assert covered(pair, consent) == {"Pat Olsen", "Dr. Vang"}


def test_a_paper_that_shows_another_text_is_not_taken(pair):
    consent = written(pair)
    printed = code_of(seen(pair, consent))
    what = What(frozenset({Category.NOTES}))
    actions.say_what(consent.pk, what, revision=consent.revision, by=pair.actor, at=NOW)
    click = Signing("Gia Rivera", how=SignedHow.PAPER, seen=printed)
    told = refused(actions.sign_consent, consent.pk, click, by=pair.actor, at=NOW, paper=a_scan())
    assert told == "other-paper"
    assert StoredFile.objects.count() == 0


def test_a_paper_of_ours_was_not_signed_before_its_text_was_begun(pair):
    consent = written(pair)
    click = signing(pair, consent, how=SignedHow.PAPER, seen=code_of(seen(pair, consent)))
    earlier = replace(click, on=today(pair) - timedelta(days=1))
    sign = actions.sign_consent
    told = refused(sign, consent.pk, earlier, by=pair.actor, at=NOW, paper=a_scan())
    assert (told, covered(pair, consent)) == ("before-begun", set())


LEGACY = {"how": SignedHow.ELSEWHERE, "says": frozenset({Statement.REVOCATION})}


@pytest.mark.parametrize(
    ("on", "version"),
    [
        pytest.param(date(2023, 5, 1), "before-2024", id="before the rule of 2024"),
        pytest.param(date(2025, 5, 1), "2024-1", id="while both counted"),
        pytest.param(date(2026, 5, 1), "2024-1", id="since then"),
    ],
)
def test_a_form_from_elsewhere_is_judged_by_the_rules_of_its_day(pair, on, version):
    consent = written(pair)
    click = Signing("Gia Rivera", on=on, **LEGACY)
    done = actions.sign_consent(consent.pk, click, by=pair.actor, at=NOW, paper=a_scan())
    assert (done.version, done.statements) == (version, ["revocation"])
    assert covered(pair, consent) == {"Pat Olsen", "Dr. Vang"}


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        pytest.param({"says": frozenset()}, "revocation", id="no word on taking it back"),
        pytest.param({"combined": True}, "combined", id="mixed with a legal case"),
        pytest.param({"on": date(1980, 1, 1)}, "version", id="from before every rule"),
    ],
)
def test_a_form_from_elsewhere_is_not_taken_blindly(pair, changed, code):
    consent = written(pair)
    click = Signing("Gia Rivera", **({"on": date(2025, 5, 1)} | LEGACY | changed))
    told = refused(actions.sign_consent, consent.pk, click, by=pair.actor, at=NOW, paper=a_scan())
    assert told == code


def test_a_form_for_treatment_payment_operations_from_before_2024_does_not_count(pair):
    """There was no single consent for all of it then."""
    consent = written(pair, K.TPO)
    says = frozenset({Statement.REVOCATION, Statement.REDISCLOSURE, Statement.REFUSAL})
    click = Signing("Gia", how=SignedHow.ELSEWHERE, on=date(2023, 5, 1), says=says)
    assert (
        refused(actions.sign_consent, consent.pk, click, by=pair.actor, at=NOW, paper=a_scan())
        == "version"
    )


@pytest.mark.practice("PSP-6")
def test_taken_back_as_a_whole_it_covers_nobody_from_the_next_look_on(pair):
    consent = signed(pair)
    actions.revoke_consent(consent.pk, ALOUD, by=pair.actor, at=NOW)
    assert covered(pair, consent) == set()
    kept = Consent.objects.get(pk=consent.pk)
    assert (kept.status, kept.revoked_how, kept.revoked_words) == (
        "revoked",
        "aloud",
        "She said so on the phone.",
    )
    assert kept.text["title"] == "Tell someone I name"


@pytest.mark.practice("PSP-6")
def test_taken_back_for_one_the_others_still_hear(pair):
    consent = signed(pair)
    vang = ConsentRecipient.objects.get(name="Dr. Vang")
    kwargs = {"by": pair.actor, "at": NOW, "recipient_id": vang.pk}
    actions.revoke_consent(consent.pk, ALOUD, **kwargs)
    assert covered(pair, consent) == {"Pat Olsen"}
    assert refused(actions.revoke_consent, consent.pk, ALOUD, **kwargs) == "revoked"
    pat = ConsentRecipient.objects.get(name="Pat Olsen")
    done = actions.revoke_consent(consent.pk, ALOUD, by=pair.actor, at=NOW, recipient_id=pat.pk)
    assert (done.status, covered(pair, consent)) == ("revoked", set())


@pytest.mark.parametrize(
    ("revoking", "code"),
    [
        pytest.param(Revoking(RevokedHow.ALOUD, on=date(2026, 11, 20)), "day", id="tomorrow"),
        pytest.param(
            Revoking(RevokedHow.ALOUD, on=date(2026, 11, 1)), "day", id="before it was signed"
        ),
    ],
)
def test_the_day_on_which_they_said_it_is_one_that_was(pair, revoking, code):
    consent = signed(pair)
    assert refused(actions.revoke_consent, consent.pk, revoking, by=pair.actor, at=NOW) == code


def test_nothing_is_taken_back_twice_nor_before_it_is_signed(pair):
    consent = written(pair)
    told = refused(actions.revoke_consent, consent.pk, ALOUD, by=pair.actor, at=NOW)
    assert told == "not-in-force"
    actions.sign_consent(consent.pk, signing(pair, consent), by=pair.actor, at=NOW)
    actions.revoke_consent(consent.pk, ALOUD, by=pair.actor, at=NOW)
    assert refused(actions.revoke_consent, consent.pk, ALOUD, by=pair.actor, at=NOW) == "revoked"


def test_criminal_justice_may_be_agreed_to_hold_until_its_event(pair):
    event = Until(Ending.EVENT, event="My probation is over", firm=True)
    consent = signed(pair, K.CRIMINAL_JUSTICE, until=event)
    assert set(consent.statements) == {"firm", "copy"}
    assert refused(actions.revoke_consent, consent.pk, ALOUD, by=pair.actor, at=NOW) == "firm"
    actions.end_consent(consent.pk, today(pair), by=pair.actor, at=NOW)
    assert covered(pair, consent) == set()


def test_a_consent_for_family_court_can_always_be_taken_back(pair):
    """The kind for criminal justice is not even begun for it."""
    told = refused(
        actions.draft_consent,
        pair.participant.pk,
        Begin(K.CRIMINAL_JUSTICE, "family"),
        by=pair.actor,
        at=NOW,
    )
    assert told == "other-kind"
    consent = written(pair)
    firm = Until(Ending.EVENT, event="CHIPS case closed", firm=True)
    told = refused(
        actions.say_until, consent.pk, firm, revision=consent.revision, by=pair.actor, at=NOW
    )
    assert told == "firm"


def test_an_event_ends_it_and_was_a_mistake(pair):
    event = Until(Ending.EVENT, event="My case is closed")
    consent = signed(pair, until=event)
    actions.end_consent(consent.pk, today(pair), by=pair.actor, at=NOW)
    assert covered(pair, consent) == set()
    actions.take_consent_end_back(consent.pk, by=pair.actor, at=NOW)
    assert covered(pair, consent) == {"Pat Olsen", "Dr. Vang"}


def test_one_that_ended_and_is_taken_back_comes_back_no_more(pair):
    """Nobody says later that it had not ended."""
    consent = signed(pair, until=Until(Ending.EVENT, event="My case is closed"))
    actions.end_consent(consent.pk, today(pair), by=pair.actor, at=NOW)
    done = actions.revoke_consent(consent.pk, ALOUD, by=pair.actor, at=NOW)
    told = refused(actions.take_consent_end_back, consent.pk, by=pair.actor, at=NOW)
    assert (done.status, told, covered(pair, consent)) == (ConsentStatus.REVOKED, "stale", set())


def test_one_with_a_last_day_does_not_end_by_an_event(pair):
    consent = signed(pair)
    told = refused(actions.end_consent, consent.pk, today(pair), by=pair.actor, at=NOW)
    assert told == "no-event"


@pytest.mark.parametrize(
    ("until", "code"),
    [
        pytest.param(Until(Ending.NONE), "ends", id="no end, but not for care"),
        pytest.param(Until(Ending.DATE), "no-day", id="a day that is not said"),
        pytest.param(Until(Ending.DATE, on=BEFORE), "ends-before", id="a day that is over"),
        pytest.param(Until(Ending.EVENT, event=" "), "no-event", id="an event that is not said"),
    ],
)
def test_how_long_it_lasts_is_said_soundly(pair, until, code):
    consent = written(pair)
    told = refused(
        actions.say_until, consent.pk, until, revision=consent.revision, by=pair.actor, at=NOW
    )
    assert told == code


def test_a_paper_signed_after_its_last_day_is_not_taken(pair):
    consent = written(pair)
    later = NOW + timedelta(days=120)
    click = signing(pair, consent)
    assert refused(actions.sign_consent, consent.pk, click, by=pair.actor, at=later) == (
        "ends-before"
    )


def test_a_recipient_nobody_knows_is_not_named(pair):
    consent = written(pair)
    somewhere_else = CareTeamMember.objects.create(
        agency=pair.participant.agency,
        participant=ParticipantFactory(agency=pair.participant.agency),
        name="Al",
        role="friend",
    )
    for unknown in (uuid4(), somewhere_else.pk):
        told = refused(
            actions.name_recipients,
            consent.pk,
            [NewRecipient("Al", member_id=unknown)],
            revision=consent.revision,
            by=pair.actor,
            at=NOW,
        )
        assert told == "unknown-recipient"
    assert ConsentRecipient.objects.count() == 2


def test_a_form_for_a_legal_case_that_says_more_counts_for_neither(pair):
    consent = written(pair, K.PROCEEDINGS)
    click = Signing("Gia Rivera", on=date(2026, 5, 1), combined=True, **LEGACY)
    told = refused(actions.sign_consent, consent.pk, click, by=pair.actor, at=NOW, paper=a_scan())
    assert told == "combined"


def test_a_legal_case_is_not_made_the_purpose_of_another_kind(pair):
    consent = written(pair)
    told = refused(
        actions.say_why,
        consent.pk,
        Why(Purpose.PROCEEDINGS, "26 JC 1"),
        revision=consent.revision,
        by=pair.actor,
        at=NOW,
    )
    assert told == "combined"


def test_of_two_who_write_one_draft_one_is_asked_to_look_again(pair):
    consent = written(pair)
    what = What(frozenset({Category.NOTES}))
    told = refused(
        actions.say_what, consent.pk, what, revision=consent.revision - 1, by=pair.actor, at=NOW
    )
    assert told == "stale"


def test_the_words_of_a_signed_consent_do_not_change(pair):
    consent = signed(pair)
    told = refused(
        actions.name_recipients,
        consent.pk,
        [PAT],
        revision=consent.revision,
        by=pair.actor,
        at=NOW,
    )
    assert told == "not-a-draft"


def test_a_draft_is_put_away_and_brought_back(pair):
    consent = written(pair)
    actions.put_consent_away(consent.pk, by=pair.actor, at=NOW)
    told = refused(actions.sign_consent, consent.pk, Signing("Gia"), by=pair.actor, at=NOW)
    assert told == "put-away"
    actions.take_consent_up(consent.pk, by=pair.actor, at=NOW)
    assert Consent.objects.get().status == ConsentStatus.DRAFT


def test_one_written_by_mistake_covers_nobody_and_stays_readable(pair):
    consent = signed(pair)
    call = actions.call_consent_mistaken
    assert refused(call, consent.pk, reason=" ", by=pair.actor, at=NOW) == "no-reason"
    call(consent.pk, reason="Another Gia", by=pair.actor, at=NOW)
    assert covered(pair, consent) == set()
    assert Consent.objects.get().text["title"] == "Tell someone I name"
    assert refused(call, consent.pk, reason="Again", by=pair.actor, at=NOW) == "mistaken"


@pytest.mark.practice("PSP-6")
def test_an_ending_and_a_mistake_taken_back_stay_readable(pair):
    consent = signed(pair, until=Until(Ending.EVENT, event="My case is closed"))
    by, on = pair.actor, today(pair)
    actions.end_consent(consent.pk, on, by=by, at=NOW)
    actions.take_consent_end_back(consent.pk, by=by, at=NOW + timedelta(minutes=1))
    actions.call_consent_mistaken(
        consent.pk, reason="Another Gia", by=by, at=NOW + timedelta(minutes=2)
    )
    late = {"by": by, "at": NOW + timedelta(days=1)}
    assert refused(actions.take_mistake_back, consent.pk, reason="Hers", **late) == "not-yours"
    soon = {"by": by, "at": NOW + timedelta(minutes=3)}
    actions.take_mistake_back(consent.pk, reason="It is hers", **soon)
    told = refused(actions.take_mistake_back, consent.pk, reason="It is hers", **soon)
    assert (told, covered(pair, consent)) == ("no-mistake", {"Pat Olsen", "Dr. Vang"})
    steps = queries.steps_of(by, consent_id=consent.pk)
    assert list(steps.values_list("kind", "on", "words")) == [
        ("ended", on, ""),
        ("not-ended", None, ""),
        ("mistaken", None, "Another Gia"),
        ("not-mistaken", None, "It is hers"),
    ]


def test_a_new_one_begins_with_what_the_old_one_said(pair):
    old = signed(pair)
    vang = ConsentRecipient.objects.get(name="Dr. Vang")
    actions.revoke_consent(old.pk, ALOUD, by=pair.actor, at=NOW, recipient_id=vang.pk)
    new = actions.draft_again(old.pk, new_id=uuid4(), by=pair.actor, at=NOW)
    assert (new.status, new.categories, new.ends, new.signer_name) == (
        "draft",
        ["attendance"],
        "",
        "",
    )
    assert list(new.recipients.values_list("name", flat=True)) == ["Pat Olsen"]


def test_who_does_not_see_the_participant_finds_no_consent(pair):
    consent = signed(pair)
    stranger = a_pair(pair.participant.agency)
    elsewhere = a_pair(ParticipantFactory().agency)
    for who in (stranger.actor, elsewhere.actor):
        assert list(queries.consents_visible_to(who)) == []
        with pytest.raises(ObjectDoesNotExist):
            actions.revoke_consent(consent.pk, ALOUD, by=who, at=NOW)


def test_who_reads_does_not_therefore_write(pair, actor):
    supervisor = actor(Role.SUPERVISOR)
    pair.supporter.user.supervisor_id = supervisor.id
    pair.supporter.user.save()
    consent = signed(pair)
    assert list(queries.consents_visible_to(supervisor)) == [consent]
    told = refused(actions.revoke_consent, consent.pk, ALOUD, by=supervisor, at=NOW)
    assert told == "not-yours"
