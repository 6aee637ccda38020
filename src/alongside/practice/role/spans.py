"""Where a note's sentences begin and end, and which few words of one carry the most weight."""

from alongside.practice.role.kinds import LONGEST_PHRASE
from alongside.practice.role.reading import Reading
from alongside.practice.role.words import SENTENCE_ENDS

LONGEST_SENTENCE = 60  # words; people who type on phones may never set a period
SHORTEST_SENTENCE = 4  # words; "Proud of her." goes with what it follows
MOST_WORDS = 9  # of a phrase
FEWEST_WORDS = 3


def sentences(reading: Reading) -> list[tuple[int, int]]:
    """First and after-last word of each sentence, in order."""
    found: list[tuple[int, int]] = []
    first = 0
    for place, word in enumerate(reading.plain, start=1):
        ended = word in SENTENCE_ENDS or place - first >= LONGEST_SENTENCE
        if not ended and place < len(reading.plain):
            continue
        if found and place - first < SHORTEST_SENTENCE:
            found[-1] = (found[-1][0], place)
        else:
            found.append((first, place))
        first = place
    return found


def strongest_span(part: Reading, worth: list[float]) -> tuple[int, int]:
    """Start and end, in the note, of the words in a row that are worth most together."""
    best, chosen = float("-inf"), (0, 0)
    for first in range(len(worth)):
        if not part.plain[first][0].isalnum():
            continue
        total = 0.0
        for last in range(first, min(first + MOST_WORDS, len(worth))):
            word = part.plain[last]
            if word in SENTENCE_ENDS:
                break
            total += worth[last]
            enough = last - first + 1 >= FEWEST_WORDS or last == len(worth) - 1
            if total > best and word[0].isalnum() and (enough or best == float("-inf")):
                best, chosen = total, (first, last)
    start = part.words[chosen[0]].start
    return start, min(part.words[chosen[1]].end, start + LONGEST_PHRASE)
