"""A word one slip of the finger away from a word of the lexicon is that word: "truama", "theraphy".

Only longer words, and never where the slip looks like an ending ("scored", "scores").
"""

from collections.abc import Iterable, Mapping

SHORTEST = 6  # letters of a word in which two may be swapped
LONG = 8  # letters of a word in which one may be missing or too many; more for another one
_ENDINGS = "sdreyng"


def near_words(known: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """For each long word, and each way to leave one of its letters out, the words it may be."""
    near: dict[str, set[str]] = {}
    for word in known:
        if len(word) >= SHORTEST and word.isalpha():
            for form in _shortened(word):
                near.setdefault(form, set()).add(word)
    return {form: tuple(sorted(words)) for form, words in near.items()}


def as_meant(word: str, known: frozenset[str], near: Mapping[str, tuple[str, ...]]) -> str:
    """``word``, or the one known word that is a slip away from it."""
    if len(word) < SHORTEST - 1 or word in known:
        return word
    found = {one for form in _shortened(word) for one in near.get(form, ()) if _slip(word, one)}
    return found.pop() if len(found) == 1 else word


def _shortened(word: str) -> set[str]:
    return {word, *(word[:place] + word[place + 1 :] for place in range(1, len(word)))}


def _slip(word: str, known: str) -> bool:
    """Whether two letters are swapped or, in longer words, one is missing, too many or another."""
    if word[0] != known[0] or word.rstrip(_ENDINGS) == known.rstrip(_ENDINGS):
        return False
    if len(word) != len(known):
        longer, shorter = sorted((word, known), key=len, reverse=True)
        places = range(1, len(longer))
        return len(longer) >= LONG and any(
            longer[:place] + longer[place + 1 :] == shorter for place in places
        )
    wrong = [place for place, letter in enumerate(word) if letter != known[place]]
    if len(wrong) == 1:
        return len(word) > LONG
    first, last = wrong[0], wrong[-1]
    return (
        len(wrong) == 2
        and last == first + 1
        and word[first] == known[last]
        and (word[last] == known[first])
    )
