"""The addresses of summaries. None of them holds anything that tells who somebody is."""

from django.urls import path

from stewardship.frailty import views_exchange

urlpatterns = [
    path("register/<int:pk>/summary/", views_exchange.summary, name="frailty-summary"),
    path("register/<int:pk>/summary.pdf", views_exchange.paper, name="frailty-summary-paper"),
    path("register/<int:pk>/summary.json", views_exchange.fhir, name="frailty-summary-fhir"),
]
