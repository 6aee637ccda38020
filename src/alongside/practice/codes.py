"""The words of the field as codes. Names and help for people stand in ``catalogs/*.toml``."""

from enum import StrEnum


class Process(StrEnum):
    """The five processes of peer support. Connecting comes first in every meeting (PROC-1)."""

    CONNECTING = "connecting"
    EXPLORING = "exploring"
    SUPPORTING = "supporting"
    PLANNING = "planning"
    ADVOCATING = "advocating"


class GrowthArea(StrEnum):
    """One list for goals, encounters and reports (PSP-9)."""

    HOUSING = "housing"
    EMPLOYMENT = "employment"
    DRIVERS_LICENSE = "drivers_license"
    TRANSPORTATION = "transportation"
    COMMUNITY = "community"
    LIFE_SKILLS = "life_skills"
    HEALTHY_OUTLETS = "healthy_outlets"
    EMOTIONS = "emotions"


class JourneyPlace(StrEnum):
    """Where people place themselves. It opens nothing and closes nothing (MPR-1)."""

    CONTEMPLATION = "contemplation"
    BEFORE_TREATMENT = "before_treatment"
    DURING_TREATMENT = "during_treatment"
    AFTER_TREATMENT = "after_treatment"
    LATER_RECOVERY = "later_recovery"


class Service(StrEnum):
    """The four services (MPR-2)."""

    MENTORING = "mentoring"
    RESOURCE_CONNECTING = "resource_connecting"
    GROUP_FACILITATION = "group_facilitation"
    BUILDING_COMMUNITY = "building_community"


class Mode(StrEnum):
    """How people were in touch, in the order the practice prefers (SVC-5)."""

    FACE_TO_FACE = "face_to_face"
    TELEPHONE = "telephone"
    VIDEO = "video"
    TEXT_MESSAGE = "text_message"
    SOCIAL_MEDIA = "social_media"
    OTHER_ELECTRONIC = "other_electronic"


class Place(StrEnum):
    """The eight kinds of place (SVC-9)."""

    RECOVERY_CENTER = "recovery_center"
    OUTPATIENT = "outpatient"
    COMMUNITY = "community"
    INPATIENT = "inpatient"
    JAIL = "jail"
    PRIMARY_CARE = "primary_care"
    OTHER_COMMUNITY = "other_community"
    ELECTRONIC = "electronic"


class GoingAlong(StrEnum):
    """What a supporter went along to (PSP-8)."""

    COURT = "court"
    PARENTING_CLASS = "parenting_class"
    SELF_HELP_GROUP = "self_help_group"
    APPOINTMENT = "appointment"
    OTHER = "other"


class Pathway(StrEnum):
    """The door a referral came through (PSP-5)."""

    FAMILY_TREATMENT_COURT = "family_treatment_court"
    CHIPS = "chips"
    JUVENILE_JUSTICE = "juvenile_justice"
    CCS = "ccs"
    SELF_REFERRAL = "self_referral"
    OTHER = "other"
    NOT_SAID = "not_said"


class ReferrerRole(StrEnum):
    """Who referred (PSP-5)."""

    SOCIAL_WORKER = "social_worker"
    SERVICE_FACILITATOR = "service_facilitator"
    COURT_COORDINATOR = "court_coordinator"
    OTHER_PROFESSIONAL = "other_professional"
    THEMSELVES = "themselves"
    NOT_SAID = "not_said"


class LivedExperience(StrEnum):
    """What a supporter has lived through and may open to others, part by part (PSP-3)."""

    SUBSTANCE_USE = "substance_use"
    MENTAL_HEALTH = "mental_health"
    FAMILY_DISRUPTION = "family_disruption"
    TRAUMA = "trauma"
    CHILD_PROTECTION = "child_protection"
    JUVENILE_JUSTICE = "juvenile_justice"
    ADULT_CRIMINAL_COURT = "adult_criminal_court"
    TREATMENT_COURT = "treatment_court"
    INCARCERATION = "incarceration"
    AFFECTED_BY_OTHERS_USE = "affected_by_others_use"


class Audience(StrEnum):
    """Who may see one part of a supporter's story; the supporter alone decides (PSP-3)."""

    PUBLIC = "public"
    PARTICIPANTS = "participants"
    STAFF = "staff"
    NOBODY = "nobody"


class Population(StrEnum):
    """Who the service is for, as people describe themselves (SVC-1, MPR-3)."""

    ADULT_LONG_TERM = "adult_long_term"
    ADULT_SELF_IDENTIFIED = "adult_self_identified"
    TRANSITION_AGE_YOUTH = "transition_age_youth"
    AFFECTED_BY_OTHERS_USE = "affected_by_others_use"
    NOT_SAID = "not_said"


class ServiceArray(StrEnum):
    """The 14 categories of the Wisconsin CCS service array."""

    SCREENING_AND_ASSESSMENT = "screening_and_assessment"
    SERVICE_PLANNING = "service_planning"
    SERVICE_FACILITATION = "service_facilitation"
    DIAGNOSTIC_EVALUATIONS = "diagnostic_evaluations"
    MEDICATION_MANAGEMENT = "medication_management"
    PHYSICAL_HEALTH_MONITORING = "physical_health_monitoring"
    PEER_SUPPORT = "peer_support"
    ISDE = "isde"
    EMPLOYMENT_SKILLS = "employment_skills"
    PSYCHOEDUCATION = "psychoeducation"
    WELLNESS_MANAGEMENT = "wellness_management"
    PSYCHOTHERAPY = "psychotherapy"
    SUBSTANCE_USE_TREATMENT = "substance_use_treatment"
    NON_TRADITIONAL = "non_traditional"


class CredentialKind(StrEnum):
    CPS = "cps"
    CPPS = "cpps"
    RECOVERY_COACH = "recovery_coach"
    OTHER = "other"


class CredentialStanding(StrEnum):
    """What a supporter's peer certification is worth on one day (PEER-1)."""

    CERTIFIED = "certified"
    LAPSED = "lapsed"
    IN_TRAINING = "in_training"
    NEVER = "never"


class CoreComponent(StrEnum):
    """Optional prompts in the participant's words (MPR-7)."""

    VALUES_AND_BELIEFS = "values_and_beliefs"
    CONNECTION = "connection"
    HABITS_RITUALS_TRADITIONS = "habits_rituals_traditions"
    GIVING_BACK = "giving_back"
    PASSION = "passion"


class CareTeamRole(StrEnum):
    """People around the participant (PSP-6, SVC-7)."""

    SUPPORTER = "supporter"
    SOCIAL_WORKER = "social_worker"
    SERVICE_FACILITATOR = "service_facilitator"
    COURT_COORDINATOR = "court_coordinator"
    ATTORNEY = "attorney"
    GUARDIAN_AD_LITEM = "guardian_ad_litem"
    PROBATION_OR_PAROLE = "probation_or_parole"
    TREATMENT = "treatment"
    HEALTH_CARE = "health_care"
    SCHOOL = "school"
    FAMILY = "family"
    FRIEND = "friend"
    SPONSOR = "sponsor"
    LANDLORD = "landlord"
    EMPLOYER = "employer"
    NEIGHBOR = "neighbor"
    FAITH_OR_CULTURE = "faith_or_culture"
    OTHER = "other"


class Activity(StrEnum):
    """What was done together: liaison (SVC-4) and service activities (SVC-7), and beside them."""

    MUTUAL_RELATIONSHIP = "mutual_relationship"
    BUILDING_ON_STRENGTHS = "building_on_strengths"
    RECOVERY_NEEDS = "recovery_needs"
    LINKING_TO_TREATMENT = "linking_to_treatment"
    SELF_HELP_INVOLVEMENT = "self_help_involvement"
    NATURAL_SUPPORTS = "natural_supports"
    LINKING_TO_RESOURCES = "linking_to_resources"
    RECOVERY_COMMUNITY = "recovery_community"
    NAVIGATING_SYSTEMS = "navigating_systems"
    GOING_ALONG = "going_along"
    SKILL_PRACTICE = "skill_practice"
    WELLNESS_PRACTICE = "wellness_practice"
    JOB_SKILLS = "job_skills"
    DOING_FOR = "doing_for"
    TEACHING_OR_TREATMENT = "teaching_or_treatment"


class ContactKind(StrEnum):
    """Whether the person was part of it (SVC-10)."""

    WITH_PERSON = "with_person"
    GROUP = "group"
    ATTEMPT = "attempt"
    WITHOUT_PERSON = "without_person"


class AttemptEnding(StrEnum):
    """How a try to reach someone ended. None of these is the person's failing."""

    NO_ANSWER = "no_answer"
    LEFT_MESSAGE = "left_message"
    NOT_THERE = "not_there"
    CALLED_OFF = "called_off"


class ConclusionReason(StrEnum):
    """Why a relationship came to its end; the way back stays open (PROC-6)."""

    WHAT_THEY_WANTED = "what_they_wanted"
    THEIR_CHOICE = "their_choice"
    OTHER_SUPPORT = "other_support"
    MOVED_AWAY = "moved_away"
    OUT_OF_TOUCH = "out_of_touch"
    PATHWAY_ENDED = "pathway_ended"
    SUPPORTER_LEFT = "supporter_left"
    DIED = "died"
    OTHER = "other"


class Objective(StrEnum):
    """Sample objectives of the Peer Support array: a starting point, never a must (PEER-5)."""

    SOCIAL_SKILLS = "social_skills"
    NATURAL_SUPPORTS = "natural_supports"
    HEALTHY_RELATIONSHIPS = "healthy_relationships"
    EXPRESSING = "expressing"
    INTERESTS = "interests"
    WELLNESS_TOOLBOX = "wellness_toolbox"
    CONFIDENCE = "confidence"
    CRISIS_PLAN = "crisis_plan"
    SELF_ADVOCACY = "self_advocacy"
    GOALS_AND_OPTIONS = "goals_and_options"


class Outcome(StrEnum):
    """The 18 expected outcomes (SVC-2)."""

    BASIC_NEEDS = "basic_needs"
    RECOVERY_CAPITAL = "recovery_capital"
    COPING = "coping"
    QUICK_RETURN = "quick_return"
    LESS_USE = "less_use"
    EDUCATION_EMPLOYMENT = "education_employment"
    LESS_JUSTICE = "less_justice"
    QUALITY_OF_LIFE = "quality_of_life"
    PURPOSE = "purpose"
    SOCIAL_COMFORT = "social_comfort"
    RELATIONSHIPS = "relationships"
    EMPOWERMENT = "empowerment"
    OPTIMISM = "optimism"
    LESS_ISOLATION = "less_isolation"
    TAKING_PART = "taking_part"
    SELF_EFFICACY = "self_efficacy"
    STABLE_HOUSING = "stable_housing"
    RESOURCES = "resources"


class HardTalk(StrEnum):
    """What a difficult conversation was about (PROC-7). Several may be true of one."""

    SUICIDE = "suicide"
    SELF_HARM = "self_harm"
    ANGER = "anger"
    NOT_SAFE = "not_safe"
    OTHER = "other"


class HandOffTo(StrEnum):
    """Who took something over after a difficult conversation (PROC-7)."""

    LIFELINE = "lifeline"
    EMERGENCY = "emergency"
    CRISIS_TEAM = "crisis_team"
    AGENCY_LINE = "agency_line"
    SUPERVISOR = "supervisor"
    TREATMENT = "treatment"
    FAMILY = "family"
    OTHER = "other"
    NOBODY = "nobody"


class MilestoneKind(StrEnum):
    """What a milestone is about, if the participant wants to say (SVC-2). None is worth more."""

    DAY_IN_RECOVERY = "day_in_recovery"
    HOME = "home"
    WORK_OR_SCHOOL = "work_or_school"
    FAMILY = "family"
    HEALTH = "health"
    COURT_OR_CASE = "court_or_case"
    COMMUNITY = "community"
    GIVING_BACK = "giving_back"
    FIRST_TIME = "first_time"
    OWN = "own"


class SetBy(StrEnum):
    """Who asks something of a participant (PSP-7)."""

    COURT = "court"
    CASE_PLAN = "case_plan"
    CLASS = "class"
    PROBATION = "probation"
    CCS = "ccs"
    TREATMENT = "treatment"
    BENEFITS = "benefits"
    OTHER = "other"
