"""Papers and files that a colleague makes for the participant: on record, and saying whose."""

from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.people.actions import print_record
from alongside.people.codes import Printed
from alongside.web.access import StaffRequest


def on_paper(request: StaffRequest, participant_id: UUID, what: Printed) -> Any:
    """Whom the paper is about. In place of ``drafts.the_person``: a paper is a look that can be
    carried away, and the log tells the two apart."""
    return print_record(participant_id, what, by=request.actor, at=timezone.now())


def with_foot(foot: object) -> str:
    """The foot of a PDF, and whose copy it is."""
    whose = _("A copy for the participant. Whoever else is to have it needs their consent.")
    return f"{foot} · {whose}" if foot else whose
