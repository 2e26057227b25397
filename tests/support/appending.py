"""Append to a site's access log from several threads: python appending.py WORKSPACE THREADS EVENTS.

Says "ready" once it could start, waits for a line, and prints the number of each event once it is kept.
"""

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from stewardship.site.serve import prepare


def main(workspace: Path, threads: int, events: int) -> None:
    prepare(workspace)
    from django.db import connections

    from stewardship.access.log import Action, command_line_actor, record

    def append(person: int) -> None:
        for _ in range(events):
            kept = record(by=command_line_actor(), did=Action.VIEW, about=[person])
            sys.stdout.write(f"{kept}\n")
            sys.stdout.flush()
        connections["access"].close()

    print("ready", flush=True)
    sys.stdin.readline()
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(append, range(1, threads + 1)))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
