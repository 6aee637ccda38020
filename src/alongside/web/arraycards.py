"""The advice on the array at a note: what it says, who may be asked, what was answered before."""

import re
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from alongside.core.refusal import Refusal
from alongside.core.words import Say
from alongside.core.words import gettext_noop as _n
from alongside.encounters import queries
from alongside.encounters.actions import NewQuestion
from alongside.encounters.queries import Writer
from alongside.encounters.rules import NOBODY_TO_ASK, LikeFacts, chose_otherwise, words_to_ask
from alongside.people.rules import first_name
from alongside.practice.arrays import ArrayAdvice, Sure
from alongside.web import noteforms
from alongside.web.access import StaffRequest
from alongside.web.forms.encounters import NoteForm


@dataclass(frozen=True)
class Example:
    """A precedent beside a note. ``other`` says whether it parts from the advice."""

    precedent: Any
    other: bool


@dataclass(frozen=True)
class Because:
    """A reason, and what it comes from by a name that people at a desk know."""

    words: Say
    source: str


_ID = re.compile(r"\b([A-Z]+)-\d+")
_OURS = re.compile(r"(?:, )?\bseed \d+")  # our own papers; nobody at a desk has them
_PAPERS = {
    "PEER": _n("what the program says on peer support and peer mentoring"),
    "SVC": _n("what the program says on recovery coaching"),
    "PSP": _n("what the program says of its work and contracts"),
}


def _named(where: str) -> str:
    """ "PEER-2, seed 002" → "what the program says on ... (PEER-2)"."""
    rows = [(row[0], row[1]) for row in _ID.finditer(where) if row[1] in _PAPERS]
    if not rows:
        return _OURS.sub("", where)
    papers = dict.fromkeys(_PAPERS[paper] for _row, paper in rows)
    return f"{', '.join(_(paper) for paper in papers)} ({', '.join(row for row, _paper in rows)})"


@dataclass(frozen=True)
class ArrayCard:
    """``own`` is the writer's question about this note; ``words`` are what would go along."""

    advice: ArrayAdvice
    chosen: str = ""
    lead: Any = None
    own: Any = None
    words: str = ""
    proposed: str = ""
    examples: list[Example] = field(default_factory=list)

    @property
    def unsure(self) -> bool:
        return self.advice.sure is Sure.ASK

    @property
    def code(self) -> str:
        return self.advice.array.value if self.advice.array else ""

    @property
    def reasons(self) -> list[Because]:
        """Why, each with where it comes from."""
        said = [(reason, getattr(reason, "source", "")) for reason in self.advice.reasons]
        return [Because(words, _named(where)) for words, where in said]

    @property
    def whom(self) -> str:
        """The array lead, as colleagues say it."""
        return first_name(self.lead.name) if self.lead else ""

    @property
    def parts(self) -> bool:
        return chose_otherwise(self.chosen, self.code)

    @property
    def nobody(self) -> Refusal:
        return NOBODY_TO_ASK


def array_card(form: NoteForm, request: StaffRequest, person: Any) -> ArrayCard | None:
    """The card for a form as it stands; ``None`` for those without a profile."""
    writer = queries.writer(request.actor)
    if writer is None:
        return None
    on = noteforms.day(form, request)
    advice = writer.advice(
        on,
        processes=tuple(form.so_far("processes") or ()),
        activities=tuple(form.so_far("activities") or ()),
        going_along=form.so_far("going_along") or "",
        words=form.so_far("what_we_did") or "",
        answers=form.short_answers(),
        allowed=queries.arrays_paid_for(request.actor, participant_id=person.pk, on=on),
    )
    encounter_id = form.so_far("encounter_id")
    own = queries.question_about(request.actor, encounter_id=encounter_id) if encounter_id else None
    proposed = proposed_words(form, request, person)
    return ArrayCard(
        advice=advice,
        chosen=form.so_far("array") or "",
        lead=queries.array_lead(request.actor),
        own=own,
        words=form.so_far("ask_words") if edited(form) else proposed,
        proposed=proposed,
        examples=_examples(form, request, writer, advice, own),
    )


def _examples(
    form: NoteForm, request: StaffRequest, writer: Writer, advice: ArrayAdvice, own: Any
) -> list[Example]:
    facts = LikeFacts(
        certified=writer.certified(noteforms.day(form, request)),
        words=form.so_far("what_we_did") or "",
        activities=frozenset(form.so_far("activities") or ()),
        going_along=form.so_far("going_along") or "",
    )
    advised = advice.array.value if advice.array else ""
    return [
        Example(each, other=(each.array, each.no_service) != (advised, not advised))
        for each in queries.like_precedents(request.actor, facts=facts)
        if own is None or each.pk != own.question.pk
    ]


def edited(form: NoteForm) -> bool:
    """Whether the asker put words of their own in place of the proposed ones."""
    typed, proposed = form.so_far("ask_words") or "", form.so_far("ask_proposed") or ""
    return bool(typed.strip()) and typed.split() != proposed.split()


def proposed_words(form: NoteForm, request: StaffRequest, person: Any) -> str:
    """What was written, without names; where nothing was, what was ticked."""
    around = queries.names_around(request.actor, participant_id=person.pk)
    stand_ins = {"person": _("the person"), "someone": _("someone")}
    written = words_to_ask(form.so_far("what_we_did") or "", person.name, around, **stand_ins)
    return written or "; ".join(_ticked(form))


def _ticked(form: NoteForm) -> list[str]:
    """The words of the chips that were chosen: they name nobody."""
    chosen = []
    for name in ("processes", "activities", "going_along"):
        said = form.so_far(name) or ()
        codes = {said} if isinstance(said, str) else set(said)
        choices = form.fields[name].choices  # type: ignore[attr-defined]
        chosen += [str(words) for code, words in choices if code and code in codes]
    return chosen


def was_shown(form: NoteForm, request: StaffRequest, person: Any) -> bool:
    """Whether the words that would go along are those the asker has before their eyes."""
    shown = form.so_far("ask_words") or ""
    return edited(form) or shown.split() == proposed_words(form, request, person).split()


def new_question(form: NoteForm, request: StaffRequest, person: Any) -> NewQuestion:
    """What a tap on "ask" sends: the facts so far and the words as they were shown."""
    words = form.so_far("ask_words") if edited(form) else proposed_words(form, request, person)
    return NewQuestion(
        on=noteforms.day(form, request),
        words=words,
        processes=tuple(form.so_far("processes") or ()),
        activities=tuple(form.so_far("activities") or ()),
        going_along=form.so_far("going_along") or "",
        answers=form.short_answers(),
        note_words=form.so_far("what_we_did") or "",
    )
