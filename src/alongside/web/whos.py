"""Everyone who signs in, by name and by kind: for whoever asks the log who it was."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from alongside.accounts import queries
from alongside.accounts.codes import Role
from alongside.core.actor import Actor
from alongside.core.words import gettext_noop

# The kinds in the order in which one asks for them; whoever works here holds no role from outside.
KINDS = {
    "": gettext_noop("Colleagues"),
    Role.PARTICIPANT.value: gettext_noop("Participants"),
    Role.REFERRER.value: gettext_noop("Referrers"),
}


@dataclass(frozen=True)
class Whos:
    """``names`` by id, and ``choices`` for a form: a group for each kind that there is."""

    names: dict[str, str]
    choices: list[Any]


def who_signs_in(viewer: Actor) -> Whos:
    rows = [(str(pk), name, kind) for pk, name, kind in queries.who_signs_in(viewer)]
    groups = {kind: [(pk, name) for pk, name, its in rows if its == kind] for kind in KINDS}
    choices = [(_(KINDS[kind]), people) for kind, people in groups.items() if people]
    return Whos({pk: name for pk, name, _kind in rows}, choices)
