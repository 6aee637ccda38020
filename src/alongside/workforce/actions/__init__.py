"""Every write to supporters and to how they grow."""

from alongside.workforce.actions.supporters import (
    add_credential,
    add_supporter,
    change_profile,
    change_supporter,
    correct_credential,
    link_user,
    restore_credential,
    set_experience,
    set_room,
    void_credential,
)

__all__ = [
    "add_credential",
    "add_supporter",
    "change_profile",
    "change_supporter",
    "correct_credential",
    "link_user",
    "restore_credential",
    "set_experience",
    "set_room",
    "void_credential",
]
