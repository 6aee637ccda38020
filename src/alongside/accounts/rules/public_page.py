"""What may stand on the public page, and at which address. Pure."""

import re
from dataclasses import dataclass

from alongside.accounts.codes import Permission
from alongside.core.actor import Actor
from alongside.core.refusal import Refusal
from alongside.core.words import gettext_noop as _

LONGEST = 4000
# Whoever glimpses an address, or finds it in a browser later, should learn nothing by it.
TELLING = (
    "recover",
    "sober",
    "sobriety",
    "addict",
    "rehab",
    "substance",
    "drug",
    "alcohol",
    "detox",
)


@dataclass(frozen=True)
class PublicWords:
    """The agency's own words. ``peer_run``: that people who lived it themselves run it (PEER-9)."""

    peer_run: str
    welcome: str = ""
    what_we_do: str = ""
    asks: bool = True


def slug_of(text: str) -> str:
    """``"Milkweed Row, Inc."`` → ``"milkweed-row-inc"``."""
    return re.sub(r"[^a-z0-9]+", "-", text.casefold()).strip("-")[:60].strip("-")


def why_not_keep_page(actor: Actor) -> Refusal | None:
    if not actor.may(Permission.AGENCY_MANAGE):
        return Refusal("not-administrator", _("Only an administrator keeps the public page."))
    return None


def why_not_write_page(words: PublicWords, actor: Actor) -> Refusal | None:
    if refusal := why_not_keep_page(actor):
        return refusal
    if not words.peer_run.strip():
        return Refusal(
            "not-said-peer-run",
            _("Say in your own words that your agency is run by peers."),
            field="peer_run",
        )
    for field in ("peer_run", "welcome", "what_we_do"):
        if len(getattr(words, field)) > LONGEST:
            return Refusal(
                "too-long",
                _("This is too long to read. Use at most {most} letters."),
                {"most": LONGEST},
                field=field,
            )
    return None


def why_not_stand_at(slug: str, *, taken: bool) -> Refusal | None:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug) or not 3 <= len(slug) <= 60:
        return Refusal(
            "no-address",
            _("Use 3 to 60 small letters and digits, with hyphens between words."),
            field="slug",
        )
    if any(word in slug for word in TELLING):
        return Refusal(
            "telling-address",
            _("Others may see this address. Leave out words that tell what it is about."),
            field="slug",
        )
    if taken:
        return Refusal(
            "address-taken", _("Another page has this address. Choose another one."), field="slug"
        )
    return None


NOTHING_WRITTEN = Refusal("nothing-written", _("Write the page first, and look at it."))
NOT_OPEN = Refusal("not-open", _("The page is not open. There is nothing to take back."))
