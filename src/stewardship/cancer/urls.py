"""The addresses of the tracking list. None of them holds anything that tells who somebody is."""

from django.urls import path

from stewardship.cancer import (
    views_adding,
    views_finding,
    views_letters,
    views_list,
    views_meeting,
    views_nightly,
    views_pathway,
)

urlpatterns = [
    path("cancer/", views_list.tracking_list, name="cancer-list"),
    path("cancer/names/", views_list.switch_names, name="cancer-names"),
    path("cancer/meeting/", views_meeting.meeting, name="cancer-meeting"),
    path("cancer/find/", views_finding.find, name="cancer-find"),
    path("cancer/found/<slug:word>/", views_finding.found, name="cancer-found"),
    path("cancer/add/", views_adding.add, name="cancer-add"),
    path("cancer/nightly/", views_nightly.nightly, name="cancer-nightly"),
    path("cancer/nightly/<slug:word>/", views_nightly.nightly_preview, name="cancer-nightly-preview"),
    path("cancer/nightly/<slug:word>/load/", views_nightly.nightly_apply, name="cancer-nightly-apply"),
    path(
        "cancer/nightly/template/<str:which>.csv",
        views_nightly.nightly_template,
        name="cancer-nightly-template",
    ),
    path("cancer/views/", views_list.keep_view, name="cancer-view-keep"),
    path("cancer/views/<int:view>/forget/", views_list.forget_view, name="cancer-view-forget"),
    path("cancer/pathways/<int:pk>/", views_pathway.pathway, name="cancer-pathway"),
    path("cancer/pathways/<int:pk>/do/<slug:what>/", views_pathway.act, name="cancer-act"),
    path("cancer/pathways/<int:pk>/leave/<slug:what>/", views_pathway.leave, name="cancer-leave"),
    path("cancer/pathways/<int:pk>/both/<slug:what>/", views_pathway.conflict, name="cancer-conflict"),
    path("cancer/pathways/<int:pk>/letter/<slug:to>/", views_letters.letter, name="cancer-letter"),
    path("cancer/pathways/<int:pk>/letter/<slug:to>/sent/", views_letters.sent, name="cancer-letter-sent"),
    path(
        "cancer/pathways/<int:pk>/difference/<int:difference>/",
        views_pathway.difference,
        name="cancer-difference",
    ),
]
