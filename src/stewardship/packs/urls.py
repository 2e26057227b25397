"""Addresses of what a team takes to its meeting."""

from django.urls import path

from stewardship.packs import views

urlpatterns = [
    path("care-areas/<slug:area>/pack.pdf", views.pack, name="pack"),
    path("care-areas/<slug:area>/workbook.xlsx", views.workbook, name="workbook"),
]
