"""Suggestions for a match. What the participant asked for outranks everything else (PSP-4).

The order is a comparison, not a sum: first nobody who was refused, then more wishes met, then
fewer wishes unmet, then nobody with whom there is no common language, and only then experience,
county, language and room. So no weight of other facts can lift anyone above a supporter who meets
more of the person's own wishes, and connecting comes before what two people have in common.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from alongside.core.words import Say
from alongside.core.words import gettext_noop as _
from alongside.practice import catalog
from alongside.practice.codes import LivedExperience, Pathway
from alongside.practice.counties import county_key
from alongside.practice.matching import signs
from alongside.practice.matching.wishes import Wish, WishKind


class MatchAnswer(StrEnum):
    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


Y, N, U = MatchAnswer.YES, MatchAnswer.NO, MatchAnswer.UNKNOWN


@dataclass(frozen=True)
class PersonSide:
    """``experiences_shared`` is what the person wants to have in common, as far as they said."""

    county: str = ""
    wishes: tuple[Wish, ...] = ()
    language: str = ""
    experiences_shared: frozenset[LivedExperience] = frozenset()
    pathway: Pathway = Pathway.NOT_SAID


@dataclass(frozen=True)
class SupporterSide:
    """``experiences`` holds only what the supporter opened to this viewer; one that is missing is
    not known, never "no". ``room`` is how many more people fit, ``None`` where nobody said."""

    id: UUID
    name: str
    languages: frozenset[str] = frozenset()
    counties: frozenset[str] = frozenset()
    experiences: frozenset[LivedExperience] = frozenset()
    gender_words: str | None = None
    times: frozenset[str] = frozenset()
    room: int | None = None
    caseload: int = 0


@dataclass(frozen=True)
class MatchReason:
    """``wished``: the person asked for it themselves."""

    kind: str
    answer: MatchAnswer
    say: Say
    wished: bool = False


@dataclass(frozen=True)
class Suggestion:
    """``score`` only orders one list. ``ruled_out`` is the person's own no, as a sentence."""

    supporter_id: UUID
    score: int
    reasons: tuple[MatchReason, ...]
    cautions: tuple[Say, ...] = ()
    ruled_out: Say | None = None


def suggest(person: PersonSide, supporters: Sequence[SupporterSide]) -> list[Suggestion]:
    """Everyone, best first, refused last. Equal ones stay in the order of caseload, then name."""
    ordered = sorted(supporters, key=lambda s: (s.caseload, s.name, str(s.id)))
    found = [_suggestion(person, supporter) for supporter in ordered]
    return sorted(found, key=lambda s: -s.score)


def _suggestion(person: PersonSide, supporter: SupporterSide) -> Suggestion:
    reasons = [_wish_reason(wish, supporter) for wish in person.wishes if wish.kind != _REFUSED]
    reasons += _experience_reasons(person, supporter)
    reasons += _county_reasons(person, supporter)
    reasons += _language_reasons(person, supporter)
    reasons += _room_reasons(supporter)
    ruled_out = _ruled_out(person, supporter)
    return Suggestion(
        supporter.id,
        _score(reasons, ruled_out=ruled_out is not None, room=supporter.room),
        tuple(reasons),
        _cautions(person, supporter),
        ruled_out,
    )


_REFUSED = WishKind.REFUSAL
_PLACES = 1_000


def _score(reasons: Sequence[MatchReason], *, ruled_out: bool, room: int | None) -> int:
    """Digits of a number, the most important first; each counts below ``_PLACES``."""
    digits = [
        0 if ruled_out else 1,
        sum(r.wished and r.answer is Y for r in reasons),
        _PLACES - 1 - sum(r.wished and r.answer is N for r in reasons),
        min(_rank("language", reasons), 1),
        sum(r.kind == "experience" and not r.wished and r.answer is Y for r in reasons),
        _rank("county", reasons),
        _rank("language", [r for r in reasons if not r.wished]),
        min(max(room if room is not None else 1, 0), _PLACES - 1),
    ]
    score = 0
    for digit in digits:
        score = score * _PLACES + min(digit, _PLACES - 1)
    return score


def _rank(kind: str, reasons: Sequence[MatchReason]) -> int:
    answers = {r.answer for r in reasons if r.kind == kind}
    return 2 if Y in answers else 0 if N in answers else 1


def _wish_reason(wish: Wish, supporter: SupporterSide) -> MatchReason:
    answer = _wish_answer(wish, supporter)
    if wish.kind is WishKind.LANGUAGE:
        texts = {
            Y: _("asked for a {what} speaker: yes"),
            N: _("asked for a {what} speaker: no"),
            U: _("asked for a {what} speaker: not known"),
        }
        said: dict[str, object] = {"what": wish.value}
    elif wish.kind is WishKind.EXPERIENCE:
        texts = {
            Y: _("asked for {what} experience: shared"),
            N: _("asked for {what} experience: no"),
            U: _("asked for {what} experience: not known"),
        }
        said = {"what": _experience_name(wish.value)}
    elif wish.kind not in _JUDGED:
        texts = {U: _("said: {words}")}
        said = {"words": wish.words}
    else:
        texts = {
            Y: _("asked for: {words}: yes"),
            N: _("asked for: {words}: no"),
            U: _("asked for: {words}: not known"),
        }
        said = {"words": wish.words}
    return MatchReason(wish.kind, answer, Say(texts[answer], said), True)


_JUDGED = frozenset({WishKind.LANGUAGE, WishKind.EXPERIENCE, WishKind.GENDER, WishKind.TIME})


def _wish_answer(wish: Wish, supporter: SupporterSide) -> MatchAnswer:
    if wish.kind is WishKind.LANGUAGE:
        return _among(wish.value, supporter.languages)
    if wish.kind is WishKind.EXPERIENCE:
        return Y if wish.value in supporter.experiences else U
    if wish.kind is WishKind.GENDER:
        return _turned(_gender_answer(wish.value, supporter.gender_words), wish.avoid)
    if wish.kind is WishKind.TIME:
        return _time_answer(wish, supporter.times)
    return U


def _turned(answer: MatchAnswer, avoid: bool) -> MatchAnswer:
    if not avoid or answer is U:
        return answer
    return N if answer is Y else Y


def _among(wanted: str, known: frozenset[str]) -> MatchAnswer:
    if not known or not wanted:
        return U
    spoken = {name for one in known for name in _languages(one)}
    return Y if _languages(wanted) & spoken else N


def _languages(text: str) -> set[str]:
    """Languages by one name each: "Español" and "Spanish/English" as people type them."""
    named = {name for name, pattern in signs.LANGUAGES.items() if pattern.search(text)}
    return named or {_fold(text)}


def _gender_answer(wanted: str, words: str | None) -> MatchAnswer:
    if not words:
        return U
    for name, pattern in _GENDER_WORDS:
        if pattern.search(words):
            return Y if name == wanted else N
    return U


_GENDER_WORDS = (
    ("nonbinary", re.compile(r"\b(?:non-?binary|they|enby|genderqueer)\b", re.IGNORECASE)),
    ("woman", re.compile(r"\b(?:woman|female|she|lady|mujer)\b", re.IGNORECASE)),
    ("man", re.compile(r"\b(?:man|male|he|guy|hombre)\b", re.IGNORECASE)),
)


def _time_answer(wish: Wish, times: frozenset[str]) -> MatchAnswer:
    """Compared by plain word; "after 5" against "evenings" stays unknown."""
    if not times or wish.avoid:
        return U
    wanted = {_singular(word) for word in wish.value.split(", ")}
    offered = {_singular(word) for time in times for word in re.split(r"[,;/]\s*", time)}
    if wanted & offered:
        return Y
    return N if wanted <= _NAMED_TIMES and offered <= _NAMED_TIMES else U


def _singular(word: str) -> str:
    return _fold(word).removesuffix("s")


_NAMED_TIMES = frozenset({"evening", "night", "morning", "afternoon", "weekend"})


def _experience_reasons(person: PersonSide, supporter: SupporterSide) -> list[MatchReason]:
    """What they would have in common, beyond what was asked for in so many words."""
    asked = {wish.value for wish in person.wishes if wish.kind is WishKind.EXPERIENCE}
    suggested = catalog.term("pathway", person.pathway).suggests
    reasons = []
    for experience in LivedExperience:
        if experience in asked:
            continue
        if experience in person.experiences_shared or experience in suggested:
            shared = experience in supporter.experiences
            text = _("{what} experience: shared") if shared else _("{what} experience: not known")
            say = Say(text, {"what": _experience_name(experience)})
            reasons.append(MatchReason("experience", Y if shared else U, say))
    return reasons


def _experience_name(code: str) -> Say:
    return Say(catalog.term("lived_experience", code).inline)


def _county_reasons(person: PersonSide, supporter: SupporterSide) -> list[MatchReason]:
    key = county_key(person.county)
    if not key:
        return []
    known = {county_key(county) for county in supporter.counties}
    said = {"county": key.title()}
    if not known:
        return [MatchReason("county", U, Say(_("{county} County: not known"), said))]
    if key in known:
        return [MatchReason("county", Y, Say(_("{county} County"), said))]
    return [MatchReason("county", N, Say(_("does not work in {county} County"), said))]


def _language_reasons(person: PersonSide, supporter: SupporterSide) -> list[MatchReason]:
    asked = {
        name
        for wish in person.wishes
        if wish.kind is WishKind.LANGUAGE
        for name in _languages(wish.value)
    }
    if not person.language or _languages(person.language) & asked:
        return []
    answer = _among(person.language, supporter.languages)
    texts = {
        Y: _("speaks {what}"),
        N: _("does not speak {what}"),
        U: _("speaks {what}: not known"),
    }
    return [MatchReason("language", answer, Say(texts[answer], {"what": person.language}))]


def _room_reasons(supporter: SupporterSide) -> list[MatchReason]:
    room = supporter.room
    if room is None:
        return [MatchReason("room", U, Say(_("room: not known")))]
    if room <= 0:
        return [MatchReason("room", N, Say(_("no room right now")))]
    if room == 1:
        return [MatchReason("room", Y, Say(_("room for one more")))]
    return [MatchReason("room", Y, Say(_("room for {n} more"), {"n": room}))]


def _ruled_out(person: PersonSide, supporter: SupporterSide) -> Say | None:
    for wish in person.wishes:
        if wish.kind is _REFUSED and _names(wish.value, supporter.name) is Y:
            return Say(_("asked for: {words}"), {"words": wish.words})
        unwanted = wish.kind is WishKind.GENDER and wish.avoid
        if unwanted and _gender_answer(wish.value, supporter.gender_words) is Y:
            return Say(_("asked for: {words}"), {"words": wish.words})
    return None


def _cautions(person: PersonSide, supporter: SupporterSide) -> tuple[Say, ...]:
    """The person's own no, beside every suggestion, and a name that comes close to it."""
    cautions = []
    for wish in person.wishes:
        if wish.kind is _REFUSED:
            cautions.append(Say(_("asked for: {words}"), {"words": wish.words}))
            if _names(wish.value, supporter.name) is U:
                cautions.append(Say(_("The name is close. Is this the same person?")))
    return tuple(cautions)


def _names(refused: str, name: str) -> MatchAnswer:
    """Whether a refusal names this supporter: a whole name part is a yes, its beginning unknown.

    In a long refusal only capitalized words are taken for names, so that "someone who will judge"
    does not rule out Will.
    """
    words = re.findall(r"[\w'-]+", refused)
    spoken = [w for w in words if w[:1].isupper()] if len(words) > 4 else words
    candidates = {_fold(word) for word in spoken} - _NOT_NAMES
    parts = {_fold(part) for part in re.findall(r"[\w'-]+", name)}
    if candidates & parts:
        return Y
    close = any(
        min(len(a), len(b)) >= 3 and (a.startswith(b) or b.startswith(a))
        for a in candidates
        for b in parts
    )
    return U if close else N


_NOT_NAMES = frozenset(
    re.findall(
        r"\w+",
        "a an and any anyone anybody at aunt brother but church cousin dad ex father female for "
        "friend from her him his husband in male man men mom mother my neighbor of or our person "
        "please same she he sister sponsor supporter the their them they town uncle who wife with "
        "woman women",
    )
)


def _fold(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in plain if not unicodedata.combining(c)).strip()
