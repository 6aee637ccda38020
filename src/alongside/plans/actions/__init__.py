"""Every write of plans and worksheets: each one sentence in the log."""

from alongside.plans.actions.plans import (
    add_goal,
    agree_plan,
    change_goal_words,
    keep_plan_draft,
    reopen_goal,
    say_core_words,
    settle_goal,
    take_back_goal,
)

__all__ = [
    "add_goal",
    "agree_plan",
    "change_goal_words",
    "keep_plan_draft",
    "reopen_goal",
    "say_core_words",
    "settle_goal",
    "take_back_goal",
]
