"""Which entries keep the rhythm of the relationship (SVC-10)."""

from alongside.practice.codes import ContactKind

KEEPS_RHYTHM = frozenset({ContactKind.WITH_PERSON, ContactKind.GROUP})


def counts_as_contact(kind: ContactKind) -> bool:
    """Only time with the person counts; a try to reach them, or a talk with others, does not."""
    return kind in KEEPS_RHYTHM
