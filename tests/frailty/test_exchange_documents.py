"""A summary as a FHIR document: what the R4B models, the rules of documents and a reader of it ask."""

import json
import subprocess
import sys
from dataclasses import replace
from uuid import UUID

import pytest
from fhir.resources.R4B.bundle import Bundle
from hypothesis import given, settings

from stewardship.frailty.exchange.document import document, validated
from support.summaries import DAY, PERSON, WITHDRAWN, grown, nothing_known, summary, too_long

IDENTIFIER = UUID("7d9c1f0e-5a30-4b4e-9b52-1f2f3c4d5e6f")
NOT_PLANTED = {"key", "degree_key", "number"}


def bundle_of(one):
    return json.loads(validated(document(one, IDENTIFIER)))


def of_type(bundle, kind):
    return [each["resource"] for each in bundle["entry"] if each["resource"]["resourceType"] == kind]


def sections(bundle):
    return {each["title"]: each for each in bundle["entry"][0]["resource"]["section"]}


def references(value):
    """Every reference anywhere in a resource."""
    if isinstance(value, dict):
        if set(value) == {"reference"}:
            yield value["reference"]
        for each in value.values():
            yield from references(each)
    elif isinstance(value, list):
        for each in value:
            yield from references(each)


def holds_as_a_document(bundle):
    """The rules of documents that models do not know."""
    assert bundle["type"] == "document" and bundle["timestamp"] and bundle["identifier"]["value"]
    assert bundle["entry"][0]["resource"]["resourceType"] == "Composition"
    addresses = [each["fullUrl"] for each in bundle["entry"]]
    assert len(set(addresses)) == len(addresses)
    pointed = set(references(bundle))
    assert pointed <= set(addresses)
    assert set(addresses[1:]) <= pointed, "an entry that nothing points to is not part of the document"
    for each in bundle["entry"][0]["resource"]["section"]:
        assert each["text"]["div"].startswith("<div") and ("entry" in each) != ("emptyReason" in each)


def typed(value):
    """Every text that was planted in a summary, at any depth."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from typed(each)
    elif hasattr(value, "__dataclass_fields__"):
        for name in value.__dataclass_fields__:
            if name not in NOT_PLANTED:
                yield from typed(getattr(value, name))


def test_the_document_is_one_by_the_r4b_models_and_by_the_rules_of_documents():
    for one in (summary(), nothing_known(), too_long()):
        holds_as_a_document(bundle_of(one))


def test_it_comes_back_from_json_the_same():
    written = validated(document(summary(), IDENTIFIER))
    assert Bundle.model_validate_json(written).model_dump_json() == written


@given(grown())
@settings(max_examples=60, deadline=None)
def test_any_part_may_be_missing_and_anything_may_be_typed(one):
    written = validated(document(one, IDENTIFIER))
    assert Bundle.model_validate_json(written).model_dump_json() == written
    holds_as_a_document(json.loads(written))


def test_every_planted_field_is_somewhere_in_it_but_the_way_in():
    one = summary()
    written = json.dumps(bundle_of(one), ensure_ascii=False)
    written += written.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">")
    shown = " ".join(written.split())
    missing = [text for text in typed(replace(one, way_in=None)) if text and text not in shown]
    assert [each for each in missing if each not in {"On the frailty register"}] == []
    assert "key safe" not in shown.lower()


def test_the_patient_is_told_by_nhs_number_under_its_own_address():
    (patient,) = of_type(bundle_of(summary()), "Patient")
    assert patient["identifier"] == [{"system": "https://fhir.nhs.uk/Id/nhs-number", "value": "9990000018"}]
    assert patient["name"] == [{"use": "official", "family": "O'Brien", "given": ["Áine", "Mary"]}]
    assert patient["birthDate"] == "1940-04-03"


@pytest.mark.parametrize(
    ("at", "codes"),
    [(0, ["925861000000102"]), (1, ["52448006"]), (2, [])],
    ids=["frailty", "dementia", "end"],
)
def test_what_the_code_lists_hold_is_coded_and_the_rest_is_text(at, codes):
    (one,) = of_type(
        bundle_of(replace(summary(), conditions=summary().conditions[at : at + 1], problems=())), "Condition"
    )
    assert [each["code"] for each in one["code"].get("coding", [])] == codes
    assert one["code"]["text"]


def test_scores_keep_their_versions_and_their_counts():
    first, second, medicines = of_type(bundle_of(summary()), "Observation")
    assert first["method"]["text"] == "Clinical Frailty Scale, version 2.0"
    assert second["method"]["text"] == "Electronic frailty index, version 2016"
    assert second["component"][0]["valueInteger"] == 13
    assert medicines["valueInteger"] == 9


def test_silence_about_allergies_is_not_taken_for_none():
    asked = replace(summary().medicines, allergies=(), none_known=True)
    assert [
        each["code"]["text"] for each in of_type(bundle_of(summary(medicines=asked)), "AllergyIntolerance")
    ] == ["No known allergies"]
    unknown = bundle_of(summary(medicines=None))
    assert of_type(unknown, "AllergyIntolerance") == []
    assert (
        "emptyReason" in sections(unknown)["Allergies"]
        and "Ask" in sections(unknown)["Allergies"]["text"]["div"]
    )


def test_a_withdrawn_form_is_revoked_and_the_one_that_counts_is_active():
    plans = of_type(bundle_of(summary()), "CarePlan")
    forms = {each["created"]: each for each in plans if each["title"] == "ReSPECT form"}
    assert forms["2026-05-03"]["status"] == "active"
    assert forms["2026-05-10"]["status"] == "revoked" and forms["2026-05-10"]["period"]["end"] == "2026-05-12"
    assert forms["2026-05-10"]["note"][0]["text"] == "WITHDRAWN: 2026-05-12. Signed for another"
    only = bundle_of(summary(respect=None, withdrawn=(WITHDRAWN,)))
    assert [each["status"] for each in of_type(only, "CarePlan") if each["title"] == "ReSPECT form"] == [
        "revoked"
    ]


def test_a_goal_hangs_on_its_problem_and_a_step_on_its_goal():
    bundle = bundle_of(summary())
    by_address = {each["fullUrl"]: each["resource"] for each in bundle["entry"]}
    (goal,) = of_type(bundle, "Goal")
    assert by_address[goal["addresses"][0]["reference"]]["code"]["text"] == "Falls in the kitchen"
    (plan,) = (each for each in of_type(bundle, "CarePlan") if each["title"] == "Plan of care")
    details = [each["detail"] for each in plan["activity"]]
    assert [(each["status"], each["scheduledPeriod"]["end"]) for each in details] == [
        ("scheduled", "2026-07-01"), ("completed", "2026-07-02"),
    ]  # fmt: skip
    assert by_address[details[0]["goal"][0]["reference"]] == goal


def test_an_objection_denies_and_a_consent_permits():
    (permitted,) = of_type(bundle_of(summary()), "Consent")
    assert permitted["provision"]["type"] == "permit"
    (denied,) = of_type(bundle_of(summary(objects=True)), "Consent")
    assert denied["provision"] == {"type": "deny"}
    assert of_type(bundle_of(summary(sharing=None)), "Consent") == []
    flags = [each["code"]["text"] for each in of_type(bundle_of(summary(objects=True)), "Flag")]
    assert "Objects to sharing: not to be handed on" in flags


def test_who_has_died_is_told_to_machines_and_to_people():
    bundle = bundle_of(summary(died_on=DAY, died_at="hospice"))
    assert of_type(bundle, "Patient")[0]["deceasedDateTime"] == "2026-05-03"
    assert (
        "This person has died: 3 May 2026, hospice"
        in bundle["entry"][0]["resource"]["text"]["div"].split("</p>")[0]
    )


def test_where_a_person_with_the_national_flag_lives_is_not_in_it():
    hidden = replace(PERSON, address="", postcode="", phone="", hidden=True)
    (patient,) = of_type(bundle_of(summary(person=hidden)), "Patient")
    assert "address" not in patient and "telecom" not in patient


def test_no_text_is_read_as_markup():
    div = sections(bundle_of(summary()))["What matters to me"]["text"]["div"]
    assert "My garden &amp; my &lt;cat&gt;" in div


def test_the_same_document_is_made_twice_alike_and_another_has_other_addresses():
    assert document(summary(), IDENTIFIER) == document(summary(), IDENTIFIER)
    here, there = (document(summary(), one)["entry"][1]["fullUrl"] for one in (IDENTIFIER, UUID(int=1)))
    assert here != there


def test_what_the_models_refuse_does_not_go_out():
    bundle = document(summary(), IDENTIFIER)
    bundle["entry"][1]["resource"]["birthDate"] = "not a day"
    with pytest.raises(ValueError, match="birthDate"):
        validated(bundle)


def test_the_models_are_loaded_by_whoever_asks_for_a_document_alone():
    asked = "import sys, stewardship.frailty.exchange.document; sys.exit('fhir' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", asked], check=False).returncode == 0
