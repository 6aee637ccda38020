"""From the text of a file to a Questionnaire that the FHIR models accept, or one clear sentence."""

import json
from collections.abc import Mapping, Sequence
from typing import NoReturn

from alongside.core.signs import is_sound, sound
from alongside.core.words import Say
from alongside.core.words import gettext_noop as _
from alongside.practice.instruments.definition import BrokenInstrument

LARGEST = 300_000  # bytes
DEEPEST = 30  # of the JSON


def refuse(where: str, sentence: str, **facts: object) -> NoReturn:
    raise BrokenInstrument(where, Say(sentence, facts))


def parsed(text: str) -> dict[str, object]:
    if len(text.encode()) > LARGEST:
        refuse("", _("The file is too large: at most {most} KB."), most=LARGEST // 1000)
    try:
        found = json.loads(text, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        refuse(where, _("This is not JSON. It stops making sense at {place}."), place=where)
    except (RecursionError, ValueError):
        refuse("", _("This is nested too deep, or holds a number that is none."))
    _not_too_deep(found)
    _sound(found)
    if not isinstance(found, dict) or found.get("resourceType") != "Questionnaire":
        kind = found.get("resourceType") if isinstance(found, dict) else None
        if isinstance(kind, str):
            sentence = _("This is a FHIR {kind}. A Questionnaire is needed.")
            refuse("resourceType", sentence, kind=kind[:40])
        refuse(
            "resourceType", _("This is no FHIR Questionnaire: its resourceType does not say so.")
        )
    _judged(text, found)
    return found


def _no_number(word: str) -> NoReturn:
    raise ValueError(word)


def _not_too_deep(found: object) -> None:
    """Level by level, so that no depth stops the look itself."""
    level: list[object] = [found]
    for _depth in range(DEEPEST):
        level = [inner for one in level for inner in _inside(one)]
        if not level:
            return
    refuse("", _("This is nested too deep."))


def _sound(found: object, way: str = "") -> None:
    """Everything in the file can be kept, shown and sent, or it is said in which question not."""
    if isinstance(found, str) and not is_sound(found):
        sentence = _("There is a sign in it that nobody can type, like NUL. Take it out.")
        refuse(way, sentence)
    if isinstance(found, list):
        for number, one in enumerate(found):
            _sound(one, f"{way}[{number}]{_named(one)}")
    elif isinstance(found, Mapping):
        for name, one in found.items():
            _sound(str(name), way)
            _sound(one, f"{way}.{name}" if way else str(name))


def _named(one: object) -> str:
    """The linkId of a question, as far as it can be shown."""
    link_id = one.get("linkId") if isinstance(one, Mapping) else None
    return f" ({sound(str(link_id))[:40]})" if link_id else ""


def _inside(one: object) -> Sequence[object]:
    if isinstance(one, Mapping):
        return list(one.values())
    return one if isinstance(one, list) else []


def _judged(text: str, found: Mapping[str, object]) -> None:
    """What the FHIR models have against it; they cost a moment to load, so only when asked."""
    from fhir.resources.R4B.questionnaire import Questionnaire  # noqa: PLC0415

    try:
        Questionnaire.model_validate_json(text)
    except ValueError as error:  # of pydantic, with a list of what is wrong
        tell = getattr(error, "errors", None)
        if tell is None:
            raise
        first = tell()[0]
        where = _place(first["loc"], found)
        name = str(first["loc"][-1]) if first["loc"] else ""
        if "missing" in first["type"]:
            refuse(where, _("Here “{name}” is missing."), name=name)
        if first["type"] == "extra_forbidden":
            refuse(where, _("FHIR knows no “{name}” here."), name=name)
        refuse(where, _("FHIR says about “{name}”: {why}"), name=name, why=first["msg"])


def _place(loc: tuple[int | str, ...], found: object) -> str:
    """``item[2] (q3).item[0]``: the way to a place, with the names of the questions it passes."""
    way = ""
    for step in loc:
        found = _step(found, step)
        way += f"[{step}]" if isinstance(step, int) else f".{step}" if way else step
        if isinstance(step, int):
            way += _named(found)
    return way


def _step(found: object, step: int | str) -> object:
    if isinstance(found, Mapping):
        return found.get(str(step))
    if isinstance(found, list) and isinstance(step, int) and step < len(found):
        return found[step]
    return None
