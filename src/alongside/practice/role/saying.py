"""Why a phrase may lie outside the role, and a way to say or do it inside, for each kind."""

import re
from dataclasses import dataclass

from alongside.core.words import Say
from alongside.core.words import gettext_noop as _
from alongside.practice.role.kinds import HintKind
from alongside.practice.role.reading import Reading


@dataclass(frozen=True)
class _Case:
    """Said when one of these concepts is in the sentence; ``instead`` for her, him, them."""

    concepts: frozenset[str]
    say: str
    instead: tuple[str, str, str]


def _case(concepts: str, say: str, *instead: str) -> _Case:
    her, him, them = instead if len(instead) == 3 else (instead[0],) * 3
    return _Case(frozenset(concepts.split()), say, (her, him, them))


# The first case that fits a sentence speaks; the last of each kind fits always.
_CASES: dict[HintKind, tuple[_Case, ...]] = {
    HintKind.CLINICAL: (
        _case(
            "MED MEDCHANGE",
            _(
                "sounds like a choice about medicine. That belongs to the person and the one who "
                "prescribes."
            ),
            _("she has questions about her medicine; we wrote them down for her doctor"),
            _("he has questions about his medicine; we wrote them down for his doctor"),
            _("we wrote down questions about the medicine for the doctor"),
        ),
        _case(
            "TOOL",
            _(
                "sounds like a clinical assessment. Clinicians do these; we listen to what it is "
                "like."
            ),
            _("she told me in her own words how it has been; I told her who can assess it"),
            _("he told me in his own words how it has been; I told him who can assess it"),
            _("we talked about how it has been, and who can assess it"),
        ),
        _case(
            "",
            _(
                "sounds like counseling or treatment. In this role we listen and share our own "
                "story."
            ),
            _("I listened; she talked about …, and about who else could help with it"),
            _("I listened; he talked about …, and about who else could help with it"),
            _("I listened; we talked about …, and about who else could help with it"),
        ),
    ),
    HintKind.DIAGNOSIS: (
        _case(
            "SIGN",
            _("sounds like a clinician's words. What did you see and hear?"),
            _("she told me …; I saw …; I asked her how it is for her"),
            _("he told me …; I saw …; I asked him how it is for him"),
            _("I saw …; I heard …; I asked what it is like"),
        ),
        _case(
            "",
            _(
                "sounds like a diagnosis. We write what we saw, or what the person says of "
                "themselves."
            ),
            _("I saw that she …; I asked her how it is for her"),
            _("I saw that he …; I asked him how it is for him"),
            _("I saw …; I asked what it is like"),
        ),
    ),
    HintKind.DRUG_TESTING: (
        _case(
            "",
            _(
                "sounds like you tested. Peers do not test or watch; trust is what we bring. If "
                "you were asked to, talk with your supervisor."
            ),
            _("we talked about who does the test, and I kept her company on the way"),
            _("we talked about who does the test, and I kept him company on the way"),
            _("we talked about who does the test, and I came along"),
        ),
    ),
    HintKind.ADVICE: (
        _case(
            "",
            _(
                "sounds like advice. In this role we look for ways together. Was it an idea you "
                "two found?"
            ),
            _("we talked about ways to go; she chose …"),
            _("we talked about ways to go; he chose …"),
            _("we talked about ways to go; the choice was …"),
        ),
    ),
    HintKind.DOING_FOR: (
        _case(
            "UNABLE YES",
            _("sounds like doing it for the person. If they asked, and why, is worth a word."),
            _("she asked me to, because …; she told me what to write"),
            _("he asked me to, because …; he told me what to write"),
            _("I was asked to, because …"),
        ),
        _case(
            "",
            _(
                "sounds like doing it for the person. Did they ask you to? What could they do "
                "themselves?"
            ),
            _("we did it side by side; she …, and I …"),
            _("we did it side by side; he …, and I …"),
            _("we did it side by side"),
        ),
    ),
    HintKind.STIGMATIZING: (
        _case(
            "TEST RESULT",
            _(
                "may hurt: “clean” and “dirty” are said of things. Plain words say what the test "
                "showed."
            ),
            _("her test was negative / positive"),
            _("his test was negative / positive"),
            _("the test was negative / positive"),
        ),
        _case(
            "",
            _(
                "may read as a label. The person will read this note. What happened, in plain "
                "words?"
            ),
            _("she did not …; she told me that …"),
            _("he did not …; he told me that …"),
            _("what happened was …; what I heard was …"),
        ),
    ),
}
_SUICIDE = _case(
    "",
    _(
        "sounds like an assessment. How high the danger is, is not ours to judge. Asking openly "
        "and calling together is."
    ),
    _("I asked her openly; we called 988 together; I told my supervisor"),
    _("I asked him openly; we called 988 together; I told my supervisor"),
    _("I asked openly; we called 988 together; I told my supervisor"),
)
_ANYONE = 2
_WORD = re.compile(r"[a-z]+(?:'s)?")
_HER = frozenset({"her", "she", "hers", "herself", "shes", "she's"})
_HIM = frozenset({"him", "he", "his", "himself", "hes", "he's"})


def why_and_instead(kind: HintKind, part: Reading, note: str, phrase: str) -> tuple[Say, Say]:
    """The reason and another way to say it, in the pronoun that the note uses."""
    concepts = {concept for one in part.found for concept in one.concepts}
    case = next(one for one in _CASES[kind] if not one.concepts or one.concepts & concepts)
    first, after = part.words[0].start, part.words[-1].end
    if kind is HintKind.CLINICAL and "suicid" in note[first:after].lower():
        case = _SUICIDE
    whom = next((w for w in (_whom(phrase), _whom(note[first:after])) if w is not None), _ANYONE)
    return Say(case.say), Say(case.instead[whom])


def _whom(text: str) -> int | None:
    """Where the words for her, for him, or (``None``) for anyone stand in a case."""
    said = set(_WORD.findall(text.lower()))
    return 0 if said & _HER else 1 if said & _HIM else None
