"""A letter is kept with what it tells of, sent after it, and tried again until it gets through.

The row of ``Letter`` is the truth; a task only says that it is time to look at it. Each look
claims the letter by condition, so that many tasks and many workers make one letter, and each claim
leaves a later task behind, so that a worker that dies loses none.
"""

import smtplib
from contextlib import suppress
from datetime import datetime
from email.utils import parseaddr
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone, translation
from django.utils.translation import gettext
from django_tasks import task

from alongside import tenancy
from alongside.accounts import queries
from alongside.accounts.codes import LetterKind, LetterStatus, LetterTrouble
from alongside.accounts.models import Letter
from alongside.accounts.rules import letters as rules
from alongside.audit.actions import record
from alongside.core.actor import Actor
from alongside.core.refusal import STALE, Refused, ensure
from alongside.core.sealing import CannotOpen

S, T = LetterStatus, LetterTrouble
NO_LINK = {"link": b"", "sealed_to": b""}


@transaction.atomic
def queue_letter(
    kind: LetterKind,
    *,
    to: str,
    by: Actor,
    at: datetime,
    link: str = "",
    about: UUID | None = None,
) -> Letter:
    """Keep a letter in the caller's transaction: it goes out when that stands, and not before.

    ``link`` is for a way in that only this letter holds; without one it leads to the front door.
    """
    sealed = kind in rules.SEALED
    letter = Letter(
        agency_id=by.agency_id,
        kind=kind.value,
        to="" if sealed else to.strip(),
        sealed_to=to.strip() if sealed else b"",
        about=about,
        queued_at=at,
        queued_by_id=by.id,
        next_at=at,
        link=link,
    )
    letter.save(force_insert=True)
    _look_at(letter)
    _look_at(letter, timezone.now() + rules.HELD_AT_MOST)
    return letter


@transaction.atomic
def send_letter_again(letter_id: UUID, *, by: Actor, at: datetime) -> None:
    letter = queries.letters_visible_to(by).get(pk=letter_id)
    ensure(rules.why_not_send_letter_again(letter.facts()))
    _move(letter, {"status": S.WAITING.value, "next_at": at, "tries": 0, "trouble": ""})
    _look_at(letter)
    _look_at(letter, timezone.now() + rules.HELD_AT_MOST)
    record(by=by, at=at, verb="letter.sent-again", target=f"Letter/{letter_id}")


@transaction.atomic
def put_letter_away(letter_id: UUID, *, by: Actor, at: datetime) -> None:
    letter = queries.letters_visible_to(by).get(pk=letter_id)
    ensure(rules.why_not_put_letter_away(letter.facts()))
    _move(letter, {"status": S.PUT_AWAY.value, "next_at": None, **NO_LINK})
    record(by=by, at=at, verb="letter.put-away", target=f"Letter/{letter_id}")


def put_letters_away(about: UUID, *, by: Actor) -> None:
    """What a letter not yet sent would tell of holds no more. Part of the caller's action."""
    Letter.objects.filter(
        agency_id=by.agency_id, about=about, status__in=[S.WAITING.value, S.GIVEN_UP.value]
    ).update(status=S.PUT_AWAY.value, next_at=None, **NO_LINK)


@task()
def send_letter(agency_id: str, letter_id: str) -> None:
    """What a worker runs: it has no actor, and its agency comes with the task."""
    with tenancy.working_for(UUID(agency_id)):
        letter = _claim(UUID(agency_id), UUID(letter_id), at=timezone.now())
        if letter is not None:
            _settle(letter, _deliver(letter), at=timezone.now())


@transaction.atomic
def _claim(agency_id: UUID, letter_id: UUID, *, at: datetime) -> Letter | None:
    due = Q(status=S.WAITING.value, next_at__lte=at)
    lost = Q(status=S.SENDING.value, claimed_at__lte=at - rules.HELD_AT_MOST)
    mine = Letter.objects.filter(due | lost, agency_id=agency_id, pk=letter_id)
    if not mine.update(status=S.SENDING.value, claimed_at=at, tries=F("tries") + 1):
        return None
    letter = Letter.objects.get(agency_id=agency_id, pk=letter_id)
    _look_at(letter, at + rules.HELD_AT_MOST)
    return letter


@transaction.atomic
def _settle(letter: Letter, trouble: LetterTrouble | None, *, at: datetime) -> None:
    """Whoever holds the claim says how it went; a claim that was lost to another says nothing."""
    held = Letter.objects.filter(
        agency_id=letter.agency_id,
        pk=letter.pk,
        status=S.SENDING.value,
        claimed_at=letter.claimed_at,
    )
    if trouble is None:
        held.update(status=S.SENT.value, sent_at=at, next_at=None, trouble="", **NO_LINK)
        return
    again = rules.next_try(letter.tries, trouble, at)
    status = S.WAITING if again else S.GIVEN_UP
    if held.update(status=status.value, next_at=again, trouble=trouble.value) and again:
        _look_at(letter, again)
        _look_at(letter, again + rules.HELD_AT_MOST)


def _deliver(letter: Letter) -> LetterTrouble | None:
    """Hand it to the mail server. Nothing the server says is kept: it may name someone."""
    connection = get_connection()
    try:
        message = _message(letter)
        connection.open()
        connection.send_messages([message])
    except CannotOpen:
        return T.LINK_LOST
    except (smtplib.SMTPException, OSError, ValueError) as error:
        return trouble_of(error)
    finally:
        # What has been said is said: how the server says good-bye changes nothing.
        with suppress(smtplib.SMTPException, OSError):
            connection.close()
    return None


def trouble_of(error: Exception) -> LetterTrouble:
    """What a mail server's answer means for whoever has to mend it."""
    match error:
        case smtplib.SMTPRecipientsRefused():
            codes = [code for code, _words in error.recipients.values()]
            return T.ADDRESS if all(code >= 500 for code in codes) else T.NOT_NOW
        case smtplib.SMTPAuthenticationError():
            return T.SIGN_IN
        case smtplib.SMTPResponseException(smtp_code=code):
            return T.REFUSED if code >= 500 else T.NOT_NOW
        case smtplib.SMTPServerDisconnected():
            return T.DROPPED
        case smtplib.SMTPException():
            return T.REFUSED
        case OSError():
            return T.AWAY
    return T.ADDRESS


def _message(letter: Letter) -> EmailMessage:
    link = letter.link or settings.ADDRESS
    to = letter.to or letter.sealed_to
    kind = LetterKind(letter.kind)
    body = "\n\n\n".join(_said(kind, link, language) for language in _languages(kind)) + "\n"
    # The same name at every try: a mailbox that got it twice shows it once.
    host = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    headers = {"Message-ID": f"<{letter.pk.hex}@{host}>", "Auto-Submitted": "auto-generated"}
    return EmailMessage(gettext(rules.SUBJECTS[kind]), body, None, [to], headers=headers)


def _said(kind: LetterKind, link: str, language: str) -> str:
    with translation.override(language):
        before, after = (gettext(text) for text in rules.BODIES[kind])
        return "\n\n".join([gettext("Hello,"), before, link, after])


def _languages(kind: LetterKind) -> list[str]:
    """Nobody knows yet in which language a participant reads it: it says all that was looked over.
    Letters to colleagues are English, as their pages are."""
    if kind is not LetterKind.OWN:
        return ["en"]
    return [
        code
        for code, _name in settings.LANGUAGES
        if code not in settings.NOT_LOOKED_OVER and translation.check_for_language(code)
    ]


def _look_at(letter: Letter, when: datetime | None = None) -> None:
    later = send_letter.using(run_after=when) if when else send_letter
    later.enqueue(str(letter.agency_id), str(letter.pk))


def _move(letter: Letter, to: dict[str, object]) -> None:
    won = Letter.objects.filter(
        pk=letter.pk, status=letter.status, claimed_at=letter.claimed_at, tries=letter.tries
    ).update(**to)
    if not won:
        raise Refused(STALE)
