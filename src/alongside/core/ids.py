"""Ids that sort by the time they were made, so that lists can be paged by key."""

from uuid import UUID

from uuid_utils.compat import uuid7


def new_id() -> UUID:
    """A version 7 UUID (RFC 9562)."""
    return uuid7()
