"""Addresses of the care-area pages. A table or a picture has the address of its page and a name."""

from django.urls import path

from stewardship.profiles import (
    cancer_forecast_views,
    cancer_views,
    files,
    overview_views,
    register_views,
    side_by_side_views,
    views,
)

AREA = "care-areas/<slug:area>/"
MEASURE = f"{AREA}measures/<slug:measure>/"

urlpatterns = [
    path("care-areas/", overview_views.care_areas, name="care-areas"),
    path("care-areas/tables/<slug:table>.csv", overview_views.areas_table, name="areas-table"),
    path("care-areas/pictures/<slug:chart>.svg", overview_views.areas_picture, name="areas-picture"),
    # before the care areas: none is called so
    path("care-areas/side-by-side/", side_by_side_views.side_by_side, name="side-by-side"),
    path(
        "care-areas/side-by-side/table.csv", side_by_side_views.side_by_side_table, name="side-by-side-table"
    ),
    path(
        "care-areas/side-by-side/picture.svg",
        side_by_side_views.side_by_side_picture,
        name="side-by-side-picture",
    ),
    path("care-areas/cancer/waits/", cancer_views.cancer_waits, name="cancer-waits"),
    path("care-areas/cancer/waits/forecast/", cancer_forecast_views.cancer_forecast, name="cancer-forecast"),
    path(
        "care-areas/cancer/waits/forecast/table.csv",
        cancer_forecast_views.cancer_forecast_table,
        name="cancer-forecast-table",
    ),
    path(
        "care-areas/cancer/waits/forecast/picture.svg",
        cancer_forecast_views.cancer_forecast_picture,
        name="cancer-forecast-picture",
    ),
    path(
        "care-areas/cancer/waits/tables/<slug:table>.csv",
        cancer_views.cancer_waits_table,
        name="cancer-waits-table",
    ),
    path(
        "care-areas/cancer/waits/pictures/<slug:chart>.svg",
        cancer_views.cancer_waits_picture,
        name="cancer-waits-picture",
    ),
    path("care-areas/ageing-well/register/", register_views.register, name="frailty-figures"),
    path(
        "care-areas/ageing-well/register/tables/<slug:table>.csv",
        register_views.register_table,
        name="frailty-figures-table",
    ),
    path(
        "care-areas/ageing-well/register/pictures/<slug:chart>.svg",
        register_views.register_picture,
        name="frailty-figures-picture",
    ),
    path(AREA, views.care_area, name="care-area"),
    path(f"{AREA}definitions/", views.definitions, name="definitions"),
    path(f"{AREA}tables/<slug:table>.csv", files.area_table, name="table"),
    path(f"{AREA}pictures/<slug:chart>.svg", files.area_picture, name="picture"),
    path(MEASURE, views.measure, name="measure"),
    path(f"{MEASURE}tables/<slug:table>.csv", files.measure_table, name="measure-table"),
    path(f"{MEASURE}pictures/<slug:chart>.svg", files.measure_picture, name="measure-picture"),
]
