"""``alongside advise`` as a person types it: JSON lines in, JSON lines out, no database."""

import json
import os
import subprocess
import sys

import pytest

COMMAND = [sys.executable, "-m", "alongside.config.command", "advise"]
WMR = "Wellness Management and Recovery / Recovery Support Services"
NO_SERVICE = "Not a peer support service"
SAT = "Sat on the porch with him, I told him about losing my brother. He felt less alone."


@pytest.fixture
def environment(tmp_path):
    inherited = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    return {**inherited, "ALONGSIDE_DATA": str(tmp_path / "none"), "PYTHONPATH": "src"}


@pytest.fixture
def advise(environment):
    def ask(*lines: object) -> list[dict[str, object]]:
        typed = "".join(
            f"{line if isinstance(line, str) else json.dumps(line)}\n" for line in lines
        )
        run = subprocess.run(
            COMMAND, env=environment, input=typed, capture_output=True, text=True, check=True
        )
        assert run.stderr == ""
        return [json.loads(line) for line in run.stdout.splitlines()]

    return ask


@pytest.mark.practice("PEER-2", "PEER-3")
def test_one_answer_for_each_line_and_nothing_is_kept(advise, environment):
    first, second, third = advise(
        {"id": "a", "text": SAT, "provider_is_cps": True},
        {"id": 2, "text": f"{SAT} We talked about staying sober.", "provider_is_cps": False},
        {"id": 3, "text": "Did EMDR with her on the crash.", "provider_is_cps": True},
    )
    assert first == {
        "id": "a",
        "array": "Peer Support",
        "label": "peer support",
        "reasons": [
            "The help came from the relationship (PEER-2, seed 002).",
            "The note tells of “my brother” (PEER-2, seed 002).",
            "You are certified on this day (PEER-2, seed 002).",
        ],
        "sure": "sure",
        "would_change": ["If you were teaching or treating, it is ISDE or Wellness Management."],
        "ask_the_array_lead": False,
    }
    assert (second["id"], second["array"], second["label"]) == (2, WMR, "peer mentoring")
    assert (third["array"], third["label"]) == (NO_SERVICE, "")
    assert not os.path.exists(environment["ALONGSIDE_DATA"])


def test_a_line_that_cannot_be_answered_says_why_and_the_rest_goes_on(advise):
    said = advise(
        "nope",
        "[1]",
        {"id": 1, "text": SAT},
        {"id": 2, "text": SAT, "provider_is_cps": "yes"},
        {"text": SAT, "provider_is_cps": True},
        {"id": 4, "text": 7, "provider_is_cps": True},
        {"id": 5, "text": " ", "provider_is_cps": True},
        {"id": 6, "text": SAT, "provider_is_cps": True, "on": "soon"},
        {"id": 7, "text": SAT, "provider_is_cps": True, "answers": ["beside"]},
        {"id": 8, "text": SAT, "provider_is_cps": True, "contract": ["talking"]},
        {"id": 9, "text": SAT, "credentials": [{"kind": "phd"}]},
        {"id": 10, "text": SAT, "provider_is_cps": True, "other_license": 1},
        {"id": 11, "text": SAT, "provider_is_cps": True},
        {"id": 12, "text": SAT, "credentials": [{"kind": ["cps"]}]},
        '{"id": NaN, "text": "We had tea.", "provider_is_cps": true}',
        '{"id": 1e999, "text": "We had tea.", "provider_is_cps": true}',
    )
    assert [(one["id"], one.get("error", "")[:38], one.get("line")) for one in said] == [
        (None, "The line is not JSON.", 1),
        (None, "The line is JSON, but not an object wi", 2),
        (1, 'The line has no "provider_is_cps" that', 3),
        (2, 'The line has no "provider_is_cps" that', 4),
        (None, 'The line has no "id" that is a word or', 5),
        (4, 'The line has no "text" that is a strin', 6),
        (5, "There is nothing to go on: no words in", 7),
        (6, '"on" must be a day such as 2026-11-22.', 8),
        (7, '"answers" must be an object: {"what": ', 9),
        (8, '"contract" names an array that is unkn', 10),
        (9, 'A credential has no "kind" that is one', 11),
        (10, '"other_license" must be a string.', 12),
        (11, "", None),
        (12, 'A credential has no "kind" that is one', 14),
        (None, "The line is not JSON.", 15),
        (None, 'The line has no "id" that is a word or', 16),
    ]


@pytest.mark.practice("PEER-1")
def test_dated_certificates_answers_license_and_contract(advise):
    held = {"kind": "cps", "certified_on": "2024-11-22", "expires_on": "2026-11-21"}
    line = {"text": SAT, "credentials": [held]}
    massage = {"what": "gave", "why": "wellness", "who": "me"}
    said = advise(
        {**line, "id": "last day", "on": "2026-11-21"},
        {**line, "id": "lapsed yesterday", "on": "2026-11-22"},
        {"id": "training", "text": SAT, "credentials": [{"kind": "cps", "in_training": True}]},
        {"id": "answers", "text": "", "provider_is_cps": True, "answers": massage},
        {
            "id": "license",
            "text": "Did yoga, 45 min",
            "provider_is_cps": True,
            "other_license": "yoga teacher",
        },
        {"id": "contract", "text": SAT, "provider_is_cps": True, "contract": ["isde", WMR]},
    )
    assert [(one["id"], one["label"], one["sure"]) for one in said] == [
        ("last day", "peer support", "sure"),
        ("lapsed yesterday", "peer mentoring", said[1]["sure"]),
        ("training", "peer mentoring", said[2]["sure"]),
        ("answers", "", "sure"),
        ("license", "", said[4]["sure"]),
        ("contract", "peer support", "ask"),
    ]
    assert said[4]["array"] == WMR
    assert said[5]["reasons"][-1] == "The contract does not pay for Peer Support (PSP-10)."


def test_answers_come_line_by_line(environment):
    with subprocess.Popen(
        COMMAND, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as running:
        for number in range(3):
            line = {"id": number, "text": SAT, "provider_is_cps": True}
            running.stdin.write(json.dumps(line) + "\n")
            running.stdin.flush()
            assert json.loads(running.stdout.readline())["id"] == number
        running.stdin.close()
        assert running.wait(timeout=120) == 0
