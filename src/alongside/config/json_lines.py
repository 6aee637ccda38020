"""JSON lines in, JSON lines out: one answer for each line, at once, whatever stands in it.

A line that cannot be answered gets a line that says why, and the rest goes on. Nothing is kept, no
database is opened.
"""

import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from math import isfinite
from typing import BinaryIO

Facts = Mapping[str, object]

LONGEST_LINE = 1_000_000  # bytes
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class NoAnswer(Exception):
    """Why a line has no answer, in one sentence. ``given`` is its id, where there was one."""

    def __init__(self, sentence: str, given: object = None) -> None:
        super().__init__(sentence)
        self.given = given


def answer_lines(answer: Callable[[Facts], Facts]) -> None:
    """From standard input to standard output until either ends."""
    try:
        for number, line in _lines(sys.stdin.buffer):
            reply = json.dumps(_reply(answer, number, line))
            sys.stdout.buffer.write(reply.encode("ascii") + b"\n")
            sys.stdout.buffer.flush()
    except BrokenPipeError:
        # Whoever read has gone. Python would say so once more when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def id_and_text(facts: Facts, *, longest: int) -> tuple[str | int | float, str]:
    """The two facts that every question has, or ``NoAnswer``."""
    given, text = facts.get("id"), facts.get("text")
    endless = isinstance(given, float) and not isfinite(given)  # 1e999: JSON can not say it back
    if isinstance(given, bool) or endless or not isinstance(given, str | int | float):
        raise NoAnswer('The line has no "id" that is a word or a number.')
    if not isinstance(text, str):
        raise NoAnswer('The line has no "text" that is a string.', given)
    if len(text) > longest:
        raise NoAnswer(f"The text is longer than {longest:,} characters.", given)
    return given, text


def _lines(source: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Each line with its number from 1, blank ones left out, an endless one cut."""
    number = 0
    while line := source.readline(LONGEST_LINE + 1):
        number += 1
        whole = line
        while len(whole) > LONGEST_LINE and not whole.endswith(b"\n") and whole:
            whole = source.readline(LONGEST_LINE + 1)
        if number == 1:
            line = line.removeprefix(BYTE_ORDER_MARK)
        if line.strip():
            yield number, line


def _reply(answer: Callable[[Facts], Facts], number: int, line: bytes) -> Facts:
    try:
        return answer(_facts(line))
    except NoAnswer as none:
        return {"id": none.given, "error": str(none), "line": number}


def _no_number(name: str) -> object:
    raise ValueError(name)


def _facts(line: bytes) -> Facts:
    if len(line) > LONGEST_LINE:
        raise NoAnswer(f"The line is longer than {LONGEST_LINE:,} bytes.")
    try:
        facts = json.loads(line.decode("utf-8"), parse_constant=_no_number)
    except UnicodeDecodeError:
        raise NoAnswer("The line is not UTF-8 text.") from None
    except (ValueError, RecursionError):
        raise NoAnswer("The line is not JSON.") from None
    if not isinstance(facts, dict):
        raise NoAnswer("The line is JSON, but not an object with names and values.")
    return facts
