from django.urls import path

from alongside.web.views import asks, leaving, matches, referrals, referrers

urlpatterns = [
    path("referrals/", referrals.desk, name="referrals"),
    path("referrals/search/", referrals.search, name="referrals_search"),
    path("referrals/new/", referrals.new, name="referral_new"),
    path("referrals/apart/", asks.asks, name="asks"),
    path("referrals/apart/away/", asks.asks_away, name="asks_away"),
    path("referrals/apart/<uuid:ask_id>/in/", asks.ask_in, name="ask_in"),
    path("referrals/apart/<uuid:ask_id>/back/", asks.ask_back, name="ask_back"),
    path("referrals/<uuid:referral_id>/", referrals.referral, name="referral"),
    path("referrals/<uuid:referral_id>/move/", referrals.move, name="referral_move"),
    path("referrals/<uuid:referral_id>/correct/", referrals.correct, name="referral_correct"),
    path(
        "referrals/<uuid:referral_id>/population/",
        referrals.population,
        name="referral_population",
    ),
    path(
        "referrals/<uuid:referral_id>/added/read/",
        referrers.additions_read,
        name="referral_added_read",
    ),
    path("referrers/", referrers.referrers, name="referrers"),
    path("referrers/new/", referrers.new, name="referrer_new"),
    path("referrers/<uuid:referrer_id>/", referrers.referrer, name="referrer"),
    path("referrers/<uuid:referrer_id>/link/", referrers.link, name="referrer_link"),
    path("referrers/<uuid:referrer_id>/out/", referrers.close, name="referrer_out"),
    path("referrers/<uuid:referrer_id>/in/", referrers.open_again, name="referrer_in"),
    path("referrers/links/<uuid:link_id>/back/", referrers.link_back, name="referrer_link_back"),
    path("referrals/<uuid:referral_id>/match/", matches.match, name="match"),
    path(
        "referrals/<uuid:referral_id>/match/ask/<uuid:supporter_id>/",
        matches.propose,
        name="match_propose",
    ),
    path("leaving/", leaving.leaving, name="leaving"),
    path("leaving/<uuid:user_id>/", leaving.colleague, name="leaving_colleague"),
    path("matches/<uuid:match_id>/hand-on/", leaving.hand_on, name="match_hand_on"),
    path("matches/<uuid:match_id>/to-desk/", leaving.to_desk, name="match_to_desk"),
    path("matches/<uuid:match_id>/answer/", matches.answer, name="match_answer"),
    path("matches/<uuid:match_id>/told/", matches.told, name="match_told"),
    path("matches/<uuid:match_id>/end/", matches.end, name="match_end"),
    path("matches/<uuid:match_id>/take-back/", matches.take_back, name="match_take_back"),
]
