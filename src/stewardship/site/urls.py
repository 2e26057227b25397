"""Every address of the site. Each view declares the permission it needs; one that does not is refused."""

from allauth.account import views as allauth
from django.urls import include, path

from stewardship.permissions import ANYONE, SIGNED_IN, needs
from stewardship.site import views

urlpatterns = [
    path("", views.home, name="home"),
    path("sign-in/", needs(ANYONE)(allauth.login), name="account_login"),
    path("sign-out/", needs(SIGNED_IN)(allauth.logout), name="account_logout"),
    path("account/closed/", needs(ANYONE)(allauth.account_inactive), name="account_inactive"),
    path("account/", views.account, name="account"),
    path("account/password/", needs(SIGNED_IN)(allauth.password_change), name="account_change_password"),
    path("account/role/", views.switch_role, name="switch-role"),
    path("members/", views.members, name="members"),
    path("findings/", views.findings, name="findings"),
    path("who-may-do-what/", views.who_may, name="who-may"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("logo", views.logo, name="logo"),
    path("", include("stewardship.profiles.urls")),
]

handler403 = "stewardship.site.errors.not_allowed"
handler404 = "stewardship.site.errors.not_found"
handler429 = "stewardship.site.errors.too_often"
handler500 = "stewardship.site.errors.went_wrong"
