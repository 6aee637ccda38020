"""An update for court or county: what goes in, who agreed, what is kept, who reads it (J11)."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from alongside.accounts.models import Letter
from alongside.audit.models import AuditEvent
from alongside.consents.actions import revoke_consent
from alongside.consents.codes import RevokedHow
from alongside.consents.models import ConsentRecipient, Disclosure
from alongside.consents.rules import Revoking
from alongside.core.ids import new_id
from alongside.core.refusal import Refused
from alongside.encounters import actions
from alongside.encounters.codes import UpdatePart, UpdateStatus
from alongside.encounters.models import Update
from alongside.encounters.queries import updates as queries
from alongside.encounters.rules import updates as rules
from alongside.encounters.rules.updates import DayFacts, UpdateFacts
from alongside.practice.codes import GoingAlong
from alongside.practice.consents import Category
from tests.encounters.updates import SECRET, begun, code_of, met, outside, sent, written
from tests.factories import NOW, TODAY

C, P = Category, UpdatePart
ONE, TWO, THREE = UUID(int=1), UUID(int=2), UUID(int=3)
FACTS = UpdateFacts(
    since=date(2026, 9, 1),
    until=date(2026, 11, 19),
    categories=frozenset({C.ONGOING, C.ATTENDANCE, C.REQUIRED, C.WORDS}),
    days=(
        DayFacts(ONE, date(2026, 9, 3), GoingAlong.COURT),
        DayFacts(TWO, date(2026, 9, 10)),
        DayFacts(THREE, date(2026, 9, 10), GoingAlong.APPOINTMENT),
    ),
    words="I have not missed a class.",
    added="She was on time.",
    person="Gia Rivera",
    writer="Rosa Quaas",
    agency="Milkweed Row",
    walks_since=date(2026, 8, 20),
)
ALL = {
    P.SUPPORT: ["Support since August 20, 2026. It goes on."],
    P.ALONG: ["September 3, 2026: Court and what belongs to it"],
    P.DAYS: ["September 3, 2026", "September 10, 2026"],
    P.WORDS: ["I have not missed a class."],
    P.ADDED: ["She was on time."],
}


def lines(facts: UpdateFacts) -> dict[UpdatePart, list[str]]:
    return {one.part: [str(line.text) for line in one.lines] for one in rules.compose(facts)}


def but(*parts: UpdatePart) -> dict[UpdatePart, list[str]]:
    return {part: said for part, said in ALL.items() if part not in parts}


COMPOSED = [
    pytest.param({}, ALL, id="all that the consent covers, a doctor's day only as a day"),
    pytest.param(
        {"categories": frozenset({C.WORDS})},
        but(P.SUPPORT, P.ALONG, P.DAYS),
        id="a consent for words alone",
    ),
    pytest.param(
        {"categories": frozenset({C.NOTES, C.WHOLE_RECORD})}, {}, id="notes are never in it"
    ),
    pytest.param(
        {"left_out": frozenset({f"days:{ONE}", "added", "support"})},
        {**but(P.SUPPORT, P.ADDED), P.DAYS: ["September 10, 2026"]},
        id="a day and two parts left out",
    ),
    pytest.param(
        {"days": (), "words": "  ", "added": ""},
        {P.SUPPORT: ALL[P.SUPPORT]},
        id="nothing is said of what is not there",
    ),
    pytest.param(
        {"walked_until": date(2026, 11, 1)},
        {**ALL, P.SUPPORT: ["Support from August 20, 2026 to November 1, 2026."]},
        id="support that has ended, without why",
    ),
    pytest.param(
        {"corrects_on": date(2026, 11, 2)},
        {P.CORRECTS: ["It takes the place of the update of November 2, 2026."], **ALL},
        id="a corrected one names the former",
    ),
    pytest.param(
        {"words": "Use {curly} braces"},
        {**ALL, P.WORDS: ["Use {curly} braces"]},
        id="words are words",
    ),
]


@pytest.mark.practice("PSP-6", "PSP-7")
@pytest.mark.parametrize(("changes", "wanted"), COMPOSED)
def test_what_an_update_says(changes, wanted):
    assert lines(replace(FACTS, **changes)) == wanted


def test_whose_words_they_are_is_plain():
    titles = {one.part: str(one.title) for one in rules.compose(FACTS)}
    assert (titles[P.WORDS], titles[P.ADDED]) == (
        "Gia Rivera says",
        "Added by Rosa Quaas, Milkweed Row",
    )


PERIODS = [
    pytest.param(date(2026, 11, 1), date(2026, 11, 19), None, id="up to today"),
    pytest.param(date(2026, 11, 19), date(2026, 11, 1), "dates-reversed", id="back to front"),
    pytest.param(date(2026, 11, 1), date(2026, 11, 20), "still-to-come", id="tomorrow"),
    pytest.param(date(2025, 11, 1), date(2026, 11, 19), "too-long-ago", id="more than a year"),
]


@pytest.mark.parametrize(("since", "until", "code"), PERIODS)
def test_the_time_it_covers(since, until, code):
    refusal = rules.why_not_period(since, until, today=date(2026, 11, 19))
    assert (refusal and refusal.code) == code


AGREED = [
    pytest.param("Gia Rivera", "x", None, id="read and signed"),
    pytest.param("  ", "x", "no-name", id="no name"),
    pytest.param("Gia Rivera", "y", "moved-on", id="what was read is not what would go"),
]


@pytest.mark.parametrize(("name", "read", "code"), AGREED)
def test_nothing_goes_that_was_not_read(name, read, code):
    refusal = rules.why_not_agree(rules.compose(FACTS), name=name, read=read, now="x")
    assert (refusal and refusal.code) == code


def test_an_update_of_nothing_does_not_go():
    nothing = replace(FACTS, categories=frozenset(), corrects_on=date(2026, 11, 2))
    refusal = rules.why_not_agree(rules.compose(nothing), name="Gia", read="x", now="x")
    assert refusal is rules.EMPTY


@pytest.fixture
def there(db):
    found = outside()
    met(found, 40, GoingAlong.COURT)
    met(found, 20, GoingAlong.PARENTING_CLASS)
    met(found, 3)
    return found


@pytest.mark.practice("PSP-6")
def test_it_goes_through_the_gate_and_is_kept_word_for_word(there):
    update = sent(there)
    told = Disclosure.objects.get()
    assert (told.pk, told.way, told.referrer_id, told.consent_id) == (
        update.pk,
        "portal",
        there.referrer.pk,
        there.recipient.consent_id,
    )
    assert set(told.categories) == {"attendance", "ongoing", "required", "words"}
    assert (told.what, bool(told.notice)) == (
        "Update 1: September 1, 2026 to November 19, 2026",
        True,
    )
    letter = Letter.objects.get()
    assert (letter.kind, letter.to, letter.link) == ("update", there.worker.email, "")
    assert SECRET not in str(update.text)
    EncounterOf = type(met(there, 5))  # noqa: N806
    EncounterOf.objects.update(going_along="")
    assert Update.objects.get().text == update.text
    verbs = AuditEvent.objects.order_by("seq").values_list("verb", flat=True)
    assert list(verbs) == ["update.begun", "update.written", "disclosure.made", "update.sent"]


def test_five_clicks_make_one(there):
    key = new_id()
    for _ in range(5):
        first = begun(there, id=key)
    update = written(there, first)
    for _ in range(4):
        written(there, update)
    code = code_of(there, update)
    for _ in range(5):
        actions.send_update(update.pk, signed_name="Gia", read=code, by=there.by, at=NOW)
    counts = Update.objects.count(), Disclosure.objects.count(), Letter.objects.count()
    assert counts == (1, 1, 1)


def test_to_someone_without_a_way_in_it_goes_on_paper(there):
    there.worker.is_active = False
    there.worker.save()
    sent(there)
    assert (Disclosure.objects.get().way, Letter.objects.count()) == ("paper", 0)


def refused(act, *args, **kwargs) -> str:
    with pytest.raises(Refused) as caught:
        act(*args, **kwargs)
    return caught.value.refusal.code


def test_nobody_is_told_whom_no_consent_names(there):
    stranger = outside(categories=[])
    assert refused(begun, there, recipient_id=new_id()) == "nobody-named"
    assert (
        queries.who_may_hear(stranger.by, participant_id=stranger.pair.participant.pk, on=TODAY)
        == []
    )


def test_a_consent_taken_back_before_it_goes_holds_it_back(there):
    update = written(there, begun(there))
    code = code_of(there, update)
    revoke(there)
    args = {"signed_name": "Gia", "read": code, "by": there.by, "at": NOW}
    assert refused(actions.send_update, update.pk, **args) == "not-any-more"
    assert (Update.objects.get().status, Letter.objects.count()) == ("draft", 0)


def test_what_changed_after_it_was_read_is_read_again(there):
    update = written(there, begun(there))
    code = code_of(there, update)
    met(there, 1)
    args = {"signed_name": "Gia", "by": there.by, "at": NOW}
    assert refused(actions.send_update, update.pk, read=code, **args) == "moved-on"
    actions.send_update(update.pk, read=code_of(there, update), **args)
    assert refused(written, there, update) == "sent"


def test_two_who_write_at_once_lose_nothing(there):
    update = begun(there)
    written(there, update)
    assert refused(written, there, update, words="Other words") == "stale"


def test_a_draft_is_put_away_and_taken_up(there):
    update = begun(there)
    actions.put_update_away(update.pk, by=there.by, at=NOW)
    assert refused(written, there, update) == "put-away"
    assert refused(actions.put_update_away, update.pk, by=there.by, at=NOW) == "moved"
    actions.take_update_up(update.pk, by=there.by, at=NOW)
    assert Update.objects.get().status == UpdateStatus.DRAFT


def test_a_mistake_is_mended_by_a_newer_one(there):
    former = sent(there)
    newer = actions.correct_update(former.pk, by=there.by, at=NOW)
    assert actions.correct_update(former.pk, by=there.by, at=NOW).pk == newer.pk
    assert (newer.words, newer.corrects_id) == (former.words, former.pk)
    sent(there, written(there, newer, words="I missed one class."))
    told = list(Disclosure.objects.order_by("id").values_list("what", flat=True))
    assert [what.split(":")[0] for what in told] == ["Update 1", "Update 2"]
    assert refused(actions.correct_update, former.pk, by=there.by, at=NOW) == "corrected"
    assert Update.objects.get(pk=former.pk).text == former.text
    assert "takes the place of the update of November 19, 2026" in str(
        Update.objects.get(pk=newer.pk).text
    )


def revoke(there) -> None:
    revoking = Revoking(how=RevokedHow.ALOUD, on=TODAY)
    revoke_consent(there.recipient.consent_id, revoking, by=there.by, at=NOW)


@pytest.mark.practice("PSP-6")
def test_the_referrer_reads_it_until_the_consent_is_taken_back(there):
    update = sent(there)
    where = {"referral_id": there.referral.pk, "by": there.kim, "at": NOW + timedelta(hours=1)}
    assert actions.look_at_update(update.pk, **where).text == update.text
    actions.look_at_update(update.pk, **where)
    assert Disclosure.objects.get().times == 3
    revoke(there)
    with pytest.raises(Refused):
        actions.look_at_update(update.pk, **where)


def test_another_referrer_sees_nothing_of_it(there):
    update = sent(there)
    other = outside(there.pair, categories=[])
    with pytest.raises(Update.DoesNotExist):
        actions.look_at_update(update.pk, referral_id=other.referral.pk, by=other.kim, at=NOW)
    with pytest.raises(Update.DoesNotExist):
        actions.look_at_update(update.pk, referral_id=there.referral.pk, by=other.kim, at=NOW)


def test_a_stranger_among_colleagues_sees_none(there):
    sent(there)
    assert list(queries.updates_visible_to(outside().by)) == []
    assert ConsentRecipient.objects.count() == 2
