"""``alongside advise``: the array advice from outside, JSON lines in and out."""

from collections.abc import Mapping
from datetime import date, datetime

from alongside.config.json_lines import Facts, NoAnswer, answer_lines, id_and_text
from alongside.core.words import Say
from alongside.practice import catalog
from alongside.practice.arrays import ArrayFacts, Reason, advise
from alongside.practice.arrays.features import MOST_READ
from alongside.practice.arrays.questions import known
from alongside.practice.codes import CredentialKind, ServiceArray
from alongside.practice.credentials import CredentialFacts, Standing, standing_on

NO_SERVICE = "Not a peer support service"


def advise_lines() -> None:
    """Answer ``{"id", "text", "provider_is_cps"}`` with ``{"id", "array", "label", "reasons",
    "sure", "would_change"}``, line by line.

    May be given: ``on`` (a day; today), ``credentials`` (dated, instead of ``provider_is_cps``),
    ``other_license``, ``answers`` to the short questions, ``contract`` (the arrays it pays for).
    """
    answer_lines(_answer)


def _answer(facts: Facts) -> Facts:
    given, text = id_and_text(facts, longest=MOST_READ)
    try:
        asked, on = _asked(facts, text)
    except ValueError as wrong:
        raise NoAnswer(str(wrong), given) from wrong
    found = advise(asked, on)
    return {
        "id": given,
        "array": catalog.name("service_array", found.array) if found.array else NO_SERVICE,
        "label": found.label,
        "reasons": [_sentence(reason) for reason in found.reasons],
        "sure": found.sure.value,
        "would_change": [str(change) for change in found.would_change],
        "ask_the_array_lead": found.ask_the_lead,
    }


def _asked(facts: Facts, text: str) -> tuple[ArrayFacts, date]:
    """What was asked, and for which day; ``ValueError`` with a sentence where it is not clear."""
    on = _day(facts.get("on"), "on") or datetime.now().astimezone().date()
    answers = facts.get("answers") or {}
    if not isinstance(answers, Mapping):
        raise ValueError('"answers" must be an object: {"what": "beside"}.')
    said = {str(code): str(answer) for code, answer in answers.items()}
    if not text.strip() and not known(said):
        raise ValueError('There is nothing to go on: no words in "text" and no known "answers".')
    other_license = facts.get("other_license") or ""
    if not isinstance(other_license, str):
        raise ValueError('"other_license" must be a string.')
    return ArrayFacts(
        standing=_standing(facts, on),
        words=text,
        other_license=other_license,
        answers=said,
        allowed=_contract(facts.get("contract")),
    ), on


def _standing(facts: Facts, on: date) -> Standing:
    if facts.get("credentials") is not None:
        return standing_on(_credentials(facts["credentials"]), on)
    certified = facts.get("provider_is_cps")
    if not isinstance(certified, bool):
        raise ValueError('The line has no "provider_is_cps" that is true or false.')
    held = [CredentialFacts(CredentialKind.CPS, certified_on=on)] if certified else []
    return standing_on(held, on)


def _credentials(given: object) -> list[CredentialFacts]:
    if not isinstance(given, list) or not all(isinstance(one, dict) for one in given):
        raise ValueError('"credentials" must be a list of objects with "kind" and days.')
    kinds = ", ".join(CredentialKind)
    for one in given:
        if one.get("kind") not in list(CredentialKind):
            raise ValueError(f'A credential has no "kind" that is one of {kinds}.')
    return [
        CredentialFacts(
            CredentialKind(one["kind"]),
            _day(one.get("certified_on"), "certified_on"),
            _day(one.get("expires_on"), "expires_on"),
            one.get("in_training") is True,
        )
        for one in given
    ]


def _day(given: object, name: str) -> date | None:
    if given is None:
        return None
    try:
        return date.fromisoformat(given if isinstance(given, str) else "")
    except ValueError:
        raise ValueError(f'"{name}" must be a day such as 2026-11-22.') from None


def _contract(given: object) -> frozenset[ServiceArray] | None:
    """By code or by full name."""
    if given is None:
        return None
    names = {term.name: term.code for term in catalog.service_arrays()}
    allowed = set()
    for one in given if isinstance(given, list) else [given]:
        code = names.get(one, one) if isinstance(one, str) else ""
        if code not in set(ServiceArray):
            raise ValueError(f'"contract" names an array that is unknown: {one!r}.')
        allowed.add(ServiceArray(code))
    return frozenset(allowed)


def _sentence(reason: Say) -> str:
    """A reason as a sentence of its own, with its source."""
    said = str(reason)
    for joint in ("because ", "and ", "but "):
        said = said.removeprefix(joint)
    source = reason.source if isinstance(reason, Reason) else ""
    return f"{said[:1].upper()}{said[1:]}{f' ({source})' if source else ''}."
