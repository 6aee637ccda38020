"""Who walks the agency for ``make security``, from where, and over which documents."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

STRANGER = "stranger"
# Where a stranger begins: what stands before the door.
DOORS = ("account/login/", "account/password/reset/", "help-now/", "start/", "invitation/x/")
# One inclusion of PHP is told by one letter in the answer, and a packed PDF holds any letter.
ONE_LETTER, PACKED = "PHP local inclusion leading to code execution", "application/pdf"
# What the name or the address of an OpenAPI document says.
DOCUMENT = re.compile(r"openapi|schema", re.IGNORECASE)


@dataclass(frozen=True)
class Face:
    """Where the walk begins, and the page that shows whether one is still signed in."""

    begins: tuple[str, ...]
    still_in: str


STAFF = Face(("",), "more/")
OUTSIDE = {
    STRANGER: Face(DOORS, ""),
    "referrer": Face(("portal/",), "portal/"),
    "participant": Face(("portal/mine/",), "portal/mine/"),
}


@dataclass(frozen=True)
class Role:
    """``email`` of the invented person who signs in, and the folder of their agency."""

    name: str
    email: str

    @property
    def face(self) -> Face:
        return OUTSIDE.get(self.name, STAFF)


@dataclass(frozen=True)
class Site:
    """What there is to walk: one person for each role, and the addresses of the documents."""

    roles: list[Role]
    documents: list[str]
    missing: list[str]


def one_each(people: Iterable[tuple[str, str]]) -> list[Role]:
    """The first person of each role, after a stranger."""
    first: dict[str, str] = {}
    for name, email in people:
        first.setdefault(name, email)
    return [Role(STRANGER, ""), *(Role(name, email) for name, email in first.items())]


def nobody_walks(walked: Iterable[Role], roles: Iterable[str]) -> list[str]:
    """A line for each role of the program that the walk leaves out."""
    names = {role.name for role in walked}
    return [f"{name}: nobody of this role walks the agency" for name in roles if name not in names]


def nobody_reads(paths: Iterable[str], read: set[str]) -> list[str]:
    """A line for each document that no role could read, and so no scanner has looked at."""
    return [f"{path}: nobody could read this document" for path in paths if path not in read]


def documents(patterns: Iterable[Any], before: str = "") -> list[str]:
    """The address of every OpenAPI document: each route whose name or address says so."""
    found = []
    for one in patterns:
        address = before + str(one.pattern)
        if inner := getattr(one, "url_patterns", None):
            found += documents(inner, address)
        elif DOCUMENT.search(address) or DOCUMENT.search(str(one.name or "")):
            found.append(address)
    return found


def by_chance(info: str, kind: str) -> bool:
    """Whether a finding rests on one letter in a file that holds every letter."""
    return info.startswith(ONE_LETTER) and kind.partition(";")[0] == PACKED
