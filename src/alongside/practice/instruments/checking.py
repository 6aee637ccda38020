"""What must hold in a whole instrument. The first mistake is told, with the place where it is."""

from collections.abc import Iterator, Mapping

from alongside.core.signs import is_sound
from alongside.core.words import Say
from alongside.core.words import gettext_noop as _
from alongside.practice.instruments.definition import (
    BrokenInstrument,
    Group,
    Instrument,
    Item,
    Kind,
    ScoreRule,
)

MOST_ITEMS = 200
MOST_OPTIONS = 40
MOST_SCORES = 40
LONGEST_ID = 80


def check(found: Instrument) -> Instrument:
    """The same instrument; raises ``BrokenInstrument`` where something in it does not hold."""
    for where, say in _mistakes(found):
        raise BrokenInstrument(where, say)
    return found


def _mistakes(found: Instrument) -> Iterator[tuple[str, Say]]:
    items = list(found.items())
    if not any(item.asks for item in items):
        yield "", Say(_("There is no question in it."))
    if len(items) > MOST_ITEMS:
        yield "", Say(_("It has more than {most} questions."), {"most": MOST_ITEMS})
    seen: set[str] = set()
    ids = [group.link_id for group in found.groups()] + [item.link_id for item in items]
    for link_id in ids:
        if link_id in seen:
            yield link_id, Say(_("Two questions have the linkId “{key}”."), {"key": link_id})
        seen.add(link_id)
    for group in found.groups():
        yield from _of_group(group)
    for item in items:
        yield from _of_item(item)
    if len(found.scores) > MOST_SCORES:
        yield "", Say(_("It has more than {most} scores."), {"most": MOST_SCORES})
    by_id = {item.link_id: item for item in items}
    keys = [score.key for score in found.scores]
    for score in found.scores:
        if keys.count(score.key) > 1:
            yield score.key, Say(_("Two scores have the key “{key}”."), {"key": score.key})
        yield from ((score.key, say) for say in _of_score(score, by_id))


def _of_group(group: Group) -> Iterator[tuple[str, Say]]:
    if not group.entries:
        yield group.link_id, Say(_("The group “{key}” holds no question."), {"key": group.link_id})


def _of_item(item: Item) -> Iterator[tuple[str, Say]]:
    def wrong(sentence: str, **facts: object) -> tuple[str, Say]:
        return item.link_id, Say(sentence, {"key": item.link_id, **facts})

    if not item.link_id or len(item.link_id) > LONGEST_ID:
        yield wrong(_("A question needs a linkId of at most {most} letters."), most=LONGEST_ID)
    if not is_sound(item.link_id, one_line=True):
        yield wrong(_("The linkId “{key}” holds a tab or a line break. Take it out."))
    if not item.text:
        yield wrong(_("The question “{key}” has no text."))
    if item.low is not None and item.high is not None and item.low > item.high:
        yield wrong(_("In the question “{key}” the lowest number is above the highest."))
    yield from _of_options(item)


def _of_options(item: Item) -> Iterator[tuple[str, Say]]:
    def wrong(sentence: str, **facts: object) -> tuple[str, Say]:
        return item.link_id, Say(sentence, {"key": item.link_id, **facts})

    if item.kind is Kind.CHOICE and not item.options:
        yield wrong(_("The question “{key}” is a choice, but has no answers to choose from."))
    if item.kind is not Kind.CHOICE and item.options:
        yield wrong(_("The question “{key}” has answers to choose from, but is no choice."))
    if len(item.options) > MOST_OPTIONS:
        yield wrong(_("The question “{key}” has more than {most} answers."), most=MOST_OPTIONS)
    codes = [option.code for option in item.options]
    for option in item.options:
        if codes.count(option.code) > 1:
            yield wrong(_("The question “{key}” has the answer “{code}” twice."), code=option.code)
        if not option.code or not option.text:
            yield wrong(_("An answer of the question “{key}” has no code or no text."))
        if not is_sound(option.code, one_line=True):
            sentence = _("An answer of “{key}” has spaces around its code, a tab or a line break.")
            yield wrong(sentence)


def _of_score(score: ScoreRule, items: Mapping[str, Item]) -> Iterator[Say]:
    def wrong(sentence: str, **facts: object) -> Say:
        return Say(sentence, {"score": score.key, **facts})

    if not score.key or not score.title or not score.items:
        yield wrong(_("The score “{score}” needs a key, a title and questions."))
    for link_id in dict.fromkeys((*score.items, *score.reversed)):
        if why := _miscounted(score, link_id, items.get(link_id)):
            yield wrong(why, key=link_id)
    if any(len(set(listed)) < len(listed) for listed in (score.items, score.reversed)):
        yield wrong(_("The score “{score}” names a question twice."))
    if not 1 <= score.minimum <= len(score.items):
        yield wrong(
            _("The score “{score}” asks for {least} answers, but counts {all} questions."),
            least=score.minimum,
            all=len(score.items),
        )
    cuts = [band.least for band in score.bands]
    if cuts != sorted(set(cuts)) or not all(band.words for band in score.bands):
        yield wrong(_("The cut points of the score “{score}” need words, and go upwards."))


def _miscounted(score: ScoreRule, link_id: str, item: Item | None) -> str:
    if item is None:
        return _("The score “{score}” names “{key}”, which is no question.")
    if link_id not in score.items:
        return _("The score “{score}” reverses “{key}”, but does not count it.")
    if not item.has_numbers:
        return _("The score “{score}” counts “{key}”, whose answers have no number.")
    if link_id in score.reversed and item.range is None:
        return _("The score “{score}” reverses “{key}”, which has no lowest and highest number.")
    return ""
