"""FHIR R4 Questionnaires in and out. The mapping is ours; the models of fhir.resources judge.

What we use is read; what we do not use but may keep is kept and written back as it was; what would
change the meaning if we left it out is refused by its name. Nothing outside is ever fetched: an
address in a file is text. Scores stand in extensions whose names are no addresses
(docs/instruments.md).
"""

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal

from alongside.core.words import Say
from alongside.core.words import gettext_noop as _
from alongside.practice.instruments import fhir_scores
from alongside.practice.instruments.checking import LONGEST_ID, MOST_ITEMS, check
from alongside.practice.instruments.definition import (
    Extra,
    Form,
    Group,
    Instrument,
    Item,
    Kind,
    Option,
)
from alongside.practice.instruments.fhir_text import parsed, refuse

DEEPEST_GROUP = 4
LONGEST_TEXT = 4_000

ORDINAL = "http://hl7.org/fhir/StructureDefinition/ordinalValue"
LOWEST = "http://hl7.org/fhir/StructureDefinition/minValue"
HIGHEST = "http://hl7.org/fhir/StructureDefinition/maxValue"
HELP = "urn:alongside:help"
OUTCOME = "urn:alongside:outcome"

# Left out, these would change what is asked or what an answer means.
NOT_DONE: Mapping[str, str] = {
    "enableWhen": _("a question that shows only after another answer (enableWhen)"),
    "enableBehavior": _("a question that shows only after another answer (enableWhen)"),
    "answerValueSet": _("answers that stand in another place (answerValueSet)"),
    "initial": _("an answer that is there before anyone gave one (initial)"),
    "modifierExtension": _("an extension that changes the meaning (modifierExtension)"),
}
NOT_IF_TRUE: Mapping[str, str] = {
    "repeats": _("a question with several answers at once (repeats)"),
    "readOnly": _("a question that nobody may answer (readOnly)"),
}
# The ends of the addresses of extensions that would.
NOT_BY_EXTENSION = ("questionnaire-hidden", "Expression", "onstraint")

_KINDS = {kind.value: kind for kind in Kind}
_OF_ITEM = frozenset({"linkId", "text", "type", "required", "answerOption", "item", "maxLength"})
_OF_TOP = frozenset({"resourceType", "title", "description", "copyright", "item"})


def read(text: str, *, key: str = "new", version: int = 1) -> Instrument:
    """The instrument in a Questionnaire; raises ``BrokenInstrument`` that says where it is wrong.

    ``key`` and ``version`` are what the record calls it; the file's own version is kept with it.
    """
    return check(_instrument(parsed(text), key, version))


def write(instrument: Instrument) -> dict[str, object]:
    """The Questionnaire of an instrument: reading it gives an equal one."""
    found: dict[str, object] = {"resourceType": "Questionnaire", "status": "active"}
    found |= instrument.extra
    found["title"] = instrument.title
    if instrument.intro:
        found["description"] = instrument.intro
    if instrument.copyright:
        found["copyright"] = instrument.copyright
    theirs = _list(found.pop("extension", []))
    if all_extensions := [*theirs, *map(fhir_scores.write, instrument.scores)]:
        found["extension"] = all_extensions
    found["item"] = [_entry_out(entry) for entry in instrument.entries]
    return found


def text_of(instrument: Instrument) -> str:
    """The Questionnaire as a file."""
    return json.dumps(write(instrument), ensure_ascii=False, indent=2)


def _instrument(found: Mapping[str, object], key: str, version: int) -> Instrument:
    _only_what_is_done(found, "")
    scores, kept = fhir_scores.read(_list(found.get("extension")))
    extra = {name: value for name, value in found.items() if name not in _OF_TOP}
    if kept:
        extra["extension"] = kept
    else:
        extra.pop("extension", None)
    if extra.get("status") == "active":
        del extra["status"]
    title = _words(found, "title", "title")
    if not title:
        refuse("title", _("It needs a title, so that people know what it is."))
    items = _list(found.get("item"))
    if len(items) > MOST_ITEMS:
        refuse("item", _("It has more than {most} questions."), most=MOST_ITEMS)
    return Instrument(
        key=key,
        version=version,
        title=title,
        intro=_words(found, "description", "description"),
        entries=tuple(_entry(one, 1) for one in items),
        scores=scores,
        copyright=_words(found, "copyright", "copyright"),
        extra=extra,
    )


def _entry(found: object, depth: int) -> Item | Group:
    one = _table(found)
    link_id = _words(one, "linkId", "item")
    if not link_id or len(link_id) > LONGEST_ID:
        refuse("item", _("A question needs a linkId of at most {most} letters."), most=LONGEST_ID)
    _only_what_is_done(one, link_id)
    kind = one.get("type")
    extra = {name: value for name, value in one.items() if name not in _OF_ITEM}
    if kind == "group":
        return _group(one, link_id, extra, depth)
    if kind not in _KINDS:
        sentence = _("The question “{key}” is of the type “{kind}”. Known are: {known}.")
        known = ", ".join((*_KINDS, "group"))
        refuse(link_id, sentence, key=link_id, kind=str(kind)[:40], known=known)
    if one.get("item"):
        refuse(
            link_id, _("The question “{key}” holds other questions. Only a group may."), key=link_id
        )
    return _item(one, link_id, _KINDS[str(kind)], extra)


def _group(one: Mapping[str, object], link_id: str, extra: Extra, depth: int) -> Group:
    if depth > DEEPEST_GROUP:
        sentence = _("Groups within groups end after {most} steps; “{key}” goes deeper.")
        refuse(link_id, sentence, most=DEEPEST_GROUP, key=link_id)
    entries = tuple(_entry(inner, depth + 1) for inner in _list(one.get("item")))
    return Group(link_id, _words(one, "text", link_id), entries, extra)


def _item(one: Mapping[str, object], link_id: str, kind: Kind, extra: dict[str, object]) -> Item:
    known, kept = {}, []
    for extension in _list(extra.pop("extension", [])):
        url = _table(extension).get("url")
        if url in (LOWEST, HIGHEST, HELP, OUTCOME):
            known[str(url)] = _value(_table(extension), link_id)
        else:
            kept.append(extension)
    if kept:
        extra["extension"] = kept
    longest, required = one.get("maxLength", 0), one.get("required", False)
    if not isinstance(required, bool) or not isinstance(longest, int) or longest < 0:
        refuse(link_id, _("“{key}”: required is true or false, maxLength a number."), key=link_id)
    return Item(
        link_id=link_id,
        text=_words(one, "text", link_id),
        kind=kind,
        options=tuple(_option(option, link_id) for option in _list(one.get("answerOption"))),
        low=_decimal(known.get(LOWEST), link_id),
        high=_decimal(known.get(HIGHEST), link_id),
        required=required,
        help=str(known.get(HELP, "")),
        outcome=str(known.get(OUTCOME, "")),
        longest=longest,
        extra=extra,
    )


def _option(found: object, link_id: str) -> Option:
    one = dict(_table(found))
    if one.pop("initialSelected", False):
        refuse(link_id, _("The question “{key}” has an answer chosen beforehand."), key=link_id)
    form = next((form for form in Form if form.value in one), None)
    if form is None:
        sentence = _("An answer of “{key}” is neither a coding nor text nor a whole number.")
        refuse(link_id, sentence, key=link_id)
    raw = one.pop(form.value)
    value, kept = _ordinal(_list(one.pop("extension", [])), link_id)
    if kept:
        one["extension"] = kept
    if form is not Form.CODING:
        if form is Form.INTEGER and value is None:
            value = _decimal(raw, link_id)
        return Option(str(raw), str(raw), value, form, one)
    coding = dict(_table(raw))
    inner, kept = _ordinal(_list(coding.pop("extension", [])), link_id)
    if kept:
        coding["extension"] = kept
    code = str(coding.pop("code", "") or "")
    text = str(coding.pop("display", "") or code)
    extra = one | ({"coding": coding} if coding else {})
    return Option(code or text, text, inner if value is None else value, form, extra)


def _ordinal(found: Sequence[object], link_id: str) -> tuple[Decimal | None, list[object]]:
    value, kept = None, []
    for one in found:
        if _table(one).get("url") == ORDINAL:
            value = _decimal(_value(_table(one), link_id), link_id)
        else:
            kept.append(one)
    return value, kept


def _entry_out(entry: Item | Group) -> dict[str, object]:
    found: dict[str, object] = {"linkId": entry.link_id}
    if entry.text:
        found["text"] = entry.text
    if isinstance(entry, Group):
        found |= {"type": "group", **entry.extra}
        found["item"] = [_entry_out(one) for one in entry.entries]
        return found
    found["type"] = entry.kind.value
    if entry.required:
        found["required"] = True
    if entry.longest:
        found["maxLength"] = entry.longest
    found |= entry.extra
    if extensions := [*_list(entry.extra.get("extension")), *_extensions(entry)]:
        found["extension"] = extensions
    if entry.options:
        found["answerOption"] = [_option_out(option) for option in entry.options]
    return found


def _extensions(item: Item) -> list[object]:
    name = "valueInteger" if item.kind is Kind.INTEGER else "valueDecimal"
    found: list[object] = [
        {"url": url, name: plain_number(value)}
        for url, value in ((LOWEST, item.low), (HIGHEST, item.high))
        if value is not None
    ]
    if item.help:
        found.append({"url": HELP, "valueString": item.help})
    if item.outcome:
        found.append({"url": OUTCOME, "valueCode": item.outcome})
    return found


def _option_out(option: Option) -> dict[str, object]:
    extra = dict(option.extra)
    coding = extra.pop("coding", {})
    ordinal = {"url": ORDINAL, "valueDecimal": plain_number(option.value)}
    if option.form is Form.CODING:
        inner: dict[str, object] = {**_table(coding), "code": option.code, "display": option.text}
        if option.value is not None:
            inner["extension"] = [*_list(inner.get("extension")), ordinal]
        return {**extra, Form.CODING.value: inner}
    if option.form is Form.INTEGER and option.value == Decimal(option.code):
        return {**extra, Form.INTEGER.value: int(option.code)}
    if option.value is not None:
        extra["extension"] = [*_list(extra.get("extension")), ordinal]
    raw = int(option.code) if option.form is Form.INTEGER else option.code
    return {**extra, option.form.value: raw}


def plain_number(value: Decimal | None) -> int | float | None:
    """A number as JSON writes it: whole where it is whole."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _only_what_is_done(found: Mapping[str, object], where: str) -> None:
    for name, what in NOT_DONE.items():
        if name in found:
            refuse(
                where, _("“{key}” uses {what}. That is not done here."), key=where, what=Say(what)
            )
    for name, what in NOT_IF_TRUE.items():
        if found.get(name) is True:
            refuse(
                where, _("“{key}” uses {what}. That is not done here."), key=where, what=Say(what)
            )
    for one in _list(found.get("extension")):
        url = str(_table(one).get("url", ""))
        if url.endswith(NOT_BY_EXTENSION):
            sentence = _("“{key}” uses the extension {url}. That is not done here.")
            refuse(where, sentence, key=where, url=url[:120])


def _value(extension: Mapping[str, object], where: str) -> object:
    found = [value for name, value in extension.items() if name.startswith("value")]
    if not found:
        refuse(where, _("An extension of “{key}” holds no value."), key=where)
    return found[0]


def _decimal(value: object, where: str) -> Decimal | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        refuse(where, _("“{key}” holds a value that should be a number."), key=where)
    if not -(10**9) <= value <= 10**9:
        refuse(where, _("“{key}” holds a number that is too large."), key=where)
    return Decimal(str(value))


def _words(table: Mapping[str, object], name: str, where: str) -> str:
    value = table.get(name, "")
    if not isinstance(value, str) or len(value) > LONGEST_TEXT:
        sentence = _("“{name}” must be text of at most {most} letters.")
        refuse(where, sentence, name=name, most=LONGEST_TEXT)
    return value.strip()


def _list(value: object) -> list[object]:
    return list(value) if isinstance(value, list | tuple) else []


def _table(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}
