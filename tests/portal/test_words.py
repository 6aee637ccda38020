"""What referrers read is plain: grade 6 or below on every page of the portal (Flesch-Kincaid, with
syllables counted as groups of vowels: the dictionary that textstat wants would come by the net)."""

import re
from pathlib import Path

import pytest

from tests.architecture.source import PACKAGE

TEMPLATES = PACKAGE / "portal" / "templates" / "portal"
IN_TEMPLATE = re.compile(
    r"""{%\s*translate\s+"([^"]+)"|{%\s*blocktranslate\b[^%]*%}(.*?){%\s*endblocktranslate""", re.S
)
IN_FORM = re.compile(r'_\(\s*"([^"]+)"\s*\)')
# Words a referrer uses every day.
THEIRS = re.compile(r"\b(referrals?|coordinator|supporter|facilitators?|county|e-mail)\b", re.I)
MOST = 6.0


def sentences(text: str) -> list[str]:
    plain = re.sub(r"{%\s*plural.*", "", text, flags=re.S)
    plain = re.sub(r"<[^>]+>|{%.*?%}", " ", plain)
    plain = THEIRS.sub("word", re.sub(r"{{.*?}}", "Pat", plain))
    return [one for one in re.split(r"(?<=[.?!:])\s+", plain.strip()) if len(one.split()) > 2]


def syllables(word: str) -> int:
    letters = re.sub(r"[^a-z]", "", word.lower())
    quiet = letters.endswith("e") and not letters.endswith(("le", "ee"))
    return max(1, len(re.findall(r"[aeiouy]+", letters)) - quiet)


def grade(found: list[str]) -> float:
    words = [word for one in found for word in one.split()]
    spoken = sum(map(syllables, words))
    return 0.39 * len(words) / len(found) + 11.8 * spoken / len(words) - 15.59


def pages() -> list[Path]:
    return sorted(TEMPLATES.rglob("*.html"))


def of_template(path: Path) -> list[str]:
    found = IN_TEMPLATE.findall(path.read_text())
    return [one for pair in found for text in pair if text for one in sentences(text)]


@pytest.mark.parametrize("path", [p for p in pages() if of_template(p)], ids=lambda p: p.stem)
def test_a_page_reads_like_a_sixth_grader_speaks(path):
    assert grade(of_template(path)) <= MOST, of_template(path)


@pytest.mark.parametrize("name", ["referral", "updates"])
def test_a_form_does_too(name):
    text = (PACKAGE / "portal" / "forms" / f"{name}.py").read_text()
    found = [one for said in IN_FORM.findall(text) for one in sentences(said)]
    assert grade(found) <= MOST, found


def test_the_count_knows_hard_from_easy():
    easy = ["We call you in three days.", "You can stop and go on later."]
    hard = ["Notification regarding authorization requirements is communicated electronically."]
    assert (grade(easy) < 4, grade(hard) > 15) == (True, True)
