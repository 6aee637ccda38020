"""Calls that have opened other programs to strangers: absent here, and a new one fails."""

import ast
import re

import pytest

from tests.architecture.source import PACKAGE, name_of, python_files, tree

RUNS_WORDS = {"eval", "exec", "compile", "__import__"}
# Reads that make objects, or run what they read.
UNSAFE = {"pickle", "marshal", "shelve", "dill", "jsonpickle", "yaml"}
NETWORK = {"socket", "urllib.request", "http.client", "requests", "httpx", "aiohttp", "ftplib"}
ITS_REASON = {"config/command.py": "looks for a free port of this machine"}


def calls(path):
    """Every call with the name it is made by, as far as the text tells: ``re.compile``."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func), node


def modules(path):
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


@pytest.mark.asvs("1.2.5", "1.3.2", "1.5.2")
def test_no_shell_no_eval_no_pickle():
    found = []
    for path in python_files():
        found += [f"{name_of(path)}: {m}" for m in modules(path) if m.split(".")[0] in UNSAFE]
        for name, call in calls(path):
            shell = [k for k in call.keywords if k.arg == "shell"]
            if name in RUNS_WORDS or shell or name in ("os.system", "os.popen"):
                found.append(f"{name_of(path)}:{call.lineno} {name}")
    assert found == []


@pytest.mark.asvs("13.2.4", "13.2.5")
def test_nothing_asks_the_network():
    """The server talks to its database and to the mail server of its environment alone."""
    found = {name_of(path) for path in python_files() if NETWORK & set(modules(path))}
    assert found == set(ITS_REASON)


@pytest.mark.asvs("11.4.1")
def test_no_weak_hash():
    found = [
        f"{name_of(path)}:{call.lineno} {name}"
        for path in python_files()
        for name, call in calls(path)
        if re.search(r"\b(md5|sha1|ripemd160|DES|ARC4|ECB|CBC)$", name)
    ]
    assert found == []


@pytest.mark.asvs("11.5.1")
def test_no_secret_comes_from_plain_random():
    """``random`` is for the invented agency and for models that learn, never for what is served."""
    found = {name_of(path) for path in python_files() if "random" in set(modules(path))}
    assert {name for name in found if not name.startswith("demo/")} == set()


@pytest.mark.asvs("1.3.7")
def test_templates_come_from_files():
    found = [
        f"{name_of(path)}:{call.lineno} {name}"
        for path in python_files()
        for name, call in calls(path)
        if name.split(".")[-1] in ("Template", "from_string", "mark_safe", "SafeString")
    ]
    assert found == []


FACES = ("web", "portal")


@pytest.mark.asvs("1.2.9")
def test_no_pattern_is_built_from_what_is_typed():
    """Where requests are read, a pattern is written out, so that nobody sends one."""
    loose = [
        f"{name_of(path)}:{call.lineno}"
        for path in python_files()
        if name_of(path).split("/")[0] in FACES
        for name, call in calls(path)
        if name.startswith("re.") and name != "re.escape"
        if not isinstance(call.args[0], ast.Constant)
    ]
    assert loose == []


SINKS = re.compile(r"\b(innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval)\b")
ITS_OWN_PAGES = {
    "pages.js": "puts in fragments that this server rendered and escaped",
}


@pytest.mark.asvs("3.2.2")
def test_scripts_write_text_not_markup():
    found = {
        path.name
        for path in sorted((PACKAGE / "web" / "assets").rglob("*.js"))
        if SINKS.search(path.read_text(encoding="utf-8"))
    }
    assert found <= set(ITS_OWN_PAGES)
