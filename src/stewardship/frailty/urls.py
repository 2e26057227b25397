"""The addresses of the register. None of them holds anything that tells who somebody is."""

from django.urls import path

from stewardship.frailty import views_finding, views_register

urlpatterns = [
    path("register/", views_register.register, name="frailty-list"),
    path("register/find/", views_finding.find, name="frailty-find"),
    path("register/find/<slug:word>/", views_finding.found_on_register, name="frailty-found"),
    path("register/<int:pk>/", views_register.entry, name="frailty-entry"),
    path("register/<int:pk>/do/<slug:what>/", views_register.act, name="frailty-act"),
    path("register/<int:pk>/both/<slug:what>/", views_register.conflict, name="frailty-conflict"),
    path("register/<int:pk>/merge/", views_finding.find_duplicate, name="frailty-find-duplicate"),
    path("register/<int:pk>/merge/<slug:word>/", views_finding.duplicate, name="frailty-duplicate"),
    path("register/<int:pk>/merge/<slug:word>/now/", views_finding.merge, name="frailty-merge"),
]
