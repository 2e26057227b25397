"""What goes between this machine and a Spark cluster is authenticated and encrypted, or does not leave this machine."""

import ipaddress
import re

from stewardship.records.engines import NotThereError

SHORTEST = 32  # characters of a secret that nobody guesses


def stays_here(master: str) -> bool:
    """Whether nothing leaves this machine: threads of it, or a master that only it reaches."""
    hosts = [host for host, _ in addresses(master)]
    return master.startswith("local") or (bool(hosts) and all(map(_is_loopback, hosts)))


def addresses(master: str) -> list[tuple[str, int]]:
    """The hosts and ports that `spark://HOST:PORT,…` names."""
    found = re.findall(r"([^,/]+):(\d+)", master.removeprefix("spark://"))
    return [(host, int(port)) for host, port in found]


def protection(master: str, secret: str) -> dict[str, str]:
    """Spark's settings that authenticate each end and encrypt what goes between them: none where nothing leaves this
    machine and no secret is given.

    secret: that of the cluster; empty where there is none. NotThereError where people's records would travel in clear.
    """
    if stays_here(master) and (not secret or master.startswith("local")):
        return {}
    if not secret:
        raise NotThereError(
            f"the Spark master {master} is on another machine, and people's records would go there in clear: give the "
            "cluster a secret, switch `spark.authenticate` and `spark.network.crypto.enabled` on in it, and set the "
            "secret as STEWARDSHIP_SPARK_SECRET in stewardship.env"
        )
    if len(secret) < SHORTEST:
        raise NotThereError(
            f"STEWARDSHIP_SPARK_SECRET is shorter than {SHORTEST} characters, so that it could be guessed: take what "
            "`stewardship new-key` prints, for the cluster too"
        )
    return {
        "spark.authenticate": "true",
        "spark.network.crypto.enabled": "true",
        "spark.network.crypto.saslFallback": "false",  # a cluster that does not encrypt is none
        "spark.authenticate.secret": secret,
    }


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"
