"""A steward reads what is spent on a care area, and takes the budget away."""


def test_a_steward_reads_the_money(journey):
    journey.signs_in_as("steward")
    journey.opens("/care-areas/diabetes/")
    money = journey.page.locator("#pooled-money")
    text = money.inner_text()
    assert "£249,000 less than the cost of care counted here" in text
    assert "A change of one per cent of it is worth £51,510 a year." in text
    lines = journey.table("#pooled-money")
    assert ["Outpatient attendance", "Exampleshire Hospitals", "£1.4m", "actual"] in lines
    assert money.locator("svg").count() >= 1
    assert "Hidden: small numbers" in text

    journey.switches_to("Blank Marsh")
    assert "are told of the whole system" in journey.page.locator("#pooled-money").inner_text()
