"""Every text that somebody from outside can read: public page, sign-in, portal.

Found by walking, so that a page that is added is found as well: all templates of the portal with
what they take in, all Python of the portal with the rules behind its actions, and the lists of the
field that its pages show. What is staff's alone is left out, with its reason.
"""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from alongside.config.settings import ACCOUNT_FORMS, MFA_FORMS
from alongside.practice import catalog, consents, disclosure, instruments, worksheets
from scripts.wording.reading import Key, in_python, in_template

PACKAGE = Path(__file__).resolve().parent.parent.parent / "src" / "alongside"
TEMPLATES = (PACKAGE / "portal" / "templates", PACKAGE / "web" / "templates")

# Where walking begins, beside all templates of the portal: pages that serve everyone who signs in,
# help that stands behind no door, and what an error shows.
BEGINNINGS = ("account/**/*", "mfa/**/*", "allauth/**/*", "bootstrap5/**/*", "*.html")
BEGINNINGS += ("web/users/signed_out.html", "web/worksheets/fields/*.html")
# Colleagues' pages that are handed over, in the language of the one who reads them.
BEGINNINGS += tuple(f"web/checkins/{name}.html" for name in ("write", "end", "result"))
BEGINNINGS += ("web/updates/read.html", "web/encounters/together*.html")
BEGINNINGS += ("web/consents/sign.html", "web/consents/print.html")
BEGINNINGS += tuple(
    f"web/plans/update/{name}.html"
    for name in ("happened", "matters", "goals", "check_in", "words", "sign")
)
HANDED_FORMS = {
    "web/forms/encounters.py": ("WordsForm",),
    "web/forms/consents_signed.py": ("SignerFields", "SignForm"),
    "web/forms/updates.py": ("AgreeForm",),
    "web/forms/plans.py": ("WordsForm", "SignTogetherForm"),
}
# What walking meets and nobody from outside sees.
STAFF_PAGES = {
    "web/_bar.html": "the bar of colleagues' own pages",
    "web/emergency/_standing.html": "a record that a colleague opened in an emergency",
    "web/gallery.html": "sample words, in demo mode only",
    "account/signup_closed.html": "nobody signs up by themselves, and nothing leads there",
}
# Python beside the portal whose words pages of the portal say.
FACES = (
    *("practice/worksheets/answers.py", "practice/consents/tongues.py"),
    *(
        f"practice/instruments/{name}.py"
        for name in ("answers", "definition", "filling", "scoring")
    ),
    *("practice/disclosure/traveling.py", "practice/disclosure/codes.py"),
    *(
        "web/adapters.py",
        "web/templatetags/words.py",
        "web/forms/codes.py",
        "web/forms/passkeys.py",
    ),
    *("web/forms/fields.py", "web/apps.py", "web/limits.py", "web/form_words.py"),
    *("web/own_copies.py", "web/forms/plan_update.py"),
)
# Rules that walking meets and whose sentences only colleagues are told.
STAFF_RULES = {
    "accounts/codes.py": "names of roles, for whoever gives them",
    "accounts/rules/__init__.py": "colleagues, contracts, lines for help",
    "accounts/rules/away.py": "when a supervisor is away",
    "accounts/rules/public_page.py": "what the administrator writes",
    "consents/rules/disclosures.py": "what colleagues tell others",
    "encounters/rules/hand_offs.py": "hard moments, among colleagues",
    "encounters/actions/taking_over.py": "answers about arrays, among colleagues",
    "encounters/rules/notes.py": "supporters write notes; what participants may is in own.py",
    "encounters/rules/questions.py": "questions to the array lead",
    "encounters/rules/readings.py": "supervisors read notes",
    "exchange": "sheets that colleagues bring in",
    "people/rules/emergencies.py": "records opened in an emergency",
    "referrals/rules/desk.py": "the desk moves a referral",
    "referrals/rules/episodes.py": "rhythm and endings, as supporters keep them",
    "referrals/rules/matching.py": "the desk proposes a match",
    "retention/actions/disposals.py": "two colleagues let a record go",
    "retention/rules/__init__.py": "how long records stay, and holds",
    "workforce": "supporters' own growth and papers",
}
# Lists of the field that pages of the portal show.
CATALOGS = (
    *("pathway", "lived_experience", "growth_area", "core_component", "milestone", "set_by"),
    *("objective", "outcome", "service_array", "care_team_role", "going_along", "mode"),
    *("consent_category", "consent_purpose", "kept_reason"),
)
INCLUDED = re.compile(r"""{%-?\s*(?:include|extends)\s+["']([^"']+)["']""")
COMPONENT = re.compile(r"<c-([\w.-]+)")
IN_CODE = re.compile(r"""["']([\w/.-]+\.(?:html|txt))["']""")

Found = dict[Key, list[str]]


def everything() -> Found:
    """Each text with the files it stands in."""
    found: Found = defaultdict(list)
    for name, path in sorted(templates().items()):
        for key in in_template(path):
            found[key].append(name)
    for path in sorted(modules()):
        for key in in_python(path):
            found[key].append(path.relative_to(PACKAGE).as_posix())
    for name, classes in HANDED_FORMS.items():
        for key in in_python(PACKAGE / name, only=classes):
            found[key].append(name)
    for text, place in lists():
        found[None, text].append(place)
    found.pop((None, ""), None)
    return dict(found)


@cache
def templates() -> dict[str, Path]:
    """By name: those of the portal, those of the sign-in, and what they take in."""
    known = {
        str(path.relative_to(folder)): path
        for folder in TEMPLATES
        for path in sorted(folder.rglob("*"))
        if path.suffix in (".html", ".txt")
    }
    first = [str(path.relative_to(TEMPLATES[0])) for path in TEMPLATES[0].rglob("*.html")]
    first += [str(p.relative_to(TEMPLATES[1])) for b in BEGINNINGS for p in TEMPLATES[1].glob(b)]
    waiting = [name for name in first if name in known]
    waiting += [n for p in modules() for n in IN_CODE.findall(p.read_text()) if n in known]
    met: dict[str, Path] = {}
    while waiting:
        name = waiting.pop()
        if name in met or name in STAFF_PAGES:
            continue
        met[name] = known[name]
        text = known[name].read_text()
        names = INCLUDED.findall(text)
        names += [
            f"cotton/{c.replace('-', '_').replace('.', '/')}.html" for c in COMPONENT.findall(text)
        ]
        waiting += [one for one in names if one in known]
    return met


@cache
def modules() -> frozenset[Path]:
    """The portal's own, and the rules and codes that its imports lead to: pages say refusals."""
    waiting = sorted((PACKAGE / "portal").rglob("*.py"))
    waiting += [path for name in FACES if (path := PACKAGE / name).exists()]
    waiting += [_forms(name) for name in (*ACCOUNT_FORMS.values(), *MFA_FORMS.values())]
    met: set[Path] = set()
    while waiting:
        path = waiting.pop()
        place = path.relative_to(PACKAGE)
        if path in met or {place.as_posix(), place.parts[0]} & set(STAFF_RULES):
            continue
        met.add(path)
        waiting += [one for one in _imported(path) if _leads_on(one)]
    return frozenset(path for path in met if _says(path))


def _forms(name: str) -> Path:
    """The file of a form that the sign-in library shows in place of its own."""
    return PACKAGE.parent.joinpath(*name.split(".")[:-1]).with_suffix(".py")


def _leads_on(path: Path) -> bool:
    """Actions lead to the rules they ask; what is beside the portal leads nowhere."""
    parts = path.relative_to(PACKAGE).parts
    return parts[0] not in ("web", "config", "demo", "audit", "practice", "tenancy")


def _says(path: Path) -> bool:
    parts = path.relative_to(PACKAGE).parts
    return parts[0] in ("portal", "web", "core", "papers", "practice") or bool(
        {"rules", "rules.py", "codes.py", "forms.py", "actions", "queries"} & set(parts)
    )


def _imported(path: Path) -> Iterator[Path]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("alongside."):
            yield from _files(str(node.module))
            for alias in node.names:
                yield from _files(f"{node.module}.{alias.name}")


def _files(module: str) -> Iterator[Path]:
    base = PACKAGE.parent.joinpath(*module.split("."))
    yield from (p for p in (base.with_suffix(".py"), base / "__init__.py") if p.is_file())


def lists() -> Iterator[tuple[str, str]]:
    """What the field's own files say on pages of the portal."""
    for kind in CATALOGS:
        for entry in catalog.terms(kind):
            said = (entry.name, entry.help, entry.short, entry.ask, entry.yours)
            yield from ((text, f"practice/catalogs/{kind}") for text in said if text)
    for tool in worksheets.tools():
        if not tool.private:
            told = (text for text in tool.texts() if text not in tool.help)
            yield from ((text, f"practice/worksheets/{tool.key}") for text in told)
    yield from ((text, "practice/consents") for text in consents.texts())
    for one in disclosure.book().notices:
        yield from ((text, "practice/disclosure") for text in (one.title, one.words, one.plain))
    yield from ((text, "practice/instruments") for text in instruments.texts())
