"""Which questions are alike, so that one answer serves the next (PEER-6). Pure.

Alike are two who ask in the same standing (Peer Support opens by a certificate, so an answer for
one who holds it is none for one who does not) and who tell of the same thing: half of the telling
words of the shorter text; or a quarter of them, and the same sort of activity or way along. Where
a question has no words to compare, the activities must be the same. Plain counting, so that anyone
can see why.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from alongside.practice.codes import Activity

_WORD = re.compile(r"[^\W\d_]{3,}")
_ENDINGS = re.compile(r"(?:ing|ed|es|s|ly)$")
FEW = 2  # words that must be the same in any case
# Said of nearly every meeting: they tell nothing of which array it was.
EVERYWHERE = frozenset({Activity.MUTUAL_RELATIONSHIP.value, Activity.GOING_ALONG.value})


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_SAY_LITTLE = _set(
    "about after again all also and any are asked because been before being both but came can "
    "could day did does doing done each for from get getting give given going got had has have "
    "having he her here herself him himself his how into its just last later let like made make "
    "many may meet met more most much need new next not now off once one only other our out over "
    "own person really said same sat say see she should since some someone something still such "
    "take than that the their them then there they thing this through time today together told "
    "too took two until use very wanted wants was way week well went were what when where which "
    "while who why will with would yes yesterday you your participant peer support we i it "
    "minutes hour hours"
)


@dataclass(frozen=True)
class LikeFacts:
    """What is compared of a question or a note."""

    certified: bool
    words: str = ""
    activities: frozenset[str] = frozenset()
    going_along: str = ""


def telling(words: str) -> frozenset[str]:
    """The words that say what it was about, by their stems."""
    found = (word.casefold() for word in _WORD.findall(words))
    return frozenset(_stem(word) for word in found if word not in _SAY_LITTLE)


def likeness(note: LikeFacts, question: LikeFacts) -> float:
    """How alike, from 0 (not alike) upwards; only to put the most alike first."""
    if note.certified != question.certified:
        return 0.0
    own, theirs = telling(note.words), telling(question.words)
    same = len(own & theirs)
    sort = _same_sort(note, question)
    if not own or not theirs:
        return sort if not theirs and sort >= 1 else 0.0
    share = same / min(len(own), len(theirs))
    alike = same >= FEW and (share >= 0.5 or (share >= 0.25 and sort > 0))
    return share + sort if alike else 0.0


def most_alike(note: LikeFacts, questions: Iterable[LikeFacts], *, most: int = 2) -> list[int]:
    """The places of those alike, most alike first; of equals, the one that came first."""
    scores = [(likeness(note, question), n) for n, question in enumerate(questions)]
    alike = sorted((score for score in scores if score[0] > 0), key=lambda s: (-s[0], s[1]))
    return [n for _score, n in alike[:most]]


def _same_sort(note: LikeFacts, question: LikeFacts) -> float:
    one, other = note.activities - EVERYWHERE, question.activities - EVERYWHERE
    shared = len(one & other) / len(one | other) if one | other else 0.0
    along = bool(note.going_along) and note.going_along == question.going_along
    return shared + 0.5 * along


def _stem(word: str) -> str:
    stem = _ENDINGS.sub("", word)
    return stem if len(stem) >= 3 else word
