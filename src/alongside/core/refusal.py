"""Why a rule said no: a stable code for machines, a sentence for people."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as default

from alongside.core.words import gettext_noop as _


@dataclass(frozen=True)
class Refusal:
    """``sentence`` says what is wrong and how to mend it; ``field`` names a form field, if one."""

    code: str
    sentence: str
    facts: Mapping[str, object] = default(default_factory=dict)
    field: str = ""

    def __str__(self) -> str:
        return self.sentence.format(**self.facts) if self.facts else self.sentence


class Refused(Exception):
    """Raised by actions when a rule says no; a face shows ``refusal`` and keeps the typed text."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(str(refusal))
        self.refusal = refusal


def ensure(refusal: Refusal | None) -> None:
    """Raise ``Refused`` unless the rule found nothing against it."""
    if refusal is not None:
        raise Refused(refusal)


STALE = Refusal("stale", _("Someone else changed this a moment ago. Look again, then retry."))
