"""Numbers that tell rows apart, where a partner takes the number of a person for one."""

import hashlib

import pytest

from stewardship.records.identity import Identities, Naming
from support.extract_feed import number, rows_of

PATHWAYS = rows_of("""
PathwayID | NHSNumber | ReferralReceivedDate
#5        | #1        | 2026-02-01
12        | #2        | 2026-02-02
""")
EVENTS = rows_of("""
PathwayEventID | PathwayID | NHSNumber | EventType | EventDate
1              | #5        | #1        | REF       | 2026-02-01
2              | 12        | #2        | REF       | 2026-02-02
""")


def as_wholes(rows):
    wholes = ("PathwayID", "PathwayEventID")
    return [{name: int(v) if name in wholes else v for name, v in row.items()} for row in rows]


def pathways_of(register):
    """Numbers of the pathways, by the day of their referral: as both files tell them."""
    numbers = {}
    for row in register.table("pathway_event"):
        numbers.setdefault(str(row["date"]), set()).add(row["pathway_id"])
    return numbers


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_a_pathway_that_goes_by_an_nhs_number_is_told_of_without_it(feed, ending):
    register = feed("cancer")
    for name, rows in (("pathways", PATHWAYS), ("events", EVENTS)):
        register.write(name, as_wholes(rows) if ending == "parquet" else rows, ending)
    register.read()
    assert register.counts() == {f"events.{ending}": (2, 2, 0), f"pathways.{ending}": (2, 2, 0)}
    told = pathways_of(register)
    assert told["2026-02-02"] == {12}
    (made,) = told["2026-02-01"]
    assert made != int(number(5))


def test_nobody_without_the_key_can_tell_the_number_from_what_is_kept(feed):
    made = []
    for key in (b"a key", b"another key"):
        naming = Naming(Identities(key), "nhs-number", "NHSNumber", "nhs number")
        register = feed("cancer", naming=naming)
        register.write("pathways", PATHWAYS)
        register.read()
        made += pathways_of(register)["2026-02-01"]
    unkeyed = hashlib.md5(f"pathways\x1f{number(5)}".encode(), usedforsecurity=False).digest()
    assert len({*made, int.from_bytes(unkeyed[:8]) >> 1}) == 3
