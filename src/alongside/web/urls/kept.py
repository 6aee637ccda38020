from django.urls import URLPattern, path

from alongside.web.views import from_participants, kept

PART = "kept/<uuid:kept_id>/"
ANSWER = "answers/<uuid:words_id>/"

urlpatterns: list[URLPattern] = [
    path("notes/<uuid:encounter_id>/kept/", kept.kept_new, name="kept_new"),
    path("kept/", kept.kept_list, name="kept_list"),
    path(PART, kept.kept, name="kept"),
    path(f"{PART}change/", kept.kept_change, name="kept_change"),
    path(f"{PART}say/", kept.kept_say, name="kept_say"),
    path("answers/", from_participants.own_answers, name="own_answers"),
    path(f"{ANSWER}read/", from_participants.answer_read, name="own_answer_read"),
    path(f"{ANSWER}unread/", from_participants.answer_unread, name="own_answer_unread"),
    path(
        "appointments/<uuid:appointment_id>/seen-to/",
        from_participants.wish_seen_to,
        name="wish_seen_to",
    ),
]
