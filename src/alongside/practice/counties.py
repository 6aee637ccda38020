"""County names as people write them."""

import re

_TAIL = re.compile(r"[\s,]+(county|co|cty|wi|wisconsin)\.?$")


def county_key(text: str) -> str:
    """One spelling to compare by: ``"Pepin Co."`` and ``"pepin county"`` are both ``"pepin"``."""
    key = " ".join(text.casefold().replace("cnty", "county").split()).strip(" .,")
    while (shorter := _TAIL.sub("", key)) != key:
        key = shorter
    return key.replace("saint ", "st ").replace("st. ", "st ")
