"""What goes to those outside: updates, answers, and the letters that say there is one."""

from django.urls import URLPattern, path

from alongside.web.views import answers, letters, updates

ALL = "people/<uuid:participant_id>/updates/"
ONE = f"{ALL}<uuid:update_id>/"
QUESTION = "people/<uuid:participant_id>/asked/<uuid:question_id>/"

urlpatterns: list[URLPattern] = [
    path(ALL, updates.updates, name="updates"),
    path(f"{ALL}new/", updates.update_new, name="update_new"),
    path(ONE, updates.update, name="update"),
    path(f"{ONE}write/", updates.update_write, name="update_write"),
    path(f"{ONE}read/", updates.update_read, name="update_read"),
    path(f"{ONE}paper/", updates.update_paper, name="update_paper"),
    path(f"{ONE}put-away/", updates.update_put_away, name="update_put_away"),
    path(f"{ONE}take-up/", updates.update_take_up, name="update_take_up"),
    path(f"{ONE}correct/", updates.update_correct, name="update_correct"),
    path("asked/", answers.referrer_questions, name="referrer_questions"),
    path(QUESTION, answers.referrer_question, name="referrer_question"),
    path(f"{QUESTION}seen/", answers.referrer_question_seen, name="referrer_question_seen"),
    path(f"{QUESTION}close/", answers.referrer_question_close, name="referrer_question_close"),
    path("letters/", letters.letters, name="letters"),
    path("letters/<uuid:letter_id>/again/", letters.letter_again, name="letter_again"),
    path("letters/<uuid:letter_id>/away/", letters.letter_away, name="letter_away"),
]
