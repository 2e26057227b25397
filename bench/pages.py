"""How long stewards wait for a page: `python bench/pages.py [SYSTEM FOLDER]`.

Twenty stewards, each waiting two seconds between pages, read the care areas of a built system; without a folder a small
one is made and built first. Each belongs to one care area's team and reads the list of care areas, that area at several
places, and from there measures, tables as CSV and pictures, by the links of the pages. The server is the one that
`stewardship serve` runs, on the loopback, signed in to through its own page. Its workspace is one of its own with the
system's snapshots in it: nothing is kept from before, and nothing is left behind.

Three passes over the same addresses: cold (the server has just started, no page was read and no picture drawn), warm
(the same again, in another order) and bare (as many bytes, made beforehand, from the same process and library without
Django), which no page can beat. A wait is from asking to the last byte, as the reader has it: the reader's own work is
in all three. What a browser keeps (styles, scripts, fonts) is not asked for.
"""

import argparse
import html
import logging
import os
import random
import re
import secrets
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import numpy as np

from stewardship.measures.current import current
from stewardship.measures.published import Published

READERS, PAUSE = 20, 2.0
PAGES = (
    "all areas", "care area", "measure", "table", "care area", "picture", "measure", "care area", "all areas", "measure",
    "table", "care area",
)  # fmt: skip
LINKS = {
    "measure": r"/measures/[\w-]+/(\?|$)",
    "table": r"/tables/[\w-]+\.csv",
    "picture": r"/pictures/[\w-]+\.svg",
}
AIMS = "aims: of warm pages half within 100 ms, 19 of 20 within 300 ms"
COMMAND = [sys.executable, "-c", "from stewardship.cli import main; main()"]
BARE, WORKED, STEWARD = "/bare/", "/worked", "steward"
NAMES = ("cold", "warm", "bare")


@dataclass(frozen=True)
class Read:
    """A page that was read: its kind and address, the seconds that it took and how many bytes came."""

    kind: str
    address: str
    seconds: float
    size: int


def main() -> None:
    """Print every figure."""
    parser = argparse.ArgumentParser(description="How long stewards wait for a page.")
    parser.add_argument("system", type=Path, nargs="?", help="Folder of a system that has been built.")
    parser.add_argument("--served", type=Path, help=argparse.SUPPRESS)
    wanted = parser.parse_args()
    if wanted.served:
        serve_beside_bare(wanted.served)
        return
    with tempfile.TemporaryDirectory() as temporary:
        measure(wanted.system or made(Path(temporary) / "small"), Path(temporary) / "workspace")


def made(folder: Path) -> Path:
    """A small synthetic system, built."""
    subprocess.run([*COMMAND, "demo", "--residents", "20000", "--only-build", "--folder", folder], check=True)
    return folder


def measure(system: Path, workspace: Path) -> None:
    """Read cold, warm and bare, and print how long pages took."""
    workspace.mkdir(mode=0o700)
    (workspace / "snapshots").symlink_to((system / "workspace" / "snapshots").resolve())
    published = current(workspace / "snapshots")
    if published is None:
        sys.exit(f"{system} has no snapshot. Build it first.")
    held = published.snapshot
    print(f"{READERS} readers, {len(PAGES)} pages each, {PAUSE:.0f} s between pages; {AIMS}")
    print(f"{len(held.areas)} care areas, {len(held.places)} places; {os.cpu_count()} cores, ", end="")
    print(f"load of the machine before: {os.getloadavg()[0]:.2f}\n", flush=True)
    with server(workspace) as (port, password):
        readers = [Reader(published, number, port, password) for number in range(READERS)]
        passes = {name: together(port, name, [getattr(reader, name) for reader in readers]) for name in NAMES}
    print_times(passes)


class Reader:
    """A steward of one care area's team, signed in; always the same for the same number."""

    def __init__(self, published: Published, number: int, port: int, password: str) -> None:
        areas, places = published.snapshot.areas, published.snapshot.places
        self.chance = random.Random(number)
        self.start = number / READERS * PAUSE
        self.own = f"/care-areas/{areas[number % len(areas)].key}/"
        narrower = [place.code for place in places if place.level != "system"]
        self.places = ["", *self.chance.sample(narrower, min(len(narrower), PAGES.count("care area") - 1))]
        self.connection = HTTPConnection("127.0.0.1", port, timeout=120)
        self.cookie = signed_in(self.connection, f"{STEWARD}{number}", password)
        self.first: list[Read] = []

    def cold(self) -> list[Read]:
        """Every page of the walk for the first time, found on the pages read before."""
        places, links = [*self.places], list[str]()
        time.sleep(self.start)
        for kind in PAGES:
            if kind == "care area":
                address = _address(self.own, places.pop(0))
            elif kind == "all areas":
                address = _address("/care-areas/", self.chance.choice(self.places))
            else:
                address = self.chance.choice([link for link in links if re.search(LINKS[kind], link)])
            read, text = self.ask(kind, address)
            self.first.append(read)
            if kind == "care area":
                found = re.findall(f'href="({self.own}[^"#]+)"', text)
                links = sorted({html.unescape(link) for link in found})
            time.sleep(PAUSE)
        return self.first

    def warm(self) -> list[Read]:
        """The same pages again, in another order."""
        return self._again([(read.kind, read.address) for read in self.first])

    def bare(self) -> list[Read]:
        """As many bytes in place of each."""
        return self._again([(read.kind, f"{BARE}{read.size}") for read in self.first])

    def _again(self, pages: list[tuple[str, str]]) -> list[Read]:
        time.sleep(self.start)
        reads = []
        for kind, address in self.chance.sample(pages, len(pages)):
            reads.append(self.ask(kind, address)[0])
            time.sleep(PAUSE)
        return reads

    def ask(self, kind: str, address: str) -> tuple[Read, str]:
        """The page and how long it took; whatever is not a page ends the bench."""
        began = time.perf_counter()
        self.connection.request("GET", address, headers={"Cookie": self.cookie})
        answer = self.connection.getresponse()
        content = answer.read()
        seconds = time.perf_counter() - began
        if answer.status != 200:
            raise RuntimeError(f"{address} answered {answer.status}")
        return Read(kind, address, seconds, len(content)), content.decode()


def _address(path: str, place: str) -> str:
    return f"{path}?{urlencode({'place': place})}" if place else path


def together(port: int, name: str, walks: Sequence[Callable[[], list[Read]]]) -> list[Read]:
    """What all readers read at once; prints what it cost the server's process."""
    reads: list[Read] = []
    before, here = worked(port), time.process_time()
    threads = [threading.Thread(target=lambda walk=walk: reads.extend(walk())) for walk in walks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if len(reads) != len(walks) * len(PAGES):
        sys.exit("Some reader was not answered: see above.")
    theirs, ours = worked(port) - before, time.process_time() - here
    each = 1000 / len(reads)
    print(
        f"{name}: {theirs * each:.1f} ms of processor a page in the server, {ours * each:.1f} in its readers",
        flush=True,
    )
    return reads


def print_times(passes: dict[str, list[Read]]) -> None:
    """A table: kinds of pages down, passes across, with the ratio of warm pages to bare ones."""
    print("\n| milliseconds | pages | KB | cold p50 | p95 | warm p50 | p95 | bare p50 | p95 | warm / bare |")
    print("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|")
    for kind in [*dict.fromkeys(PAGES), "all"]:
        reads = {name: [x for x in passes[name] if kind in (x.kind, "all")] for name in NAMES}
        size = np.median([x.size for x in reads["warm"]]) / 1000
        times = {name: _percentiles(reads[name]) for name in NAMES}
        cells = " | ".join(
            f"{one:.0f} | {other:.0f}" if name != "bare" else f"{one:.1f} | {other:.1f}"
            for name, (one, other) in times.items()
        )
        ratio = times["warm"][0] / times["bare"][0]
        print(f"| {kind} | {len(reads['warm'])} | {size:.0f} | {cells} | {ratio:.1f} |")


def _percentiles(reads: Sequence[Read]) -> tuple[float, float]:
    """The median and the 95th percentile, in milliseconds."""
    half, most = np.percentile([1000 * read.seconds for read in reads], [50, 95])
    return float(half), float(most)


@contextmanager
def server(workspace: Path) -> Iterator[tuple[int, str]]:
    """A server of that workspace in a process of its own: its port, and the password of its stewards."""
    command = [sys.executable, __file__, "--served", str(workspace)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        password, port = (process.stdout.readline().strip() for _ in range(2))
        yield int(port), password
    finally:
        process.terminate()
        process.wait()


def serve_beside_bare(workspace: Path) -> None:
    """Serve as `stewardship serve` does, a demonstration of that workspace, and bare bytes beside it."""
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # twenty at once is what is asked
    os.environ |= {
        "STEWARDSHIP_DEMONSTRATION": "yes",
        "STEWARDSHIP_LOG_KEY": "the key of a log that is thrown away",
    }
    from stewardship.site import serve as site

    site.migrate(workspace)
    from stewardship.site import wsgi
    from stewardship.site.members import create_member
    from stewardship.site.roles import Steward

    password = secrets.token_urlsafe()
    for number in range(READERS):
        create_member(
            username=f"{STEWARD}{number}",
            display_name="A. Steward",
            password=password,
            roles=[Steward],
            by=None,
        )
    print(password)
    wsgi.application = _beside(wsgi.application)  # type: ignore[assignment]  # what is served is no handler of Django now
    site.serve(
        workspace, port=0, ready=lambda address: print(re.sub(r".*:(\d+)/", r"\1", address), flush=True)
    )


def _beside(pages: WSGIApplication) -> WSGIApplication:
    """A WSGI application that answers /bare/BYTES and /worked itself, and leaves the rest to the pages."""
    content = b"x" * 10_000_000

    def answer(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        if path.startswith(BARE):
            told = content[: int(path.removeprefix(BARE))]
        elif path == WORKED:
            told = str(time.process_time()).encode()
        else:
            return pages(environ, start)
        start("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(told)))])
        return [told]

    return answer


def worked(port: int) -> float:
    """Seconds of processor that the server's process has taken."""
    connection = HTTPConnection("127.0.0.1", port, timeout=120)
    connection.request("GET", WORKED)
    return float(connection.getresponse().read())


def signed_in(connection: HTTPConnection, username: str, password: str) -> str:
    """The cookies of a session of a member, who signs in by the page for it."""
    connection.request("GET", "/sign-in/")
    page = connection.getresponse()
    text, cookies = page.read().decode(), _cookies(page.headers.get_all("Set-Cookie"))
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', text)
    typed = {"csrfmiddlewaretoken": token[1] if token else "", "login": username, "password": password}
    headers = {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST", "/sign-in/", urlencode(typed), headers)
    answer = connection.getresponse()
    answer.read()
    if answer.status != 302:
        sys.exit(f"{username} could not sign in: the page answered {answer.status}.")
    return _cookies(answer.headers.get_all("Set-Cookie"))


def _cookies(told: list[str] | None) -> str:
    return "; ".join(cookie.split(";")[0] for cookie in told or ())


if __name__ == "__main__":
    main()
