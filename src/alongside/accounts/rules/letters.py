"""E-mail: what it may say, when it is tried again, when a person has to look at it.

A letter tells nothing of a record: no name, no recovery word, no id, only that there is a way in or
an update, and a link.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from alongside.accounts.codes import LetterKind, LetterStatus, LetterTrouble
from alongside.core.refusal import Refusal
from alongside.core.words import gettext_noop as _

S = LetterStatus
LETTER_MOVES: dict[LetterStatus, frozenset[LetterStatus]] = {
    S.WAITING: frozenset({S.SENDING, S.PUT_AWAY}),
    S.SENDING: frozenset({S.SENT, S.WAITING, S.GIVEN_UP, S.SENDING}),
    S.SENT: frozenset(),
    S.GIVEN_UP: frozenset({S.WAITING, S.PUT_AWAY}),
    S.PUT_AWAY: frozenset(),
}

# After the first try, the second, and so on: some 17 hours in all. Then a person looks at it.
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720))
# How long a worker may hold a letter before another takes it for lost: far above any time-out.
HELD_AT_MOST = timedelta(minutes=10)
# Trying once more would change nothing: a person has to mend something first.
FINAL = frozenset({LetterTrouble.ADDRESS, LetterTrouble.REFUSED, LetterTrouble.LINK_LOST})

TROUBLE_WORDS: dict[LetterTrouble, str] = {
    LetterTrouble.AWAY: _("The mail server could not be reached."),
    LetterTrouble.NOT_NOW: _("The mail server asked to try again later."),
    LetterTrouble.DROPPED: _("The line to the mail server broke off."),
    LetterTrouble.SIGN_IN: _("The mail server did not accept our user name and password."),
    LetterTrouble.ADDRESS: _("The mail server does not know this address."),
    LetterTrouble.REFUSED: _("The mail server did not accept the letter."),
    LetterTrouble.LINK_LOST: _("The link in it cannot be read any more. Make a new one."),
}

KIND_WORDS: dict[LetterKind, str] = {
    LetterKind.INVITATION: _("A way in"),
    LetterKind.UPDATE: _("There is an update"),
    LetterKind.LINK: _("A link for a referrer"),
    LetterKind.OWN: _("A link for a participant"),
}

# To whom these go is sealed, and forgotten once they are sent: that someone gets one says much.
SEALED = frozenset({LetterKind.OWN})

SUBJECTS: dict[LetterKind, str] = {
    LetterKind.INVITATION: _("An invitation"),
    LetterKind.UPDATE: _("There is an update"),
    LetterKind.LINK: _("A link for you"),
    LetterKind.OWN: _("A link for you"),
}

BODIES: dict[LetterKind, tuple[str, str]] = {
    LetterKind.INVITATION: (
        _(
            "Someone you work with set up a sign-in for you. "
            "Open this link, choose a password, and you are in:"
        ),
        _(
            "The link works once, for seven days. "
            "If you do not expect this letter, you need do nothing."
        ),
    ),
    LetterKind.UPDATE: (
        _("There is an update for you. Sign in to read it:"),
        _("This letter says no more, on purpose. If you do not expect it, you need do nothing."),
    ),
    LetterKind.LINK: (
        _("Someone you work with set up a link for you. Open it, and you are in. No password:"),
        _(
            "The link works once, for fourteen days. After that we can mail you a code. "
            "If you do not expect this letter, you need do nothing."
        ),
    ),
    LetterKind.OWN: (
        _("Here is the link you asked for:"),
        _(
            "It works once, for seven days. "
            "If you did not ask for it, you can throw this letter away."
        ),
    ),
}


@dataclass(frozen=True)
class LetterFacts:
    status: LetterStatus
    tries: int = 0
    trouble: LetterTrouble | None = None


def next_try(tries: int, trouble: LetterTrouble, at: datetime) -> datetime | None:
    """When a letter that did not get through is tried again, after ``tries`` tries; ``None`` when
    a person should look at it."""
    if trouble in FINAL or tries > len(PAUSES):
        return None
    return at + PAUSES[tries - 1]


def why_not_send_letter_again(letter: LetterFacts) -> Refusal | None:
    if letter.trouble == LetterTrouble.LINK_LOST:
        return Refusal("link-lost", TROUBLE_WORDS[LetterTrouble.LINK_LOST])
    return _why_not(letter, S.WAITING)


def why_not_put_letter_away(letter: LetterFacts) -> Refusal | None:
    return _why_not(letter, S.PUT_AWAY)


def _why_not(letter: LetterFacts, to: LetterStatus) -> Refusal | None:
    if to in LETTER_MOVES[letter.status] and letter.status != S.SENDING:
        return None
    return Refusal(f"letter-{letter.status}", _NOT_NOW[letter.status])


_NOT_NOW: dict[LetterStatus, str] = {
    S.WAITING: _("This letter is on its way already. It is tried again by itself."),
    S.SENDING: _("This letter is being sent right now. Look again in a minute."),
    S.SENT: _("This letter was sent."),
    S.GIVEN_UP: _("This letter could not be sent."),
    S.PUT_AWAY: _("This letter was put away. Make a new one if it is still needed."),
}
