"""What a steward understands of all care areas in a minute: money, the clearest gap, trends, what is furthest apart."""

from stewardship.measures.published import Snapshot
from stewardship.profiles import words
from stewardship.profiles.overview import AreaSummary, Glance
from stewardship.profiles.sentences import Sentence

NAMED = 3  # areas that a sentence names; of more it gives the number
QUESTION = "That is a question, not a verdict."
JUDGED = {"better": "improving", "worse": "getting worse", "higher": "rising", "lower": "falling"}


def glance_in_a_minute(glance: Glance) -> list[Sentence]:
    """The findings across the areas; those of which nothing can be told are left out."""
    return [*_money(glance), *_gap(glance), *_trends(glance), *_apart(glance)]


def _money(glance: Glance) -> list[Sentence]:
    whole, nobodys = glance.everything, glance.nobodys
    if whole is None or whole.spending is None:
        return []
    spent = f"{words.money(whole.spending)} was spent on care in the year."
    if nobodys is None or nobodys.spending is None:
        return [Sentence(spent, "", "", "")]
    share = f" ({nobodys.share:.1f}%)" if nobodys.share is not None else ""
    more = f"Of it {words.money(nobodys.spending)}{share} belongs to no care area."
    return [Sentence(spent, more, "", "")]


def _gap(glance: Glance) -> list[Sentence]:
    found = [(one, one.clearest) for one in glance.areas if one.clearest is not None]
    if not found:
        more = "No outcome can be compared between the most and the least deprived fifth here."
        return [Sentence("Gaps by deprivation cannot be said.", more, "", "")]
    area, gap = max(found, key=lambda pair: pair[1].strength)
    if not gap.beyond_chance:
        return [Sentence("No area has a gap by deprivation that is larger than chance allows.", "", "", "")]
    finding = f"Clearest gap: {area.card.name}, {words.lower_first(gap.card.name)}, {gap.against}."
    return [Sentence(finding, f"95% interval {gap.interval}.", "", "")]


def _trends(glance: Glance) -> list[Sentence]:
    """Which areas' leading outcome got worse, and how many the others are."""
    of = {
        word: [one for one in glance.areas if one.trend.told.said and one.trend.word == word]
        for word in (*JUDGED, "similar")
    }
    if not any(of.values()):
        return []
    worse = (
        f"Getting worse: {_listed(of['worse'])}."
        if of["worse"]
        else "No area's leading outcome is getting worse."
    )
    others = [
        f"{len(of[word])} {'is' if len(of[word]) == 1 else 'are'} {said}"
        for word, said in JUDGED.items()
        if of[word] and word != "worse"
    ]
    if of["similar"]:
        count = len(of["similar"])
        others.append(f"{count} {'shows' if count == 1 else 'show'} no change beyond chance")
    untold = len(glance.areas) - sum(map(len, of.values()))
    if untold:
        others.append(f"of {untold} it cannot be told")
    said = words.and_list(others)
    return [Sentence(worse, f"{said[:1].upper()}{said[1:]}." if said else "", "", "")]


def _listed(areas: list[AreaSummary]) -> str:
    if len(areas) > NAMED:
        return f"{len(areas)} areas"
    return words.and_list([f"{one.card.name} ({words.lower_first(one.trend.name)})" for one in areas])


def _apart(glance: Glance) -> list[Sentence]:
    """The area whose burden and money, or whose money here and in the whole system, are furthest apart."""
    held = [(one, two) for one in glance.adding_up if (two := two_shares(glance, one)) is not None]
    if not held:
        return []
    area, (first, second) = max(held, key=lambda pair: abs(pair[1][0] - pair[1][1]))
    if glance.is_system:
        said = (
            f"Furthest apart: {area.card.name} has {first:.1f}% of the years of life lost under 75 and "
            f"{second:.1f}% of the money."
        )
    else:
        said = (
            f"Furthest from the whole system: {area.card.name} has {first:.1f}% of the money here and "
            f"{second:.1f}% there."
        )
    return [Sentence(said, QUESTION, "", "")]


def two_shares(glance: Glance, area: AreaSummary) -> tuple[float, float] | None:
    """Burden and money in per cent of the system's; at a place, money there and in the whole system. None if untold."""
    money = area.money_of
    if money is None:
        return None
    pair = (money.years_lost, money.share) if glance.is_system else (money.share, money.of_system)
    first, second = pair
    return None if first is None or second is None else (first, second)


def what_sources_sent(snapshot: Snapshot) -> list[str]:
    """Each source by name, with how many people it told of, or how many rows of what files where it sent no people."""
    return [_sent(snapshot, source) for source in snapshot.sources]


def _sent(snapshot: Snapshot, source: dict[str, object]) -> str:
    name, people = str(source["name"]), source.get("people")
    if isinstance(people, int) and people:
        return f"{name} (about {people:,} people)"
    files = [one for one in snapshot.files if one.get("source") == source["name"] and not one["absent"]]
    rows = sum(one["loaded"] or 0 for one in files)
    if not files or not rows:
        return name
    many = "file" if len(files) == 1 else "files"
    return f"{name} (about {rows:,} rows in {len(files)} {many}, about people whom other sources name)"
