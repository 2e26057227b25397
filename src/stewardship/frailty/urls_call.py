"""The addresses of the advice line. None of them holds anything that tells who somebody is."""

from django.urls import path

from stewardship.frailty import views_call, views_call_after, views_line, views_live, views_match

urlpatterns = [
    path("advice/", views_call.advice_line, name="advice-line"),
    path("advice/answer/", views_live.answer, name="call-answer"),
    path("advice/live/<int:pk>/", views_live.live, name="call-live"),
    path("advice/live/<int:pk>/save/", views_live.save, name="call-save"),
    path("advice/live/<int:pk>/end/", views_live.end, name="call-end"),
    path("advice/live/<int:pk>/settle/<int:typing>/", views_live.choose, name="call-settle"),
    path("advice/live/<int:pk>/set-aside/", views_live.aside, name="call-set-aside"),
    path("advice/live/<int:pk>/find/", views_match.find_live, name="call-find"),
    path("advice/live/<int:pk>/found/<slug:word>/", views_match.found_live, name="call-found"),
    path("advice/live/<int:pk>/about/", views_match.about, name="call-about"),
    path("advice/live/<int:pk>/not-this-person/", views_match.not_them, name="call-not-this-person"),
    path("advice/calls/<int:pk>/", views_call.call, name="call"),
    path("advice/calls/<int:pk>/find/", views_match.find_call, name="call-match-find"),
    path("advice/calls/<int:pk>/found/<slug:word>/", views_match.found_call, name="call-match-found"),
    path("advice/calls/<int:pk>/match/", views_match.matched, name="call-match"),
    path("advice/calls/<int:pk>/not-this-person/", views_match.unmatched, name="call-unmatch"),
    path("advice/calls/<int:pk>/register/", views_call_after.register, name="call-register"),
    path("advice/calls/<int:pk>/followed-up/", views_call_after.followed_up, name="call-followed-up"),
    path("advice/calls/<int:pk>/add/", views_call_after.added, name="call-add"),
    path("advice/calls/<int:pk>/feedback/", views_call_after.feedback, name="call-feedback"),
    path("advice/calls/<int:pk>/letter/<slug:to>/", views_call_after.letter, name="call-letter"),
    path(
        "advice/calls/<int:pk>/letter/<slug:to>/sent/", views_call_after.letter_sent, name="call-letter-sent"
    ),
    path("advice/line/", views_line.line_calls, name="line-calls"),
    path("advice/line/template.csv", views_line.template, name="line-template"),
    path("advice/line/<int:pk>/link/", views_line.link, name="line-link"),
    path("advice/line/<int:pk>/no-record/", views_line.none_needed, name="line-no-record"),
]
