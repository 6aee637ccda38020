from django.urls import URLPattern, path

from alongside.web.views import arrays, asking, parting

WITH = "log/with/<uuid:participant_id>/"
QUESTION = "arrays/questions/<uuid:question_id>/"

urlpatterns: list[URLPattern] = [
    path("arrays/", arrays.arrays, name="arrays"),
    path("arrays/examples/", arrays.precedents, name="precedents"),
    path("arrays/examples/export/", arrays.precedents_export, name="precedents_export"),
    path("arrays/parting/", parting.parting, name="parting"),
    path("arrays/hints/", parting.hint_answers, name="hint_answers"),
    path("arrays/hints/export/", parting.hint_answers_export, name="hint_answers_export"),
    path(QUESTION, arrays.array_question, name="array_question"),
    path(f"{QUESTION}withdraw/", arrays.precedent_withdraw, name="precedent_withdraw"),
    path(f"{QUESTION}restore/", arrays.precedent_restore, name="precedent_restore"),
    path(f"{QUESTION}back/", asking.question_back, name="question_back"),
    path(f"{QUESTION}again/", asking.question_again, name="question_again"),
    path(f"{QUESTION}take-over/", asking.question_take_over, name="question_take_over"),
    path(f"{QUESTION}put-away/", asking.question_put_away, name="question_put_away"),
    path(f"{QUESTION}bring-back/", asking.question_bring_back, name="question_bring_back"),
    path(f"{WITH}ask/", asking.array_ask, name="array_ask"),
    path(f"{WITH}like/", asking.precedent_use, name="precedent_use"),
]
