"""What the page for an ambulance crew says, block by block: what decides the first minutes stands first.

Nothing is left out silently: what is not recorded is said to be so, and what is shortened so that the page stays one
page says how much more there is, and is named at its foot.
"""

from collections.abc import Iterable, Sequence
from itertools import chain

from stewardship.frailty.exchange.blocks import WHOLE, Block, Crew, Cut, Limits, Said
from stewardship.frailty.exchange.summary import Contact, Goal, Medicines, Plan, Respect, Summary
from stewardship.rules.nhs_number import as_shown
from stewardship.vault.letters import written
from stewardship.vault.words import aged

NOT_ASKED = "Not recorded: nobody has said here whether there are allergies. Ask."
SHORTENED = "Shortened so that this is one page"


def crew_page(one: Summary, limits: Limits = WHOLE) -> Crew:
    """The page within limits."""
    cut = Cut(limits)
    first = (_allergies(one.medicines), _matters(one, cut), _respect(one, cut))
    left = (_conditions(one, cut), _medicines(one, cut), _problems(one, cut))
    right = (_getting_in(one), _contacts(one, cut), _plan(one.plan, cut))
    person = one.person
    return Crew(
        name=", ".join(filter(None, (person.family.upper(), person.given))),
        facts=tuple(_facts(one)),
        banners=tuple(_banners(one)),
        first=first, left=left, right=right,
        wrote=tuple(_wrote(one)),
        shortened=_shortened(cut.what),
    )  # fmt: skip


def _shortened(what: Sequence[str]) -> str:
    return f"{SHORTENED}: {'; '.join(what)}. The rest is on the frailty register." if what else ""


def _facts(one: Summary) -> Iterable[str]:
    person = one.person
    yield f"Born {written(person.born)} ({aged(person.born, one.died_on or one.made_at.date())})"
    yield f"NHS number {as_shown(person.number)}"
    if person.hidden:
        yield "Address and phone are not shown"
    else:
        yield ", ".join(filter(None, (person.address, person.postcode))) or "Address not known here"
        if person.phone:
            yield f"Phone {person.phone}"


def _banners(one: Summary) -> Iterable[str]:
    if one.died_on is not None:
        where = f", {one.died_at}" if one.died_at else ""
        yield f"This person has died: {written(one.died_on)}{where}. What follows is a record, not for treatment"
    if not one.on_register and one.died_on is None:
        yield one.stands
    if one.objects:
        yield f"This person objects to sharing. For {one.owner or 'the owner of the entry'} alone: do not hand it on"


def _allergies(known: Medicines | None) -> Block:
    if known is None:
        return Block("Allergies", (Said("", NOT_ASKED, "strong"),), alert=True)
    named = "No known allergies" if known.none_known else "; ".join(known.allergies) or NOT_ASKED
    checked = Said("Checked", f"{written(known.on)}, {known.checked_by}")
    return Block("Allergies", (Said("", named, "strong"), checked), alert=True)


def _matters(one: Summary, cut: Cut) -> Block:
    told = [Said("", one.plan.matters, "strong")] if one.plan else []
    form = one.respect
    told += [Said("I most value", form.value), Said("I most fear", form.fear)] if form else []
    if form and form.comfort is not None:
        told.append(Said("0 is length of life, 10 is comfort", str(form.comfort)))
    found = _shown(told, cut, "What matters")
    return Block("What matters to me", found or (Said("", "Not recorded."),))


def _respect(one: Summary, cut: Cut) -> Block:
    """The form that counts, with its date in large; a later one that was withdrawn is said before it."""
    gone, form = one.later_withdrawn, one.respect
    told = [Said("", _withdrawn(gone, of_form=form is not None), "old")] if gone else []
    if form is None:
        told.append(Said("", "No ReSPECT form holds. Resuscitation: not decided here", "strong"))
        return Block("ReSPECT and resuscitation", (*told, *_shown([_ceiling(one)], cut)), alert=True)
    told.append(Said("", f"Signed {written(form.signed_on)}", "big"))
    told.append(Said("Resuscitation", form.cpr, "big"))
    if form.old:
        told.append(Said("", form.stands, "old"))
    if form.reviewed_on:
        told.append(Said("Confirmed", written(form.reviewed_on)))
    told.append(Said("Focus of care", form.focus, "strong"))
    return Block("ReSPECT and resuscitation", (*told, *_guidance(one, form, cut)), alert=True)


def _ceiling(one: Summary) -> Said:
    return Said("Ceiling of care", (one.plan.ceiling if one.plan else "") or "Not recorded", "strong")


def _guidance(one: Summary, form: Respect, cut: Cut) -> tuple[Said, ...]:
    capacity = "Has capacity" if form.has_capacity else "Lacks capacity"
    told = [
        _ceiling(one),
        Said("Guidance", form.guidance),
        Said("Reasons", form.reasons),
        Said("Capacity", f"{capacity}. {form.involvement}"),
        Said("Legal proxy", "Yes" if form.legal_proxy else "No"),
        Said("Other plans", form.other_plans),
        Said("Emergency contacts", form.contacts),
        Said("Anticipatory medicines", form.medicines),
        Said("Oxygen and devices", form.devices),
        Said("Diagnoses", form.diagnoses),
    ]
    return _shown(told, cut)


def _withdrawn(gone: Respect, *, of_form: bool) -> str:
    on = written(gone.withdrawn_on) if gone.withdrawn_on else "a day not known"
    later = " It was signed later than the form below: ask which holds." if of_form else ""
    why = gone.withdrawn_because.strip(" .")
    return f"WITHDRAWN on {on}: the form signed on {written(gone.signed_on)}. {why}{'.' if why else ''}{later}".strip()


def _conditions(one: Summary, cut: Cut) -> Block:
    told = [
        Said(
            named_with(each.name, each.degree),
            f"since {written(each.since)}, {each.assessor}",
        )
        for each in one.conditions
    ]
    scores = [
        Said(
            each.title,
            "; ".join(
                filter(
                    None, (each.said, f"version {each.version}", written(each.on), each.assessor, each.doubt)
                )
            ),
        )
        for each in one.scores
    ]
    none = () if told else (Said("", "No condition of the register is confirmed."),)
    return Block(
        "Frailty and conditions", (*none, *_shown(told, cut), *cut.rows("Scores", _shown(scores, cut)))
    )


def named_with(name: str, degree: str) -> str:
    """Frailty, severe; Nearing the end of life, stage B, months."""
    return f"{name}, {degree[:1].lower()}{degree[1:]}" if degree else name


def _medicines(one: Summary, cut: Cut) -> Block:
    known = one.medicines
    count = "Count not recorded" if known is None or known.count is None else f"{known.count} medicines"
    told = [Said("Medicines", f"{count}{f', {written(known.on)}' if known else ''}")]
    if known and known.reviewed_on:
        told.append(Said("Last medication review", written(known.reviewed_on)))
    services = [
        Said(
            each.kind, ", ".join(filter(None, (each.provider, each.details, f"since {written(each.since)}")))
        )
        for each in one.services
    ]
    return Block("Medicines and services", (*told, *cut.rows("Services", _shown(services, cut))))


def _problems(one: Summary, cut: Cut) -> Block:
    told = [Said(each.domain, _problem(each.problem, each.goals)) for each in one.problems]
    return Block(
        "Problems and goals", tuple(cut.rows("Problems", _shown(told, cut))) or (Said("", "None recorded."),)
    )


def _problem(problem: str, goals: Iterable[Goal]) -> str:
    return "; ".join((problem, *(f"goal: {each.goal}" for each in goals)))


def _getting_in(one: Summary) -> Block:
    alone = {True: "Lives alone", False: "Does not live alone", None: "Not recorded whether they live alone"}
    home = f"Care home {one.care_home}" if one.care_home else "Own home"
    since = f" since {written(one.care_home_since)}" if one.care_home and one.care_home_since else ""
    way_in = one.way_in if one.way_in is not None else "Restricted: your role does not see it"
    told = (
        Said("Lives", f"{home}{since}"), Said("", alone[one.lives_alone]), Said("Key safe", way_in, "strong"),
    )  # fmt: skip
    return Block("How to get in", told)


def _contacts(one: Summary, cut: Cut) -> Block:
    told = [Said(each.kind, _contact(each), "strong" if each.phone else "") for each in one.contacts]
    found = cut.rows("Contacts", _shown(told, cut))
    return Block("Contacts", tuple(found) or (Said("", "Nobody is recorded."),))


def _contact(one: Contact) -> str:
    who = f"{one.name} ({one.relationship})" if one.relationship else one.name
    return ", ".join(filter(None, (one.phone, who, one.details)))


def _plan(one: Plan | None, cut: Cut) -> Block:
    if one is None:
        return Block("Plan of care", (Said("", "No plan of care."),))
    told = [
        Said("Agreed", f"{written(one.agreed_on)}, {one.clinician}"),
        Said("", one.stands, "old" if one.old else ""),
        Said("What to do if", one.contingency),
        Said("Preferred place of care", one.place_of_care),
        Said("Preferred place of death", one.place_of_death),
    ]
    return Block("Plan of care", _shown(told, cut))


def _wrote(one: Summary) -> Iterable[str]:
    by = ", ".join(filter(None, (one.made_by, one.role, one.organisation)))
    yield f"Made {written(one.made_at.date())} at {one.made_at:%H:%M} by {by}"
    if one.respect:
        form = one.respect
        signed = ", ".join(filter(None, (form.clinician, form.role, form.registration)))
        yield f"ReSPECT form by {signed}{f'; senior clinician {form.senior}' if form.senior else ''}"
    if one.plan:
        yield f"Plan of care by {one.plan.clinician}"
    places = (("Team", one.team), ("practice", one.practice), ("entry of", one.owner))
    yield ", ".join(f"{name} {code}" for name, code in places if code)


def _shown(told: Iterable[Said], cut: Cut, name: str = "") -> tuple[Said, ...]:
    """What says anything, within the limits. name: what the part is called where a text has no label."""
    return tuple(
        Said(each.label, cut.text(each.label or name, each.text), each.kind) for each in told if each.text
    )


def texts(page: Crew) -> list[str]:
    """Everything that the page says, in its order."""
    blocks = chain(page.first, page.left, page.right)
    lines = ((block.title, *(f"{each.label} {each.text}" for each in block.said)) for block in blocks)
    return [*page.banners, page.name, *page.facts, *chain.from_iterable(lines), *page.wrote, page.shortened]
