"""What was typed about a person, kept sealed in the session while a page about it is open.

Browsers write the body of a page that was sent as a form into their files, to restore it after a crash. So such a form
is answered with a redirect, to an address with a random word in it, and what was typed waits here under that word.
"""

import json
import secrets
from collections.abc import Mapping

from django.http import HttpRequest

from stewardship.access.keys import AccessLogError
from stewardship.access.site_log import site_keys

KEPT, MOST = "asked", 10


def keep(request: HttpRequest, typed: Mapping[str, str]) -> str:
    """Keep it for this session, and return the word that stands for it. The latest ten are kept.

    Raises AccessLogError where the log has no key to seal it with.
    """
    word = secrets.token_urlsafe(12)
    sealed = {**request.session.get(KEPT, {}), word: site_keys().closed(json.dumps(dict(typed)))}
    request.session[KEPT] = dict(list(sealed.items())[-MOST:])
    return word


def kept(request: HttpRequest, word: str) -> dict[str, str] | None:
    """What was typed; None where the session holds nothing under that word, or cannot open it any more."""
    sealed = request.session.get(KEPT, {}).get(word, "")
    try:
        opened: dict[str, str] = json.loads(site_keys().opened(sealed) or "null")
    except AccessLogError:
        return None
    return opened
