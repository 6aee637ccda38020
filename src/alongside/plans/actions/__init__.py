"""Every write of plans and worksheets: each one sentence in the log."""

from alongside.plans.actions.plans import (
    add_goal,
    bring_back_goal,
    change_goal_words,
    reopen_goal,
    say_core_words,
    settle_goal,
    take_back_goal,
)
from alongside.plans.actions.versions import (
    agree_plan,
    answer_plan,
    keep_plan_draft,
    offer_plan,
    sign_plan,
    take_offer_back,
)

__all__ = [
    "add_goal",
    "agree_plan",
    "answer_plan",
    "bring_back_goal",
    "change_goal_words",
    "keep_plan_draft",
    "offer_plan",
    "reopen_goal",
    "say_core_words",
    "settle_goal",
    "sign_plan",
    "take_back_goal",
    "take_offer_back",
]
