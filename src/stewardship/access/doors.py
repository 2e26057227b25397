"""Doors that stay shut: a refusal is an event of the log, and where an event cannot be written there is no answer."""

import logging
from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from stewardship.access.log import AccessLogError, Action, actor_of, record

logger = logging.getLogger(__name__)


class ShutDoors:
    """Logs every refusal, and answers 503, in words, in place of a page whose event could not be written."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """A refusal shows nobody's record, so it is answered even where it cannot be logged."""
        response = self.get_response(request)
        if response.status_code == HTTPStatus.FORBIDDEN:
            _note(request)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page that says so; every other error is for somebody else."""
        if not isinstance(exception, AccessLogError):
            return None
        logger.error("%s", exception)
        return render(request, "access/closed.jinja", status=503)


def _note(request: HttpRequest) -> None:
    """Which page was refused goes by its name: an address may stand for a person."""
    page = request.resolver_match.view_name if request.resolver_match else ""
    try:
        record(by=actor_of(request), did=Action.REFUSED, reason=f"page: {page}", result="refused")
    except AccessLogError as error:
        logger.error("A refusal was not logged: %s", error)
