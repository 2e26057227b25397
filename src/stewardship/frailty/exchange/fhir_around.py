"""The resources of a summary about those around the person, and about the record itself: contacts, flags, consent."""

from stewardship.frailty.exchange.fhir_parts import (
    Entries,
    Resource,
    coded,
    moment,
    on,
    phones,
    text,
    without_nothing,
)
from stewardship.frailty.exchange.summary import Contact, Summary


def contacts(one: Summary, made: Entries, subject: Resource) -> list[Resource]:
    """Family, attorneys and carers as related persons; those whose work it is as practitioners."""
    return [
        made.practitioner(each.name, each.kind, phone=each.phone)
        if each.professional
        else made.add(_related(each, subject))
        for each in one.contacts
    ]


def _related(each: Contact, subject: Resource) -> Resource:
    roles = [text(each.kind), *([text(each.relationship)] if each.relationship else [])]
    return without_nothing(
        resourceType="RelatedPerson",
        active=True,
        patient=subject,
        relationship=roles,
        name=[{"text": each.name}],
        telecom=phones(each.phone),
    )


def flags(one: Summary, made: Entries, subject: Resource) -> list[Resource]:
    """What whoever opens the record is to see at once."""
    form = one.respect
    told = [
        f"ReSPECT: resuscitation {form.cpr.lower()}, signed {on(form.signed_on)}. {form.stands}"
        if form
        else "",
        f"A ReSPECT form was withdrawn on {on(one.later_withdrawn.withdrawn_on)}"
        if one.later_withdrawn
        else "",
        "Objects to sharing: not to be handed on" if one.objects else "",
        "" if one.on_register else one.stands,
        "Lives alone" if one.lives_alone else "",
    ]
    return [
        made.add({"resourceType": "Flag", "status": "active", "code": text(each), "subject": subject})
        for each in told
        if each
    ]


def consent(one: Summary, made: Entries, subject: Resource) -> list[Resource]:
    """What was said about sharing the record. Where nothing was said there is no consent, and none is made up."""
    said = one.sharing
    if said is None and not one.objects:
        return []
    permitted = said is not None and not said.objects and not one.objects
    to = made.organisation(said.organisation) if permitted and said and said.organisation else None
    actor = {"role": coded("v3-ParticipationType", "IRCP"), "reference": to}
    return [
        made.add(
            without_nothing(
                resourceType="Consent",
                status="active",
                scope=coded("consentscope", "patient-privacy"),
                category=[text("Sharing of the frailty record")],
                patient=subject,
                dateTime=on(said.on) if said else moment(one.made_at),
                organization=[made.organisation(one.owner)] if one.owner else None,
                policyRule=text(f"{said.basis}. {said.details}" if said else "Objection on the register"),
                provision=without_nothing(
                    type="permit" if permitted else "deny", actor=[actor] if to else None
                ),
            )
        )
    ]
