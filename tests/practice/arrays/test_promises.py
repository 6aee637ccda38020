"""What holds for everything that can be said: certificate, sameness, no clock."""

import ast
import json
import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside import core, practice
from alongside.practice import catalog
from alongside.practice.arrays import ArrayFacts, Reason, Sure, advise, questions
from alongside.practice.codes import (
    Activity,
    CredentialKind,
    GoingAlong,
    Process,
    ServiceArray,
)
from alongside.practice.credentials import CredentialFacts, standing_on
from tests.practice.arrays.people import CPS, NOT_CERTIFIED, ON

DAYS = st.none() | st.dates(date(2024, 1, 1), date(2028, 12, 31))
HELD = st.lists(
    st.builds(CredentialFacts, st.sampled_from(CredentialKind), DAYS, DAYS, st.booleans()),
    max_size=3,
)
WORDS = (
    st.lists(
        st.sampled_from(["I", "told", "her", "taught", "yoga", "massage", "sat", "job", "EMDR"])
        | st.sampled_from(["drove", "no", "show", "sober", "me", "too", "my", "cert", "lapsed"]),
        max_size=15,
    ).map(" ".join)
    | st.text(max_size=60)
)  # fmt: skip
ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        question.code: st.sampled_from([code for code, _words in question.answers])
        for question in questions.questions()
    },
)


FACTS = st.builds(
    ArrayFacts,
    st.sampled_from([CPS, *NOT_CERTIFIED]),
    st.frozensets(st.sampled_from(Process)),
    st.frozensets(st.sampled_from(Activity)),
    st.none() | st.sampled_from(GoingAlong),
    WORDS,
    st.sampled_from(["", "LMT", "yoga teacher", "CPS"]),
    ANSWERS,
    st.none() | st.frozensets(st.sampled_from(ServiceArray)),
)
CLINICAL = {term.code for term in catalog.service_arrays() if "clinical" in term.marks}


@pytest.mark.practice("PEER-1", "PEER-2", "PEER-3")
@given(HELD, DAYS.map(lambda day: day or ON), FACTS)
def test_peer_support_is_named_only_with_a_cps_certified_that_day(held, on, facts):
    found = advise(replace(facts, standing=standing_on(held, on)), on)
    holds = any(
        one.kind is CredentialKind.CPS
        and not one.in_training
        and (one.certified_on or one.expires_on)
        and (one.certified_on or date.min) <= on <= (one.expires_on or date.max)
        for one in held
    )
    if found.array is ServiceArray.PEER_SUPPORT or found.label == "peer support":
        assert holds
        assert (found.array, found.label) == (ServiceArray.PEER_SUPPORT, "peer support")
    if found.label == "peer mentoring":
        assert found.array in (ServiceArray.ISDE, ServiceArray.WELLNESS_MANAGEMENT)


@pytest.mark.practice("SVC-3", "PEER-6")
@given(FACTS)
def test_there_is_always_an_answer_with_reasons_and_sources(facts):
    found = advise(facts, ON)
    assert found.no_service is (found.array is None)
    assert found.array not in CLINICAL
    assert found.sure in Sure
    assert found.ask_the_lead is (found.sure is Sure.ASK)
    assert all(isinstance(reason, Reason) and reason.source for reason in found.reasons)
    assert all(str(said) for said in (*found.reasons, *found.would_change))
    assert found.reasons
    if facts.allowed is not None and found.array and found.array not in facts.allowed:
        assert found.ask_the_lead
    assert advise(facts, ON) == found


@pytest.mark.practice("PEER-1", "PEER-2")
def test_over_the_whole_life_of_a_certificate():
    begins, ends = date(2025, 7, 8), date(2025, 8, 20)
    held = [CredentialFacts(CredentialKind.CPS, begins, ends)]
    talk = ArrayFacts(CPS, activities=frozenset({Activity.MUTUAL_RELATIONSHIP}))
    for days in range(-40, 100):
        on = begins + timedelta(days=days)
        found = advise(replace(talk, standing=standing_on(held, on)), on)
        assert (found.array is ServiceArray.PEER_SUPPORT) is (begins <= on <= ends), on


@pytest.mark.practice("PEER-2")
def test_no_way_to_answer_or_tick_opens_peer_support_without_the_certificate():
    codes = [["", *(code for code, _words in q.answers)] for q in questions.questions()]
    said = [dict(zip(("what", "why", "who"), each, strict=True)) for each in product(*codes)]
    for standing, answers in product(NOT_CERTIFIED, said):
        for activity in (None, *Activity):
            ticked = frozenset({activity} if activity else ())
            found = advise(ArrayFacts(standing, activities=ticked, answers=answers), ON)
            assert found.array is not ServiceArray.PEER_SUPPORT
            assert found.label != "peer support"


CLOCKS = {
    "now", "today", "utcnow", "time", "time_ns", "monotonic", "perf_counter", "localtime",
    "gmtime", "localdate", "fromtimestamp",
}  # fmt: skip


@pytest.mark.practice("PEER-1")
def test_no_function_of_the_practice_reads_the_clock():
    found = []
    roots = [Path(package.__file__).parent for package in (core, practice)]
    for path in (path for root in roots for path in sorted(root.rglob("*.py"))):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found += [(path.name, name.name) for name in node.names if name.name == "time"]
            elif isinstance(node, ast.ImportFrom):
                found += [(path.name, "time")] * (node.module == "time")
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                found += [(path.name, node.func.attr)] * (node.func.attr in CLOCKS)
    assert found == []


def test_another_run_of_python_says_the_same():
    words = "We sat by the lake, I told her about my own relapse and she cried."
    code = (
        "import json; from tests.practice.arrays.people import CPS, ON;"
        "from alongside.practice.arrays import ArrayFacts, advise;"
        "from alongside.practice.arrays.reading import read;"
        f"print(json.dumps([read({words!r}).certified, read({words!r}).signs.phrases]))"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            check=True,
            text=True,
            env={"PYTHONPATH": "src:.", "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(said) == 1
    assert len(json.loads(said.pop())) == 2
