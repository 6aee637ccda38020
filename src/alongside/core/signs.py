"""Signs that stand in no text people write: no key makes them, and not every database keeps them.

NUL stops PostgreSQL, half a letter (a lone surrogate) is nothing that can be sent, and what steers
old printers comes back from a browser changed or not at all.
"""

from unicodedata import category

LINES = "\t\n\r\x0b\x0c"


def is_sound(text: str, *, one_line: bool = False) -> bool:
    """Whether all of it can be kept and shown. ``one_line``: line breaks and tabs are none, either,
    nor are spaces around it: it goes to a browser and comes back."""
    if one_line and text != text.strip():
        return False
    fine = "" if one_line else LINES
    return text.isprintable() or all(
        sign in fine or category(sign) not in ("Cc", "Cs") for sign in text
    )


def sound(text: str) -> str:
    """Without such signs."""
    if text.isprintable():
        return text
    return "".join(sign for sign in text if sign in LINES or category(sign) not in ("Cc", "Cs"))
