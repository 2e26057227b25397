"""Records of 40 people in which every check passes, and places that agree with them. Tests spoil them."""

from datetime import date, timedelta

import pyarrow as pa

from stewardship.records.model import ORGANISATION, PLACE, SMALL_AREA
from stewardship.records.places import Places
from stewardship.records.places.places import PATIENTS

AS_OF = date(2024, 3, 31)
MONTHS = [date(2023, month, 5) for month in (9, 10, 11, 12)] + [date(2024, month, 5) for month in (1, 2, 3)]
BABY, DEAD = 39, 40
Rows = dict[str, list[dict]]


def sound_rows() -> Rows:
    """Canonical rows: 40 people, seen once a month by the provider R1; person 39 is a baby, 40 has died."""
    people = range(1, 41)
    born = {who: date(1980, 1, 1) for who in people} | {BABY: date(2023, 8, 30)}
    begun = {who: max(born[who], date(2010, 1, 1)) for who in people}
    activity = [
        {"activity_id": 100 * number + who, "person_id": who, "start": day, "end": day, "provider": "R1",
         "point_of_delivery": "emergency_admission", "cost_pence": 5000,
         "specialty": "424" if who == BABY else "300"}
        for number, day in enumerate(MONTHS)
        for who in people
        if who != DEAD or day < date(2024, 2, 1)
    ]  # fmt: skip
    of_each = [{"event_id": who, "person_id": who, "system": "SNOMED", "code": "73211009"} for who in people]
    return {
        "person": [
            {"person_id": who, "birth_date": born[who], "sex": "female" if who % 2 else "male"} for who in people
        ],
        "registration": [{"person_id": who, "practice": "P1", "start": begun[who]} for who in people],
        "address": [{"person_id": who, "small_area": "A1", "start": begun[who]} for who in people],
        "condition": [{**row, "start": date(2023, 12, 5)} for row in of_each],
        "observation": [{**row, "date": date(2023, 12, 5)} for row in of_each],
        "medication": [{**row, "date": date(2023, 12, 5)} for row in of_each],
        "activity": activity,
        "activity_code": [
            {"event_id": row["activity_id"], "activity_id": row["activity_id"], "person_id": row["person_id"],
             "kind": "diagnosis", "position": 1, "system": "ICD10", "date": row["start"],
             "code": "N40" if row["person_id"] % 2 == 0 else "O800"}
            for row in activity
        ],
        "death": [{"person_id": DEAD, "date": date(2024, 1, 20)}],
        **_of_services(),
        **_about_nobody(),
    }  # fmt: skip


def _of_services() -> Rows:
    """What services know: 40 people each scored, with one characteristic, one service and one pathway."""
    day, told = date(2023, 12, 5), date(2023, 12, 28)
    people = range(1, 41)
    return {
        "characteristic": [{"person_id": who, "characteristic": "veteran", "start": day} for who in people],
        "assessment": [
            {"event_id": who, "person_id": who, "tool": "Falls risk", "score": 3.0, "date": day}
            for who in people
        ],
        "social_care": [
            {
                "event_id": who,
                "person_id": who,
                "event_type": "service",
                "start": day,
                "weekly_cost_pence": 30_000,
            }
            for who in people
        ],
        "pathway_event": [
            {"pathway_id": who, "person_id": who, "kind": "cancer", "event": event, "date": on}
            for who in people
            for event, on in (("referral_received", day), ("told", told))
        ],
    }


def _about_nobody() -> Rows:
    """A ledger of seven months of £1,000 each, and one published figure."""
    return {
        "spend": [
            {"organisation": "ZZT01", "month": month.replace(day=1), "amount_pence": 100_000, "basis": "actual"}
            for month in MONTHS
        ],
        "published_figure": [
            {"measure": "Life expectancy", "place": "SYS", "start": date(2021, 1, 1), "end": date(2023, 12, 31),
             "value": 79.1, "lower": 78.8, "upper": 79.4, "publisher": "Statistics", "published": date(2024, 1, 31)}
        ],
    }  # fmt: skip


def spoilt_rows() -> Rows:
    """The same rows with a fault for every check."""
    rows = sound_rows()
    twice, nobody = rows["condition"][0], 999
    rows["condition"] += [dict(twice), {**twice, "event_id": 99, "person_id": nobody}]
    rows["condition"][1]["code"] = "77386006"  # pregnant, of a man
    rows["condition"][2] |= {"system": "ICD10", "code": "I10X"}
    rows["activity"] = rows["activity"][3:]  # of three codes and of a month of three people
    rows["activity"] = [row for row in rows["activity"] if row["start"] != date(2023, 12, 5)]
    rows["activity"][0] |= {"specialty": "424", "cost_pence": None}
    for row in rows["activity"][:40]:
        row["cost_pence"] = None
    rows["activity_code"] = rows["activity_code"][20:]
    rows["observation"][0]["date"] = date(1979, 12, 30)
    rows["observation"][DEAD - 1]["date"] = date(2024, 1, 23)
    rows["medication"][DEAD - 1]["date"] = date(2024, 2, 18)
    rows["registration"] = rows["registration"][5:]
    rows["registration"][0]["practice"], rows["registration"][1]["practice"] = "P9", None
    rows["registration"] += [
        {**rows["registration"][3], "practice": "P2", "start": date(2024, 1, 1)},
        {"person_id": nobody, "practice": "P1", "start": date(2010, 1, 1)},
    ]
    rows["address"] = rows["address"][8:]
    rows["address"] += [{**rows["address"][0], "small_area": "A9"}]  # two homes since one day
    rows["pathway_event"][1]["date"] = date(2023, 12, 4)  # before what goes before it
    rows["social_care"][0]["weekly_cost_pence"] = None
    rows["spend"][0]["amount_pence"] = -60_000
    rows["published_figure"][0]["value"] = 1e9
    rows["person"][0]["sex"] = "unknown"
    for row in rows["person"]:
        row["ethnic_group"] = "Not known"
    return rows


def sound_places(
    *, practices: bool = True, areas: bool = True, population: int | None = 40, lists: bool = True
) -> Places:
    """The places that go with them: one small area in one local authority, one practice."""
    place = [
        ("SYS", "System", "system", None), ("LA", "Anytown", "local_authority", "SYS"),
        ("W1", "Ward", "neighbourhood", "LA"), ("A1", "Area", "small_area", "W1"),
    ]  # fmt: skip
    told = {"source": "places", "source_file": "places", "source_row": 1}
    rows = [
        {"code": code, "name": name, "level": level, "hierarchy": "residence", "parent": parent, **told}
        for code, name, level, parent in (place if areas else place[:1])
    ]
    area = {"code": "A1", "deprivation_edition": 2025, "population": population, **told}
    practice = {"code": "P1", "name": "Practice", "role": "practice", **told}
    return Places(
        place=pa.Table.from_pylist(rows, schema=PLACE.schema),
        small_area=pa.Table.from_pylist([area], schema=SMALL_AREA.schema),
        organisation=pa.Table.from_pylist([practice] if practices else [], schema=ORGANISATION.schema),
        deprivation_edition=2025,
        patients=pa.Table.from_pylist(
            [{"practice": "P1", "small_area": "A1", "patients": 40}], schema=PATIENTS
        )
        if lists
        else None,
    )


def later(day: date, days: int) -> date:
    """That many days after a day."""
    return day + timedelta(days=days)
