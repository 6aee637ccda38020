"""What an instrument is made of: questions, their ranges, and how scores come out of answers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from alongside.core.words import Say

# What a Questionnaire holds that we do not use: it is kept, and written back as it was.
Extra = Mapping[str, object]


class Kind(StrEnum):
    """The kinds of question, named as FHIR names them. ``DISPLAY`` asks nothing."""

    CHOICE = "choice"
    INTEGER = "integer"
    DECIMAL = "decimal"
    BOOLEAN = "boolean"
    STRING = "string"
    TEXT = "text"
    DISPLAY = "display"


class Form(StrEnum):
    """How a Questionnaire writes an answer to choose."""

    CODING = "valueCoding"
    STRING = "valueString"
    INTEGER = "valueInteger"


class Method(StrEnum):
    SUM = "sum"
    MEAN = "mean"


class Level(StrEnum):
    """Where recovery capital lives (SVC-13)."""

    INDIVIDUAL = "individual"
    FAMILY = "family"
    COMMUNITY = "community"


@dataclass(frozen=True)
class Option:
    """One answer to choose. Without a ``value`` it is kept and counts in no score."""

    code: str
    text: str
    value: Decimal | None = None
    form: Form = Form.CODING
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True)
class Item:
    """One question. ``link_id`` names its answer for ever; ``outcome`` is one of the eighteen."""

    link_id: str
    text: str
    kind: Kind
    options: tuple[Option, ...] = ()
    low: Decimal | None = None
    high: Decimal | None = None
    required: bool = False
    help: str = ""
    outcome: str = ""
    longest: int = 0
    extra: Extra = field(default_factory=dict)

    @property
    def asks(self) -> bool:
        return self.kind is not Kind.DISPLAY

    @property
    def range(self) -> tuple[Decimal, Decimal] | None:
        """The lowest and the highest number an answer can have, where both are known."""
        if self.kind is Kind.CHOICE:
            values = [option.value for option in self.options if option.value is not None]
            return (min(values), max(values)) if values else None
        if self.kind is Kind.BOOLEAN:
            return Decimal(0), Decimal(1)
        return (self.low, self.high) if self.low is not None and self.high is not None else None

    @property
    def has_numbers(self) -> bool:
        return self.kind in (Kind.INTEGER, Kind.DECIMAL) or self.range is not None

    def option(self, code: str) -> Option | None:
        return next((option for option in self.options if option.code == code), None)


@dataclass(frozen=True)
class Group:
    """Questions that belong together, and groups within."""

    link_id: str
    text: str
    entries: tuple["Item | Group", ...]
    extra: Extra = field(default_factory=dict)

    def items(self) -> Iterator[Item]:
        for entry in self.entries:
            if isinstance(entry, Item):
                yield entry
            else:
                yield from entry.items()


@dataclass(frozen=True)
class Band:
    """A cut point: from this value on, these words. Neutral, never a verdict."""

    least: Decimal
    words: str


@dataclass(frozen=True)
class ScoreRule:
    """How one score comes out of answers. A subscale is a score over some of the questions.

    ``minimum`` answers are needed. A sum over fewer than all is filled up to the whole length only
    if ``prorate`` says so; a mean is always of what was answered.
    """

    key: str
    title: str
    items: tuple[str, ...]
    method: Method = Method.SUM
    reversed: tuple[str, ...] = ()
    minimum: int = 1
    prorate: bool = False
    bands: tuple[Band, ...] = ()
    outcome: str = ""
    level: Level | None = None


@dataclass(frozen=True)
class Instrument:
    """A set of questions in one wording. ``key`` names it in the record, ``version`` counts up."""

    key: str
    version: int
    title: str
    intro: str
    entries: tuple[Item | Group, ...]
    scores: tuple[ScoreRule, ...] = ()
    copyright: str = ""
    source: str = ""
    extra: Extra = field(default_factory=dict)

    def items(self) -> Iterator[Item]:
        """Every question, in order; what asks nothing as well."""
        yield from Group("", "", self.entries).items()

    def questions(self) -> Iterator[Item]:
        return (item for item in self.items() if item.asks)

    def item(self, link_id: str) -> Item | None:
        return next((item for item in self.items() if item.link_id == link_id), None)

    def groups(self) -> Iterator[Group]:
        yield from _groups(self.entries)

    def texts(self) -> Iterator[str]:
        """Every sentence a person can see."""
        yield from filter(None, (self.title, self.intro))
        yield from (group.text for group in self.groups() if group.text)
        for item in self.items():
            yield from filter(None, (item.text, item.help))
            yield from (option.text for option in item.options)
        for score in self.scores:
            yield from (score.title, *(band.words for band in score.bands))


def _groups(entries: tuple[Item | Group, ...]) -> Iterator[Group]:
    for entry in entries:
        if isinstance(entry, Group):
            yield entry
            yield from _groups(entry.entries)


class BrokenInstrument(ValueError):
    """It cannot be used. ``where`` finds the place, ``say`` is what is wrong there."""

    def __init__(self, where: str, say: Say) -> None:
        super().__init__(where, str(say))
        self.where, self.say = where, say

    def __str__(self) -> str:
        return f"{self.where}: {self.say}" if self.where else str(self.say)
