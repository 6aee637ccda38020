"""What each audit event says to a person. A test asks for a line for every verb in the code."""

from django.utils.translation import gettext

from alongside.core.words import gettext_noop as _

VERBS: dict[str, str] = {
    "agency.changed": _("changed the agency"),
    "agency.started": _("began the agency"),
    "audit.exported": _("took events out as a sheet"),
    "colleague.invited": _("invited a colleague"),
    "contract.added": _("added a contract"),
    "contract.changed": _("changed a contract"),
    "contract.ended": _("ended a contract"),
    "invitation.accepted": _("accepted an invitation"),
    "invitation.sent-again": _("sent an invitation again"),
    "invitation.taken-back": _("took back an invitation"),
    "participant.opened": _("opened a record"),
    "user.joined": _("joined"),
    "user.let-in": _("let a colleague in again"),
    "user.password-changed": _("changed their password"),
    "user.password-reset": _("set a new password"),
    "user.roles-changed": _("changed roles"),
    "user.second-factor-added": _("added a second step"),
    "user.second-factor-removed": _("removed a second step"),
    "user.second-factor-renewed": _("renewed spare codes"),
    "user.shut-out": _("shut out a colleague"),
    "user.signed-in": _("signed in"),
    "user.signed-out": _("signed out"),
    "user.supervisor-set": _("set a supervisor"),
}


def words_for(verb: str) -> str:
    """The words for a verb, or the verb itself for one from an older version."""
    return gettext(VERBS[verb]) if verb in VERBS else verb
