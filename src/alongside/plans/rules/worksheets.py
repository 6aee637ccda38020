"""What holds for worksheets: who writes them, when one is kept, what an agency may add. Pure."""

from collections.abc import Mapping

from alongside.accounts.codes import Permission
from alongside.core.actor import Actor
from alongside.core.refusal import Refusal
from alongside.core.words import gettext_noop as _
from alongside.practice.worksheets import Definition, problems

GONE = Refusal("taken-back", _("This worksheet was taken back."))
TAKEN = Refusal("taken", _("This worksheet is already kept. Open it to add something."))
WITHDRAWN = Refusal("withdrawn", _("Your agency no longer uses this worksheet."))
NOT_SHARED = Refusal("private", _("This tool is only for you. It is kept with no participant."))
NOT_PRIVATE = Refusal("shared", _("This tool is kept with a participant."))


def why_not_write_worksheet(by: Actor) -> Refusal | None:
    if by.may(Permission.PLAN_WRITE) or by.may(Permission.OWN_WRITE):
        return None
    return Refusal(
        "not-walking", _("Worksheets are written by the participant and who walks alongside.")
    )


def why_not_keep_worksheet(definition: Definition, answers: Mapping[str, object]) -> Refusal | None:
    """Almost everything may stay empty, but a sheet without a word is none."""
    if definition.private:
        return NOT_SHARED
    if not answers:
        return Refusal("empty", _("Nothing is written yet. One word is enough, or leave it be."))
    for key, why in problems(definition, answers).items():
        return Refusal("look-again", why.text, why.facts, field=key)
    return None


def why_not_take_back_worksheet(*, taken_back: bool, reason: str) -> Refusal | None:
    if taken_back:
        return GONE
    if not reason.strip():
        return Refusal(
            "no-reason", _("Say in a few words why. It stays with the sheet."), field="reason"
        )
    return None


def why_not_manage_tools(by: Actor) -> Refusal | None:
    if by.may(Permission.AGENCY_MANAGE):
        return None
    return Refusal("not-yours", _("The agency's worksheets are kept by an administrator."))


def why_not_destroy(by: Actor, *, still_here: bool) -> Refusal | None:
    """Private worksheets end with their owner's access, never before, and not by themselves."""
    if not by.may(Permission.USER_MANAGE):
        return Refusal("not-yours", _("Access is kept by an administrator."))
    if still_here:
        return Refusal("still-here", _("Close their access first."))
    return None
