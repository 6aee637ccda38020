"""Signs of teaching, treatment or job skills in the plain words of a note.

Careful by design: "rode along to yoga" is going along, "her massage therapist" is somebody else,
"talked about acupuncture" is a talk. Only the writer's own giving counts as a sign of it.
"""

import re
from dataclasses import dataclass
from enum import StrEnum


class Giving(StrEnum):
    """How sure the words are that the writer gave a lesson or a treatment."""

    NOT_SEEN = "not_seen"
    MENTIONED = "mentioned"
    GIVEN = "given"


@dataclass(frozen=True)
class Signs:
    """``practice`` is the word found, as written; ``body`` is true for body and wellness work."""

    giving: Giving = Giving.NOT_SEEN
    practice: str = ""
    body: bool = False
    job_words: str = ""


_BODY = (
    r"yoga|massages?|acupunctur\w*|acupressure|reiki|tai[ -]?chi|qi[ -]?gong|martial arts?|karate"
    r"|judo|jiu[ -]?jitsu|tae ?kwon ?do|aikido|kick ?boxing|pilates|craniosacral"
    r"|(?:tension|trauma)(?: and trauma)? releas\w+ exercises?|breathwork|sound bath"
    r"|ear seeds|nada protocol|emdr|hypnosis|chiropract\w*"
)
_LESSON = r"(?:\w+ )?(?:lessons?|class|classes|workshop|course|curriculum)|therapy|counseling"
_PRACTICE = re.compile(rf"\b(?:{_BODY})\b|\b(?-i:TRE)\b", re.IGNORECASE)
_GAVE = (
    r"taught|teach|teaching|led|lead|leading|gave|give|giving|provided|instructed|instructing"
    r"|coached|coaching|demonstrated|treated .{0,20}with"
)
_GIVEN = re.compile(
    rf"\b(?:{_GAVE})\b(?:\W+\w+){{0,5}}?\W+(?:{_BODY}|(?-i:TRE)|{_LESSON})\b"
    rf"|\b(?:{_BODY}|(?-i:TRE))\W+(?:session|treatment|lesson)s?\W+(?:for|with|to)\W+"
    r"(?:her|him|them)\b"
    rf"|\bdid\W+(?:{_BODY}|(?-i:TRE))\W+on\W+(?:her|him|them)\b",
    re.IGNORECASE,
)
_SOMEBODY_ELSE = re.compile(
    r"\b(?:therapist|instructor|teacher|trainer|coach|counselor|doctor|sister|brother|mom|mother"
    r"|dad|friend|sponsor|practitioner|they|she|he)\W+(?:\w+ly\W+)?"
    r"(?:taught|teach\w*|led|leads|gave|gives|provid\w+|coach\w+|demonstrated|did|does|do|likes?"
    r"|loves?|tried|goes|went|has|had)\b"
    r"|\b(?:her|his|their|the|a|an)\W+(?:\w+\W+)?(?:therapist|instructor|teacher|practitioner)\b"
    r"|\btaught me\b",
    re.IGNORECASE,
)
_BESIDE = re.compile(
    r"\b(?:rode|ride|drove|drive|went|go|going|walked|came|tagged) (?:\w+ ){0,4}?"
    r"(?:along|with|w/|to|together)"
    r"|\b(?:accompanied|attended|joined|dropped|picked (?:\w+ )?up|took (?:her|him|them)"
    r"|transport\w*|sat (?:with|in|next)|waited|walk(?:ed)? (?:in|over))\b"
    r"|\b(?:talk\w*|spoke|chat\w*|discuss\w*|ask\w*|told|look\w* (?:up|for|into|at)|sign\w* up"
    r"|plan\w*|want\w*|would like|hop\w+ to|think\w*|thought|call\w*|schedul\w*|book\w*|cancel\w*"
    r"|mention\w*|heard|interested|referr\w*|introduc\w*|found|find|list\w*|toolbox)\b"
    r"|\b(?:no|not|never|without|instead of|didn'?t|did not|don'?t|won'?t)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[.;!?\n]+")
_DID = re.compile(r"\b(?:did|had|held|ran|session|\d+ ?min\w*|hours?)\b", re.IGNORECASE)
_CLAUSE = re.compile(r",?\s+(?:and|&|then|afterwards?|after that|but|before)\s+|,\s+|\s[-\u2013]\s")
_JOB = re.compile(
    r"\b(?:job (?:fair|search|applications?|apps?|skills?|coach\w*|club|hunt\w*|interview practice)"
    r"|resum[eé]s?|résumés?|cover letters?|(?:mock|practice[d]?(?: for)?(?: \w+)?) interviews?"
    r"|interview (?:practice|skills)|appl(?:y|ied|ying) (?:for|to) (?:\w+ ){0,3}jobs?)\b",
    re.IGNORECASE,
)


def read_signs(words: str) -> Signs:
    """What the words say about giving a lesson or treatment, and about job skills."""
    giving, practice = Giving.NOT_SEEN, ""
    for sentence in filter(None, _SENTENCE.split(words)):
        seen, word = _read_sentence(sentence)
        if seen is Giving.GIVEN or (seen is Giving.MENTIONED and giving is Giving.NOT_SEEN):
            giving, practice = seen, word
        if giving is Giving.GIVEN:
            break
    job = _JOB.search(words)
    return Signs(giving, practice, bool(_PRACTICE.search(practice)), job.group() if job else "")


def _read_sentence(sentence: str) -> tuple[Giving, str]:
    best = Giving.NOT_SEEN, ""
    context = ""
    for clause in filter(None, _CLAUSE.split(sentence)):
        seen, word = _read_clause(clause, context)
        if seen is Giving.GIVEN:
            return seen, word
        if seen is Giving.MENTIONED and best[0] is Giving.NOT_SEEN:
            best = seen, word
        if not _is_scrap(clause) or _BESIDE.search(clause):
            context = clause
    return best


def _read_clause(clause: str, context: str) -> tuple[Giving, str]:
    """``context`` is the last whole clause before: a scrap ("walks, yoga") belongs to it."""
    named = _PRACTICE.search(clause)
    if _SOMEBODY_ELSE.search(clause):
        return Giving.NOT_SEEN, ""
    given = _GIVEN.search(clause)
    if given and not _BESIDE.search(clause[: given.start()]):
        return Giving.GIVEN, named.group() if named else given.group()
    around = f"{context} {clause}" if _is_scrap(clause) else clause
    if named is None or _BESIDE.search(around):
        return Giving.NOT_SEEN, ""
    return Giving.MENTIONED, named.group()


def _is_scrap(clause: str) -> bool:
    return len(clause.split()) <= 3 and not _DID.search(clause)


def license_covers(other_license: str, practice: str) -> bool:
    """Whether a supporter's other license names the practice: a yoga teacher, yoga."""
    held, word = other_license.casefold(), practice.casefold()
    if not held.strip() or not word:
        return False
    if "massage" in word:
        return "massage" in held or "lmt" in held
    return word[:5] in held
