"""How supporters grow, as codes. Names and help stand in ``catalogs/*.toml``."""

from enum import StrEnum


class KnowledgeArea(StrEnum):
    """What a supporter knows: ten areas (SVC-8)."""

    SCIENCE = "science"
    PROCESSES_AND_SUPPORTS = "processes_and_supports"
    RECOVERY_VALUES = "recovery_values"
    PATHWAYS_BY_STAGE = "pathways_by_stage"
    ETHICS = "ethics"
    CULTURAL_SENSITIVITY = "cultural_sensitivity"
    TRAUMA = "trauma"
    COMMUNITY_RESOURCES = "community_resources"
    AGENCY_COACHING = "agency_coaching"
    PLANS_AND_GOALS = "plans_and_goals"


class Skill(StrEnum):
    """What a supporter can do: thirteen skills (SVC-8)."""

    OUTREACH = "outreach"
    MOTIVATION = "motivation"
    ACTIVE_LISTENING = "active_listening"
    CONFLICT_RESOLUTION = "conflict_resolution"
    CRISIS = "crisis"
    RE_ENGAGEMENT = "re_engagement"
    COMMUNICATION = "communication"
    LIAISON = "liaison"
    EMOTIONAL_SUPPORT = "emotional_support"
    RECOVERY_CAPITAL = "recovery_capital"
    CONNECTING_TO_RESOURCES = "connecting_to_resources"
    DIVERSE_CULTURES = "diverse_cultures"
    DIVERSE_SETTINGS = "diverse_settings"


# All of them, in order; a competency is stored by its code.
COMPETENCIES: tuple[str, ...] = tuple(c.value for c in (*KnowledgeArea, *Skill))


class CompetencyWord(StrEnum):
    """How far along, in a word. No number, no grade."""

    NOT_YET = "not_yet"
    LEARNING = "learning"
    WITH_HELP = "with_help"
    ON_MY_OWN = "on_my_own"
    SHOWING = "showing"


class Whose(StrEnum):
    """Whose view of a competency it is."""

    SELF = "self"
    SUPERVISOR = "supervisor"


class SupervisionKind(StrEnum):
    """The methods that DHS 36.11 names."""

    INDIVIDUAL = "individual"
    SIDE_BY_SIDE = "side_by_side"
    GROUP = "group"
    OTHER = "other"
