"""Signing in through the organisation's own service, by OpenID Connect.

It opens an account that an administrator made beforehand, and never makes one. The service's own second factor counts
where the settings say how the service tells of it; otherwise this site asks for its own.
Source: OpenID Connect Core 1.0, sections 3.1 and 5.1; the flow itself is Authlib's.
"""

import logging
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.django_client import OAuth
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe
from joserfc.errors import JoseError
from requests import RequestException

from stewardship.permissions import ANYONE, needs
from stewardship.site.members import saved
from stewardship.site.models import Member
from stewardship.site.standing import refusal

logger = logging.getLogger(__name__)

SECONDS = 10  # to wait for the service
SIGNED_WITH = ("RS", "PS", "ES")  # signatures whose key only the service has
WRONG = (AuthlibBaseError, JoseError, RequestException, ValueError, LookupError, TypeError, RuntimeError)
DID_NOT_WORK = "Signing in with {name} did not work, so nothing was done. Try again from the sign-in page."
NOT_LET_IN = "You signed in with {name}, but nobody has let you in here. Ask your administrator to."


@needs(ANYONE)
@require_safe
def leave(request: HttpRequest) -> HttpResponse:
    """Lead to the organisation's service."""
    if not settings.OIDC_SERVER_URL:
        raise Http404("No sign-in service is set.")
    if request.user.is_authenticated:
        return redirect("home")
    try:
        answer: HttpResponse = _service().authorize_redirect(request, _way_back(request))
    except WRONG as error:
        return _refused(request, DID_NOT_WORK, error)
    return answer


@needs(ANYONE)
@require_safe
def come_back(request: HttpRequest) -> HttpResponse:
    """Where the service leads back to, with a code that is good once."""
    if not settings.OIDC_SERVER_URL:
        raise Http404("No sign-in service is set.")
    if request.user.is_authenticated:
        return redirect("home")
    try:
        claims = _claims(request)
    except WRONG as error:
        return _refused(request, DID_NOT_WORK, error)
    member = member_of(claims)
    if member is None:
        return _refused(request, NOT_LET_IN)
    record_authentication(
        request, member, "organisation", had_mfa=asked_second_factor(claims, settings.OIDC_MFA)
    )
    answer: HttpResponse = perform_login(request, Login(user=member))
    return answer


@transaction.atomic
def member_of(claims: Mapping[str, Any]) -> Member | None:
    """Whom the service says this is: by its subject, or the first time by an e-mail address it has verified.

    From then on the member is known by the subject, whatever address the service says later.
    """
    subject = claims["sub"]
    if not isinstance(subject, str) or not subject:
        return None
    if known := Member.objects.filter(provider_subject=subject).first():
        return known
    if claims.get("email_verified") is not True or not claims.get("email"):
        return None
    found = (
        Member.objects.select_for_update().filter(email__iexact=claims["email"], provider_subject="").first()
    )
    if found is None or refusal(found, timezone.now()):
        return found
    found.provider_subject = subject
    return saved(found, "Known to the organisation’s sign-in service from now on", found)


def asked_second_factor(claims: Mapping[str, Any], said_by: list[str]) -> bool:
    """Whether the service says, in one of the words agreed with it, that it asked for a second factor."""
    methods = claims.get("amr")
    said = [*(methods if isinstance(methods, list) else []), claims.get("acr")]
    return any(one in said_by for one in said)


def _claims(request: HttpRequest) -> Mapping[str, Any]:
    """What the service says of who came back; raises one of WRONG unless all of it is as it must be."""
    service = _service()
    issuer = service.load_server_metadata()["issuer"]
    options = {
        "iss": {"essential": True, "value": issuer},
        "aud": {"essential": True, "value": settings.OIDC_CLIENT_ID},
        "nonce": {"essential": True},
    }
    token = service.authorize_access_token(request, claims_options=options)
    claims: Mapping[str, Any] = token["userinfo"]
    return claims


def _service() -> Any:
    """The service as the settings say."""
    where = urlsplit(settings.OIDC_SERVER_URL)
    if where.scheme != "https" and where.hostname not in {"127.0.0.1", "localhost"}:
        raise ImproperlyConfigured("STEWARDSHIP_OIDC_SERVER_URL must begin with https://.")
    service = OAuth().register(
        "organisation",
        client_id=settings.OIDC_CLIENT_ID,
        client_secret=settings.OIDC_CLIENT_SECRET,
        server_metadata_url=f"{settings.OIDC_SERVER_URL}/.well-known/openid-configuration",
        client_kwargs={
            "scope": "openid email",
            "code_challenge_method": "S256",
            "default_timeout": SECONDS,
        },
    )
    known = service.load_server_metadata()
    named = known.get("id_token_signing_alg_values_supported") or ["RS256"]
    known["id_token_signing_alg_values_supported"] = [one for one in named if one.startswith(SIGNED_WITH)]
    return service


def _way_back(request: HttpRequest) -> str:
    return request.build_absolute_uri(reverse("organisation-returned"))


def _refused(request: HttpRequest, said: str, error: Exception | None = None) -> HttpResponse:
    if error is not None:
        logger.warning("Signing in through the organisation's service failed: %s", type(error).__name__)
    shown = {"said": said.format(name=settings.OIDC_NAME)}
    return render(request, "account/account_inactive.jinja", shown, status=403)
