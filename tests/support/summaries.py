"""Invented summaries of people on the frailty register: one with everything, ones grown at random, one too long."""

from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from stewardship.frailty.exchange import summary as said
from stewardship.rules.frailty.conditions import Severity

DAY = date(2026, 5, 3)
MADE = datetime(2026, 6, 1, 9, 5, tzinfo=UTC)
LONG = "Words of a long text that somebody typed in full " * 60

PERSON = said.Person(
    number="9990000018", family="O'Brien", given="Áine Mary", born=date(1940, 4, 3),
    address="17 Verysingular Passage, Harbourmouth", postcode="ZZ99 1ZZ", phone="01632 960001",
)  # fmt: skip
PLAN = said.Plan(
    agreed_on=date(2025, 1, 4), matters="My garden & my <cat>", clinician="Dr F. Rail",
    stands="May be out of date: 16 months old", old=True, contingency="If breathless, the rescue pack",
    ceiling="Hospital ward, no intensive care", place_of_care="Own home", place_of_death="Hospice",
)  # fmt: skip
RESPECT = said.Respect(
    signed_on=DAY, cpr="Attempts not recommended", focus="Controlling symptoms, comfort first",
    guidance="Treat at home where possible", reasons="It would not work", diagnoses="Heart failure",
    involvement="She took part", has_capacity=True, legal_proxy=False, clinician="Dr S. Igner", role="Consultant",
    registration="C1234567", senior="Dr S. Enior", stands="From 3 May 2026", comfort=8, value="My dog",
    fear="A long stay", other_plans="Asthma plan, in the drawer", contacts="Daughter, always",
    medicines="In the blue box", devices="Oxygen, 2 litres", reviewed_on=date(2026, 5, 20),
)  # fmt: skip
WITHDRAWN = replace(
    RESPECT,
    signed_on=date(2026, 5, 10),
    withdrawn_on=date(2026, 5, 12),
    withdrawn_because="Signed for another",
)


def summary(**changed):
    """Somebody of whom everything is known."""
    usual = said.Summary(
        person=PERSON, stands="On the frailty register", on_register=True, owner="RZ1", team="FT1", practice="P81001",
        care_home="", lives_alone=True, way_in="Key safe. Its code is not kept here: ask team FT1",
        made_by="C. Oordinator", role="Care coordinator", organisation="FT1", made_at=MADE,
        conditions=(
            said.Condition(key="frailty", name="Frailty", since=DAY, assessor="Dr F. Rail", degree_key="severe",
                           degree="Severe"),
            said.Condition(key="dementia", name="Dementia", since=DAY, assessor="Dr M. Emory"),
            said.Condition(key="end_of_life", name="Nearing the end of life", since=DAY, assessor="Dr F. Rail",
                           degree_key="B", degree="Stage B, months"),
        ),
        scores=(
            said.Score(title="Clinical Frailty Scale", value=Decimal("7.0000"), version="2.0", on=DAY,
                       assessor="Dr F. Rail", band="severe"),
            said.Score(title="Electronic frailty index", value=Decimal("0.3611"), version="2016", on=DAY,
                       assessor="practice", count=13, band="severe", doubt="below the age"),
        ),
        medicines=said.Medicines(on=DAY, checked_by="P. Harmacist", allergies=("Penicillin: rash", "Codeine"), count=9,
                                 reviewed_on=date(2026, 2, 2)),
        plan=PLAN, respect=RESPECT, withdrawn=(WITHDRAWN,),
        problems=(
            said.Problem(domain="Function", problem="Falls in the kitchen", since=DAY, goals=(
                said.Goal(goal="Cook again", steps=(
                    said.Step(what="Grab rail", owner="Therapy team", due_on=date(2026, 7, 1)),
                    said.Step(what="Kettle tipper", owner="Daughter", due_on=date(2026, 7, 2), done_on=DAY),
                )),
            )),
        ),
        contacts=(
            said.Contact(kind="Next of kin", name="Sam Fictitious", relationship="daughter", phone="01632 960002",
                         details="Works nights"),
            said.Contact(kind="Named GP", name="Dr G. Eneral", phone="01632 960003", professional=True),
        ),
        services=(
            said.Service(kind="Package of care", since=DAY, provider="Harbour Care", details="Four times a day"),
        ),
        sharing=said.Sharing(objects=False, basis="The person said so", on=DAY, organisation="RZ9"),
    )  # fmt: skip
    return replace(usual, **changed)


def nothing_known(**changed):
    """Somebody of whom nothing but who they are is known."""
    empty = said.Summary(
        person=replace(PERSON, address="", postcode="", phone=""), stands="On the frailty register", on_register=True,
        owner="", team="", practice="", care_home="", made_by="C. Oordinator", role="", organisation="", made_at=MADE,
    )  # fmt: skip
    return replace(empty, **changed)


def too_long():
    """Every text and every list as long as the register lets it be."""
    everything = summary()
    form = replace(
        RESPECT, guidance=LONG[:2000], reasons=LONG[:1000], diagnoses=LONG[:2000], involvement=LONG[:1000],
        value=LONG[:1000], fear=LONG[:1000], other_plans=LONG[:500], contacts=LONG[:500], medicines=LONG[:500],
        devices=LONG[:500], clinician=LONG[:150], role=LONG[:80], senior=LONG[:150], old=True,
        stands="May be out of date: something changed",
    )  # fmt: skip
    return replace(
        everything, died_on=DAY, died_at=LONG[:60], objects=True, respect=form,
        person=replace(PERSON, family="Featherstonehaugh-Cholmondeley", given=LONG[:80], address=LONG[:200]),
        withdrawn=(replace(WITHDRAWN, withdrawn_because=LONG[:300]),) * 5,
        plan=replace(PLAN, matters=LONG[:2000], contingency=LONG[:2000], ceiling=LONG[:500], clinician=LONG[:150]),
        scores=tuple(replace(everything.scores[1], assessor=LONG[:150], doubt=LONG[:120]) for _ in range(14)),
        conditions=tuple(replace(each, assessor=LONG[:150]) for each in everything.conditions),
        medicines=replace(everything.medicines, allergies=tuple("Penicillin: a rash all over" for _ in range(36)),
                          checked_by=LONG[:150]),
        problems=tuple(replace(everything.problems[0], problem=LONG[:300]) for _ in range(40)),
        contacts=tuple(replace(everything.contacts[0], name=LONG[:120], details=LONG[:500]) for _ in range(40)),
        services=tuple(replace(everything.services[0], provider=LONG[:120], details=LONG[:500]) for _ in range(40)),
        made_by=LONG[:150],
    )  # fmt: skip


words = st.text(max_size=60)
some_words = st.text(min_size=1, max_size=60).filter(str.strip)
days = st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 1, 1))


@st.composite
def grown(draw):
    """A summary of which any part may be missing, and whose texts are anything that can be typed."""
    full = summary()
    optional = {"medicines", "plan", "respect", "sharing", "died_on", "lives_alone", "way_in"}
    lists = {"conditions", "scores", "withdrawn", "problems", "contacts", "services"}
    changed = {name: None for name in optional if draw(st.booleans())}
    changed |= {name: () for name in lists if draw(st.booleans())}
    changed |= {
        "objects": draw(st.booleans()),
        "on_register": draw(st.booleans()),
        "stands": draw(some_words),
    }
    if draw(st.booleans()):
        changed["died_on"] = draw(days)
    one = replace(
        full, **changed, owner=draw(st.sampled_from(["", "RZ1"])), team=draw(st.sampled_from(["", "FT1"]))
    )
    person = replace(
        PERSON, given=draw(st.sampled_from(["", "Ó", "Li Na"])), address=draw(words), phone=draw(words)
    )
    one = replace(one, person=person)
    if one.plan:
        one = replace(one, plan=replace(one.plan, matters=draw(some_words), ceiling=draw(words)))
    if one.respect:
        texts = {
            each.name: draw(words)
            for each in fields(said.Respect)
            if each.name in {"guidance", "value", "senior"}
        }
        one = replace(
            one, respect=replace(one.respect, **texts, comfort=draw(st.none() | st.integers(0, 10)))
        )
    if one.conditions:
        degree = draw(st.sampled_from(["", *Severity]))
        first = replace(one.conditions[0], degree_key=degree, degree=str(degree).title())
        one = replace(one, conditions=(first, *one.conditions[1:]))
    return replace(one, made_at=MADE + timedelta(minutes=draw(st.integers(0, 500_000))))
