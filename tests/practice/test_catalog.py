"""The lists of the field: what stands in the files is what the code knows, in plain words."""

import re
import subprocess
import sys

import pytest

from alongside.practice import catalog, codes, kept
from alongside.practice.catalog_errors import CatalogError
from alongside.practice.consents import codes as consents
from alongside.practice.growth import codes as growth

OTHER_WORDS = re.compile(
    r"\b(client|patient|addict|abuser|non-compliant|submit|relapse|junkie|case load)s?\b", re.I
)


@pytest.mark.parametrize("kind", sorted(catalog.CATALOGS))
def test_file_and_enum_hold_the_same_codes_in_the_same_order(kind):
    _, enum = catalog.CATALOGS[kind]
    assert [term.code for term in catalog.terms(kind)] == [code.value for code in enum]


def test_every_enum_of_the_field_has_its_list():
    named = {enum for _, enum in catalog.CATALOGS.values()}
    enums = {
        e
        for module in (codes, growth)
        for e in vars(module).values()
        if isinstance(e, type) and e.__module__ == module.__name__
    }
    # The other words of consent stand in the dated file, beside what the law says of them.
    enums |= {consents.Category, consents.Purpose, kept.KeptReason}
    assert enums - {growth.Whose} == named


@pytest.mark.parametrize(
    ("kind", "count"),
    [
        pytest.param("process", 5, marks=pytest.mark.practice("PROC-1"), id="five processes"),
        pytest.param("growth_area", 8, marks=pytest.mark.practice("PSP-9"), id="growth areas"),
        pytest.param("place", 8, marks=pytest.mark.practice("SVC-9"), id="eight places"),
        pytest.param("service", 4, marks=pytest.mark.practice("MPR-2"), id="four services"),
        pytest.param(
            "core_component", 5, marks=pytest.mark.practice("MPR-7"), id="five components"
        ),
        pytest.param("journey_place", 5, marks=pytest.mark.practice("MPR-1"), id="journey places"),
        pytest.param("service_array", 14, id="fourteen arrays"),
        pytest.param("objective", 10, marks=pytest.mark.practice("PEER-5"), id="ten objectives"),
        pytest.param("outcome", 18, marks=pytest.mark.practice("SVC-2"), id="eighteen outcomes"),
        pytest.param("knowledge_area", 10, marks=pytest.mark.practice("SVC-8"), id="ten areas"),
        pytest.param("skill", 13, marks=pytest.mark.practice("SVC-8"), id="thirteen skills"),
        pytest.param("going_along", 5, marks=pytest.mark.practice("PSP-8"), id="going along"),
    ],
)
def test_how_many(kind, count):
    assert len(catalog.terms(kind)) == count


@pytest.mark.practice("PSP-5")
def test_pathways_know_who_opens_the_door():
    doors = {term.code: term.roles for term in catalog.pathways() if term.roles}
    assert doors == {
        "family_treatment_court": ("social_worker", "court_coordinator"),
        "chips": ("social_worker",),
        "juvenile_justice": ("social_worker",),
        "ccs": ("service_facilitator",),
    }
    assert [t.code for t in catalog.pathways() if bool(t.ask) != bool(t.roles)] == []


def test_what_entries_point_to_exists():
    experiences = {e.value for e in codes.LivedExperience}
    roles = {r.value for r in codes.ReferrerRole}
    assert [t.code for t in catalog.pathways() if not {*t.suggests} <= experiences] == []
    assert [t.code for t in catalog.pathways() if not {*t.roles} <= roles] == []


@pytest.mark.practice("SVC-4", "SVC-7")
def test_liaison_work_and_the_activities_of_the_service_are_all_there():
    sources = {term.code: term.source for term in catalog.activities()}
    assert [code for code, source in sources.items() if source == "SVC-4"] == [
        "recovery_community",
        "navigating_systems",
        "going_along",
    ]
    assert len([code for code, source in sources.items() if source == "SVC-7"]) == 7


@pytest.mark.practice("SVC-6")
def test_one_activity_needs_the_persons_permission():
    needs = [term.code for term in catalog.activities() if "permission" in term.marks]
    assert needs == ["doing_for"]


@pytest.mark.practice("SVC-5")
def test_face_to_face_comes_first_then_the_telephone():
    assert [term.code for term in catalog.modes()][:2] == ["face_to_face", "telephone"]


def test_peer_run_agencies_offer_these_arrays():
    offered = [t.code for t in catalog.service_arrays() if "peer-run" in t.marks]
    assert offered == ["peer_support", "isde", "employment_skills", "wellness_management"]


@pytest.mark.practice("MPR-6")
def test_no_entry_uses_a_word_we_avoid():
    assert [text for text in catalog.texts() if OTHER_WORDS.search(text)] == []


def test_a_lost_code_still_shows_and_an_unknown_one_is_a_sentence():
    assert catalog.name("process", "gone") == "gone"
    with pytest.raises(LookupError, match="has no entry “gone”"):
        catalog.term("process", "gone")
    with pytest.raises(LookupError, match="no list of kind “shoe”"):
        catalog.terms("shoe")


def test_choices_are_code_and_name():
    assert catalog.choices("process")[0] == ("connecting", "Connecting")


GOOD = '[one]\nname = "One"\nhelp = "The first."\nsource = "PSP-1"\n'


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        pytest.param("[one\n", "x.toml, line 1: This cannot be read", id="not TOML"),
        pytest.param('one = "two"\n', "line 1: “one” must be a section", id="not a section"),
        pytest.param(
            '[one]\nname = "One"\n', r"line 1: \[one\] needs a help", id="help is missing"
        ),
        pytest.param(
            GOOD + 'colour = "red"\n', "line 5: .* “colour”, which is unknown", id="unknown line"
        ),
        pytest.param(GOOD + "short = 4\n", "“short”, which must be text", id="a number"),
        pytest.param(
            GOOD + "marks = [4]\n",
            "“marks”, which must be a list of texts",
            id="not a list of text",
        ),
    ],
)
def test_a_broken_file_says_what_to_mend(text, sentence):
    with pytest.raises(CatalogError, match=sentence):
        catalog.read_terms(text, "x.toml")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        pytest.param(
            GOOD, r"The entry \[connecting\] is missing; Process in", id="entries are missing"
        ),
        pytest.param("", r"line 1: The entry \[connecting\] is missing", id="empty"),
    ],
)
def test_a_file_that_lost_entries_says_which(tmp_path, monkeypatch, text, sentence):
    (tmp_path / "processes.toml").write_text(text)
    monkeypatch.setattr(catalog, "_folder", lambda: tmp_path)
    catalog._by_code.cache_clear()
    try:
        with pytest.raises(CatalogError, match=sentence):
            catalog.processes()
    finally:
        catalog._by_code.cache_clear()


def test_the_heart_needs_no_django_and_reads_nothing_at_import():
    code = (
        "import sys, pkgutil, importlib, alongside.practice as p\n"
        "found = pkgutil.walk_packages(p.__path__, p.__name__ + '.')\n"
        "[importlib.import_module(m.name) for m in found]\n"
        "from alongside.practice import catalog, rules\n"
        "assert 'django' not in sys.modules, 'django'\n"
        "assert catalog._by_code.cache_info().currsize == 0, 'catalog'\n"
        "assert rules._periods.cache_info().currsize == 0, 'rules'\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env={"PYTHONPATH": "src"}, capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (0, "")
