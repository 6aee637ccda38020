"""The catalogs themselves: read, brought up to date, written, compiled. Needs babel alone."""

from collections.abc import Iterable, Mapping
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

LOCALE = Path(__file__).resolve().parent.parent.parent / "src" / "alongside" / "locale"
LANGUAGES = ("es", "hmn")
# babel knows no Hmong: its plurals, written for one form as Hmong has it.
FORMS = {"es": (2, "(n != 1)"), "hmn": (1, "0")}
HEAD = {
    "es": "Spanish of the United States, in the Midwest. Says usted. See docs/languages.md.",
    "hmn": "Hmong. Nobody who speaks it has looked it over: what is empty is shown in English.",
}
Found = Mapping[tuple[str | None, str | tuple[str, str]], Iterable[str]]


def path_of(language: str, ending: str = "po") -> Path:
    return LOCALE / language / "LC_MESSAGES" / f"django.{ending}"


def read(language: str) -> Catalog:
    path = path_of(language)
    if not path.exists():
        return empty(language)
    with path.open("rb") as file:
        return _with_forms(read_po(file, ignore_obsolete=True), language)


def empty(language: str) -> Catalog:
    return _with_forms(Catalog(project="Alongside", fuzzy=False, charset="utf-8"), language)


def _with_forms(catalog: Catalog, language: str) -> Catalog:
    catalog._num_plurals, catalog._plural_expr = FORMS[language]
    return catalog


def updated(language: str, found: Found) -> Catalog:
    """What was found now, with every translation that there is already."""
    before, now = read(language), empty(language)
    for (context, text), places in sorted(found.items(), key=_order):
        known = before.get(text if isinstance(text, str) else text[0], context)
        same = known is not None and known.id == text
        said = known.string if same and known is not None else _nothing(text, language)
        now.add(
            text,
            said,
            locations=[(place, 0) for place in sorted(set(places))],
            user_comments=known.user_comments if same and known is not None else (),
            context=context,
        )
    return now


def _order(item: tuple[tuple[str | None, str | tuple[str, str]], Iterable[str]]) -> tuple[str, ...]:
    (context, text), places = item
    first = text if isinstance(text, str) else text[0]
    return (min(places), first, context or "")


def _nothing(text: str | tuple[str, str], language: str) -> str | tuple[str, ...]:
    return "" if isinstance(text, str) else ("",) * FORMS[language][0]


def as_po(catalog: Catalog, language: str) -> bytes:
    """The text of the file: by place, without line numbers and dates, which change for nothing."""
    out = BytesIO()
    write_po(out, catalog, width=98, include_lineno=False, omit_header=True)
    count, plural = FORMS[language]
    head = (
        f"# {HEAD[language]}\n"
        'msgid ""\nmsgstr ""\n'
        f'"Language: {language}\\n"\n'
        '"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n'
        f'"Plural-Forms: nplurals={count}; plural={plural};\\n"\n\n'
    )
    return head.encode() + out.getvalue()


def write(catalog: Catalog, language: str) -> None:
    path = path_of(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(as_po(catalog, language))


def compile_all() -> list[str]:
    """Every catalog for the program to read, where its words are newer. Languages that changed."""
    changed = []
    for language in LANGUAGES:
        po, mo = path_of(language), path_of(language, "mo")
        if not po.exists() or (mo.exists() and mo.stat().st_mtime >= po.stat().st_mtime):
            continue
        catalog = read(language)
        with mo.open("wb") as file:
            write_mo(file, catalog)
        changed.append(language)
    return changed


def missing(catalog: Catalog) -> list[Message]:
    return [message for message in catalog if message.id and not _said(message)]


def _said(message: Message) -> bool:
    said = message.string
    return all(said) if isinstance(said, list | tuple) else bool(said)
