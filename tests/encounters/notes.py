from datetime import date, time

from alongside.encounters.rules import NewNote, times_on_wall


def a_note(**changes: object) -> NewNote:
    facts = {
        "times": times_on_wall(date(2026, 11, 19), time(9, 30), time(10, 20), "America/Chicago"),
        "mode": "face_to_face",
        "processes": ("connecting",),
        "what_we_did": "Sat with her before court.",
    }
    return NewNote(**{**facts, **changes})
