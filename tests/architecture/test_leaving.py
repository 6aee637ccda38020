"""Every way out says why it is one: nothing leaves the agency that nobody thought of."""

import ast
import inspect
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from alongside.core.leaving import Leaving
from tests.architecture.source import PACKAGE, name_of, python_files, tree
from tests.architecture.test_routes import ours

FACES = [folder for name in ("web", "portal") if (folder := PACKAGE / name).is_dir()]
# Calls that hand something out by themselves.
HANDS_OUT = {"FileResponse", "StreamingHttpResponse", "pdf"}
PAGES = ("text/html", "text/javascript", "text/plain")
# ``copy_record``: the whole record for the person themselves, told through ``disclose``.
GATE = {"disclose", "disclose_many", "disclosure", "copy_record", "copy_own_record"}
MAIL = {"EmailMessage", "EmailMultiAlternatives", "send_mail", "send_mass_mail", "mail_admins"}
# Pages for people outside: whatever they show, they show to someone outside.
OUTSIDE = "portal/"

Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions() -> Iterator[tuple[str, Function]]:
    for path in python_files():
        if any(path.is_relative_to(face) for face in FACES):
            for node in ast.walk(tree(path)):
                if isinstance(node, Function):
                    yield name_of(path), node


# Ordinary pages with a button to print, by their template; what only prints says so in its view.
PRINT_BUTTONS = {
    "web/encounters/note.html": Leaving.OWN_COPY,
    "web/handoffs/hand_off.html": Leaving.INSIDE,
    "web/help/help_now.html": Leaving.NOBODY,
    "web/help/processes.html": Leaving.NOBODY,
    "web/growth/competencies.html": Leaving.INSIDE,
    "web/identifiers/shown.html": Leaving.INSIDE,
    "web/records/disposal.html": Leaving.NOBODY,
    "web/measures/measures.html": Leaving.NOBODY,
    "portal/sent/sent.html": Leaving.OWN_COPY,
    "portal/mine/record/told.html": Leaving.OWN_COPY,
    "portal/mine/record/update.html": Leaving.OWN_COPY,
    "mfa/recovery_codes/index.html": Leaving.NOBODY,
}
SHOWS_ONLY = {"web/gallery.html"}
TO_PRINT = re.compile(r"(.*_)?(print|copy)\.html")


@cache
def with_a_button() -> frozenset[str]:
    return frozenset(
        str(path.relative_to(face / "templates"))
        for face in FACES
        for path in (face / "templates").rglob("*.html")
        if "data-print" in path.read_text()
    )


@cache
def printed() -> frozenset[str]:
    """Templates that are there to be printed."""
    return frozenset(name for name in with_a_button() if TO_PRINT.fullmatch(Path(name).name))


def called(node: ast.AST) -> set[str]:
    names = set()
    for call in ast.walk(node):
        if isinstance(call, ast.Call):
            if isinstance(call.func, ast.Name):
                names.add(call.func.id)
            elif isinstance(call.func, ast.Attribute):
                names.add(call.func.attr)
    return names


def words(node: ast.AST) -> set[str]:
    return {n.value for n in ast.walk(node) if isinstance(n, ast.Constant) and type(n.value) is str}


def hands_out(node: Function) -> bool:
    said = words(node)
    types = {text for text in said if re.match(r"(application|text|image)/\w", text)}
    return bool(
        called(node) & HANDS_OUT
        or any("attachment" in text or text == "Content-Disposition" for text in said)
        or any(not kind.startswith(PAGES) for kind in types)
        or said & printed()
    )


Place = tuple[str, str]


@cache
def known(path: Path) -> dict[str, str]:
    """What the imports of a file mean: its own name for a module or function, and the file."""
    found = {}
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("alongside."):
            base = PACKAGE.parent.joinpath(*(node.module or "").split("."))
            for alias in node.names:
                inside = base / f"{alias.name}.py"
                file = inside if inside.is_file() else base.with_suffix(".py")
                if file.is_file():
                    found[alias.asname or alias.name] = name_of(file)
    return found


def targets(where: str, node: ast.AST) -> set[Place]:
    """The functions of the faces that this one calls."""
    imported = known(PACKAGE / where)
    found = set()
    for call in ast.walk(node):
        one = call.func if isinstance(call, ast.Call) else None
        if isinstance(one, ast.Name):
            found |= {(where, one.id), (imported.get(one.id, where), one.id)}
        elif isinstance(one, ast.Attribute) and isinstance(one.value, ast.Name):
            found.add((imported.get(one.value.id, where), one.attr))
    return found


def reaching(first: set[Place]) -> set[Place]:
    """Functions that come to one of these, however far down."""
    calls = {(where, n.name): targets(where, n) for where, n in functions()}
    found = set(first)
    while more := {place for place, to in calls.items() if to & found} - found:
        found |= more
    return found


def doors() -> set[str]:
    """The gate itself, and every action that comes to it."""
    inside = [
        (path, node)
        for path in python_files()
        if "actions" in path.parts
        for node in ast.walk(tree(path))
        if isinstance(node, Function)
    ]
    names, private = set(GATE), set()
    grew = True
    while grew:
        grew = False
        for path, node in inside:
            near = names | {name for where, name in private if where == path}
            if called(node) & near and node.name not in near:
                grew = True
                if node.name.startswith("_"):
                    private.add((path, node.name))
                else:
                    names.add(node.name)
    return names


@cache
def ways_out() -> frozenset[tuple[str, str]]:
    return frozenset(
        reaching({(where, node.name) for where, node in functions() if hands_out(node)})
    )


def views() -> dict[str, tuple[str, tuple[str, str], object]]:
    """Each route of ours: its address, where its view stands, and what it says."""
    found = {}
    for where, pattern in ours():
        view = inspect.unwrap(pattern.callback)
        path = Path(inspect.getsourcefile(view) or "")
        if pattern.name and path.is_relative_to(PACKAGE):
            said = getattr(pattern.callback, "leaves", None)
            found[pattern.name] = (where, (name_of(path), view.__name__), said)
    return found


def test_whatever_hands_something_out_says_why():
    silent = {
        name
        for name, (where, place, said) in views().items()
        if said is None and (place in ways_out() or where.startswith(OUTSIDE))
    }
    assert silent == set()


def test_nothing_says_that_it_leaves_and_hands_out_nothing():
    idle = {
        name
        for name, (where, place, said) in views().items()
        if said is not None and place not in ways_out() and not where.startswith(OUTSIDE)
    }
    assert idle == set()


def test_what_says_gate_goes_through_it():
    gate = doors()
    through = reaching({(where, node.name) for where, node in functions() if called(node) & gate})
    around = {
        name
        for name, (_where, place, said) in views().items()
        if said is Leaving.GATE and place not in through
    }
    assert around == set()


# What puts on record that a colleague made a paper or a file for the person.
ON_RECORD = {"on_paper", "take_check_ins_along", "export_worksheets"}


def test_a_copy_that_a_colleague_makes_for_someone_is_on_record():
    calls = {(where, node.name) for where, node in functions() if called(node) & ON_RECORD}
    kept = reaching(calls)
    unseen = {
        name
        for name, (_where, place, said) in views().items()
        if said is Leaving.OWN_COPY and place[0].startswith("web/") and place not in kept
    }
    assert unseen == set()


def test_every_reason_is_from_the_closed_list():
    said = {said for _where, _place, said in views().values() if said is not None}
    assert said <= set(Leaving)


def test_a_button_to_print_on_an_ordinary_page_has_its_reason_here():
    assert with_a_button() - printed() - SHOWS_ONLY == set(PRINT_BUTTONS)


# Whoever may send mail, and what keeps it from telling of anybody.
SENDERS = {
    "accounts/actions/letters.py": "texts from a closed list: that there is a way in, or an update",
    "web/adapters.py": "the sign-in library's own: a code or a link for the one who signs in",
}


def test_mail_leaves_from_one_place():
    senders = {
        name_of(path)
        for path in python_files()
        if called(tree(path)) & MAIL
        or any(
            isinstance(node, ast.ImportFrom) and (node.module or "").startswith("django.core.mail")
            for node in ast.walk(tree(path))
        )
    }
    assert senders == set(SENDERS)


@pytest.mark.parametrize(
    ("text", "out"),
    [
        pytest.param("return FileResponse(x)", True, id="a file"),
        pytest.param("return HttpResponse(x, content_type='text/csv')", True, id="a sheet"),
        pytest.param("return HttpResponse(x, content_type='application/pdf')", True, id="a PDF"),
        pytest.param("h = {'Content-Disposition': n}", True, id="an attachment"),
        pytest.param("return render(request, 'web/plans/print.html', {})", True, id="to print"),
        pytest.param("return render(request, 'web/plans/plan.html', {})", False, id="a page"),
    ],
)
def test_the_walk_sees_ways_out(text, out):
    node = ast.parse(f"def view(request):\n    {text}").body[0]
    assert isinstance(node, ast.FunctionDef)
    assert hands_out(node) is out
