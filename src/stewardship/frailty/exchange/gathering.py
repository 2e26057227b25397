"""Gathering what a summary says, from an entry of the register and from the vault."""

from collections.abc import Sequence
from datetime import date, datetime

from stewardship.access.log import Actor
from stewardship.frailty import models
from stewardship.frailty.exchange import summary as said
from stewardship.frailty.rows import known_of
from stewardship.frailty.standing import plan_words, respect_words
from stewardship.frailty.words import ContactKind, State
from stewardship.rules.frailty.plans import PlanStanding
from stewardship.rules.frailty.scales import SCALES
from stewardship.vault.door import Shown
from stewardship.vault.letters import written

PROFESSIONALS = (
    ContactKind.NAMED_GP,
    ContactKind.KEY_WORKER,
    ContactKind.SOCIAL_WORKER,
    ContactKind.ADVOCATE,
)
NO_KEY_SAFE = "No key safe is recorded"


def summary_of(
    one: models.Entry, who: Shown, *, by: Actor, role: str, may_see_way_in: bool, today: date, now: datetime
) -> said.Summary:
    """What is known of a person today, as whoever makes the summary may see it. role: of theirs, as it is shown.

    What hangs on entries that were merged into this one is theirs too.
    """
    family = one.family()
    known = known_of([one], dict.fromkeys(family, one.pk))[one.pk]
    forms = models.EmergencyPlan.objects.filter(entry_id__in=family)
    withdrawn = [form for form in forms if form.withdrawn_on is not None]
    plan = known.plans[-1] if known.plans else None
    form = known.emergency_plans[-1] if known.emergency_plans else None
    return said.Summary(
        person=_person(who),
        stands=_stands(one),
        on_register=one.state == State.ON_REGISTER,
        owner=one.owner, team=one.team, practice=who.practice or one.practice, care_home=one.care_home,
        care_home_since=one.care_home_since, lives_alone=one.lives_alone,
        way_in=_way_in(one) if may_see_way_in else None,
        died_on=one.died_on, died_at=one.died_at, objects=one.objects_to_sharing,
        conditions=_conditions(family), scores=_scores(family), medicines=_medicines(family),
        plan=_plan(plan, plan_words(known, today)) if plan else None,
        respect=_respect(form, respect_words(known, today)) if form else None,
        withdrawn=tuple(_respect(each, None) for each in withdrawn),
        problems=_problems(family), contacts=_contacts(family), services=_services(family),
        sharing=_sharing(family),
        made_by=by.name, role=role, organisation=by.organisation, made_at=now,
    )  # fmt: skip


def _person(who: Shown) -> said.Person:
    """A person with the sensitive flag has no address here: the vault shows none."""
    where = who.where
    return said.Person(
        number=who.who.nhs_number, family=who.who.family_name, given=who.who.given_names, born=who.who.birth_date,
        address=where.address if where else "", postcode=where.postcode if where else "",
        phone=where.phone if where else "", hidden=who.who.sensitive,
    )  # fmt: skip


def _stands(one: models.Entry) -> str:
    if one.state == State.ENDED and one.ended_on is not None:
        return f"No longer on the register since {written(one.ended_on)}: {one.get_ended_because_display().lower()}"
    return {
        State.ON_REGISTER: "On the frailty register",
        State.TO_CONFIRM: "Not on the frailty register: no clinician has confirmed it yet",
        State.REJECTED: "Not on the frailty register: a clinician rejected it",
    }.get(State(one.state), one.get_state_display())


def _way_in(one: models.Entry) -> str:
    if not one.key_safe:
        return NO_KEY_SAFE
    return f"Key safe. Its code is not kept here: ask {f'team {one.team}' if one.team else one.owner or 'the practice'}"


def _conditions(family: Sequence[int]) -> tuple[said.Condition, ...]:
    return tuple(
        said.Condition(
            key=each.condition, name=each.get_condition_display(), since=each.diagnosed_on, assessor=each.assessor,
            degree_key=each.degree, degree=each.get_degree_display() if each.degree else "",
        )
        for each in models.Held.objects.filter(entry_id__in=family, ended_on=None)
    )  # fmt: skip


def _scores(family: Sequence[int]) -> tuple[said.Score, ...]:
    """Of each scale and version the last that was not withdrawn: two versions are two scores."""
    last: dict[tuple[str, str], models.Score] = {}
    for each in models.Score.objects.filter(entry_id__in=family, withdrawn_at=None):
        last.setdefault((each.scale, each.version), each)
    return tuple(
        said.Score(
            title=SCALES[each.scale].title if each.scale in SCALES else each.scale, value=each.value,
            version=each.version, on=each.on, assessor=each.assessor, count=each.count, band=each.band,
            doubt=each.doubt,
        )
        for each in last.values()
    )  # fmt: skip


def _medicines(family: Sequence[int]) -> said.Medicines | None:
    last = models.MedicinesCheck.objects.filter(entry_id__in=family).first()
    if last is None:
        return None
    return said.Medicines(
        on=last.on, checked_by=last.checked_by, allergies=tuple(last.allergy_lines), none_known=last.none_known,
        count=last.medicines, reviewed_on=last.reviewed_on,
    )  # fmt: skip


def _plan(one: models.Plan, stands: PlanStanding) -> said.Plan:
    return said.Plan(
        agreed_on=one.agreed_on, matters=one.matters, clinician=one.clinician, stands=stands.words,
        old=stands.may_be_out_of_date, contingency=one.contingency, ceiling=one.ceiling,
        place_of_care=one.get_place_of_care_display() if one.place_of_care else "",
        place_of_death=one.get_place_of_death_display() if one.place_of_death else "",
    )  # fmt: skip


def _respect(one: models.EmergencyPlan, stands: PlanStanding | None) -> said.Respect:
    """stands: of the form that counts; a withdrawn one stands for nothing."""
    return said.Respect(
        signed_on=one.signed_on, cpr=one.get_cpr_display(), focus=one.get_focus_display(), guidance=one.guidance,
        reasons=one.reasons, diagnoses=one.diagnoses, involvement=one.involvement, has_capacity=one.has_capacity,
        legal_proxy=one.legal_proxy, clinician=one.clinician, role=one.clinician_role,
        stands=stands.words if stands else "", old=bool(stands and stands.may_be_out_of_date),
        registration=one.registration, senior=one.senior_clinician, comfort=one.comfort, value=one.value,
        fear=one.fear, other_plans=one.other_plans, contacts=one.emergency_contacts, medicines=one.medicines,
        devices=one.oxygen_and_devices, reviewed_on=one.reviewed_on, withdrawn_on=one.withdrawn_on,
        withdrawn_because=one.withdrawn_because,
    )  # fmt: skip


def _problems(family: Sequence[int]) -> tuple[said.Problem, ...]:
    found = models.Problem.objects.filter(entry_id__in=family, ended_on=None)
    return tuple(
        said.Problem(
            domain=each.get_domain_display(), problem=each.problem, since=each.on,
            goals=tuple(_goal(goal) for goal in each.goals.all() if goal.ended_on is None),
        )
        for each in found.prefetch_related("goals__steps")
    )  # fmt: skip


def _goal(one: models.Goal) -> said.Goal:
    steps = (
        said.Step(
            what=each.what, owner=each.owner, due_on=each.due_on, done_on=each.done_on,
            dropped_because=each.dropped_because,
        )
        for each in one.steps.all()
    )  # fmt: skip
    return said.Goal(goal=one.goal, steps=tuple(steps))


def _contacts(family: Sequence[int]) -> tuple[said.Contact, ...]:
    """Whoever is to be spoken to first stands first: emergency contacts, attorneys and kin, carers, professionals.

    What carers told of themselves is theirs, and is left out.
    """
    order = [
        ContactKind.EMERGENCY,
        ContactKind.HEALTH_ATTORNEY,
        ContactKind.NEXT_OF_KIN,
        ContactKind.PROPERTY_ATTORNEY,
        *PROFESSIONALS,
    ]
    found = models.Contact.objects.filter(entry_id__in=family, ended_on=None)
    carers = [
        said.Contact(kind="Carer", name=each.name, relationship=each.relationship, phone=each.phone)
        for each in models.Carer.objects.filter(entry_id__in=family, ended_on=None)
    ]
    others = [
        said.Contact(
            kind=each.get_kind_display(), name=each.name, relationship=each.relationship, phone=each.phone,
            details=each.details, professional=each.kind in PROFESSIONALS,
        )
        for each in sorted(found, key=lambda each: (order.index(ContactKind(each.kind)), each.pk))
    ]  # fmt: skip
    close = [each for each in others if not each.professional]
    return (*close, *carers, *(each for each in others if each.professional))


def _services(family: Sequence[int]) -> tuple[said.Service, ...]:
    return tuple(
        said.Service(
            kind=each.get_kind_display(), since=each.from_on, provider=each.provider, details=each.details
        )
        for each in models.Service.objects.filter(entry_id__in=family, ended_on=None)
    )


def _sharing(family: Sequence[int]) -> said.Sharing | None:
    last = models.Sharing.objects.filter(entry_id__in=family).first()
    if last is None:
        return None
    return said.Sharing(
        objects=last.objects_to_sharing, basis=last.get_basis_display(), on=last.on,
        organisation=last.organisation, details=last.details,
    )  # fmt: skip
