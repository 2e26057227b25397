"""What the server writes about its own errors holds nothing that anybody typed."""

import io
import logging

import pytest
from django.conf import settings
from django.test import override_settings

from stewardship.site.quiet_log import QuietFormatter
from support.rollback import site  # noqa: F401
from support.site import client

PLANTED = "Marigold Quillfeather 9990000018"


@pytest.fixture
def said():
    """What the root logger's handlers of the site would have written."""
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(QuietFormatter())
    logging.getLogger().addHandler(handler)
    yield out
    logging.getLogger().removeHandler(handler)


def test_every_handler_of_the_site_is_quiet():
    (formatter,) = settings.LOGGING["formatters"].values()
    assert formatter == {"()": "stewardship.site.quiet_log.QuietFormatter"}
    assert {one["formatter"] for one in settings.LOGGING["handlers"].values()} == {"line"}
    assert settings.LOGGING["loggers"]["django"]["handlers"] == []
    assert logging.getLogger("django").handlers == []


@pytest.mark.parametrize(
    ("how", "kind"),
    [("in-words", "ValueError"), ("in-the-database", "OperationalError"), ("in-a-chain", "KeyError")],
)
@override_settings(ROOT_URLCONF="support.failing_urls")
def test_an_error_with_what_was_typed_in_its_hands_tells_its_kind_and_place_only(said, how, kind):
    browser = client(raise_request_exception=False)
    answer = browser.post(f"/fails/{how}/", {"typed": PLANTED})
    assert answer.status_code == 500
    written = said.getvalue()
    assert kind in written or "ProgrammingError" in written
    assert "failing_urls.py" in written
    assert "POST fails" in written
    for word in PLANTED.split():
        assert word not in written
        assert word not in answer.content.decode()


def test_a_line_of_ours_is_whole_and_one_of_others_keeps_its_template(said):
    logging.getLogger("stewardship.vault").error("%s people were loaded.", 7)
    logging.getLogger("waitress").error("Exception while serving %s", f"/people/{PLANTED}")
    logging.getLogger("django.security").error(f"Invalid header: {PLANTED}")
    written = said.getvalue()
    assert "ERROR stewardship.vault: 7 people were loaded." in written
    assert "ERROR waitress: Exception while serving %s [test_quiet_log" in written
    assert "ERROR django.security: (words left out)" in written
    assert "Quillfeather" not in written


def test_a_chain_of_errors_that_goes_round_ends(said):
    one, other = ValueError(PLANTED), KeyError(PLANTED)
    one.__context__, other.__context__ = other, one
    logging.getLogger("django.request").error("%s", "x", exc_info=one)
    assert said.getvalue().count("builtins.") == 2
