"""A measure's card: what it is, in words, for whoever reads its figure."""

from stewardship.measures.facts import facts_in
from stewardship.measures.measure import Measure, Statistic
from stewardship.measures.published import Card
from stewardship.measures.published_figures import counted_as
from stewardship.measures.quantities import denominator_of, numerator_of

_METHODS: dict[Statistic, str] = {
    "count": "A count of everyone recorded, so it has no interval.",
    "amount": "A sum of everything recorded, so it has no interval.",
    "mean": "A sum divided by the people it was for; no interval is given.",
    "proportion": "Wilson's interval for a proportion, on counts as they are shown.",
    "rate": "Byar's interval for a count, exact under 10 events, over person-years; both as they are shown.",
    "share of events": "Wilson's interval for a proportion, on counts of events as they are shown.",
    "ratio of events": "One count divided by another, as they are shown; the interval is that of the logarithm of "
    "their ratio. One person may have several of them, so chance is not judged.",
    "mean of events": "A sum divided by the events that it is of; no interval is given.",
    "standardised rate": "Directly standardised to the European Standard Population 2013, with Dobson's "
    "interval; no rate where there are fewer than 10 events, and rounded so that it tells no more than they do.",
    "published": "The limits are the publisher's, where any are given.",
    "life expectancy": "A life table of 20 bands of age, 0 to 90 and over (Chiang II); the interval is by Silcocks's "
    "variance. Rounded so that one death does not show, to a tenth of a year or, where few died, to a half or a whole "
    "one.",
    "slope of life expectancy": "The slope index of inequality: a line through the life expectancy (Chiang II; "
    "Silcocks) of the fifths, each weighted by its people; the interval is of 10,000 draws of the five. Records tell "
    "fifths of deprivation, so it is of fifths; national figures are of tenths. Rounded so that one death does not "
    "show.",
    "against expected": "Byar's interval for the people found, exact under 10, over the number expected, which is "
    "taken as exact.",
}


def card_of(measure: Measure, *, care_area: str, part: str, missing: str) -> Card:
    """The card of a measure as it stands in a part of a care area; missing: why no figure could be made."""
    uncounted = measure.unavailable or measure.programme or measure.figure or measure.of_life
    lists = {fact.codes for e in measure.expressions for fact in facts_in(e) if fact.codes is not None}
    return Card(
        key=measure.key,
        name=measure.name,
        care_area=care_area,
        part=part,
        statistic=measure.statistic,
        unit=measure.unit,
        better=measure.better,
        definition=_definition(measure),
        numerator=measure.numerator_in_words or measure.who_in_words,
        denominator="people expected, as published"
        if measure.expected
        else measure.over_in_words or measure.who_in_words,
        of_people=not (measure.programme or measure.figure),
        repeats=measure.repeats,
        why=measure.why,
        method=_METHODS[measure.statistic],
        source=measure.source,
        code_lists=tuple(
            {"name": codes.name, "title": codes.title, "version": codes.version, "hash": codes.hash}
            for codes in sorted(lists, key=lambda codes: codes.name)
        ),
        missing=missing,
        headline=measure.headline,
        scheme=measure.scheme.in_words,
        largest_hidden=measure.scheme.largest_hidden,
        rounded_to=measure.scheme.rounded_to,
        numerator_is="" if uncounted else numerator_of(counted_as(measure)).name,
        denominator_is="" if uncounted or measure.expected else denominator_of(measure).name,
    )


def _definition(measure: Measure) -> str:
    """One sentence: who or what, of whom, when."""
    who, what = measure.who_in_words, measure.numerator_in_words
    if measure.programme:
        return f"{_capital(what)} in the months that begin in the year, by {who}."
    when = "the year" if measure.pool == 1 else f"{measure.pool} years together"
    match measure.statistic:
        case "count":
            return f"The number of {who}, at the end of the year."
        case "proportion":
            moment = "in the year" if measure.during else "at the end of the year"
            return f"Of {who}, {moment}, the share {what.removeprefix('people ')}."
        case "share of events" | "mean of events":
            over = "as a share of" if measure.statistic == "share of events" else "divided by the number of"
            return f"{_capital(what)} in {when}, {over} {measure.over_in_words}."
        case "ratio of events":
            return f"{_capital(what)} in {when}, for each of {measure.over_in_words}."
        case "rate":
            return f"{_capital(what)} in {when}, {measure.unit} person-years of {who}."
        case "standardised rate":
            return (
                f"{_capital(what)} in {when}, {measure.unit} person-years of {who}, "
                "as if their ages were those of the European standard."
            )
        case "published":
            return f"{_capital(what)}, of {who}, as published for a period that ends in the year ({measure.figure})."
        case "against expected":
            return (
                f"{_capital(what)}, at the end of the year, for each hundred that a published number expects "
                f"({measure.expected})."
            )
        case "life expectancy":
            return (
                f"{_capital(what)}, if at every age as many die as did in {when}, among {who}. It describes these "
                "years, and foretells nobody's life."
            )
        case "slope of life expectancy":
            return f"{_capital(what)}, at the death rates of {when}, among {who}."
        case "mean":
            return f"{_capital(what)} in {when}, divided by the number of {who}."
    return f"{_capital(what)} in {when}, among {who}."


def _capital(words: str) -> str:
    return words[0].upper() + words[1:]
