"""Who acts at each place of a note: the writer, the person walked with, or somebody else.

A note leaves out "I": "told her she should" is the writer's own act, "her mom told her she should"
is not. From left to right each word gets a voice; what somebody reports stays theirs until the
sentence, or the writer, goes on.
"""

from dataclasses import dataclass
from enum import StrEnum

from alongside.practice.role.lexicon import Found, find_concepts, spelled
from alongside.practice.role.spelling import as_meant
from alongside.practice.role.words import NAME, SENTENCE_ENDS, Word, read_words, texts


class Voice(StrEnum):
    WRITER = "w"
    WRITER_SAYS = "ws"
    TOGETHER = "t"
    PERSON = "p"
    PERSON_SAYS = "ps"
    OTHER = "o"
    OTHER_SAYS = "os"


_SAYS = {
    Voice.WRITER: Voice.WRITER_SAYS,
    Voice.TOGETHER: Voice.WRITER_SAYS,
    Voice.PERSON: Voice.PERSON_SAYS,
    Voice.OTHER: Voice.OTHER_SAYS,
}
_JOINS = frozenset({",", "and", "but", "so", "then", "-", "(", ":"})
_OPENS = (
    _JOINS
    | SENTENCE_ENDS
    | {"that", "because", "when", "while", "if", "as", "how", "what", "who", "after", "before"}
    | {"since", "until", "til", "why", "where", "whether", "than", "though", "although", "which"}
    | {"said", "says"}
)
_SPEECH = frozenset({"SAY", "TELL", "ASK", "THINK", "ADVISE"})
_TO_HER = frozenset({"her", "his", NAME})
_REPORTS_ON = frozenset({"told", "asked", "gave", "let", "advised", "texted", "warned", "urged"})
_NEAR = 5  # words back to who is meant
_NOT_FOR = 6  # words that a "not" reaches
_STARTS = frozenset(
    {"the", "a", "an", "her", "his", "my", "our", "your", "this", "that", "every", "each"}
    | {"another", "some", "one", "new", "old", "foster"}
)


@dataclass(frozen=True, slots=True)
class Reading:
    """The words of a note with, for each word, its voice, whether denied, whether in quotes."""

    words: tuple[Word, ...]
    plain: list[str]
    found: tuple[Found, ...]
    voices: list[Voice]
    denied: list[bool]
    quoted: list[bool]

    def part(self, first: int, after: int) -> "Reading":
        """The reading of the words from ``first`` to before ``after`` alone."""
        span = slice(first, after)
        found = tuple(
            Found(one.concepts, one.first - first, one.after - first)
            for one in self.found
            if first <= one.first and one.after <= after
        )
        return Reading(
            self.words[span],
            self.plain[span],
            found,
            self.voices[span],
            self.denied[span],
            self.quoted[span],
        )


def read(note: str) -> Reading:
    known, near = spelled()
    words = tuple(
        Word(as_meant(word.text, known, near), word.start, word.end) for word in read_words(note)
    )
    plain, found = texts(words), find_concepts(words)
    at = {place: one.concepts for one in found for place in range(one.first, one.after)}
    return Reading(words, plain, found, _voices(plain, at), _denied(plain, at), _quoted(plain))


def _voices(plain: list[str], at: dict[int, tuple[str, ...]]) -> list[Voice]:
    voices, voice = [], Voice.WRITER
    for place, word in enumerate(plain):
        before = plain[place - 1] if place else "."
        if before in SENTENCE_ENDS:
            voice = Voice.WRITER
        voice = _next_voice(voice, plain, place, at)
        voices.append(voice)
        if _SPEECH & set(at.get(place, ())) and voice in _SAYS and word not in _JOINS:
            after = at.get(place + 1)
            if after is None or after != at.get(place):
                voice = _SAYS[voice]
    return voices


def _next_voice(
    voice: Voice, plain: list[str], place: int, at: dict[int, tuple[str, ...]]
) -> Voice:
    word, before = plain[place], plain[place - 1] if place else "."
    opens = before in _OPENS
    if word == "i":
        return Voice.WRITER if opens or not _is_report(voice) else voice
    if word == "we":
        return Voice.TOGETHER if opens or not _is_report(voice) else voice
    if word == "she" or (word == NAME and _is_subject(plain, place)):
        if voice is Voice.WRITER_SAYS and before not in _JOINS:
            return voice
        if _is_report(voice) and voice is not Voice.WRITER_SAYS:
            return voice
        return Voice.PERSON
    if _somebody(at.get(place, ())) and _is_subject(plain, place):
        return Voice.OTHER if voice is not Voice.PERSON_SAYS else Voice.OTHER_SAYS
    if before in _JOINS and word in _REPORTS_ON and _goes_back_to_writer(voice, plain, place):
        return Voice.WRITER
    if before in {"was", "were", "got", "been"} and word in {"told", "asked", "advised", "given"}:
        return Voice.OTHER
    return voice


def _goes_back_to_writer(voice: Voice, plain: list[str], place: int) -> bool:
    """ "He wants to go alone, told him no": whom somebody tells did not tell it."""
    if voice not in (Voice.PERSON, Voice.WRITER_SAYS, Voice.PERSON_SAYS):
        return False
    if plain[place - 1] == "and" and NAME in plain[max(0, place - _NEAR) : place]:
        return False  # "Jared came over and told her": a name that tells is somebody else's
    return plain[place + 1 : place + 2] != [] and plain[place + 1] in _TO_HER


def _is_report(voice: Voice) -> bool:
    return voice in (Voice.PERSON_SAYS, Voice.OTHER_SAYS, Voice.WRITER_SAYS)


def _somebody(concepts: tuple[str, ...]) -> bool:
    return "PRO" in concepts or "FAMILY" in concepts


def _is_subject(plain: list[str], place: int) -> bool:
    """Whether a noun here acts: nothing but an article stands between it and a beginning."""
    first = place
    while first and plain[first - 1] in _STARTS and place - first < 3:
        first -= 1
    return not first or plain[first - 1] in _OPENS


def _denied(plain: list[str], at: dict[int, tuple[str, ...]]) -> list[bool]:
    denied, reach = [], 0
    for place, word in enumerate(plain):
        if word in SENTENCE_ENDS or word in {"but", ","}:
            reach = 0
        denied.append(reach > 0)
        reach -= 1
        if "NOT" in at.get(place, ()):
            reach = _NOT_FOR
    return denied


def _quoted(plain: list[str]) -> list[bool]:
    inside, quoted = False, []
    for word in plain:
        inside ^= word == '"'
        quoted.append(inside)
    return quoted
