"""One filled-in instrument as a FHIR R4 QuestionnaireResponse."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from alongside.practice.instruments.answers import Answer, Answers
from alongside.practice.instruments.definition import Form, Group, Instrument, Item, Kind
from alongside.practice.instruments.fhir import ORDINAL, plain_number
from alongside.practice.instruments.scoring import Score, scores

RESULT = "urn:alongside:score-result"


def response(
    instrument: Instrument, answers: Answers, *, at: datetime, subject: str = ""
) -> dict[str, object]:
    """``at`` is when it was finished; ``subject`` a reference without a name, if one is wanted.

    What was not answered is left out. Without an answer to a required question it is ``stopped``.
    Raises ``WrongAnswer``.
    """
    needed = [item for item in instrument.questions() if item.required]
    whole = all(item.link_id in answers for item in needed)
    found: dict[str, object] = {
        "resourceType": "QuestionnaireResponse",
        "status": "completed" if whole else "stopped",
        "questionnaire": f"urn:alongside:instrument:{instrument.key}|{instrument.version}",
        "authored": at.isoformat(timespec="seconds"),
    }
    if subject:
        found["subject"] = {"reference": subject}
    results = [one for one in scores(instrument, answers) if one.value is not None]
    if results:
        found["extension"] = [_result(one) for one in results]
    if items := _items(instrument.entries, answers):
        found["item"] = items
    return found


def _result(score: Score) -> dict[str, object]:
    parts: list[dict[str, object]] = [
        {"url": "key", "valueCode": score.rule.key},
        {"url": "value", "valueDecimal": plain_number(score.value)},
        {"url": "answered", "valueInteger": score.answered},
    ]
    if score.words:
        parts.append({"url": "words", "valueString": score.words})
    return {"url": RESULT, "extension": parts}


def _items(entries: tuple[Item | Group, ...], answers: Answers) -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    for entry in entries:
        if isinstance(entry, Group):
            if inner := _items(entry.entries, answers):
                found.append({"linkId": entry.link_id, "text": entry.text, "item": inner})
        elif entry.link_id in answers:
            answer = [_answer(entry, answers[entry.link_id])]
            found.append({"linkId": entry.link_id, "text": entry.text, "answer": answer})
    return found


def _answer(item: Item, answer: Answer) -> Mapping[str, object]:
    match item.kind:
        case Kind.CHOICE:
            return _chosen(item, str(answer))
        case Kind.BOOLEAN:
            return {"valueBoolean": answer}
        case Kind.INTEGER:
            return {"valueInteger": answer}
        case Kind.DECIMAL:
            return {"valueDecimal": plain_number(Decimal(str(answer)))}
        case _:
            return {"valueString": answer}


def _chosen(item: Item, code: str) -> Mapping[str, object]:
    option = item.option(code)
    if option is None or option.form is Form.STRING:
        return {"valueString": code}
    if option.form is Form.INTEGER:
        return {"valueInteger": int(code)}
    coding: dict[str, object] = {"code": option.code, "display": option.text}
    if option.value is not None:
        coding["extension"] = [{"url": ORDINAL, "valueDecimal": plain_number(option.value)}]
    return {"valueCoding": coding}
