"""Which contract could pay for a request, and where one does not fit, in which part (PSP-10)."""

from dataclasses import dataclass

from alongside.core.words import Say
from alongside.core.words import gettext_noop as _
from alongside.practice import catalog
from alongside.practice.codes import Pathway, Population
from alongside.practice.counties import county_key


@dataclass(frozen=True)
class ContractFacts:
    """Whom a contract is for. An empty set means that it does not limit."""

    counties: frozenset[str] = frozenset()
    pathways: frozenset[str] = frozenset()
    populations: frozenset[str] = frozenset()


@dataclass(frozen=True)
class RequestFacts:
    county: str = ""
    pathway: Pathway = Pathway.NOT_SAID
    population: Population | None = None


def why_not_pay(contract: ContractFacts, request: RequestFacts) -> tuple[Say, ...]:
    """Each part that does not fit, or nothing where the contract could pay."""
    parts = (
        _county(contract.counties, request.county),
        _pathway(contract.pathways, request.pathway),
        _population(contract.populations, request.population),
    )
    return tuple(part for part in parts if part is not None)


def _county(counties: frozenset[str], written: str) -> Say | None:
    key = county_key(written)
    if not counties or key in {county_key(name) for name in counties}:
        return None
    if not key:
        return Say(_("county not known yet"))
    return Say(_("not for this county: {county}"), {"county": written.strip()})


def _pathway(pathways: frozenset[str], pathway: Pathway) -> Say | None:
    if not pathways or pathway in pathways:
        return None
    if pathway is Pathway.NOT_SAID:
        return Say(_("not said yet how they came to us"))
    name = Say(catalog.term("pathway", pathway).short)
    return Say(_("not for this way in: {pathway}"), {"pathway": name})


def _population(populations: frozenset[str], population: Population | None) -> Say | None:
    """What someone did not say about themselves closes no contract."""
    if not populations or population in {None, Population.NOT_SAID, *populations}:
        return None
    name = Say(catalog.name("population", population or Population.NOT_SAID))
    return Say(_("not for this group: {who}"), {"who": name})
