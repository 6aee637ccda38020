"""A letter goes out with what it tells of, once, whatever the mail server does."""

import smtplib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import pytest
import time_machine
from django.db import connection, connections, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from alongside.accounts import actions, queries
from alongside.accounts.actions import letters as posting
from alongside.accounts.codes import LetterKind, LetterStatus, LetterTrouble, Role
from alongside.accounts.models import Invitation, Letter
from alongside.accounts.rules import letters as rules
from alongside.accounts.rules.letters import LetterFacts
from alongside.core.refusal import Refused
from tests.mailing import PostOffice, post_office, work

T, S = LetterTrouble, LetterStatus
NOON = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)
LINK = "https://two-rivers.example/invitation/a-secret-of-one-person/"
LEAKS = ["recovery", "peer", "support", "treatment", "substance", "gia", "rivera", "milkweed"]


@pytest.fixture
def boss(actor):
    return actor(Role.ADMINISTRATOR)


@pytest.fixture
def office(settings) -> Iterator[PostOffice]:
    with post_office(settings) as found:
        yield found


def an_update(boss) -> Letter:
    return posting.queue_letter(
        LetterKind.UPDATE, to="kim@county.example", by=boss, at=timezone.now()
    )


def how(letter: Letter) -> tuple[str, str]:
    letter.refresh_from_db()
    return letter.status, letter.trouble


PAUSE_TABLE = [
    pytest.param(1, T.AWAY, timedelta(minutes=1), id="soon after the first try"),
    pytest.param(2, T.DROPPED, timedelta(minutes=5), id="a little later after the second"),
    pytest.param(6, T.NOT_NOW, timedelta(hours=12), id="half a day before the last"),
    pytest.param(7, T.AWAY, None, id="then a person looks at it"),
    pytest.param(1, T.ADDRESS, None, id="an address nobody has is not tried again"),
    pytest.param(1, T.REFUSED, None, id="a letter that is not accepted is not tried again"),
]


@pytest.mark.parametrize(("tries", "trouble", "pause"), PAUSE_TABLE)
def test_pauses_grow_until_a_person_looks(tries, trouble, pause):
    assert rules.next_try(tries, trouble, NOON) == (NOON + pause if pause else None)


MEANING = [
    pytest.param(ConnectionRefusedError(), T.AWAY, id="nobody listens"),
    pytest.param(TimeoutError(), T.AWAY, id="no answer"),
    pytest.param(smtplib.SMTPServerDisconnected("x"), T.DROPPED, id="the line breaks"),
    pytest.param(smtplib.SMTPRecipientsRefused({"a": (550, b"no")}), T.ADDRESS, id="no such box"),
    pytest.param(smtplib.SMTPRecipientsRefused({"a": (451, b"on")}), T.NOT_NOW, id="box is busy"),
    pytest.param(smtplib.SMTPAuthenticationError(535, b"no"), T.SIGN_IN, id="wrong password"),
    pytest.param(smtplib.SMTPDataError(554, b"spam"), T.REFUSED, id="content not accepted"),
    pytest.param(smtplib.SMTPSenderRefused(421, b"x", "a"), T.NOT_NOW, id="too many at once"),
    pytest.param(smtplib.SMTPNotSupportedError("x"), T.REFUSED, id="cannot do what we ask"),
    pytest.param(ValueError("x"), T.ADDRESS, id="an address that is none"),
]


@pytest.mark.parametrize(("error", "trouble"), MEANING)
def test_what_a_server_says_becomes_one_plain_word(error, trouble):
    assert posting.trouble_of(error) == trouble


MOVES = [
    pytest.param(LetterFacts(S.GIVEN_UP, 7, T.AWAY), None, None, id="given up: both"),
    pytest.param(
        LetterFacts(S.GIVEN_UP, 1, T.LINK_LOST), "link-lost", None, id="no link: put away only"
    ),
    pytest.param(LetterFacts(S.WAITING, 1, T.AWAY), "letter-waiting", None, id="comes by itself"),
    pytest.param(LetterFacts(S.SENDING), "letter-sending", "letter-sending", id="right now"),
    pytest.param(LetterFacts(S.SENT), "letter-sent", "letter-sent", id="sent stays sent"),
    pytest.param(LetterFacts(S.PUT_AWAY), "letter-put-away", "letter-put-away", id="over"),
]


@pytest.mark.parametrize(("facts", "again", "away"), MOVES)
def test_what_a_person_can_do_with_a_letter(facts, again, away):
    found = rules.why_not_send_letter_again(facts), rules.why_not_put_letter_away(facts)
    assert tuple(refusal and refusal.code for refusal in found) == (again, away)


@pytest.mark.practice("PSP-6")
def test_an_update_says_only_that_there_is_one(boss, office):
    letter = an_update(boss)
    work()
    assert how(letter) == ("sent", "")
    (arrived,) = office.letters
    assert (arrived["subject"], arrived["to"], arrived["from"]) == (
        "There is an update",
        "kim@county.example",
        "office@two-rivers.example",
    )
    assert arrived["message-id"] == f"<{letter.pk.hex}@two-rivers.example>"
    text = arrived.get_content()
    assert [word for word in text.split() if "://" in word] == ["https://two-rivers.example/"]
    everything = f"{arrived.as_string()} {text}".lower()
    assert [word for word in LEAKS if word in everything] == []


def test_a_letter_stands_or_falls_with_what_it_tells_of(boss, office):
    with transaction.atomic():
        an_update(boss)
        transaction.set_rollback(True)
    work()
    assert (Letter.objects.count(), DBTaskResult.objects.count(), office.letters) == (0, 0, [])


def test_a_link_is_sealed_while_it_waits_and_forgotten_once_sent(boss, office):
    letter = posting.queue_letter(
        LetterKind.INVITATION, to="mai@row.example", by=boss, at=timezone.now(), link=LINK
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT link FROM accounts_letter")
        kept = bytes(cursor.fetchone()[0])
    tasks = str(list(DBTaskResult.objects.values_list("args_kwargs", flat=True)))
    assert (len(kept) > 0, b"secret" in kept, "secret" in tasks) == (True, False, False)
    work()
    letter.refresh_from_db()
    assert letter.link == ""
    assert LINK in office.letters[0].get_content().splitlines()


def test_a_link_whose_key_is_lost_is_for_a_person_to_mend(boss, office, settings):
    letter = posting.queue_letter(
        LetterKind.INVITATION, to="mai@row.example", by=boss, at=timezone.now(), link=LINK
    )
    settings.SEALING_KEYS = [b"n" * 32]
    work()
    (kept,) = Letter.objects.values_list("pk", "status", "trouble")
    assert (kept, office.letters) == ((letter.pk, "given-up", "link-lost"), [])


@pytest.mark.asvs("16.5.2")
@time_machine.travel(NOON, tick=False)
def test_a_dead_server_holds_nothing_up_and_gets_the_letter_when_it_is_back(boss, office):
    with office.closed():
        letter = an_update(boss)
        work()
        assert (*how(letter), letter.next_at) == ("waiting", "away", NOON + timedelta(minutes=1))
        work()
        assert letter.tries == 1
    with time_machine.travel(NOON + timedelta(minutes=1), tick=False):
        work()
        work()
    assert (how(letter), len(office.letters)) == (("sent", ""), 1)
    with time_machine.travel(NOON + timedelta(days=1), tick=False):
        work()
    assert len(office.letters) == 1
    assert set(DBTaskResult.objects.values_list("status", flat=True)) == {"SUCCESSFUL"}


@time_machine.travel(NOON, tick=False)
def test_a_line_that_breaks_after_the_text_is_tried_again_under_the_same_name(boss, office):
    office.drops = "before"
    letter = an_update(boss)
    work()
    assert (how(letter), office.letters) == (("waiting", "dropped"), [])
    office.drops = "after"
    with time_machine.travel(NOON + timedelta(minutes=1), tick=False):
        work()
    assert how(letter) == ("waiting", "dropped")
    office.drops = ""
    with time_machine.travel(NOON + timedelta(minutes=6), tick=False):
        work()
    assert how(letter) == ("sent", "")
    # Nobody can know whether the second try got there; the mailbox can, by the name.
    assert {arrived["message-id"] for arrived in office.letters} == {
        f"<{letter.pk.hex}@two-rivers.example>"
    }


@time_machine.travel(NOON, tick=False)
def test_after_the_last_pause_a_person_sees_it_sends_it_again_or_puts_it_away(boss, office):
    first, second = an_update(boss), an_update(boss)
    office.rcpt = "451 later"
    at = NOON
    for pause in rules.PAUSES:
        with time_machine.travel(at, tick=False):
            work()
        at += pause
    assert how(first) == ("waiting", "not-now")
    with time_machine.travel(at, tick=False):
        work()
    assert (how(first), how(second), office.tries) == (("given-up", "not-now"),) * 2 + (14,)
    assert [letter.pk for letter in queries.letters_in_trouble(boss)] == [second.pk, first.pk]
    office.rcpt = "250 OK"
    with time_machine.travel(at, tick=False):
        actions.send_letter_again(first.pk, by=boss, at=at)
        actions.put_letter_away(second.pk, by=boss, at=at)
        work()
    assert (how(first), how(second), len(office.letters)) == (
        ("sent", ""),
        ("put-away", "not-now"),
        1,
    )
    assert list(queries.letters_in_trouble(boss)) == []


def test_an_address_nobody_has_is_said_at_once(boss, office):
    office.rcpt = "550 kim@county.example unknown"
    letter = an_update(boss)
    work()
    assert (how(letter), office.tries) == (("given-up", "address"), 1)
    kept = str(list(Letter.objects.values())) + str(list(DBTaskResult.objects.values("traceback")))
    assert "unknown" not in kept


@time_machine.travel(NOON, tick=False)
def test_a_worker_that_dies_with_a_letter_in_hand_loses_none(boss, office):
    letter = an_update(boss)
    claimed = posting._claim(letter.agency_id, letter.pk, at=NOON)
    assert claimed is not None
    # Its own task died with it: only what it left behind is there.
    DBTaskResult.objects.filter(run_after__lte=NOON).delete()
    DBTaskResult.objects.filter(status="READY").earliest("run_after")
    with time_machine.travel(NOON + timedelta(minutes=9), tick=False):
        work()
    assert how(letter) == ("sending", "")
    with time_machine.travel(NOON + rules.HELD_AT_MOST, tick=False):
        work()
    assert (how(letter), len(office.letters)) == (("sent", ""), 1)
    # It wakes up after all: the letter is not its own any more.
    posting._settle(claimed, T.AWAY, at=NOON + timedelta(hours=1))
    assert how(letter) == ("sent", "")


def test_what_holds_no_more_is_not_told(boss, office, now):
    new = actions.NewColleague("Mai Her", "mai@row.example", [Role.SUPPORTER])
    invited, secret = actions.invite_colleague(new, by=boss, at=now)
    letter = posting.queue_letter(
        LetterKind.INVITATION, to=invited.email, by=boss, at=now, link=secret, about=invited.pk
    )
    actions.take_back(invited.pk, by=boss, at=now)
    work()
    assert (how(letter), letter.link, office.letters) == (("put-away", ""), "", [])
    assert Invitation.objects.get().taken_back_at == now


def test_only_who_keeps_the_agency_sees_letters(boss, actor, now):
    letter = an_update(boss)
    Letter.objects.update(status="given-up", trouble="address")
    supporter = actor(Role.SUPPORTER)
    assert list(queries.letters_in_trouble(supporter)) == []
    with pytest.raises(Letter.DoesNotExist):
        actions.put_letter_away(letter.pk, by=supporter, at=now)
    Letter.objects.update(status="sent", sent_at=now)
    with pytest.raises(Refused):
        actions.send_letter_again(letter.pk, by=boss, at=now)


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_ten_letters_once_each(boss, office):
    letters = [an_update(boss) for _ in range(10)]
    together = Barrier(2)

    def one() -> None:
        together.wait()
        try:
            work()
        finally:
            connections.close_all()

    workers = [Thread(target=one) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    names = sorted(arrived["message-id"] for arrived in office.letters)
    assert names == sorted(f"<{letter.pk.hex}@two-rivers.example>" for letter in letters)
    assert set(Letter.objects.values_list("status", flat=True)) == {"sent"}
