"""What goes into the log: where something failed, never what a person typed."""

import logging
import traceback
from types import TracebackType


class WithoutWords(logging.Formatter):
    """A failure by its kind and place. The message of an error may hold a row of the record:
    PostgreSQL says which row it refused, and a parser what it could not read."""

    def formatException(self, ei: object) -> str:  # noqa: N802  (the library's name)
        error = ei[1] if isinstance(ei, tuple) else None
        return "\n".join(_told(error)) if isinstance(error, BaseException) else ""


def _told(error: BaseException) -> list[str]:
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    lines = [*_told(before), "which led to:"] if before is not None else []
    kind = type(error)
    return [*lines, f"{kind.__module__}.{kind.__qualname__}", *_places(error.__traceback__)]


def _places(trace: TracebackType | None) -> list[str]:
    frames = traceback.extract_tb(trace)
    return [f"  {frame.filename}:{frame.lineno} in {frame.name}" for frame in frames]
