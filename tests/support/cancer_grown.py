"""Pathways grown at random, in orders that can be; for Hypothesis."""

from datetime import date, timedelta

from hypothesis import strategies as st

from stewardship.rules.cancer.codes import (
    FIRST_TREATMENTS,
    MODALITIES,
    PAUSE_REASONS,
    TREATMENT_EVENTS,
    Route,
)
from stewardship.rules.cancer.pathway import Pathway, Treatment

DAYS = st.dates(date(2023, 10, 1), date(2026, 12, 31))
PROVIDERS = st.sampled_from(("", "A", "B", "RZ901", "RZ955", "RZ801"))
REFERRAL_TYPES = st.sampled_from(("", "07", "08", "16", "17"))
DIAGNOSES = st.sampled_from(("", "C18.7", "C44.3", "D05.1", "D12.6"))


@st.composite
def treatments(draw: st.DrawFn, since: date, *, first: bool = False) -> Treatment:
    """A treatment begun or planned after a day; `first`: a first definitive treatment that has begun."""
    decided, started = (since + timedelta(draw(st.integers(0, 150))) for _ in range(2))
    began = min(decided, started) + timedelta(draw(st.integers(0, (abs(started - decided)).days)))
    until = began + timedelta(draw(st.integers(0, (max(decided, started) - began).days)))
    later = max(decided, started) + timedelta(draw(st.integers(0, 20)))
    events = sorted(FIRST_TREATMENTS) if first else sorted(TREATMENT_EVENTS)
    return Treatment(
        decided=min(decided, started)
        if first
        else draw(st.sampled_from((decided, min(decided, started), later, None))),
        started=max(decided, started) if first else draw(st.sampled_from((max(decided, started), None))),
        event_type=draw(st.sampled_from(events)),
        modality="23" if first else draw(st.sampled_from(sorted(MODALITIES))),
        pause_from=draw(st.sampled_from((began, None))),
        pause_to=draw(st.sampled_from((until, None))),
        pause_reason=draw(st.sampled_from(("", *PAUSE_REASONS))),
        provider=draw(PROVIDERS),
    )


@st.composite
def pathways(draw: st.DrawFn, *, treated: bool = False) -> Pathway:
    """A pathway in an order that can be; `treated`: with a route and a first treatment of a reportable cancer."""
    received = draw(DAYS)

    def later(most: int = 150) -> date | None:
        return draw(st.one_of(st.none(), st.integers(0, most).map(lambda n: received + timedelta(n))))

    route = draw(st.sampled_from([each for each in Route if not (treated and each is Route.NONE)]))
    missed = later(20)
    upgraded = (later(30) or received) if route is Route.UPGRADE else None
    return Pathway(
        route=route,
        referral_type=draw(REFERRAL_TYPES),
        received=received,
        upgraded=upgraded,
        missed=missed,
        rebooked=missed and missed + timedelta(draw(st.integers(0, 30))),
        first_seen=later(80),
        first_seen_provider=draw(PROVIDERS),
        told=later(),
        end_reason=draw(st.sampled_from(("", "01", "02", "03", "04"))),
        exclusion_reason=draw(st.sampled_from(("", "01", "02"))),
        left=None if treated else later(),
        diagnosis="C18.7" if treated else draw(DIAGNOSES),
        basal_cell=draw(st.booleans()),
        investigating_provider=draw(PROVIDERS),
        transferred=later(),
        treatment=draw(
            treatments(upgraded or received, first=True)
            if treated
            else st.one_of(st.none(), treatments(upgraded or received))
        ),
    )
