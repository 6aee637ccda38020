"""Why a step in the life of a consent is refused: written, signed, taken back, ended. Pure."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from alongside.consents.codes import ConsentStatus, RevokedHow, SignedHow
from alongside.core.refusal import Refusal
from alongside.core.words import Say
from alongside.core.words import gettext_noop as _
from alongside.practice.consents import (
    ENGLISH,
    Category,
    ConsentFacts,
    ConsentKind,
    Document,
    Ending,
    Kind,
    Purpose,
    RecipientKind,
    Signer,
    Statement,
    document,
    has_ended,
    is_code_of,
    kind_of,
    missing_elements,
    mixed,
    statements_of,
    tongue,
    versions_for,
    why_not_fit,
)

S = ConsentStatus
LONGEST_NAME, LONGEST_ROW, LONGEST_WORDS = 300, 200, 4000


@dataclass(frozen=True)
class Begin:
    """What a draft begins with."""

    kind: ConsentKind
    answer: str = ""
    how: SignedHow = SignedHow.SCREEN
    language: str = ENGLISH


@dataclass(frozen=True)
class What:
    categories: frozenset[Category]
    information: str = ""


@dataclass(frozen=True)
class Why:
    purpose: Purpose
    words: str = ""


@dataclass(frozen=True)
class Until:
    """``firm`` is for criminal justice alone: agreed not to be taken back before its end."""

    ends: Ending
    on: date | None = None
    event: str = ""
    firm: bool = False


@dataclass(frozen=True)
class NewRecipient:
    """``member_id`` is of the care team; ``referrer_id`` of someone who referred the participant,
    whom the caller has looked up."""

    name: str
    kind: RecipientKind = RecipientKind.PERSON
    organization: str = ""
    participants: str = ""
    covered: bool = False
    member_id: UUID | None = None
    referrer_id: UUID | None = None


@dataclass(frozen=True)
class Signing:
    """How it was signed. ``seen`` is the hash of the text that was shown or, on our own printed
    form, the code at its foot. Of a form from elsewhere: ``says`` is what it tells the person who
    signs, and ``combined`` that it mixes a legal case with anything else."""

    name: str
    signer: Signer = Signer.PARTICIPANT
    relationship: str = ""
    how: SignedHow = SignedHow.SCREEN
    seen: str = ""
    on: date | None = None
    says: frozenset[Statement] = frozenset()
    combined: bool = False


@dataclass(frozen=True)
class Revoking:
    """Said aloud and written down by staff counts as much as a letter."""

    how: RevokedHow
    words: str = ""
    on: date | None = None


NOT_A_DRAFT = Refusal(
    "not-a-draft", _("This consent is signed. Its words do not change; begin a new one instead.")
)
PUT_AWAY = Refusal("put-away", _("This draft was put away. Bring it back first."))
MOVED_ON = Refusal(
    "moved-on",
    _("The text has changed since it was shown. Read it again together, then sign."),
)
OTHER_PAPER = Refusal(
    "other-paper",
    _("The code at the foot of the paper belongs to another text. Print it again, then sign."),
    field="code",
)
NO_SCAN = Refusal("no-scan", _("Add a photo or a scan of the paper that was signed."), field="file")
COMBINED = Refusal(
    "combined",
    _(
        "A form that mixes a legal case with something else counts for neither. "
        "Ask for two forms, one for each."
    ),
    field="combined",
)
UNKNOWN_MEMBER = Refusal(
    "unknown-recipient",
    _("One of these people is not known here. Look at the list again."),
    field="people",
)
TWICE = Refusal("revoked", _("This consent was already taken back."))
TWICE_FOR_THEM = Refusal("revoked", _("For them, it was already taken back."))


def why_not_speak(language: str) -> Refusal | None:
    if tongue(language).code != language:
        return Refusal(
            "language", _("There are no words of consent in this language."), field="language"
        )
    return None


def why_not_begin(kind: Kind | None, answer: str) -> Refusal | None:
    if kind is None:
        return Refusal("no-such-kind", _("Choose one of the kinds."), field="kind")
    return why_not_fit(kind, answer)


def why_not_change(status: ConsentStatus) -> Refusal | None:
    if status is S.PUT_AWAY:
        return PUT_AWAY
    return None if status is S.DRAFT else NOT_A_DRAFT


def why_not_name(kind: Kind, people: Collection[NewRecipient]) -> Refusal | None:
    for one in people:
        if not one.name.strip():
            return Refusal("no-name", _("Say the name of who may hear it."), field="name")
        if len(one.name) > LONGEST_NAME or len(one.organization) > LONGEST_ROW:
            return Refusal("too-long", _("This name is too long for a form."), field="name")
        if one.kind not in kind.recipients:
            return Refusal(
                "recipient-kind", _("This kind of consent names people one by one."), field="name"
            )
        if one.kind is RecipientKind.INTERMEDIARY and not one.participants.strip():
            return Refusal(
                "no-participants",
                _("Say who may receive it through them."),
                field="participants",
            )
    return None


def why_not_until(kind: Kind, until: Until, *, on: date) -> Refusal | None:
    if until.ends not in kind.ends:
        return Refusal("ends", _("This kind of consent needs an end."), field="ends")
    if until.firm and not kind.may_be_firm:
        return Refusal("firm", _("This kind can be taken back at any time."), field="firm")
    if until.ends is Ending.DATE:
        if until.on is None:
            return Refusal("no-day", _("Say the last day it holds."), field="ends_on")
        if until.on < on:
            return Refusal(
                "ends-before", _("This day is over. Choose a day from today on."), field="ends_on"
            )
    if until.ends is Ending.EVENT and not until.event.strip():
        return Refusal("no-event", _("Say what has to happen for it to end."), field="ends_event")
    return None


def as_signed(facts: ConsentFacts, signing: Signing, *, today: date) -> ConsentFacts:
    """The facts as they would stand if it were signed so, under the rules of that day. Of several
    that a form from elsewhere may be judged by, the newest under which nothing is missing."""
    on = signing.on or today
    signed = replace(
        facts,
        signer=signing.signer,
        signer_name=signing.name.strip(),
        signer_relationship=signing.relationship.strip(),
        signed_on=on,
    )
    under = (_under(signed, version.code, signing) for version in versions_for(on))
    tried = [one for one in under if one is not None]
    whole = [one for one in tried if not missing_elements(one) and mixed(one) is None]
    return next(iter([*whole, *tried]), signed)


def shown(facts: ConsentFacts, *, today: date) -> Document:
    """What a draft reads like, if it is signed on this screen today."""
    return document(as_signed(facts, Signing(name="."), today=today))


def left_to_say(facts: ConsentFacts, *, today: date) -> tuple[Refusal, ...]:
    """What a draft still lacks before anyone can sign it."""
    found = as_signed(facts, Signing(name="."), today=today)
    wrong = mixed(found)
    return missing_elements(found) or ((wrong,) if wrong is not None else ())


def _under(facts: ConsentFacts, version: str, signing: Signing) -> ConsentFacts | None:
    kind = kind_of(version, facts.kind)
    if kind is None:
        return None
    ours = frozenset(statements_of(kind, firm=facts.firm, purpose=facts.purpose))
    elsewhere = signing.how is SignedHow.ELSEWHERE
    return replace(facts, version=version, statements=signing.says if elsewhere else ours)


def why_not_sign(
    facts: ConsentFacts, signing: Signing, *, today: date, has_paper: bool
) -> Refusal | None:
    """``facts`` as ``as_signed`` gives them."""
    for refusal in _against_signing(facts, signing, today=today, has_paper=has_paper):
        return refusal
    return None


def _against_signing(
    facts: ConsentFacts, signing: Signing, *, today: date, has_paper: bool
) -> Iterator[Refusal]:
    on = facts.signed_on or today
    if signing.combined:
        yield COMBINED
    if on > today:
        yield Refusal(
            "future", _("This day has not come yet. Say on which day it was signed."), field="on"
        )
    if facts.ends_on is not None and facts.ends_on < on:
        yield Refusal(
            "ends-before",
            _("It would end on {end}, before it was signed. Change its last day first."),
            {"end": facts.ends_on},
            field="on",
        )
    if not any(version.code == facts.version for version in versions_for(on)):
        yield Refusal(
            "version",
            _("A form of that day does not count any more. Sign a new one together."),
            field="on",
        )
    yield from missing_elements(facts)
    if (wrong := mixed(facts)) is not None:
        yield wrong
    if signing.how is not SignedHow.SCREEN and not has_paper:
        yield NO_SCAN
    yield from _against_text(facts, signing)


def _against_text(facts: ConsentFacts, signing: Signing) -> Iterator[Refusal]:
    """What was signed is what was shown."""
    if signing.how is SignedHow.ELSEWHERE:
        return
    text = document(facts).hash
    if signing.how is SignedHow.SCREEN and signing.seen != text:
        yield MOVED_ON
    if signing.how is SignedHow.PAPER and not is_code_of(signing.seen, text):
        yield OTHER_PAPER


def their_words(text: str) -> str:
    """What someone said, without the marks typed around it: every page sets its own."""
    text = text.strip()
    marked = len(text) > 1 and text[0] in _OPENING and text[-1] in _CLOSING
    return text[1:-1].strip() if marked and not set(text[1:-1]) & _MARKS else text


_OPENING, _CLOSING = '"“„«', '"”“»'
_MARKS = frozenset(_OPENING + _CLOSING)


def why_not_revoke(
    status: ConsentStatus, facts: ConsentFacts, revoking: Revoking, *, today: date
) -> Refusal | None:
    """It counts from the next moment on; ``revoking.on`` is the day on which they said so."""
    if status is S.REVOKED:
        return TWICE
    # One that ended, too: nobody brings it back then by saying that it had not ended.
    if status not in (S.SIGNED, S.ENDED):
        return Refusal("not-in-force", _("Only a signed consent can be taken back."))
    if facts.firm and not has_ended(facts, on=today):
        return Refusal(
            "firm",
            _("It was agreed that this one holds until it ends. Talk with your privacy officer."),
        )
    on = revoking.on or today
    if on > today or (facts.signed_on is not None and on < facts.signed_on):
        return Refusal(
            "day",
            _("Choose the day on which they said it: after the signing, up to today."),
            field="on",
        )
    return None


def why_not_end(
    status: ConsentStatus, facts: ConsentFacts, on: date, *, today: date
) -> Refusal | None:
    """Someone says that the event of its ending happened."""
    if status is not S.SIGNED:
        return Refusal("not-in-force", _("Only a signed consent can end."))
    if facts.ends is not Ending.EVENT:
        return Refusal("no-event", _("This consent does not end by an event."))
    if on > today or (facts.signed_on is not None and on < facts.signed_on):
        return Refusal(
            "day", _("Choose the day it happened: after the signing, up to today."), field="on"
        )
    return None


def why_not_call_mistaken(status: ConsentStatus, reason: str) -> Refusal | None:
    if status is S.MISTAKEN:
        return Refusal("mistaken", _("This was already said to be a mistake."))
    if status in (S.DRAFT, S.PUT_AWAY):
        return Refusal("draft", _("Put the draft away instead."))
    if not reason.strip():
        return Refusal(
            "no-reason",
            _("Say in a few words why it was a mistake. It stays with it."),
            field="reason",
        )
    return None


def why_not_take_mistake_back(
    status: ConsentStatus, reason: str = ".", *, its_own_day: bool, by_them: bool, privacy: bool
) -> Refusal | None:
    """``by_them``: who asks is who called it a mistake; ``its_own_day``: today. Later, what was not
    told meanwhile, and why, is for the privacy officer to weigh."""
    if status is not S.MISTAKEN:
        return Refusal("no-mistake", _("This consent is not marked as a mistake."))
    if not privacy and not (its_own_day and by_them):
        return Refusal(
            "not-yours",
            _("Who said it can take it back on the same day. Later, ask your privacy officer."),
        )
    if not reason.strip():
        return Refusal("no-reason", _("Say in a few words why it counts."), field="reason")
    return None


def before_mistake(*, revoked: bool, ended: bool) -> ConsentStatus:
    """How a consent stood before someone called it a mistake."""
    if revoked:
        return S.REVOKED
    return S.ENDED if ended else S.SIGNED


def about_age(born_on: date | None, on: date, *, adult_from: int) -> Say | None:
    """A word of care where who signs is a question of state law (2.14)."""
    if born_on is None:
        return None
    years = on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))
    if years >= adult_from:
        return None
    return Say(
        _(
            "{years} years old. State law says who signs for someone this age: they, a parent, or "
            "both. Ask your privacy officer when in doubt."
        ),
        {"years": years},
    )
