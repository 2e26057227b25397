"""Addresses of the pages on what the data can carry."""

from django.urls import path

from stewardship.readiness import views

urlpatterns = [
    path("what-can-be-measured/", views.what_can_be_measured, name="what-can-be-measured"),
    path("what-can-be-measured.csv", views.as_csv, name="what-can-be-measured-csv"),
]
