"""Where nobody can be shown: why, on a page that says so."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from stewardship.access.log import AccessLogError
from stewardship.vault.errors import RefusedError, TooOftenError, VaultError


def told_plainly(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer with a page that says why nobody is shown, where the vault or the access log does not answer."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
        try:
            return view(request, *args, **named)
        except RefusedError as said:
            raise Http404(str(said)) from None
        except TooOftenError as said:
            return render(request, "vault/closed.jinja", {"said": said, "often": True}, status=429)
        except (VaultError, AccessLogError) as said:
            return render(request, "vault/closed.jinja", {"said": said, "often": False}, status=503)

    return answer
