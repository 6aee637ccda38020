"""Of everyone who signs in to the demo: every page opens, and each of their lists has a row."""

from scripts.pages import Walked

# Whose pages a browser opens, too.
OPENED_IN_A_BROWSER = (
    "supporter",
    "coordinator",
    "supervisor",
    "administrator",
    "privacy-officer",
)
# Pages that only some hour has: a step that waits, an emergency that runs, a colleague who left,
# a consent that was called a mistake.
AT_TIMES = {"second_factor", "go_on", "emergency_record", "emergency_hand_off", "opening"}
AT_TIMES |= {"leaving_colleague", "match_hand_on", "consent_mistake_back"}
# The last page of a check-in that nobody has begun leads to its first.
AT_TIMES |= {"check_in_end"}
# A social worker asked about some people, who are not everyone's.
AT_TIMES |= {f"referrer_question{step}" for step in ("", "_seen", "_close")}


def ensure_whole(walked: Walked) -> None:
    assert walked.broken == []
    # The first page of an empty installation, and a letter whose secret is kept nowhere.
    assert set(walked.unfilled) - AT_TIMES == {"start", "invitation"}
    shown = {(p.route, p.status) for p in walked.pages if p.route not in AT_TIMES}
    other = sorted(each for each in shown if each[1] != 200)
    assert other == [], other
