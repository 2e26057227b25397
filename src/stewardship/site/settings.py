"""The site's settings: the workspace folder, and a few named settings of the environment.

STEWARDSHIP_WORKSPACE      the workspace folder (required)
STEWARDSHIP_DATABASE_URL   postgresql://… instead of the workspace's SQLite file
STEWARDSHIP_VAULT_DATABASE_URL  postgresql://… instead of the workspace's SQLite file for the identity vault
STEWARDSHIP_VAULT_KEYS     the identity vault's keys, separated by commas, newest first
STEWARDSHIP_PSEUDONYM_KEY  makes the number that stands for a person, in the vault as in the records
STEWARDSHIP_LOG_KEY        seals the access log; several are separated by commas, newest first
STEWARDSHIP_SECRET_KEY     signs sessions, and locks the secrets of second factors; without it workspace/secret.key does
STEWARDSHIP_ALLOWED_HOSTS  names that the site answers to, separated by commas; this machine only by default
STEWARDSHIP_ORGANISATION   the name in the header
STEWARDSHIP_LOGO           a picture file for the header; none by default
STEWARDSHIP_SYSTEM         the system's folder, whose thresholds of today the pages on the data judge with
STEWARDSHIP_CONTACT        whom to tell of a wrong figure or an unusable page: an e-mail address, or words
STEWARDSHIP_TLS            "yes" where people reach the site over https: cookies are then sent over https only
STEWARDSHIP_HSTS_SECONDS   how long browsers must insist on https; 0 by default

What concerns signing in is in `sign_in_settings`.
"""

import os
from pathlib import Path

from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from stewardship.site.database import from_url, sqlite, sqlite_vault
from stewardship.site.sign_in_settings import *  # noqa: F403
from stewardship.site.workspace import Workspace

if "STEWARDSHIP_WORKSPACE" not in os.environ:
    raise ImproperlyConfigured("No workspace was named. Set STEWARDSHIP_WORKSPACE to the workspace folder.")

WORKSPACE = Workspace(Path(os.environ["STEWARDSHIP_WORKSPACE"]).resolve())
ORGANISATION = os.environ.get("STEWARDSHIP_ORGANISATION", "Stewardship")
CONTACT = os.environ.get("STEWARDSHIP_CONTACT", "").strip()
LOGO = os.environ.get("STEWARDSHIP_LOGO", "")
SNAPSHOTS = WORKSPACE.snapshots
SYSTEM = os.environ.get("STEWARDSHIP_SYSTEM", "")
CHARTS = WORKSPACE.charts
MFA_TOTP_ISSUER = ORGANISATION  # what an authenticator app calls this site

DEBUG = False
SECRET_KEY = os.environ.get("STEWARDSHIP_SECRET_KEY", "").strip() or WORKSPACE.secret_key()
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"] + [
    host.strip() for host in os.environ.get("STEWARDSHIP_ALLOWED_HOSTS", "").split(",") if host.strip()
]
ROOT_URLCONF = "stewardship.site.urls"
WSGI_APPLICATION = "stewardship.site.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "stewardship.site",
    "stewardship.vault",
    "stewardship.cancer",
    "stewardship.frailty",
    "stewardship.profiles",
    "stewardship.packs",
    "stewardship.readiness",
    "stewardship.access",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "stewardship.site.middleware.guard_headers",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "stewardship.site.sessions.SessionLimits",
    "stewardship.site.middleware.ActingRole",
    "stewardship.site.second_factor.SecondFactor",
    "stewardship.site.middleware.Permits",
    "stewardship.access.doors.ShutDoors",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,
        "OPTIONS": {
            "environment": "stewardship.site.templating.environment",
            "context_processors": ["stewardship.site.templating.every_page"],
        },
    }
]

_database_url = os.environ.get("STEWARDSHIP_DATABASE_URL", "")
DATABASES = {"default": from_url(_database_url) if _database_url else sqlite(WORKSPACE.database)}
# a connection of its own, so that what is logged stays when what was done is rolled back
DATABASES["access"] = from_url(_database_url) if _database_url else sqlite(WORKSPACE.access_log, durable=True)
# apart from all else, so that a copy of the other databases names nobody
_vault_url = os.environ.get("STEWARDSHIP_VAULT_DATABASE_URL", "")
DATABASES["vault"] = (
    from_url(_vault_url, "STEWARDSHIP_VAULT_DATABASE_URL") if _vault_url else sqlite_vault(WORKSPACE.vault)
)
DATABASE_ROUTERS = ["stewardship.access.router.AccessRouter", "stewardship.vault.router.VaultRouter"]
ACCESS_LOG_KEYS = os.environ.get("STEWARDSHIP_LOG_KEY", "")

# transport
TLS = os.environ.get("STEWARDSHIP_TLS", "").lower() in {"yes", "true", "1"}
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = TLS
SECURE_HSTS_SECONDS = int(os.environ.get("STEWARDSHIP_HSTS_SECONDS", "0"))
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# files that the package serves
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "stewardship.site.uploads.NamelessFileUploadHandler",
]
STATIC_URL = "static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_MAX_AGE = 600

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = False

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "stewardship.site.quiet_log.QuietFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {
        # Django would mail what was typed and every local variable to administrators
        "django": {"handlers": [], "level": "INFO"},
        # strangers knocking with a wrong host name are no error of ours
        "django.security.DisallowedHost": {"level": "CRITICAL"},
        # a refusal is answered with a page that says why
        "django.request": {"level": "ERROR"},
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
}
