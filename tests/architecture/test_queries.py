"""A query begins with its viewer, a face reaches data through queries and actions alone."""

import ast

import pytest

from tests.architecture.source import PACKAGE, name_of, python_files, tree

# Public functions of queries that have no viewer, and why.
EXCEPTIONS = {
    "accounts/queries.py": {
        "actor_for": "makes the viewer",
        "actor_of": "makes the viewer",
        "installation_is_empty": "tells whether anybody has begun, nothing else",
        "agency_without_people": "the first page takes it over before anybody can sign in",
        "address_is_taken": "addresses are unique across agencies; tells yes or no",
        "user_at_the_door": "whoever knocks has no viewer yet; only the log is told",
        "address_is_invited": "addresses are unique across agencies; tells yes or no",
        "link_hash": "reads nothing",
        "invitation_by_secret": "whoever holds the link is the viewer",
        "demo_users": "the demo page has no viewer yet; absent outside demo mode",
        "alone": "reads nothing",
        "stranger": "makes the viewer of a page that anyone may open",
        "public_address": "whoever has the address of a public page is no viewer yet",
        "only_public_address": "tells where the only public page stands that is open",
        "every_agency": "for those who run the machine, and see names of agencies alone",
    },
    "workforce/queries/growth.py": {"counted": "reads nothing"},
    "people/queries/__init__.py": {"after": "pages a list the viewer was given"},
    "plans/queries/plans.py": {
        "newest_core_words": "reads nothing",
    },
    "plans/queries/requirements.py": {"facts_of": "reads nothing", "as_paper": "reads nothing"},
    "outcomes/queries/milestones.py": {"as_return": "reads nothing"},
    "plans/queries/versions.py": {
        "said_in": "reads nothing",
        "content_of": "reads nothing",
        "facts_of": "reads nothing",
    },
    "plans/queries/private.py": {"key_context_of": "reads nothing"},
    "reporting/queries/people.py": {
        "limits": "reads nothing",
        "with_us": "narrows people whom the viewer was given",
    },
    "reporting/queries/changes.py": {"asked_in": "reads nothing"},
    "consents/queries/consents.py": {
        "coverage": "asks for one recipient, who need not be someone who signs in",
        "facts_of": "a consent that the viewer was given",
    },
    "referrals/queries/matching.py": {"pick": "reads nothing"},
    "referrals/queries/desk.py": {"near": "reads nothing"},
    "referrals/queries/referrers.py": {
        "link_by_secret": "whoever holds the link is the viewer",
        "typed": "reads nothing",
    },
    "encounters/queries/updates.py": {"why_not_hand_over": "an update that the viewer was given"},
    "encounters/queries/own.py": {
        "said_before": "a note that the viewer was given",
        "told_apart": "a note that the viewer was given",
        "older_withheld": "numbers of texts, of notes the viewer was given",
    },
    "encounters/queries/notes.py": {
        "contact_days": "days to count again by, for an action that has looked already",
    },
    "exchange/queries.py": {
        "rows_of": "rows of a batch the viewer was given",
        "layout_of_batch": "columns of a batch the viewer was given",
        "rows_there": "the importer compares within the agency it acts for",
        "names_in_use": "the importer compares within the agency it acts for",
        "people_alike": "the importer compares within the agency it acts for",
        "people_near": "the importer compares within the agency it acts for",
        "staff_in_use": "the importer compares within the agency it acts for",
        "referrers_in_use": "the importer compares within the agency it acts for",
        "contact_days_of": "the importer compares within the agency it acts for",
        "contacts_with": "the importer compares within the agency it acts for",
    },
    "people/queries/doors.py": {
        "own_link_by_secret": "whoever holds the link is the viewer",
        "name_is_taken": "a name to sign in with is free for all or for none",
        "reaching_of_account": "asked before a letter goes to that account",
    },
    "retention/queries/record.py": {
        "as_data": "a row of a person that the viewer was given",
        "rows_of_part": "rows of a record the viewer was given",
        "raw_rows": "rows of a record the viewer was given",
        "shown_fields": "reads no rows",
        "label_of": "reads no rows",
    },
    "retention/queries/requests.py": {
        "ending_of": "a row of a person that the viewer was given",
    },
    "retention/queries/copying.py": {
        "labels": "reads no rows",
    },
    "retention/queries/reach.py": {
        "ours": "reads no rows",
        "keys_of": "reads no rows",
        "reach": "reads no rows",
        "carried_by": "what rows point to that the viewer was given",
        "chunks": "reads no rows",
    },
    "audit/queries.py": {
        "after_event": "pages a list the viewer was given",
        "agencies_with_events": "for the command of those who run the machine",
        "head_of": "for the command of those who run the machine",
        "holds": "for the command of those who run the machine",
        "verify": "for the command of those who run the machine",
    },
}


def query_files():
    for path in python_files():
        if path.name == "queries.py" or "queries" in path.parent.parts:
            yield path


def without_viewer(path) -> set[str]:
    found = set()
    for node in tree(path).body:
        if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
            continue
        arguments = [*node.args.posonlyargs, *node.args.args]
        if not arguments or arguments[0].arg != "viewer":
            found.add(node.name)
    return found


def test_every_query_begins_with_its_viewer():
    bare = {name_of(path): without_viewer(path) for path in query_files()}
    expected = {name: set(reasons) for name, reasons in EXCEPTIONS.items()}
    assert {name: names for name, names in bare.items() if names} == expected


FACES = ("web", "portal")


def imports(path):
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


@pytest.mark.parametrize("face", FACES)
def test_a_face_never_imports_models(face):
    reached = [
        f"{name_of(path)}: {module}"
        for path in python_files()
        if path.is_relative_to(PACKAGE / face)
        for module in imports(path)
        if module.startswith("alongside.") and module.endswith(".models")
    ]
    assert reached == []


def test_rows_are_read_in_queries_and_written_in_actions():
    """``.objects`` outside them would read unscoped, or write without an event."""
    loose = []
    for path in python_files():
        inside = {"queries", "actions", "models.py", "queries.py", "actions.py", "demo"}
        if inside & set(path.relative_to(PACKAGE).parts):
            continue
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Attribute) and node.attr in ("objects", "_default_manager"):
                loose.append(f"{name_of(path)}:{node.lineno}")
    allowed = {
        "accounts/devices.py": "sessions are the sign-in library's rows",
        "web/adapters.py": "second factors are the sign-in library's rows",
        "files/cleaning.py": "the objects of a PDF are no rows",
        "config/worker.py": "tasks are the library's rows, and hold nothing of the record",
        "exchange/commands.py": "the command line finds or begins the agency it acts for",
    }
    assert [where for where in loose if where.split(":")[0] not in allowed] == []


def test_whose_team_it_is_has_one_answer():
    """Whoever stands in sees the team through ``Actor.teams``, and nothing asks in another way."""
    loose = []
    for path in query_files():
        for node in ast.walk(tree(path)):
            named = isinstance(node, ast.keyword) and (node.arg or "").endswith("supervisor_id")
            if named and ast.unparse(node.value) == "viewer.id":
                loose.append(f"{name_of(path)}:{node.value.lineno}")
    # Whose own time away it is: the supervisor's, not the team's.
    assert [where for where in loose if not where.startswith("accounts/queries.py")] == []
