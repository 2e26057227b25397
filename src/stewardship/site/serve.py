"""Prepare a workspace's site and serve it."""

import logging
import os
from collections.abc import Callable
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import django
from django.apps import apps
from waitress import create_server


class AddressError(Exception):
    """The site cannot be served there; the message says why and what to do."""


def prepare(workspace: Path) -> None:
    """Make the folder if needed, for its owner alone, and load the site's settings for it. One workspace a process."""
    workspace = workspace.resolve()
    workspace.mkdir(mode=0o700, parents=True, exist_ok=True)
    named = os.environ.get("STEWARDSHIP_WORKSPACE")
    if apps.ready and named and Path(named).resolve() != workspace:
        raise RuntimeError(
            f"This process already serves the workspace {named}. Start another for {workspace}."
        )
    os.environ["STEWARDSHIP_WORKSPACE"] = str(workspace)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stewardship.site.settings")
    if not apps.ready:
        django.setup()


def migrate(workspace: Path) -> None:
    """Bring the site's databases to the shape that this version needs. Safe to repeat.

    The vault's file is made together with the rest, and never again. A vault that cannot be reached keeps nothing
    else from starting: its pages say so.
    """
    prepare(workspace)
    from django.conf import settings
    from django.core.management import call_command
    from django.db import OperationalError, connections

    for file in (settings.WORKSPACE.database, settings.WORKSPACE.access_log):
        if not file.exists() and any(kept["NAME"] == file for kept in settings.DATABASES.values()):
            file.touch(mode=0o600)
    if "django_migrations" not in connections["default"].introspection.table_names():
        settings.WORKSPACE.make_vault()  # one that is not there later was lost: an empty one would hide it
    for alias in connections:
        own = [] if alias == "default" else [alias]  # the log and the vault hold the tables of one app each
        try:
            call_command("migrate", *own, database=alias, verbosity=0, interactive=False)
        except OperationalError:  # its words may hold a password of the address
            if alias != "vault":
                raise
            logging.getLogger(__name__).warning(
                "The identity vault could not be reached, and its pages say so. Check that its database runs, and "
                "STEWARDSHIP_VAULT_DATABASE_URL if it is set."
            )


def serve(
    workspace: Path,
    host: str = "127.0.0.1",
    port: int = 8000,
    *,
    ready: Callable[[str], None] = lambda address: None,
) -> None:
    """Serve the workspace until interrupted. ready is told the address once the site can answer.

    port 0 takes any free port. A snapshot published meanwhile is shown from the next page on. Raises
    AddressError where the port is taken or the address is not this computer's, and where a real system would be
    reached from elsewhere without TLS.
    """
    prepare(workspace)
    from django.conf import settings

    if not (settings.TLS or settings.DEMONSTRATION or _this_computer_only(host)):
        raise AddressError(
            f"On {host} passwords and names would cross the network unencrypted. Serve 127.0.0.1, put a web server "
            "that speaks TLS in front, and set STEWARDSHIP_TLS=yes in stewardship.env."
        )
    migrate(workspace)

    from stewardship.profiles.pictures import warm
    from stewardship.site.wsgi import application

    scheme = "https" if settings.TLS else "http"
    try:
        server = create_server(
            application,
            host=host,
            port=port,
            threads=8,
            url_scheme=scheme,
            ident=None,
            **_proxies(settings.PROXIES, settings.PROXY_ADDRESS),
        )
    except (OSError, ValueError) as error:
        raise AddressError(
            f"Nothing can be served on {host}, port {port} ({getattr(error, 'strerror', error)}). "
            "Give another --port, or 0 for any free one."
        ) from error
    warm()
    ready(f"http://{_written(host)}:{server.effective_port}/")
    try:
        server.run()
    finally:
        server.close()


def _proxies(count: int, address: str) -> dict[str, Any]:
    """Whom the server believes where a request came from: so many proxies, of which the last is at that address."""
    if not count:
        return {"clear_untrusted_proxy_headers": True}
    return {
        "trusted_proxy": address,
        "trusted_proxy_count": count,
        "trusted_proxy_headers": {"x-forwarded-for"},
        "clear_untrusted_proxy_headers": True,
    }


def _this_computer_only(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _written(host: str) -> str:
    return f"[{host}]" if ":" in host else host
