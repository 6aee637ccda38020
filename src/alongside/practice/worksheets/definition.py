"""What a worksheet is made of. The tools of the field stand in ``tools/*.toml``."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Owner(StrEnum):
    """Whose a filled-in worksheet is: kept with the participant, or the supporter's alone."""

    PARTICIPANT = "participant"
    SUPPORTER = "supporter"


class FieldType(StrEnum):
    """The ways to answer. Each works with one thumb, and without script."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    YES_NO = "yes_no"
    CHOICE = "choice"
    MANY = "many"
    SCALE = "scale"
    DAY = "day"
    LIST = "list"
    PILES = "piles"
    RANKING = "ranking"


class Voice(StrEnum):
    """Whose words a field holds. What is ours stays off the copy handed to the participant."""

    THEIRS = "theirs"
    OURS = "ours"


@dataclass(frozen=True)
class Column:
    """One thing in each line of a list: typed, or one of ``options``."""

    key: str
    label: str
    options: tuple[str, ...] = ()


@dataclass(frozen=True)
class Field:
    """One question. ``key`` names its answer for ever; the label may be reworded.

    ``options`` are what can be chosen or sorted, as people read it; ``piles`` the piles of a
    sorting, the first matters most; ``of`` the sorting that is ranked, ``most`` how many ranks.
    """

    key: str
    type: FieldType
    label: str
    help: str = ""
    optional: bool = True
    voice: Voice = Voice.THEIRS
    options: tuple[str, ...] = ()
    columns: tuple[Column, ...] = ()
    piles: tuple[str, ...] = ()
    of: str = ""
    most: int = 0
    low: str = ""
    high: str = ""


@dataclass(frozen=True)
class Section:
    """Questions that belong together. ``own``: these rows are ours and not from a source;
    ``beside``: side by side where there is room."""

    title: str
    fields: tuple[Field, ...]
    help: str = ""
    own: bool = False
    beside: bool = False


@dataclass(frozen=True)
class Definition:
    """A worksheet before anyone writes on it.

    ``key`` names it in the record; ``address`` in addresses, where no word of recovery may stand.
    ``one``: a participant has one of it, which grows. ``then``: where people go on afterwards.
    ``help``: short advice for the supporter, in place.
    """

    key: str
    address: str
    version: int
    name: str
    owner: Owner
    intro: str
    sections: tuple[Section, ...]
    processes: tuple[str, ...] = ()
    source: str = ""
    own: str = ""
    icon: str = "journal-text"
    one: bool = False
    then: tuple[str, ...] = ()
    help: tuple[str, ...] = ()

    @property
    def private(self) -> bool:
        return self.owner is Owner.SUPPORTER

    def fields(self) -> Iterator[Field]:
        for section in self.sections:
            yield from section.fields

    def field(self, key: str) -> Field | None:
        return next((field for field in self.fields() if field.key == key), None)

    def texts(self) -> Iterator[str]:
        """Every sentence a person can see."""
        yield from filter(None, (self.name, self.intro, self.own, *self.help))
        for section in self.sections:
            yield from filter(None, (section.title, section.help))
        for field in self.fields():
            yield from filter(None, (field.label, field.help, field.low, field.high))
            yield from (*field.options, *field.piles)
            for column in field.columns:
                yield from (column.label, *column.options)
