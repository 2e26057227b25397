"""Addresses of the access log's pages. None of them names a person."""

from django.urls import path

from stewardship.access import alert_views, views

urlpatterns = [
    path("access/", views.who_looked, name="who-looked"),
    path("access/records/<slug:asked>/", views.record_looked_at, name="record-looked-at"),
    path("access/records/<slug:asked>/file/", views.as_file, name="who-looked-file"),
    path("access/records/<slug:asked>/answer/", views.answer, name="who-looked-answer"),
    path("access/unusual/", alert_views.unusual, name="unusual-reading"),
    path("access/unusual/<slug:alert>/", alert_views.alert, name="alert"),
    path("access/own-record/", views.own_record, name="own-record"),
    path("access/own-record/told/", views.own_record_told, name="own-record-told"),
]
