"""The clinical resources of a summary: patient, conditions, scores, allergies, plans and goals."""

from stewardship.frailty.exchange.crew import named_with
from stewardship.frailty.exchange.fhir_parts import (
    NHS_NUMBER,
    Entries,
    Resource,
    coded,
    condition_code,
    notes,
    on,
    phones,
    text,
    without_nothing,
)
from stewardship.frailty.exchange.summary import Condition, Problem, Respect, Score, Step, Summary

ACTIVE = coded("condition-clinical", "active")
CONFIRMED = coded("condition-ver-status", "confirmed")


def patient(one: Summary, made: Entries) -> Resource:
    """Who it is about. A national flag leaves address and phone out, and is not told either."""
    who = one.person
    where = {"text": ", ".join(filter(None, (who.address, who.postcode))), "postalCode": who.postcode}
    address = without_nothing(**where)
    return without_nothing(
        resourceType="Patient",
        identifier=[{"system": NHS_NUMBER, "value": who.number}],
        name=[without_nothing(use="official", family=who.family, given=who.given.split())],
        birthDate=on(who.born),
        deceasedDateTime=on(one.died_on),
        telecom=phones(who.phone),
        address=[{"use": "home", **address}] if address else None,
        generalPractitioner=[made.organisation(one.practice)] if one.practice else None,
    )


def conditions(one: Summary, made: Entries, subject: Resource) -> list[Resource]:
    """The three that put somebody on the register."""
    return [made.add(_condition(each, made, subject)) for each in one.conditions]


def _condition(each: Condition, made: Entries, subject: Resource) -> Resource:
    words = named_with(each.name, each.degree)
    return without_nothing(
        resourceType="Condition",
        clinicalStatus=ACTIVE,
        verificationStatus=CONFIRMED,
        category=[text("Register of frailty, dementia and the end of life")],
        severity=text(each.degree) if each.degree else None,
        code=condition_code(each.key, each.degree_key, words),
        subject=subject,
        onsetDateTime=on(each.since),
        asserter=made.practitioner(each.assessor),
    )


def scores(one: Summary, made: Entries, subject: Resource) -> list[Resource]:
    """Scores, each with the version of its scale as the method: two versions are never one series."""
    return [made.add(_score(each, made, subject)) for each in one.scores]


def _score(each: Score, made: Entries, subject: Resource) -> Resource:
    counted = {"code": text("Deficits counted, of 36"), "valueInteger": each.count}
    return without_nothing(
        resourceType="Observation",
        status="final",
        category=[coded("observation-category", "survey")],
        code=text(each.title),
        subject=subject,
        effectiveDateTime=on(each.on),
        performer=[made.practitioner(each.assessor)],
        valueQuantity={"value": float(each.value)},
        interpretation=[text(each.band)] if each.band else None,
        note=notes(each.doubt),
        method=text(f"{each.title}, version {each.version}"),
        component=[counted] if each.count is not None else None,
    )


def allergies(one: Summary, made: Entries, subject: Resource) -> list[Resource]:
    """Allergies as they were named; that none is known is said only where somebody asked."""
    known = one.medicines
    if known is None:
        return []
    named = ("No known allergies",) if known.none_known else known.allergies
    recorder = made.practitioner(known.checked_by)
    return [
        made.add(
            {
                "resourceType": "AllergyIntolerance",
                "clinicalStatus": coded("allergyintolerance-clinical", "active"),
                "verificationStatus": coded("allergyintolerance-verification", "unconfirmed"),
                "code": text(each),
                "patient": subject,
                "recordedDate": on(known.on),
                "recorder": recorder,
            }
        )
        for each in named
    ]


def medicines(one: Summary, made: Entries, subject: Resource) -> list[Resource]:
    """How many medicines somebody takes."""
    known = one.medicines
    if known is None or known.count is None:
        return []
    reviewed = f"Last medication review {on(known.reviewed_on)}" if known.reviewed_on else ""
    return [
        made.add(
            without_nothing(
                resourceType="Observation",
                status="final",
                code=text("Medicines taken, count"),
                subject=subject,
                effectiveDateTime=on(known.on),
                performer=[made.practitioner(known.checked_by)],
                valueInteger=known.count,
                note=notes(reviewed),
            )
        )
    ]


def care(one: Summary, made: Entries, subject: Resource) -> list[Resource]:
    """The plan of care with problems, goals and steps."""
    problems = [made.add(_problem(each, subject)) for each in one.problems]
    goals: list[Resource] = []
    steps: list[Resource] = []
    for problem, address in zip(one.problems, problems, strict=True):
        for goal in problem.goals:
            goals.append(
                made.add(
                    {
                        "resourceType": "Goal",
                        "lifecycleStatus": "active",
                        "description": text(goal.goal),
                        "subject": subject,
                        "addresses": [address],
                    }
                )
            )
            steps += [{"detail": _step(each, goals[-1])} for each in goal.steps]
    plan = one.plan
    if plan is None and not steps:
        return [*problems, *goals]
    made_plan = without_nothing(
        resourceType="CarePlan",
        status="active" if one.died_on is None else "completed",
        intent="plan",
        category=[text("Personalised care and support plan")],
        title="Plan of care",
        description=plan.matters if plan else None,
        subject=subject,
        created=on(plan.agreed_on) if plan else None,
        author=made.practitioner(plan.clinician) if plan else None,
        addresses=problems,
        goal=goals,
        activity=steps,
        note=notes(*_of_plan(one)),
    )
    return [made.add(made_plan), *problems, *goals]


def _of_plan(one: Summary) -> list[str]:
    plan = one.plan
    if plan is None:
        return []
    told = (
        ("", plan.stands), ("What to do if", plan.contingency), ("Ceiling of care", plan.ceiling),
        ("Preferred place of care", plan.place_of_care), ("Preferred place of death", plan.place_of_death),
    )  # fmt: skip
    return [f"{label}: {words}" if label else words for label, words in told if words]


def _problem(each: Problem, subject: Resource) -> Resource:
    return {
        "resourceType": "Condition",
        "clinicalStatus": ACTIVE,
        "category": [coded("condition-category", "problem-list-item", each.domain)],
        "code": text(each.problem),
        "subject": subject,
        "recordedDate": on(each.since),
    }


def _step(each: Step, goal: Resource) -> Resource:
    status = "completed" if each.done_on else "cancelled" if each.dropped_because else "scheduled"
    return without_nothing(
        status=status,
        statusReason=text(each.dropped_because) if each.dropped_because else None,
        goal=[goal],
        scheduledPeriod={"end": on(each.due_on)},
        description=f"{each.what} ({each.owner})",
    )


def emergency(one: Summary, made: Entries, subject: Resource) -> list[Resource]:
    """ReSPECT forms: the one that counts, and those that were withdrawn, marked as revoked."""
    forms = [one.respect] if one.respect else []
    return [made.add(_form(each, made, subject)) for each in (*forms, *one.withdrawn)]


def _form(form: Respect, made: Entries, subject: Resource) -> Resource:
    signed = made.practitioner(form.clinician, form.role, form.registration) if form.clinician else None
    ends = {"end": on(form.withdrawn_on)} if form.withdrawn_on else {}
    return without_nothing(
        resourceType="CarePlan",
        status="revoked" if form.withdrawn_on else "active",
        intent="plan",
        category=[text("Emergency care and treatment plan (ReSPECT)")],
        title="ReSPECT form",
        description=f"Resuscitation: {form.cpr}. Focus of care: {form.focus}.",
        subject=subject,
        created=on(form.signed_on),
        period={"start": on(form.signed_on), **ends},
        author=signed,
        note=notes(*respect_lines(form)),
    )


def respect_lines(form: Respect) -> list[str]:
    """What a form says, line by line; that it was withdrawn stands first."""
    withdrawn = f"{on(form.withdrawn_on)}. {form.withdrawn_because}" if form.withdrawn_on else ""
    told = (
        ("WITHDRAWN", withdrawn), ("Signed", on(form.signed_on)), ("Resuscitation", form.cpr),
        ("Standing", form.stands), ("Confirmed", on(form.reviewed_on)), ("Focus of care", form.focus),
        ("Guidance", form.guidance),
        ("Reasons", form.reasons), ("Diagnoses", form.diagnoses), ("I most value", form.value),
        ("I most fear", form.fear),
        ("0 is length of life, 10 is comfort", "" if form.comfort is None else str(form.comfort)),
        ("Capacity", f"{'Has' if form.has_capacity else 'Lacks'} capacity. {form.involvement}"),
        ("Legal proxy", "Yes" if form.legal_proxy else "No"), ("Other plans", form.other_plans),
        ("Emergency contacts", form.contacts), ("Anticipatory medicines", form.medicines),
        ("Oxygen and devices", form.devices),
        ("Signed by", ", ".join(filter(None, (form.clinician, form.role, form.registration)))),
        ("Senior responsible clinician", form.senior),
    )  # fmt: skip
    return [f"{label}: {words}" for label, words in told if words]
