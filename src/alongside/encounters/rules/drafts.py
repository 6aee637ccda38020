"""When two windows wrote the same draft. Pure."""

from collections.abc import Mapping


def words_lost(kept: Mapping[str, object], typed: Mapping[str, object]) -> bool:
    """Whether ``typed`` lacks words that ``kept`` holds, so that both must be kept.

    A retry after a lost answer sends the same words and more; that is no other window.
    """
    return any(_text(value) not in _text(typed.get(name)) for name, value in kept.items())


def _text(value: object) -> str:
    return "\n".join(map(str, value)) if isinstance(value, list) else str(value or "")
