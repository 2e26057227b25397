"""What the checks of pathways and of social care count: one pass over each table."""

from stewardship.records.quality.counting import BySource
from stewardship.records.quality.counts import CheckCount
from stewardship.records.quality.gathered import Gathered

_PATHWAY = ("source", "kind", "pathway_id")


def before_referral(gathered: Gathered, table: str) -> BySource:
    """By source: events dated before the referral of their pathway was received, and events of pathways whose referral
    was sent."""
    events = gathered.table(table)
    received = events.filter(events.event == "referral_received")
    begun = received.group_by(
        of_source=received.source, of_kind=received.kind, of_pathway=received.pathway_id
    ).aggregate(received=received.date.min())
    others = events.filter(events.event != "referral_received").select(*_PATHWAY, "date")
    both = others.inner_join(
        begun,
        [
            others.source == begun.of_source,
            others.kind == begun.of_kind,
            others.pathway_id == begun.of_pathway,
        ],
    )
    return gathered.by_source(both, both.count(where=both.date < both.received), both.count())


def uncosted_services(gathered: Gathered, table: str) -> list[CheckCount]:
    """Services of social care without a weekly cost; nothing where a source sends no costs."""
    events = gathered.table(table)
    services = events.filter(events.event_type == "service")
    found = gathered.by_source(
        services, services.count(where=services.weekly_cost_pence.isnull()), services.count()
    )
    return [
        CheckCount("care-costs", table, source, 0, 0, note="this source sends no costs with its services")
        if lacking == examined
        else CheckCount("care-costs", table, source, lacking, examined)
        for source, (lacking, examined) in sorted(found.items())
    ]
