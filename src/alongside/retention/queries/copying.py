"""Everything that is held about one person, as a paper and as data, for the person: as the agency
hands it over, or as they take it along by themselves."""

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext

from alongside.core.actor import Actor
from alongside.core.sheets import plain
from alongside.core.words import Say, gettext_noop
from alongside.papers import pdf
from alongside.retention.queries import record
from alongside.retention.queries.kept_back import takes_it_alone
from alongside.retention.queries.requests import statements_of
from alongside.retention.rules.parts import (
    CHAPTERS,
    KEPT_APART,
    KEPT_BETWEEN,
    LEFT_OUT,
    NOT_YOURS,
    WITH_US,
)

README = (
    gettext_noop("This is a copy of your own record. Keep it where only you can read it."),
    gettext_noop("record.json holds all of it, for a program to read."),
    gettext_noop("Each file that ends in .csv is one kind of entry. A spreadsheet opens it."),
    gettext_noop("Days are written as year, month, day. Times are in the time zone UTC."),
    gettext_noop("What is not in here:"),
)


def left_out(viewer: Actor, held: record.Held) -> list[str]:
    """What the copy leaves out, and that it does: once each, in plain words. That parts can be kept
    apart stands here always: it says nothing about this record."""
    there = set(labels(held))
    said = [words for label, words in LEFT_OUT.items() if label in there]
    other = WITH_US.values() if takes_it_alone(viewer) else (KEPT_BETWEEN,)
    return [gettext(words) for words in dict.fromkeys([*said, KEPT_APART, *other, *NOT_YOURS])]


def _day(on: date) -> str:
    return date_format(on, "M j, Y")


def labels(held: record.Held) -> list[str]:
    return [model._meta.label for model, pks in held.rows.items() if pks]


def paper(viewer: Actor, held: record.Held) -> bytes:
    """The whole record as a tagged PDF."""
    sections = [
        {"title": gettext(chapter.title), "parts": list(_parts(viewer, held, chapter))}
        for chapter in CHAPTERS
        if held.counts[chapter.key]
    ]
    sections.append(_looked(viewer, held))
    out = {"kind": "list", "items": left_out(viewer, held)}
    sections.append({"title": gettext("What is not in here"), "parts": [out]})
    data = {
        "title": gettext("Everything we hold about you"),
        "agency": viewer.agency_name,
        "subject": held.person.name,
        "lines": [gettext("This is your own copy. Keep it where only you can read it.")],
        "sections": [section for section in sections if section["parts"]],
        "foot": gettext("Your own copy"),
        "page": gettext("Page {n} of {m}"),
    }
    return pdf("record", data)


def _parts(viewer: Actor, held: record.Held, chapter: Any) -> Iterator[dict[str, Any]]:
    if chapter.key == "rights":
        yield from _statements(viewer, held)
    for entry in record.entries(viewer, held, chapter):
        head = gettext(entry.title)
        head = f"{head} · {_day(entry.on)}" if entry.on else head
        yield {"kind": "text", "text": head}
        yield {"kind": "rows", "rows": [[gettext(name), words] for name, words in entry.lines]}


def _statements(viewer: Actor, held: record.Held) -> Iterator[dict[str, Any]]:
    for step in statements_of(viewer, participant_id=held.person.pk):
        yield {"kind": "quote", "text": step.words, "who": gettext("Your own words on an answer")}


def _looked(viewer: Actor, held: record.Held) -> dict[str, Any]:
    found = record.who_looked(viewer, participant_id=held.person.pk)
    rows = [
        [one.who, str(one.days), _day(one.last_on), "\n".join(_how(how) for how in one.how)]
        for one in found
    ]
    head = [gettext("Who"), gettext("On how many days"), gettext("Last time"), gettext("How")]
    parts = [{"kind": "table", "head": head, "rows": rows}] if rows else []
    return {"title": gettext("Who opened your record"), "parts": parts}


def _how(said: Say) -> str:
    days = {name: _day(fact) for name, fact in said.facts.items() if isinstance(fact, date)}
    return gettext(said.text).format(**days)


class _Stream(io.RawIOBase):
    """What zipfile writes into, handed on piece by piece: nothing is kept."""

    def __init__(self) -> None:
        self.pieces: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, piece: Any) -> int:
        self.pieces.append(bytes(piece))
        return len(piece)

    def taken(self) -> bytes:
        found, self.pieces = b"".join(self.pieces), []
        return found


def data(viewer: Actor, held: record.Held) -> Iterator[bytes]:
    """A zip of one JSON file and a sheet for each kind of row, streamed row by row; what they are
    stands in README.txt."""
    stream = _Stream()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as out:
        lines = [*(gettext(line) for line in README), *left_out(viewer, held)]
        out.writestr("README.txt", "\n".join(lines) + "\n")
        with out.open("record.json", "w") as file:
            for piece in _json(viewer, held):
                file.write(piece.encode())
                yield stream.taken()
        for label, _title, rows in record.raw_rows(held):
            with out.open(f"{label.replace('.', '-')}.csv", "w") as file:
                for text in _csv(rows):
                    file.write(text.encode())
                    yield stream.taken()
    yield stream.taken()


def _json(viewer: Actor, held: record.Held) -> Iterator[str]:
    out = {"agency": viewer.agency_name, "not in here": left_out(viewer, held)}
    yield json.dumps(out, ensure_ascii=False, indent=1)[:-2] + ',\n "rows": {'
    for number, (label, title, rows) in enumerate(record.raw_rows(held)):
        begin = "" if number == 0 else ","
        yield f"{begin}\n  {json.dumps(label)}: {{{json.dumps('title')}: "
        yield f'{json.dumps(gettext(title), ensure_ascii=False)}, "rows": ['
        for place, row in enumerate(rows):
            yield ("" if place == 0 else ",") + "\n   " + json.dumps(row, ensure_ascii=False)
        yield "]}"
    yield "\n }\n}\n"


def _csv(rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    line = io.StringIO()
    writer = csv.writer(line)
    for number, row in enumerate(rows):
        if number == 0:
            writer.writerow(row)
        writer.writerow([plain(_cell(value)) for value in row.values()])
        yield ("\ufeff" if number == 0 else "") + line.getvalue()
        line.seek(0)
        line.truncate()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else str(value)
