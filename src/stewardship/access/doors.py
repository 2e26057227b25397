"""Where an event cannot be written there is no answer: a page says so, and the rest of the site goes on."""

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from stewardship.access.keys import AccessLogError

logger = logging.getLogger(__name__)


class ShutDoors:
    """Answers 503, in words, in place of a page whose event could not be written."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Nothing to do while all goes well."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page that says so; every other error is for somebody else."""
        if not isinstance(exception, AccessLogError):
            return None
        logger.error("%s", exception)
        return render(request, "access/closed.jinja", {"said": exception}, status=503)
