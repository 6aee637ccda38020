from django.urls import path

from alongside.web.views.growing import competencies, learning, overview, supervision

ONE = "growth/<uuid:supporter_id>/"
TRAINING = f"{ONE}learning/<uuid:learning_id>/"
SITTING = f"{ONE}supervision/<uuid:entry_id>/"
LINE = f"{ONE}agenda/<uuid:line_id>/"
urlpatterns = [
    path("me/growth/", overview.mine, name="my_growth"),
    path("growth/", overview.team, name="growth_team"),
    path(ONE, overview.growth, name="growth"),
    path(f"{ONE}print/", overview.print_page, name="growth_print"),
    path(f"{ONE}export/", overview.export, name="growth_export"),
    path(f"{ONE}beginning/", overview.beginning, name="growth_beginning"),
    path(f"{ONE}learning/", learning.learning, name="learning"),
    path(f"{ONE}learning/new/", learning.new, name="learning_new"),
    path(f"{TRAINING}correct/", learning.correct, name="learning_correct"),
    path(f"{TRAINING}void/", learning.void, name="learning_void"),
    path(f"{TRAINING}restore/", learning.restore, name="learning_restore"),
    path(f"{TRAINING}file/", learning.file, name="learning_file"),
    path(f"{TRAINING}file/remove/", learning.file_remove, name="learning_file_remove"),
    path(f"{TRAINING}file/restore/", learning.file_restore, name="learning_file_restore"),
    path(f"{ONE}skills/", competencies.competencies, name="competencies"),
    path(f"{ONE}skills/one/", competencies.competency, name="competency"),
    path(f"{ONE}skills/sign/", competencies.sign, name="competency_sign"),
    path(f"{ONE}skills/unsign/", competencies.unsign, name="competency_unsign"),
    path(f"{ONE}skills/<uuid:view_id>/file/", competencies.file, name="competency_file"),
    path(
        f"{ONE}skills/<uuid:view_id>/file/remove/",
        competencies.file_remove,
        name="competency_file_remove",
    ),
    path(
        f"{ONE}skills/<uuid:view_id>/file/restore/",
        competencies.file_restore,
        name="competency_file_restore",
    ),
    path(f"{ONE}supervision/", supervision.supervision, name="supervision"),
    path(f"{ONE}supervision/new/", supervision.new, name="supervision_new"),
    path(f"{SITTING}correct/", supervision.correct, name="supervision_correct"),
    path(f"{SITTING}void/", supervision.void, name="supervision_void"),
    path(f"{SITTING}restore/", supervision.restore, name="supervision_restore"),
    path(f"{ONE}agenda/", supervision.agenda_add, name="agenda_add"),
    path(f"{LINE}tick/", supervision.agenda_tick, name="agenda_tick"),
    path(f"{LINE}untick/", supervision.agenda_untick, name="agenda_untick"),
]
