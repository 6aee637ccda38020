"""What may be taken back of a consent, and how words are kept. No database."""

import pytest

from alongside.consents.codes import ConsentStatus
from alongside.consents.rules import CONSENT_MOVES
from alongside.consents.rules.steps import before_mistake, their_words, why_not_take_mistake_back

S = ConsentStatus


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        pytest.param(" Not her, not now. ", "Not her, not now.", id="as it was said"),
        pytest.param("“Not her, not now.”", "Not her, not now.", id="with marks around it"),
        pytest.param('"Not now"', "Not now", id="with straight marks"),
        pytest.param("“No”, then “yes”", "“No”, then “yes”", id="two things said"),
        pytest.param('"', '"', id="a mark alone"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_the_marks_around_words_are_the_pages(typed, kept):
    assert their_words(typed) == kept


SOON = {"its_own_day": True, "by_them": True, "privacy": False}


@pytest.mark.practice("PSP-6")
@pytest.mark.parametrize(
    ("status", "reason", "changes", "code"),
    [
        pytest.param(S.MISTAKEN, "It is hers", {}, None, id="who said it, the same day"),
        pytest.param(S.MISTAKEN, "It is hers", {"its_own_day": False}, "not-yours", id="later"),
        pytest.param(S.MISTAKEN, "It is hers", {"by_them": False}, "not-yours", id="someone else"),
        pytest.param(
            S.MISTAKEN,
            "It is hers",
            {"its_own_day": False, "by_them": False, "privacy": True},
            None,
            id="the privacy officer, later",
        ),
        pytest.param(S.MISTAKEN, " ", {}, "no-reason", id="without a reason"),
        pytest.param(S.SIGNED, "It is hers", {}, "no-mistake", id="one that counts"),
    ],
)
def test_that_it_was_a_mistake_is_taken_back_soon_or_by_the_privacy_officer(
    status, reason, changes, code
):
    refusal = why_not_take_mistake_back(status, reason, **{**SOON, **changes})
    assert (refusal.code if refusal else None) == code


def test_it_goes_back_to_where_it_stood():
    back = {before_mistake(revoked=r, ended=e) for r in (True, False) for e in (True, False)}
    assert back == CONSENT_MOVES[S.MISTAKEN]
    assert before_mistake(revoked=True, ended=True) is S.REVOKED
