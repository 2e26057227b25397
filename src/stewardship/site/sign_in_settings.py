"""The site's settings about signing in: accounts, second factors, lock-out and sessions.

STEWARDSHIP_DEMONSTRATION       "yes" in a folder that `stewardship demo` made: no second factor, invented accounts only
STEWARDSHIP_DORMANT_DAYS        days without a sign-in after which an account is closed; 60 by default
STEWARDSHIP_SESSIONS_AT_ONCE    in how many browsers a member may be signed in; 3 by default, the oldest gives way
STEWARDSHIP_PROXIES             how many servers of yours pass requests on to this one; 0 by default
STEWARDSHIP_PROXY_ADDRESS       address from which the last of them reaches this one; 127.0.0.1 by default
STEWARDSHIP_OIDC_SERVER_URL     https address of the organisation's own sign-in service (OpenID Connect)
STEWARDSHIP_OIDC_CLIENT_ID      what that service calls this site
STEWARDSHIP_OIDC_CLIENT_SECRET  the secret it gave this site
STEWARDSHIP_OIDC_NAME           its name on the sign-in page
STEWARDSHIP_OIDC_MFA            values of its `amr` or `acr` that say it asked for a second factor, separated by
                                commas; none by default, and then this site asks for its own
"""

import os
from datetime import timedelta
from ipaddress import ip_address

from django.core.exceptions import ImproperlyConfigured


def _number(name: str, usual: int) -> int:
    written = os.environ.get(name, "").strip() or str(usual)
    if not written.isdecimal() or int(written) > 10_000:
        raise ImproperlyConfigured(f"{name} is no number. Write digits, for example {usual}.")
    return int(written)


def _address(name: str, usual: str) -> str:
    written = os.environ.get(name, "").strip() or usual
    try:
        return str(ip_address(written))
    except ValueError:
        raise ImproperlyConfigured(f"{name} is no address. Write one, for example {usual}.") from None


DEMONSTRATION = os.environ.get("STEWARDSHIP_DEMONSTRATION", "").lower() == "yes"

AUTH_USER_MODEL = "site.Member"
AUTHENTICATION_BACKENDS = ["stewardship.site.standing.Accounts"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
DORMANT_AFTER = timedelta(days=_number("STEWARDSHIP_DORMANT_DAYS", 60))
INVITATION_LASTS = timedelta(days=3)

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "stewardship.site.sign_in.Adapter"
ACCOUNT_FORMS = {
    "login": "stewardship.site.sign_in.SignIn",
    "change_password": "stewardship.site.sign_in.NewPassword",
    "reauthenticate": "stewardship.site.sign_in.Confirm",
}
ACCOUNT_TEMPLATE_EXTENSION = "jinja"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_SESSION_REMEMBER = False
EMAIL_BACKEND = (
    "django.core.mail.backends.dummy.EmailBackend"  # there is no mail server: nothing is ever sent
)

# the second factor
MFA_ADAPTER = "stewardship.site.second_factor.Adapter"
MFA_FORMS = {
    "authenticate": "stewardship.site.second_factor.AskedCode",
    "reauthenticate": "stewardship.site.second_factor.ConfirmingCode",
    "activate_totp": "stewardship.site.second_factor.FirstCode",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1  # a code lasts a minute and a half, for people who type slowly; it is taken once
MFA_RECOVERY_CODES_SHOW_ONCE = True

# lock-out: kept in the database, so that a restart does not end it and every process counts the same attempts
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "site_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
        "KEY_FUNCTION": "stewardship.site.database.cache_key",
    }
}
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "20/m/ip,5/5m/key",
    "change_password": "5/m/user",
    "reauthenticate": "10/m/user",
}
PROXIES = _number("STEWARDSHIP_PROXIES", 0)
PROXY_ADDRESS = _address("STEWARDSHIP_PROXY_ADDRESS", "127.0.0.1")

# sessions end after 30 minutes without a page, after 12 hours in any case, and when the browser closes
SESSION_COOKIE_AGE = 30 * 60
SESSION_SAVE_EVERY_REQUEST = True
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_LASTS = timedelta(hours=12)
SESSIONS_AT_ONCE = _number("STEWARDSHIP_SESSIONS_AT_ONCE", 3)
CONFIRMED_FOR = timedelta(minutes=15)
ACCOUNT_REAUTHENTICATION_TIMEOUT = int(CONFIRMED_FOR.total_seconds())
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "stewardship.site.errors.stale_form"

# the organisation's own sign-in service
OIDC_SERVER_URL = os.environ.get("STEWARDSHIP_OIDC_SERVER_URL", "").rstrip("/")
OIDC_CLIENT_ID = os.environ.get("STEWARDSHIP_OIDC_CLIENT_ID", "")
OIDC_CLIENT_SECRET = os.environ.get("STEWARDSHIP_OIDC_CLIENT_SECRET", "")
OIDC_NAME = os.environ.get("STEWARDSHIP_OIDC_NAME", "your organisation’s account")
OIDC_MFA = [one.strip() for one in os.environ.get("STEWARDSHIP_OIDC_MFA", "").split(",") if one.strip()]
