"""Which column is what: by its name first, by what stands in it where the name does not say."""

import re
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from hashlib import sha256

from rapidfuzz import fuzz

from alongside.core.words import Say
from alongside.core.words import gettext_noop as _
from alongside.exchange.codes import (
    FIELD_LABELS,
    FIELDS_OF,
    ContactField,
    DateOrder,
    ReferralField,
    SheetKind,
    StaffField,
)
from alongside.exchange.rules.dates import NUMBERS, YEAR_FIRST, bare, parse_with
from alongside.exchange.rules.names import read_name
from alongside.exchange.rules.values import PHONE_CHARACTERS
from alongside.exchange.rules.words import code_of_whole, headers_of, plain
from alongside.practice.codes import Pathway

Mapped = dict[str, int]

ALIKE = 88
HELD = 84
# "Client ID" is not the client, nor "Cert #" the certificate.
NUMBERED = frozenset(["id", "number", "no", "num"])
MOST_OF_A_COLUMN = 0.7
BARE_EMAIL = frozenset(["email", "e mail", "email address", "e mail address", "correo"])
REQUIRED: Mapping[SheetKind, tuple[tuple[StrEnum, ...], ...]] = {
    SheetKind.STAFF: ((StaffField.NAME, StaffField.FIRST_NAME, StaffField.LAST_NAME),),
    SheetKind.REFERRALS: ((ReferralField.NAME, ReferralField.FIRST_NAME, ReferralField.LAST_NAME),),
    SheetKind.CONTACTS: (
        (ContactField.NAME, ContactField.FIRST_NAME, ContactField.LAST_NAME),
        (ContactField.ON,),
    ),
}


def propose(kind: SheetKind, header: Sequence[str], sample: Sequence[Sequence[str]]) -> Mapped:
    """Field code → column index, from 0. Each column is used once, the surest match first."""
    mapped = _by_name(kind, header)
    _settle_names(mapped, sample)
    _settle_referrer(kind, header, mapped)
    _by_content(kind, header, sample, mapped)
    _settle_day(kind, sample, mapped)
    return mapped


def _by_name(kind: SheetKind, header: Sequence[str]) -> Mapped:
    names = headers_of(kind)
    scored = [
        (_likeness(_name(title), words, field) - rank / 100, -at, field, at)
        for at, title in enumerate(header)
        for rank, (field, words) in enumerate(names.items())
    ]
    mapped: Mapped = {}
    for score, _order, field, at in sorted(scored, key=lambda s: s[:2], reverse=True):
        if score >= HELD and field not in mapped and at not in mapped.values():
            mapped[field] = at
    return mapped


def _name(title: str) -> str:
    return plain(title.replace("(s)", "s").replace("#", " number "))


def _likeness(title: str, words: Sequence[str], field: str) -> float:
    """300 and more for the very name, the sooner in its list the more; below 100 for a near one."""
    if title in words and title:
        return 400.0 - words.index(title)
    if not title or (NUMBERED & set(title.split()) and "phone" not in field):
        return 0.0
    held = [word for word in words if len(word) > 3 and f" {word} " in f" {title} "]
    if held:
        return HELD + 12 * len(max(held, key=len)) / len(title)
    near = max((fuzz.ratio(title, word) for word in words if len(word) > 3), default=0.0)
    return near if near >= ALIKE and len(title) > 4 else 0.0


def _settle_names(mapped: Mapped, sample: Sequence[Sequence[str]]) -> None:
    """First and last name together are the name. "Name" beside "Last name" is the first one,
    unless the last name stands in it as well."""
    if "last_name" in mapped and "name" in mapped and "first_name" not in mapped:
        pairs = [(_cell(row, mapped["last_name"]), _cell(row, mapped["name"])) for row in sample]
        told = [last in plain(whole).split() for last, whole in pairs if last]
        if told and sum(told) < len(told) / 2:
            mapped["first_name"] = mapped.pop("name")
    if "first_name" in mapped and "last_name" in mapped:
        mapped.pop("name", None)
    elif "name" in mapped:
        mapped.pop("first_name", None)
        mapped.pop("last_name", None)


def _cell(row: Sequence[str], at: int) -> str:
    return plain(row[at]) if at < len(row) else ""


def _settle_referrer(kind: SheetKind, header: Sequence[str], mapped: Mapped) -> None:
    """Behind the one who referred, a bare "phone" or "e-mail" is that person's; before, it is
    not: there it belongs to the participant."""
    if kind is not SheetKind.REFERRALS:
        return
    worker = mapped.get(ReferralField.REFERRER_NAME.value)
    mail = mapped.get(ReferralField.REFERRER_EMAIL.value)
    if mail is not None and _name(header[mail]) in BARE_EMAIL and (worker is None or mail < worker):
        del mapped[ReferralField.REFERRER_EMAIL.value]
    if worker is None or ReferralField.REFERRER_PHONE.value in mapped:
        return
    for at in range(worker + 1, len(header)):
        if at not in mapped.values() and _name(header[at]).split()[:1] in (["phone"], ["tel"]):
            mapped[ReferralField.REFERRER_PHONE.value] = at
            return


def _settle_day(kind: SheetKind, sample: Sequence[Sequence[str]], mapped: Mapped) -> None:
    """A start that says its day as well gives the day, where no other column does."""
    start = mapped.get(ContactField.STARTED.value)
    if kind is not SheetKind.CONTACTS or start is None or ContactField.ON.value in mapped:
        return
    if _mostly(_is_written_day, sample, start):
        mapped[ContactField.ON.value] = start


def _is_day(cell: str) -> bool:
    return parse_with(cell, DateOrder.MONTH_FIRST, lambda year, month, day: 2000 + year) is not None


def _is_written_day(cell: str) -> bool:
    text = bare(cell)
    plainly = NUMBERS.fullmatch(text) or YEAR_FIRST.match(text) or re.search(r"[^\W\d]{3}", text)
    return bool(plainly) and _is_day(text)


def _is_name(cell: str) -> bool:
    name = read_name(cell)
    return (
        name is not None and bool(name.family) and len(cell.split()) <= 4 and cell != cell.lower()
    )


def _is_phone(cell: str) -> bool:
    return PHONE_CHARACTERS.fullmatch(cell.strip()) is not None and not _is_written_day(cell)


def _is_pathway(cell: str) -> bool:
    """A pathway by its own name. What "other" holds, like "family", stands in many columns."""
    return code_of_whole("pathway", cell) not in (None, Pathway.OTHER.value)


SNIFFED: Mapping[SheetKind, tuple[tuple[StrEnum, Callable[[str], bool]], ...]] = {
    SheetKind.STAFF: ((StaffField.NAME, _is_name),),
    SheetKind.REFERRALS: (
        (ReferralField.PHONE, _is_phone),
        (ReferralField.PATHWAY, _is_pathway),
        (ReferralField.NAME, _is_name),
    ),
    SheetKind.CONTACTS: ((ContactField.ON, _is_written_day), (ContactField.NAME, _is_name)),
}


def _by_content(
    kind: SheetKind, header: Sequence[str], sample: Sequence[Sequence[str]], mapped: Mapped
) -> None:
    width = max([len(header), *(len(row) for row in sample)])
    for field, fits in SNIFFED[kind]:
        if field.value in mapped or (field.value == "name" and "first_name" in mapped):
            continue
        for at in range(width):
            if at not in mapped.values() and _mostly(fits, sample, at):
                mapped[field.value] = at
                break


def _mostly(fits: Callable[[str], bool], sample: Sequence[Sequence[str]], at: int) -> bool:
    cells = [row[at] for row in sample if at < len(row) and row[at].strip()]
    return bool(cells) and sum(map(fits, cells)) >= MOST_OF_A_COLUMN * len(cells)


def missing(kind: SheetKind, columns: Mapping[str, int]) -> Say | None:
    """What a sheet of this kind cannot do without, in one sentence, or nothing."""
    for fields in REQUIRED[kind]:
        if not any(field.value in columns for field in fields):
            label = FIELD_LABELS[kind][fields[0]]
            text = _("We did not find the column “{label}”. Say which one it is.")
            return Say(text, {"label": label})
    return None


def sound(kind: SheetKind, columns: Mapping[str, object], width: int) -> Mapped:
    """Only what can be: fields of this kind, columns that exist."""
    known = {field.value for field in FIELDS_OF[kind]}
    return {
        field: at
        for field, at in columns.items()
        if field in known and isinstance(at, int) and 0 <= at < width
    }


def fingerprint_of_header(header: Sequence[str]) -> str:
    """The same for every sheet with these columns in this order, to remember a mapping by."""
    return sha256("\x1f".join(plain(name) for name in header).encode()).hexdigest()
