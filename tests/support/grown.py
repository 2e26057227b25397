"""Residents, code lists and expressions grown by Hypothesis, and the canonical tables of those residents."""

from datetime import date, timedelta

from hypothesis import strategies as st

from stewardship.people import language
from stewardship.people.code_lists import CodeList, CodeRule
from stewardship.people.periods import Window
from stewardship.rules.scores.score import Group, Score
from support.evaluator import Resident

AS_OF = date(2024, 2, 29)
DAYS = st.dates(date(2018, 6, 1), date(2024, 6, 1))

CONDITION_A = CodeList("a", "a", "1", (CodeRule("SNOMED", "100"), CodeRule("ICD10", "E10", "prefix")))
CONDITION_B = CodeList("b", "b", "1", (CodeRule("ICD10", "E10-E14", "range"),))
READING = CodeList(
    "reading", "reading", "1", (CodeRule("LOINC", "1-1"), CodeRule("SNOMED", "200")), unit="mmol/mol"
)
MEDICINE = CodeList("medicine", "medicine", "1", (CodeRule("BNF", "0601", "prefix"),))
OPERATION = CodeList("operation", "operation", "1", (CodeRule("OPCS4", "X09", "prefix"),))

DIAGNOSES = [("SNOMED", "100"), ("ICD10", "E101"), ("ICD10", "E149"), ("ICD10", "I10"), ("SNOMED", "E101")]
READINGS = [("LOINC", "1-1"), ("SNOMED", "200"), ("LOINC", "9-9")]
MEDICINES = [("BNF", "0601012"), ("BNF", "0212"), ("DMD", "0601")]
OPERATIONS = [("OPCS4", "X093"), ("OPCS4", "X10")]
GROUPS = ["veteran", "unpaid carer"]
SCORE = Score(
    "score", "score", "1", "", 1,
    (
        Group("a", 1, (("SNOMED", "100", "exact"), ("ICD10", "E10", "prefix")), "ab"),
        Group("b", 3, (("ICD10", "E14", "prefix"), ("BNF", "0601", "prefix")), "ab"),
        Group("c", 2, (("ICD10", "I10-I15", "range"), ("BNF", "0212", "prefix"))),
    ),
)  # fmt: skip
POINTS = ["emergency_admission", "outpatient", "gp_appointment"]
SPECIALTIES = [None, "307", "100"]


def coded(codes):
    return st.sampled_from(codes).map(lambda pair: {"system": pair[0], "code": pair[1]})


def rows(fields, most=5):
    return st.lists(st.fixed_dictionaries(fields), max_size=most)


@st.composite
def residents(draw):
    conditions = draw(rows({"start": DAYS, "as": coded(DIAGNOSES)}))
    observations = draw(
        rows(
            {
                "date": DAYS,
                "as": coded(READINGS),
                "value": st.none() | st.sampled_from([41.5, 42.0, 47.0, 58.0]),
                "unit": st.sampled_from([None, "mmol/mol", "%"]),
            }
        )
    )
    medications = draw(
        rows({"date": DAYS, "as": coded(MEDICINES), "cost_pence": st.none() | st.integers(0, 900)})
    )
    activities = draw(
        rows(
            {
                "start": DAYS,
                "point_of_delivery": st.sampled_from(POINTS),
                "specialty": st.sampled_from(SPECIALTIES),
                "cost_pence": st.none() | st.integers(0, 900),
                "nights": st.none() | st.integers(0, 40),
                "attendance": st.sampled_from([None, "first", "follow-up"]),
                "department": st.sampled_from([None, "01", "03"]),
                "urgency": st.sampled_from([None, "C2"]),
                "minutes": st.none() | st.integers(0, 3),
                "response_minutes": st.none() | st.integers(0, 90),
            }
        )
    )
    codes = draw(
        rows(
            {
                "date": DAYS,
                "of": st.none() | st.integers(0, 4),
                "kind_and_code": st.tuples(st.just("diagnosis"), coded(DIAGNOSES))
                | st.tuples(st.just("procedure"), coded(OPERATIONS)),
                "position": st.none() | st.integers(1, 2),
            }
        )
    )
    death = draw(
        st.none()
        | st.fixed_dictionaries(
            {
                "date": DAYS,
                "as": st.none() | coded(DIAGNOSES),
                "place": st.sampled_from([None, "home", "hospital"]),
            }
        )
    )
    spells = draw(
        rows(
            {
                "characteristic": st.sampled_from(GROUPS),
                "start": DAYS,
                "days": st.none() | st.integers(0, 900),
            },
            most=3,
        )
    )
    born = draw(st.dates(date(1930, 1, 1), date(2018, 5, 31)))
    return {
        "born": born, "sex": draw(st.sampled_from(["female", "male"])), "conditions": conditions,
        "observations": observations, "medications": medications, "activities": activities,
        "codes": codes, "death": death, "spells": spells, "ethnic_group": draw(st.sampled_from(["Asian", "White"])),
    }  # fmt: skip


windows = st.sampled_from([Window(), Window(12), Window(15), Window(36), Window(ending=12), Window(24, 6)])

kinds_of_contact = st.fixed_dictionaries(
    {},
    optional={
        "point_of_delivery": st.sampled_from(
            [(), ("outpatient",), ("emergency_admission", "gp_appointment")]
        ),
        "specialty": st.sampled_from([(), ("307",)]),
        "attendance": st.sampled_from(["first", "follow-up"]),
        "department": st.just(("01",)),
        "urgency": st.just(("C2",)),
        "nights": st.sampled_from([(0, 0), (1, None), (None, 7)]),
        "minutes": st.sampled_from([(0, 1), (2, None)]),
    },
)
contacts = st.builds(
    lambda kinds, diagnosis, primary: language.contacts(**kinds, diagnosis=diagnosis, primary=primary),
    kinds_of_contact,
    st.sampled_from([None, CONDITION_A, CONDITION_B]),
    st.booleans(),
)
followed = st.builds(
    lambda first, then, days, since: first.followed_by(then, within_days=days, counted_from=since),
    contacts,
    st.builds(lambda kinds: language.contacts(**kinds), kinds_of_contact)
    | st.sampled_from([language.deaths(), language.deaths(CONDITION_B), language.deaths(place=("home",))]),
    st.sampled_from([0, 30, 400]),
    st.sampled_from(["start", "end"]),
)
paid_for = contacts | followed | st.sampled_from([language.prescriptions(), language.prescriptions(MEDICINE)])

events = st.one_of(
    paid_for,
    st.just(language.procedures(OPERATION)),
    st.sampled_from([language.deaths(), language.deaths(CONDITION_B), language.deaths(place=("home",))]),
)

counts = st.builds(lambda what, within: what.count(within), events, windows)
costs = st.builds(lambda what, within: what.cost(within), paid_for, windows)
nights = st.builds(lambda what, within: what.nights(within), contacts | followed, windows)
minutes = st.builds(lambda what, within: what.response_minutes(within), contacts, windows)
totals = counts | costs | nights | minutes
points = st.builds(
    lambda within, of: language.points(SCORE, within, of),
    windows,
    st.none()
    | st.just(language.prescriptions())
    | st.builds(lambda kinds: language.contacts(**kinds), kinds_of_contact),
)


sums = st.builds(lambda a, b: a + b, counts, counts) | st.builds(lambda a, b: a + b, costs, costs)
numbers = st.one_of(st.builds(lambda w: language.latest(READING, w), windows), totals, sums, points)

leaves = st.one_of(
    st.builds(language.has, st.sampled_from([CONDITION_A, CONDITION_B]), windows),
    st.builds(language.recorded, st.just(READING), windows),
    st.builds(language.aged, st.integers(0, 40), st.none() | st.integers(40, 90)),
    st.builds(language.of_sex, st.sampled_from(["female", "male"])),
    st.builds(
        lambda n, low, high: n.between(min(low, high), max(low, high)),
        numbers,
        st.integers(0, 60),
        st.integers(0, 60),
    ),
    st.builds(lambda n, limit: n >= limit, numbers, st.sampled_from([1, 42, 47.5])),
    st.builds(lambda n, limit: n <= limit, numbers, st.sampled_from([0, 42, 47.5])),
    st.builds(lambda n, limit: n > limit, numbers, st.sampled_from([0, 42])),
    st.builds(lambda n, limit: n < limit, numbers, st.sampled_from([1, 47])),
    st.just(language.EVERYONE),
    st.builds(language.in_group, st.sampled_from(GROUPS)),
    st.just(language.of_ethnic_group("Asian", "Black")),
)

answers = st.recursive(
    leaves,
    lambda part: st.one_of(
        st.builds(lambda a, b: a & b, part, part),
        st.builds(lambda a, b: a | b, part, part),
        st.builds(lambda a: ~a, part),
        st.builds(
            lambda parts, limit: language.counted(*parts) >= limit,
            st.lists(part, min_size=1, max_size=3),
            st.integers(0, 3),
        ),
        st.builds(lambda a, b: language.weighted((a, 3), (b, 1)) >= 3, part, part),
    ),
    max_leaves=6,
)


def ending(row, lasting):
    """A grown row with its end, so many days after its start; without one it goes on."""
    kept = {name: value for name, value in row.items() if name != lasting}
    return kept | {"end": None if row[lasting] is None else row["start"] + timedelta(days=row[lasting])}


def tables_of(grown):
    """The canonical tables of grown residents, and the same residents for the evaluator."""
    tables = {
        name: []
        for name in (
            "person",
            "registration",
            "condition",
            "observation",
            "medication",
            "activity",
            "activity_code",
            "death",
            "characteristic",
        )
    }
    people = []
    for person_id, raw in enumerate(grown, start=-1):
        base = person_id * 100
        person = {"birth_date": raw["born"], "sex": raw["sex"], "ethnic_group": raw["ethnic_group"]}
        tables["person"].append({"person_id": person_id, **person})
        tables["registration"].append({"person_id": person_id, "start": date(2018, 6, 1)})
        who = Resident(**person)
        who.conditions = [
            {"event_id": base + i, **c["as"], "start": c["start"]} for i, c in enumerate(raw["conditions"])
        ]
        who.observations = [
            {"event_id": base + i, **o["as"], "date": o["date"], "value": o["value"], "unit": o["unit"]}
            for i, o in enumerate(raw["observations"])
        ]
        who.medications = [
            {"event_id": base + i, **m["as"], "date": m["date"], "cost_pence": m["cost_pence"]}
            for i, m in enumerate(raw["medications"])
        ]
        who.activities = [
            {"activity_id": base + i, **ending(a, "nights")} for i, a in enumerate(raw["activities"])
        ]
        who.characteristics = [ending(spell, "days") for spell in raw["spells"]]
        who.activity_codes = [
            {
                "event_id": base + i, "activity_id": None if c["of"] is None else base + c["of"],
                "kind": c["kind_and_code"][0], **c["kind_and_code"][1],
                "position": c["position"], "date": c["date"],
            }
            for i, c in enumerate(raw["codes"])
        ]  # fmt: skip
        if raw["death"]:
            cause = raw["death"]["as"] or {"system": None, "code": None}
            who.death = {"date": raw["death"]["date"], "place": raw["death"]["place"], **cause}
            tables["death"].append({"person_id": person_id, **who.death})
        for name, mine in (
            ("condition", who.conditions), ("observation", who.observations), ("medication", who.medications),
            ("activity", who.activities), ("activity_code", who.activity_codes),
            ("characteristic", who.characteristics),
        ):  # fmt: skip
            tables[name].extend({"person_id": person_id, **row} for row in mine)
        for stay in who.activities:  # what ends after the data goes on, as far as anybody knows
            stay["end"] = stay["end"] if stay["end"] and stay["end"] <= AS_OF else None
        people.append(who)
    return tables, people
