"""Addresses of the care-area pages. A table or a picture has the address of its page and a name."""

from django.urls import path

from stewardship.profiles import files, views

AREA = "care-areas/<slug:area>/"
MEASURE = f"{AREA}measures/<slug:measure>/"

urlpatterns = [
    path("care-areas/", views.care_areas, name="care-areas"),
    path(AREA, views.care_area, name="care-area"),
    path(f"{AREA}definitions/", views.definitions, name="definitions"),
    path(f"{AREA}tables/<slug:table>.csv", files.area_table, name="table"),
    path(f"{AREA}pictures/<slug:chart>.svg", files.area_picture, name="picture"),
    path(MEASURE, views.measure, name="measure"),
    path(f"{MEASURE}tables/<slug:table>.csv", files.measure_table, name="measure-table"),
    path(f"{MEASURE}pictures/<slug:chart>.svg", files.measure_picture, name="measure-picture"),
]
