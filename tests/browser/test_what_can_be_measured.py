"""A steward finds out what the data can carry, and takes the table along."""


def test_a_steward_sees_what_can_be_measured_and_what_would_unlock_the_rest(journey):
    journey.signs_in_as("steward")
    journey.follows("What can be measured")
    assert journey.heading == "18 of 19 measures can be used, 4 with caution"
    assert journey.table("#unlock")[0][0].startswith("Sending units with HbA1c results")
    assert [row[0].splitlines()[0] for row in journey.table("#caution")] == [
        "Rows dated after the person's death",
        "Rows short of the provider's usual month",
    ]
    name, content = journey.downloads("Download the table (CSV)")
    assert name == "what-can-be-measured.csv"
    assert "Sending units with HbA1c results" in content.decode("utf-8-sig")
    journey.follows("Everything that was looked for")
    assert journey.heading == "What was found in the data"


def test_it_reads_without_script(journey_without_script):
    journey_without_script.signs_in_as("steward")
    journey_without_script.opens("/what-can-be-measured/")
    assert len(journey_without_script.table("#frailty")) == 2
