"""Names as people say them, and as they are found again. No Django, no database, no clock."""

import unicodedata


def name_key(name: str) -> str:
    """Lower-case words without accents or marks, for search: ``"Núñez, Ines"`` → ``"nunez ines"``."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    letters = "".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c))
    return " ".join(letters.split())


def short_name(name: str) -> str:
    """First name and one letter, for lists others may glimpse: ``"Gia Rivera"`` → ``"Gia R."``."""
    words = name.split()
    if len(words) < 2:
        return name
    return f"{words[0]} {words[-1][0].upper()}."


def initials(name: str) -> str:
    words = [word for word in name.split() if word[0].isalpha()]
    return "".join(word[0].upper() for word in (words[:1] + words[-1:] if len(words) > 1 else words))


def first_name(name: str) -> str:
    return name.split()[0] if name.split() else name
