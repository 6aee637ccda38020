"""``alongside review`` as another program asks it: real processes, JSON lines."""

import json
import os
import subprocess
import sys

import pytest

COMMAND = [sys.executable, "-m", "alongside.config.command", "review"]
BYTE_ORDER_MARK = "\ufeff"


@pytest.fixture
def environment(tmp_path):
    kept = {key: value for key, value in os.environ.items() if not key.startswith("DATABASE")}
    return {**kept, "ALONGSIDE_DATA": str(tmp_path / "none"), "PYTHONPATH": "src"}


@pytest.fixture
def review(environment):
    def run(said: bytes) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            COMMAND, input=said, env=environment, capture_output=True, check=False, timeout=120
        )

    return run


def answers(done):
    assert (done.returncode, done.stderr) == (0, b"")
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.practice("SVC-11")
def test_a_line_is_answered_with_its_label_and_hints(review):
    asked = {"id": "n1", "text": "told her she should leave him"}
    (answer,) = answers(review(json.dumps(asked).encode()))
    assert answer == {
        "id": "n1",
        "label": "advice",
        "hints": [
            {
                "kind": "advice",
                "phrase": "told her she should",
                "start": 0,
                "why": "sounds like advice. In this role we look for ways together."
                " Was it an idea you two found?",
                "instead": "we talked about ways to go; she chose …",
            }
        ],
    }


def test_what_cannot_be_answered_says_why_and_the_rest_goes_on(review, tmp_path):
    lines = [
        BYTE_ORDER_MARK + '{"id": 1, "text": "We had tea."}\r',
        "",
        "not json",
        "[1]",
        '{"id": 2}',
        '{"text": "no id"}',
        '{"id": 3, "text": 4}',
        json.dumps({"id": 4, "text": "a" * 20_001}),
        "[" * 100_000,
        '{"id": 5, "text": "\\ud800 We had tea."}',
        '{"id": 6, "text": "seems bipolar"}',
    ]
    found = answers(review("\n".join(lines).encode()))
    assert [(one["id"], one.get("label"), one.get("line"), one.get("error")) for one in found] == [
        (1, "in", None, None),
        (None, None, 3, "The line is not JSON."),
        (None, None, 4, "The line is JSON, but not an object with names and values."),
        (2, None, 5, 'The line has no "text" that is a string.'),
        (None, None, 6, 'The line has no "id" that is a word or a number.'),
        (3, None, 7, 'The line has no "text" that is a string.'),
        (4, None, 8, "The text is longer than 20,000 characters."),
        (None, None, 9, "The line is not JSON."),
        (5, "in", None, None),
        (6, "diagnosis", None, None),
    ]
    assert not (tmp_path / "none").exists()


def test_bytes_that_are_no_text_and_endless_lines_get_their_line(review):
    said = b'\xff\xfe\n{"id": 1, "text": "' + b"a" * 1_000_001 + b'"}\n{"id": 2, "text": "tea"}'
    found = answers(review(said))
    assert [one.get("error", one.get("label")) for one in found] == [
        "The line is not UTF-8 text.",
        "The line is longer than 1,000,000 bytes.",
        "in",
    ]


def test_each_line_is_answered_before_the_next_is_asked(environment):
    with subprocess.Popen(
        COMMAND, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        for number in range(3):
            process.stdin.write(json.dumps({"id": number, "text": "We had tea."}).encode() + b"\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["id"] == number
        process.stdin.close()
        assert process.wait(timeout=120) == 0


def test_a_reader_who_has_gone_is_no_stack_trace(environment):
    with subprocess.Popen(
        COMMAND,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        line = json.dumps({"id": 1, "text": "We had tea."}).encode() + b"\n"
        process.stdin.write(line)
        process.stdin.flush()
        assert process.stdout.readline()
        process.stdout.close()
        process.stdin.write(line * 3)
        process.stdin.close()
        assert (process.wait(timeout=120), process.stderr.read()) == (0, b"")
