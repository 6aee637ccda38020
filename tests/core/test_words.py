"""What the program once wrote down in English is read back as what it was made of."""

from datetime import date

import pytest

from alongside.core.words import Say, read_back

TALKED, NONE, WHO = "First talk on {on}.", "No talk yet.", "Supporter: {name}."
GOES, ANSWER = "Support goes on.", "Answer {number} to a question of {on}: {words}"
FORMS = (TALKED, NONE, WHO, GOES, ANSWER)
NO_DAY = "May 33, 2026"
MAY = date(2026, 5, 3)


@pytest.mark.parametrize(
    ("kept", "read"),
    [
        pytest.param("No talk yet.", (Say(NONE),), id="one sentence"),
        pytest.param("First talk on May 3, 2026.", (Say(TALKED, {"on": MAY}),), id="a day"),
        pytest.param(
            "First talk on May 33, 2026.", (Say(TALKED, {"on": "May 33, 2026"}),), id="no day"
        ),
        pytest.param(
            "No talk yet. Supporter: J. Doe. Support goes on.",
            (Say(NONE), Say(WHO, {"name": "J. Doe"}), Say(GOES)),
            id="several, and a name with a point",
        ),
        pytest.param(
            "Answer 2 to a question of May 3, 2026: Yes. She did.\nAll well.",
            (Say(ANSWER, {"number": "2", "on": MAY, "words": "Yes. She did.\nAll well."}),),
            id="an answer, its words as they are",
        ),
        pytest.param("That we meet, and that it goes on", (), id="somebody's own words"),
        pytest.param("No talk yet. We will see.", (), id="own words after one of ours"),
        pytest.param("", (), id="nothing"),
    ],
)
def test_sentences_are_read_back(kept, read):
    assert read_back(kept, FORMS) == read
