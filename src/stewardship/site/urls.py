"""Every address of the site. Each view declares the permission it needs; one that does not is refused."""

from allauth.account import views as allauth
from allauth.mfa.base import views as codes
from allauth.mfa.recovery_codes import views as recovery
from allauth.usersessions import views as usersessions
from django.urls import include, path

from stewardship.permissions import ANYONE, SIGNED_IN, needs
from stewardship.site import account_views, member_views, organisation_sign_in, views

signed_in = needs(SIGNED_IN)

urlpatterns = [
    path("", views.home, name="home"),
    path("sign-in/", needs(ANYONE)(allauth.login), name="account_login"),
    path("sign-in/code/", needs(ANYONE)(codes.authenticate), name="mfa_authenticate"),
    path("sign-in/organisation/", organisation_sign_in.leave, name="organisation-sign-in"),
    path("sign-in/organisation/back/", organisation_sign_in.come_back, name="organisation-returned"),
    path("sign-out/", signed_in(allauth.logout), name="account_logout"),
    path("welcome/<str:secret>/", account_views.welcome, name="welcome"),
    path("account/", account_views.account, name="account"),
    path("account/role/", account_views.switch_role, name="switch-role"),
    path("account/stay/", account_views.stay, name="stay"),
    path("account/password/", signed_in(allauth.password_change), name="account_change_password"),
    path("account/confirm/", signed_in(allauth.reauthenticate), name="account_reauthenticate"),
    path("account/confirm/code/", signed_in(codes.reauthenticate), name="mfa_reauthenticate"),
    path("account/sessions/", signed_in(usersessions.list_usersessions), name="usersessions_list"),
    path("account/second-factor/", signed_in(codes.index), name="mfa_index"),
    path("account/second-factor/app/", signed_in(account_views.SetUp.as_view()), name="mfa_activate_totp"),
    path(
        "account/second-factor/another/",
        signed_in(account_views.Remove.as_view()),
        name="mfa_deactivate_totp",
    ),
    path("account/recovery-codes/", signed_in(recovery.view_recovery_codes), name="mfa_view_recovery_codes"),
    path(
        "account/recovery-codes/new/",
        signed_in(account_views.NewCodes.as_view()),
        name="mfa_generate_recovery_codes",
    ),
    path("members/", member_views.everybody, name="members"),
    path("members/new/", member_views.new, name="member-new"),
    path("members/<int:pk>/", member_views.one, name="member"),
    path("members/<int:pk>/details/", member_views.details, name="member-details"),
    path("members/<int:pk>/roles/", member_views.give_role, name="member-give-role"),
    path("members/<int:pk>/roles/<int:holding>/end/", member_views.end_role, name="member-end-role"),
    path("members/<int:pk>/close/", member_views.close, name="member-close"),
    path("members/<int:pk>/open/", member_views.reopen, name="member-open"),
    path("members/<int:pk>/second-factor/", member_views.reset_second_factor, name="member-second-factor"),
    path("members/<int:pk>/link/", member_views.new_link, name="member-link"),
    path("findings/", views.findings, name="findings"),
    path("findings.csv", views.findings_csv, name="findings-csv"),
    path("who-may-do-what/", views.who_may, name="who-may"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("logo", views.logo, name="logo"),
    path("", include("stewardship.vault.urls")),
    path("", include("stewardship.cancer.urls")),
    path("", include("stewardship.frailty.urls")),
    path("", include("stewardship.frailty.urls_call")),
    path("", include("stewardship.frailty.urls_exchange")),
    path("", include("stewardship.access.urls")),
    path("", include("stewardship.packs.urls")),
    path("", include("stewardship.profiles.urls")),
    path("", include("stewardship.readiness.urls")),
]

handler403 = "stewardship.site.errors.not_allowed"
handler404 = "stewardship.site.errors.not_found"
handler429 = "stewardship.site.errors.too_often"
handler500 = "stewardship.site.errors.went_wrong"
