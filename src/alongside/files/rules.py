"""Which files are kept, and how one that is not is answered. No Django, no disk, no clock."""

from datetime import datetime, timedelta

from alongside.core.refusal import Refusal
from alongside.core.words import gettext_noop as _
from alongside.files.codes import FileKind

MOST_BYTES = 10 * 1024 * 1024
MOST_MEGABYTES = MOST_BYTES // (1024 * 1024)
PUT_BACK_FOR = timedelta(days=30)

# How each kind begins. A file that begins otherwise is something else, whatever its name says.
_BEGINNINGS: tuple[tuple[bytes, FileKind], ...] = (
    (b"%PDF-", FileKind.PDF),
    (b"\xff\xd8\xff", FileKind.JPEG),
    (b"\x89PNG\r\n\x1a\n", FileKind.PNG),
)
_ENDINGS = {
    FileKind.PDF: frozenset({"pdf"}),
    FileKind.JPEG: frozenset({"jpg", "jpeg", "jpe", "jfif"}),
    FileKind.PNG: frozenset({"png"}),
}
_FIELD = "file"

NOT_ONE_OF_OURS = Refusal(
    "not-one-of-ours",
    _("This file is not a PDF, a JPEG or a PNG picture. Please choose one of these."),
    field=_FIELD,
)
NOT_WHAT_IT_SAYS = Refusal(
    "not-what-it-says",
    _("This file is not what its name says. Please save it anew, or take a photo of the paper."),
    field=_FIELD,
)
DAMAGED = Refusal(
    "damaged",
    _("This file cannot be opened, or its end is missing. Please save it anew and try again."),
    field=_FIELD,
)
LOCKED = Refusal(
    "locked",
    _("This PDF is locked with a password. Please choose one that opens without."),
    field=_FIELD,
)
ACTIVE = Refusal(
    "active",
    _("This PDF holds a program or other files. Please print it to a new PDF, or take a photo."),
    field=_FIELD,
)
TOO_WIDE = Refusal(
    "too-wide",
    _("This picture is too large to open safely. Please take a smaller one."),
    field=_FIELD,
)
EMPTY = Refusal("empty", _("There is nothing in this file. Please choose another."), field=_FIELD)
GONE = Refusal("gone", _("This file cannot be read any more. Please add it anew."))

BY_CODE = {
    refusal.code: refusal
    for refusal in (NOT_ONE_OF_OURS, NOT_WHAT_IT_SAYS, DAMAGED, LOCKED, ACTIVE, TOO_WIDE, EMPTY)
}


def kind_of(beginning: bytes) -> FileKind | None:
    """What a file is by its first bytes; nothing else counts."""
    for start, kind in _BEGINNINGS:
        if beginning.startswith(start):
            return kind
    return None


def why_not_take(name: str, beginning: bytes, size: int) -> Refusal | None:
    """``beginning``: the first bytes. Asked before anything opens the file."""
    if size == 0:
        return EMPTY
    if size > MOST_BYTES:
        return Refusal(
            "too-large",
            _("This file is larger than {most} megabytes. Please choose a smaller one."),
            {"most": MOST_MEGABYTES},
            field=_FIELD,
        )
    kind = kind_of(beginning)
    if kind is None:
        return NOT_ONE_OF_OURS
    ending = ending_of(name)
    if ending and ending not in _ENDINGS[kind]:
        return NOT_WHAT_IT_SAYS
    return None


def ending_of(name: str) -> str:
    """``"Ethics 6h.PDF"`` → ``"pdf"``; nothing for a name without one."""
    stem, dot, ending = plain_name(name).rpartition(".")
    return ending.lower() if dot and stem else ""


def plain_name(name: str) -> str:
    """The name as a person gave it, without folders and signs that no screen shows."""
    last = name.replace("\\", "/").rpartition("/")[2]
    shown = "".join(sign for sign in last if sign.isprintable())
    return " ".join(shown.split()).strip(". ")[:120]


def why_not_put_back(removed_at: datetime, at: datetime) -> Refusal | None:
    if at - removed_at > PUT_BACK_FOR:
        return Refusal("erased", _("This file was erased. Please add it anew."))
    return None
