"""What a consent lacks, whether it may be relied on, and whether it may be taken back. Pure."""

from collections.abc import Callable, Mapping
from datetime import date

from alongside.core.refusal import Refusal
from alongside.core.words import gettext_noop as _
from alongside.practice.consents.codes import (
    Category,
    Element,
    Ending,
    Purpose,
    RecipientKind,
    Signer,
    Statement,
)
from alongside.practice.consents.facts import ConsentFacts, RecipientFacts
from alongside.practice.consents.part_2 import Kind, book, kind_of, version

E = Element

UNKNOWN_KIND = Refusal("no-such-kind", _("This kind of consent is not made under these rules."))


def missing_elements(facts: ConsentFacts) -> tuple[Refusal, ...]:
    """One sentence for each element that the rule asks for and the consent lacks, in its order.

    A kind that its version does not know lacks everything.
    """
    kind = kind_of(facts.version, facts.kind)
    if kind is None:
        return (UNKNOWN_KIND,)
    needed = kind.elements | ({E.REDISCLOSURE} if _passes_on(facts.purpose, kind) else set())
    lacking = [element for element in E if element in needed]
    lacking = [element for element in lacking if not _HOLDS[element](facts, kind)]
    parts = book().elements
    return tuple(Refusal(e.value, parts[e].missing, field=_FIELD.get(e, e.value)) for e in lacking)


def mixed(facts: ConsentFacts) -> Refusal | None:
    """What a kind may not hold: what stands alone by the rule, what its version does not know."""
    kind = kind_of(facts.version, facts.kind)
    if kind is None:
        return UNKNOWN_KIND
    if facts.purpose is not None and facts.purpose not in kind.purposes:
        alone = facts.purpose is Purpose.PROCEEDINGS or kind.purposes == (Purpose.PROCEEDINGS,)
        return Refusal("combined", _ALONE if alone else _OTHER_KIND, field="purpose")
    if facts.categories - set(kind.categories):
        alone = Category.COUNSELING_NOTES in facts.categories
        return Refusal("combined", _NOTES_ALONE if alone else _OTHER_KIND, field="categories")
    if any(one.kind not in kind.recipients for one in facts.recipients):
        return Refusal("recipient-kind", _NAMES_ONLY, field="recipient")
    if facts.ends is not None and facts.ends not in kind.ends:
        return Refusal("no-end", book().elements[E.END].missing, field="ends")
    if facts.firm and not kind.may_be_firm:
        return Refusal("firm", _("This kind can be taken back at any time."), field="firm")
    return None


def why_not_rely(facts: ConsentFacts, *, on: date) -> Refusal | None:
    """Why nothing may be told by this consent on ``on``. Nothing is relied on that is expired,
    lacking, revoked or false (2.31(c)).

    Of several recipients, ask with the one in question alone.
    """
    if facts.mistaken:
        return Refusal("mistaken", _("This consent was written down by mistake."))
    if facts.signed_on is None or on < facts.signed_on:
        return Refusal("not-signed", _("This consent is not signed yet."))
    if facts.revoked_on is not None and facts.revoked_on <= on:
        return Refusal("revoked", _("This consent was taken back."))
    out = [one for one in facts.recipients if one.revoked_on and one.revoked_on <= on]
    if out and len(out) == len(facts.recipients):
        return Refusal("recipient-revoked", _("This consent was taken back for them."))
    if has_ended(facts, on=on):
        return Refusal("ended", _("This consent has ended."))
    found = version(facts.version)
    if found is None or not found.holds_on(facts.signed_on):
        return Refusal("version", _("This form did not count any more when it was signed."))
    for lacking in missing_elements(facts):
        return lacking
    return mixed(facts)


def has_ended(facts: ConsentFacts, *, on: date) -> bool:
    """The last day named still counts; the day on which an event happened does not."""
    by_day = facts.ends_on is not None and facts.ends_on < on
    by_event = facts.event_on is not None and facts.event_on <= on
    return by_day or by_event


def why_not_fit(kind: Kind, answer: str) -> Refusal | None:
    """Someone picks a kind that is not for this: the sentence says which one is."""
    if not kind.ask:
        return None
    found = kind.answer(answer)
    if found is None:
        return Refusal(E.FITS, book().elements[E.FITS].missing, field="answer")
    return None if found.fits else Refusal("other-kind", found.why, field="answer")


def statements_of(
    kind: Kind, *, firm: bool = False, purpose: Purpose | None = None
) -> tuple[Statement, ...]:
    """What a form of this kind shows; one that holds until its end does not say otherwise, one for
    treatment or payment says what a clinic or a health plan may do with it."""
    back = Statement.REVOCATION
    rest = (one for one in kind.statements if one is not back)
    care = kind.with_care if _passes_on(purpose, kind) else ()
    return (Statement.FIRM if firm else back, *care, *rest)


def _passes_on(purpose: Purpose | None, kind: Kind) -> bool:
    """Whether it goes to those who may pass on what they got for care (2.31(a)(4))."""
    return bool(kind.with_care) and purpose in (Purpose.TREATMENT, Purpose.PAYMENT)


def _names_them(one: RecipientFacts) -> bool:
    through = one.kind is not RecipientKind.INTERMEDIARY or one.participants.strip()
    return bool(one.name.strip() and through)


def _tells_why(facts: ConsentFacts, kind: Kind) -> bool:
    needs_words = facts.purpose in (Purpose.OTHER, Purpose.PROCEEDINGS)
    return facts.purpose is not None and not (needs_words and not facts.purpose_words.strip())


def _tells_the_end(facts: ConsentFacts, kind: Kind) -> bool:
    if facts.ends is Ending.DATE:
        return facts.ends_on is not None and (
            facts.signed_on is None or facts.signed_on <= facts.ends_on
        )
    if facts.ends is Ending.EVENT:
        return bool(facts.ends_event.strip())
    return facts.ends is Ending.NONE and Ending.NONE in kind.ends


def _says_how_to_revoke(facts: ConsentFacts, kind: Kind) -> bool:
    wanted = Statement.FIRM if facts.firm and kind.may_be_firm else Statement.REVOCATION
    return wanted in facts.statements


def _is_signed(facts: ConsentFacts, kind: Kind) -> bool:
    for_another = facts.signer is not Signer.PARTICIPANT
    return bool(
        facts.signer_name.strip() and (facts.signer_relationship.strip() or not for_another)
    )


_HOLDS: Mapping[Element, Callable[[ConsentFacts, Kind], bool]] = {
    E.PARTICIPANT: lambda facts, _kind: bool(facts.participant.strip()),
    E.DISCLOSER: lambda facts, _kind: bool(facts.discloser.strip()),
    E.INFORMATION: lambda facts, _kind: bool(facts.categories),
    E.RECIPIENT: lambda facts, _kind: (
        bool(facts.recipients) and all(_names_them(one) for one in facts.recipients)
    ),
    E.PURPOSE: _tells_why,
    E.REVOCATION: _says_how_to_revoke,
    E.END: _tells_the_end,
    E.SIGNATURE: _is_signed,
    E.SIGNED_ON: lambda facts, _kind: facts.signed_on is not None,
    E.REDISCLOSURE: lambda facts, _kind: Statement.REDISCLOSURE in facts.statements,
    E.REFUSAL: lambda facts, _kind: Statement.REFUSAL in facts.statements,
    E.FITS: lambda facts, kind: why_not_fit(kind, facts.answer) is None,
}
# Where on a form a person mends what is missing.
_FIELD: Mapping[Element, str] = {
    E.INFORMATION: "categories",
    E.END: "ends",
    E.SIGNATURE: "signer_name",
    E.FITS: "answer",
}

_ALONE = _("A consent for a legal case is never combined with any other. Begin another one.")
_NOTES_ALONE = _("Counseling notes need a consent of their own. Begin another one.")
_OTHER_KIND = _("This kind of consent is not for that. Begin one of another kind.")
_NAMES_ONLY = _("This kind of consent names people one by one.")
