"""What cancer services send of a batch: pathways with their treatments, and what happened on them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from stewardship.synthetic.cancer.backlog import Dip, dip_of, planted, weekly_over
from stewardship.synthetic.cancer.case_finding import case_finding
from stewardship.synthetic.cancer.events import events
from stewardship.synthetic.cancer.found import Mix, found, mix_of
from stewardship.synthetic.cancer.pathway import Pathways, joined
from stewardship.synthetic.cancer.published import NO_CLOCK, URGENT, suspected
from stewardship.synthetic.cancer.referrals import PATHWAYS_A_YEAR, Referring, referrals, referring
from stewardship.synthetic.cancer.rows import pathway_rows
from stewardship.synthetic.cancer.treatments import treatments
from stewardship.synthetic.care.stays import Stay, stay_of
from stewardship.synthetic.chance import stream
from stewardship.synthetic.extracts import Extract
from stewardship.synthetic.lives import NEVER, Days, Flags, Health, People, Plan
from stewardship.synthetic.truth import Planted

PARTNER = "cancer"
ELSEWHERE = 0.05  # share of people whose cancer services are not those of the system's own trust
NON_SPECIFIC = "17"  # left out of the backlog's headline count


@dataclass(frozen=True)
class CancerRates:
    """Worked out once for a run: the cancers that are found, and the referrals that find none."""

    mix: Mix
    referring: Referring


def cancer_rates(plan: Plan, batches: Sequence[tuple[People, Health]]) -> CancerRates:
    """What makes referrals and waits those published, worked out from some batches of any residents."""
    lives = [
        (people, health, stay_of(plan, people), _stream_of_cancers(plan, people))
        for people, health in batches
    ]
    told = [each.told for each in suspected()]
    urgent = PATHWAYS_A_YEAR * sum(each.told for each in suspected() if each.route == URGENT) / sum(told)
    mix, dip = mix_of(plan, lives, urgent), dip_of(plan)
    cancers = [found(plan, *each[:3], mix, dip, _stream_of_cancers(plan, each[0])) for each in lives]
    return CancerRates(
        mix, referring(plan, [(people, stay) for people, _, stay, _ in lives], joined(cancers))
    )


def _stream_of_cancers(plan: Plan, people: People) -> np.random.Generator:
    return stream(plan.seed, people.batch, "cancers found")


def cancer(
    plan: Plan, people: People, health: Health, set_to: CancerRates, providers: Sequence[str]
) -> tuple[list[Extract], Planted]:
    """Pathways and events of a batch, and the backlog that was planted in them.

    providers: codes, the system's own trust first; at least two.
    """
    dip, stay = dip_of(plan), stay_of(plan, people)
    made = pathways_of(plan, people, health, stay, set_to, dip, len(providers))
    later = treatments(
        plan, people, as_known(plan, made), stream(plan.seed, people.batch, "later treatments")
    )
    made = made.taken(made.closed >= plan.first)
    backlog, told = _backlog(plan, dip, made), as_known(plan, made)
    extracts = [
        Extract(PARTNER, "pathways", *pathway_rows(plan, people, told, later, providers)),
        Extract(PARTNER, "events", *events(plan, people, told, providers)),
        Extract(PARTNER, "case-finding", *case_finding(plan, people)),
    ]
    return extracts, backlog


def pathways_of(
    plan: Plan, people: People, health: Health, stay: Stay, set_to: CancerRates, dip: Dip, providers: int
) -> Pathways:
    """All pathways of a batch by person and start, told to their ends whenever those are.

    Those on which cancer was found somewhat before the years told are among them.
    """
    made = joined([
        found(plan, people, health, stay, set_to.mix, dip, stream(plan.seed, people.batch, "cancers found")),
        referrals(plan, people, stay, set_to.referring, dip, stream(plan.seed, people.batch, "referrals")),
    ])  # fmt: skip
    made = made.taken(np.lexsort((made.start, made.who)))
    random = stream(plan.seed, people.batch, "cancer providers")
    usual = np.where(random.random(len(people)) < ELSEWHERE, random.integers(1, providers, len(people)), 0)
    provider = usual[made.who]
    other = (provider + random.integers(1, providers, len(made))) % providers
    return replace(made, provider=provider, treater=np.where(made.moved < NEVER, other, provider))


def _backlog(plan: Plan, dip: Dip, made: Pathways) -> Planted:
    """The backlog with and without the delay: without it all that follows the start is so much earlier."""
    counted = in_headline(made)
    start = (made.start + made.adjustment).astype(np.int32)
    earlier = (made.closed - made.delay).astype(np.int32)
    realised, without = (weekly_over(plan, start, closed, counted) for closed in (made.closed, earlier))
    return planted(plan, dip, realised, without)


def in_headline(made: Pathways) -> Flags:
    """Which pathways are in the backlog's headline count."""
    types = [each.referral_type for each in suspected()]
    return np.asarray((made.route != NO_CLOCK) & (made.suspected != types.index(NON_SPECIFIC)))


def as_known(plan: Plan, made: Pathways) -> Pathways:
    """As far as it is known on the last day."""

    def known(day: Days) -> Days:
        return np.where(day > plan.last, NEVER, day).astype(np.int32)

    to_come = made.told > plan.last
    return replace(
        made, seen=known(made.seen), told=known(made.told), decided=known(made.decided), treated=known(made.treated),
        moved=known(made.moved), closed=known(made.closed), reason=np.where(to_come, 0, made.reason),
        tumour=np.where(to_come, -1, made.tumour), stage=np.where(to_come, -1, made.stage),
    )  # fmt: skip
