"""The instruments there are: our own, and those that the viewer's agency loaded. Viewer first."""

from dataclasses import replace
from functools import lru_cache
from uuid import UUID

from django.db.models import F, Prefetch, QuerySet

from alongside.core.actor import Actor
from alongside.outcomes import models
from alongside.outcomes.models import InstrumentVersion
from alongside.practice import instruments as shipped
from alongside.practice.instruments import BrokenInstrument, Instrument
from alongside.practice.instruments.fhir import read


def agency_instruments(viewer: Actor) -> QuerySet[models.Instrument]:
    """All of them, withdrawn ones too, each with its versions, newest first."""
    versions = InstrumentVersion.objects.select_related("by").order_by("-number")
    return (
        models.Instrument.objects.filter(agency_id=viewer.agency_id)
        .prefetch_related(Prefetch("versions", queryset=versions))
        .order_by("id")
    )


def in_use(viewer: Actor) -> list[Instrument]:
    """All that one can begin now, as they are worded now: ours first, then the agency's."""
    rows = InstrumentVersion.objects.filter(
        agency_id=viewer.agency_id, instrument__withdrawn_at=None, number=F("instrument__number")
    )
    found = rows.order_by("instrument_id").values_list("instrument_id", "number", "text")
    theirs = [_instrument(text, str(key), number) for key, number, text in found]
    return [*shipped.shipped(), *(one for one in theirs if one is not None)]


def instrument_of(viewer: Actor, *, key: str, version: int | None = None) -> Instrument:
    """One instrument in one wording, or as it is worded now.

    Raises ``Instrument.DoesNotExist`` for one that the viewer's agency does not have.
    """
    ours = shipped.instrument(key, version)
    if ours is not None:
        return ours
    row = version_of(viewer, key=key, version=version)
    found = _instrument(row.text, key, row.number)
    if found is None:
        raise models.Instrument.DoesNotExist
    return found


def version_of(viewer: Actor, *, key: str, version: int | None = None) -> InstrumentVersion:
    """The row of one wording that the agency loaded."""
    rows = InstrumentVersion.objects.filter(agency_id=viewer.agency_id, instrument_id=_id_of(key))
    row = rows.filter(number=F("instrument__number") if version is None else version).first()
    if row is None:
        raise models.Instrument.DoesNotExist
    return row


def wordings(viewer: Actor, pairs: set[tuple[str, int]]) -> dict[tuple[str, int], Instrument]:
    """Many wordings at once, in one query at most. One that cannot be read is left out."""
    found = {}
    for key, version in pairs:
        if ours := shipped.instrument(key, version):
            found[key, version] = ours
    missing = {pair for pair in pairs if pair not in found}
    if missing:
        ids = {_id_of(key) for key, _version in missing}
        rows = InstrumentVersion.objects.filter(
            agency_id=viewer.agency_id, instrument_id__in=ids
        ).values_list("instrument_id", "number", "text")
        for row_id, number, text in rows:
            one = _instrument(text, str(row_id), number)
            if one is not None and (str(row_id), number) in missing:
                found[str(row_id), number] = one
    return found


def titles(viewer: Actor) -> dict[str, str]:
    """What every instrument is called now, withdrawn ones too."""
    found = {one.key: one.title for one in shipped.shipped()}
    rows = InstrumentVersion.objects.filter(
        agency_id=viewer.agency_id, number=F("instrument__number")
    ).values_list("instrument_id", "number", "text")
    for key, number, text in rows:
        if one := _instrument(text, str(key), number):
            found[str(key)] = one.title
    return found


def is_withdrawn(viewer: Actor, *, key: str) -> bool:
    if shipped.instrument(key) is not None:
        return False
    rows = models.Instrument.objects.filter(agency_id=viewer.agency_id, pk=_id_of(key))
    return rows.exclude(withdrawn_at=None).exists()


def _id_of(key: str) -> UUID:
    try:
        return UUID(key)
    except ValueError:
        raise models.Instrument.DoesNotExist from None


@lru_cache(maxsize=256)
def _instrument(text: str, key: str, number: int) -> Instrument | None:
    """What is stored was checked; should a later version of the reader refuse it, answers are
    shown by their codes, and nothing else breaks."""
    try:
        return replace(read(text, key=key), version=number)
    except BrokenInstrument:
        return None
