"""Consent under 42 CFR Part 2 as amended in 2024: its kinds, texts and elements, as dated data,
and what follows from them. Pure."""

from alongside.practice.consents.codes import (
    APART,
    ORDINARY,
    Category,
    ConsentKind,
    Element,
    Ending,
    Purpose,
    RecipientKind,
    Signer,
    Statement,
)
from alongside.practice.consents.facts import ConsentFacts, RecipientFacts
from alongside.practice.consents.judging import (
    has_ended,
    missing_elements,
    mixed,
    statements_of,
    why_not_fit,
    why_not_rely,
)
from alongside.practice.consents.part_2 import (
    Kind,
    Version,
    book,
    kind_of,
    mistakes,
    texts,
    version,
    version_on,
)

__all__ = [
    "APART",
    "ORDINARY",
    "Category",
    "ConsentFacts",
    "ConsentKind",
    "Element",
    "Ending",
    "Kind",
    "Purpose",
    "RecipientFacts",
    "RecipientKind",
    "Signer",
    "Statement",
    "Version",
    "book",
    "has_ended",
    "kind_of",
    "missing_elements",
    "mistakes",
    "mixed",
    "statements_of",
    "texts",
    "version",
    "version_on",
    "why_not_fit",
    "why_not_rely",
]
