"""Every write to supporters and to how they grow."""

from alongside.workforce.actions.growth import (
    say_view,
    set_beginning,
    sign_off,
    take_back_sign_off,
    take_out,
)
from alongside.workforce.actions.learning import (
    add_learning,
    correct_learning,
    put_back_learning_file,
    remove_learning_file,
    restore_learning,
    void_learning,
)
from alongside.workforce.actions.supervision import (
    add_line,
    correct_supervision,
    keep_supervision,
    restore_supervision,
    tick_line,
    untick_line,
    void_supervision,
)
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
    "add_learning",
    "add_line",
    "add_supporter",
    "change_profile",
    "change_supporter",
    "correct_credential",
    "correct_learning",
    "correct_supervision",
    "keep_supervision",
    "link_user",
    "put_back_learning_file",
    "remove_learning_file",
    "restore_credential",
    "restore_learning",
    "restore_supervision",
    "say_view",
    "set_beginning",
    "set_experience",
    "set_room",
    "sign_off",
    "take_back_sign_off",
    "take_out",
    "tick_line",
    "untick_line",
    "void_credential",
    "void_learning",
    "void_supervision",
]
