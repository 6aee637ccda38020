"""Every read of plans and worksheets, viewer first."""

from alongside.plans.queries.plans import (
    agreed_goals,
    core_words,
    current_plan,
    goal_changes,
    goal_ids_of,
    goals_of_plan,
    goals_visible_to,
    newest_core_words,
    open_goal_words,
    open_goals,
    plan_of_episode,
    plans_visible_to,
    version_visible_to,
    versions_agreed,
)

__all__ = [
    "agreed_goals",
    "core_words",
    "current_plan",
    "goal_changes",
    "goal_ids_of",
    "goals_of_plan",
    "goals_visible_to",
    "newest_core_words",
    "open_goal_words",
    "open_goals",
    "plan_of_episode",
    "plans_visible_to",
    "version_visible_to",
    "versions_agreed",
]
