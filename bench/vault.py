"""Time the identity vault beside a floor, in one run: `python bench/vault.py [PEOPLE]`; a hundred thousand by default.

The floor of a load does what cannot be left out, by hand: read the rows, check the numbers, make the pseudonym, seal two
envelopes and make six blind indexes a person, and insert them into SQLite tables of the same shape in one transaction.
That of a rotation opens and seals the same and writes it back. Peaks of memory are of this process.
"""

import csv
import hmac
import json
import os
import resource
import secrets
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from stewardship.rules.nhs_number import check_digit, nhs_number
from stewardship.vault.rows import DEMOGRAPHICS

FAMILIES = ("Smith", "O'Brien", "Núñez", "Okafor", "Smith-Jones", "MacDonald", "Khan", "Li")
GIVEN = ("Áine Mary", "José", "Susan", "Muhammad", "Li", "Anna Maria")
INDEXES = 6


def numbers() -> Iterator[str]:
    """Valid numbers that begin with 9: nobody's."""
    stems = (f"9{stem:08d}" for stem in range(10**8))
    return (stem + str(digit) for stem in stems if (digit := check_digit(stem)) is not None)


def write(path: Path, people: int) -> None:
    """A file of so many invented people."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(DEMOGRAPHICS)
        usable = (one for one in numbers() if nhs_number(one))
        for place, number in enumerate(islice(usable, people)):
            born = date.fromordinal(700_000 + place * 37 % 36_000).isoformat()
            writer.writerow(
                (
                    number,
                    FAMILIES[place % 8],
                    GIVEN[place % 6],
                    born,
                    f"{place % 300} Quay Street, Harbourmouth",
                    "ZZ99 3VZ",
                    "01632 960001",
                    f"P8{place % 200:04d}",
                    "no",
                    "no",
                )
            )


def load_by_hand(file: Path, into: Path) -> None:
    """The floor of a load."""
    cipher, key = AESGCM(os.urandom(32)), os.urandom(32)
    database = sqlite3.connect(into)
    database.executescript(
        "PRAGMA journal_mode=WAL; CREATE TABLE person (id INTEGER PRIMARY KEY, handle TEXT UNIQUE, practice TEXT, who BLOB, place BLOB);"
        "CREATE TABLE found (value BLOB, id INTEGER REFERENCES person, UNIQUE (value, id)); CREATE INDEX of_person ON found (id);"
    )

    def sealed(words: object) -> bytes:
        nonce = os.urandom(12)
        return nonce + cipher.encrypt(nonce, json.dumps(words).encode(), b"17")

    with file.open(encoding="utf-8", newline="") as lines, database:
        rows = csv.reader(lines)
        next(rows)
        while batch := list(islice(rows, 1000)):
            people, values = [], []
            for row in batch:
                assert nhs_number(row[0])
                each = int.from_bytes(hmac.digest(key, row[0].encode(), "sha256")[:8]) >> 1
                people.append((each, secrets.token_urlsafe(16), row[7], sealed(row[:4]), sealed(row[4:7])))
                values += [
                    (hmac.digest(key, f"{n}{row[:4]}".encode(), "sha256")[:16], each) for n in range(INDEXES)
                ]
            database.executemany("INSERT INTO person VALUES (?, ?, ?, ?, ?)", people)
            database.executemany("INSERT INTO found VALUES (?, ?)", values)
    database.close()


def rotate_by_hand(within: Path) -> None:
    """The floor of a rotation: as many envelopes and indexes, written back five hundred people at a time."""
    cipher, key, nonce = AESGCM(os.urandom(32)), os.urandom(32), os.urandom(12)
    database = sqlite3.connect(within)
    ids = [each for (each,) in database.execute("SELECT id FROM person ORDER BY id")]
    envelope = cipher.encrypt(nonce, b"x" * 128, b"17")
    for start in range(0, len(ids), 500):
        with database:
            these = ids[start : start + 500]
            opened = [cipher.decrypt(nonce, envelope, b"17") for _ in these for _ in range(2)]
            sealed = [cipher.encrypt(nonce, one, b"17") for one in opened]
            database.executemany(
                "UPDATE person SET who = ?, place = ? WHERE id = ?",
                zip(sealed[::2], sealed[1::2], these, strict=True),
            )
            database.executemany("DELETE FROM found WHERE id = ?", [(each,) for each in these])
            values = [
                (hmac.digest(key, f"{n}{each}".encode(), "sha256")[:16], each)
                for each in these
                for n in range(INDEXES)
            ]
            database.executemany("INSERT INTO found VALUES (?, ?)", values)
    database.close()


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def line(what: str, people: int, ours: float, floor: float | None = None) -> None:
    beside = "" if floor is None else f"{floor:10.1f} s{ours / floor:8.1f} x"
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{what:32}{ours:10.1f} s{beside:21}{people / ours:12,.0f} a second{peak:9.0f} MB", flush=True)


def main(people: int) -> None:
    """Print every figure."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        old, new = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
        os.environ |= {"STEWARDSHIP_LOG_KEY": old, "STEWARDSHIP_VAULT_KEYS": old}
        write(folder / "people.csv", people)
        print(f"{people:,} people{'this':>30}{'by hand':>12}{'ratio':>8}{'speed':>18}{'peak':>12}")
        by_hand = seconds(lambda: load_by_hand(folder / "people.csv", folder / "floor.sqlite3"))
        rotated_by_hand = seconds(lambda: rotate_by_hand(folder / "floor.sqlite3"))

        from stewardship.site.serve import migrate

        migrate(folder / "workspace")
        from stewardship.access.log import Actor
        from stewardship.records.identity import Identities
        from stewardship.vault import door
        from stewardship.vault.keys import Keyring
        from stewardship.vault.loading import load_people
        from stewardship.vault.rotation import rotate

        by, now, identities = Actor(1, "A bench"), datetime.now(UTC), Identities(os.urandom(32))

        def load() -> None:
            keys = Keyring.from_environment()
            loaded = load_people(folder / "people.csv", identities=identities, keys=keys, now=now, by=by)
            assert loaded.kept == people

        line("load", people, seconds(load), by_hand)
        line("load again", people, seconds(load))
        scope = door.Reach("practice", "P80004", "a bench")
        asked = door.Asked(family_name="smith jones", birth_date=date.fromordinal(700_000 + 4 * 37))
        line(
            "find by name, 50 times",
            50,
            seconds(lambda: [door.find(asked, by=by, scope=scope) for _ in range(50)]),
        )
        os.environ["STEWARDSHIP_VAULT_KEYS"] = f"{new},{old}"
        turned = seconds(lambda: list(rotate(Keyring.from_environment(), now)))
        line("rotate the key", people, turned, rotated_by_hand)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
