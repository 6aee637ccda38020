"""Three short questions that make the advice on the array surer, and what each answer says. Pure.

They are asked where the note alone leaves it open: what was done, why it helped, who led it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from alongside.core.words import gettext_noop as _
from alongside.practice.arrays import ArrayFacts
from alongside.practice.codes import Activity, GoingAlong

A = Activity


@dataclass(frozen=True)
class ShortQuestion:
    """``choices`` are codes with their words, as they are stored with the note."""

    code: str
    words: str
    choices: tuple[tuple[str, str], ...]


SHORT_QUESTIONS = (
    ShortQuestion(
        "what",
        _("What was it, mostly?"),
        (
            ("beside", _("Being side by side")),
            ("skill", _("Practicing a skill of daily life")),
            ("work", _("Getting ready for work")),
            ("gave", _("A lesson or a treatment")),
            ("errand", _("Only a ride, an errand or paperwork")),
        ),
    ),
    ShortQuestion(
        "why",
        _("What helped most?"),
        (
            ("peers", _("That we have both been there")),
            ("learned", _("Learning how to do it")),
            ("wellness", _("Feeling better in body and mind")),
        ),
    ),
    ShortQuestion(
        "who",
        _("Who led it?"),
        (
            ("both", _("Both of us")),
            ("me", _("I did")),
            ("else", _("Someone else; we went along")),
        ),
    ),
)
_CODES = {each.code: {code for code, _words in each.choices} for each in SHORT_QUESTIONS}
_ADDS = {
    ("what", "beside"): A.MUTUAL_RELATIONSHIP,
    ("what", "skill"): A.SKILL_PRACTICE,
    ("what", "work"): A.JOB_SKILLS,
    ("what", "gave"): A.TEACHING_OR_TREATMENT,
    ("what", "errand"): A.DOING_FOR,
    ("why", "peers"): A.MUTUAL_RELATIONSHIP,
    ("why", "learned"): A.SKILL_PRACTICE,
    ("why", "wellness"): A.WELLNESS_PRACTICE,
}


def known_answers(said: Mapping[str, str]) -> dict[str, str]:
    """Only answers that the questions offer."""
    return {code: value for code, value in said.items() if value in _CODES.get(code, ())}


def refined(facts: ArrayFacts, said: Mapping[str, str]) -> ArrayFacts:
    """The facts of a note, with what the short answers add to them."""
    said = known_answers(said)
    added = {_ADDS[pair] for pair in said.items() if pair in _ADDS}
    activities, along = facts.activities | added, facts.going_along
    if said.get("who") == "else":
        # What someone else taught is going along for the two of them.
        activities -= {A.TEACHING_OR_TREATMENT}
        along = along or GoingAlong.OTHER
    return replace(facts, activities=frozenset(activities), going_along=along)
