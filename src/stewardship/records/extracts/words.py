"""What partners' codes mean, as SQL over a typed row: sex, ethnic group, birth, codes of diseases and procedures."""

from collections.abc import Mapping

from stewardship.records.engine import quoted
from stewardship.records.extracts.shape import Fills, Heading, code, whole
from stewardship.records.extracts.typed import one_of
from stewardship.records.model import COST_BASES
from stewardship.records.units import CONVERSIONS, SPELLINGS, Conversion

# NHS Data Dictionary: PERSON STATED GENDER CODE and PERSON GENDER CODE CURRENT; general practice sends letters.
_SEXES = {"male": ("1", "M"), "female": ("2", "F")}
# ETHNIC CATEGORY CODE of 2001 (letters) and ETHNIC GROUP of 1995 to 2001 (digits), NHS Data Dictionary. Chinese has
# been Asian since the census of 2011.
_ETHNIC_GROUPS = {
    "White": ("A", "B", "C", "0"),
    "Mixed": ("D", "E", "F", "G"),
    "Asian": ("H", "J", "K", "L", "R", "4", "5", "6", "7"),
    "Black": ("M", "N", "P", "1", "2", "3"),
    "Other": ("S", "8"),
}
_BABIES = (7001, 7007)  # HES STARTAGE: bands of days and months below one year

SEX = code("Sex", values=("1", "2", "9", "0", "M", "F", "U", "X", "I"), becomes="sex")


COST = (
    whole("CostPence", becomes="cost in pence"),
    code("CostBasis", values=COST_BASES, becomes="how the cost is known"),
)


def costs(otherwise: str) -> dict[str, str]:
    """What the headings of `COST` fill. otherwise: how a cost is known of which that is not told."""
    basis = f"CASE WHEN CostPence IS NOT NULL THEN coalesce(CostBasis, {quoted(otherwise)}) END"
    return {"cost_pence": "CostPence", "cost_basis": basis}


def ethnic_category(name: str, *aliases: str) -> Heading:
    """The heading of a person's ethnic category."""
    known = tuple(each for codes in _ETHNIC_GROUPS.values() for each in codes)
    return code(name, *aliases, values=(*known, "Z", "X", "9", "99"), becomes="ethnic group, of five")


def demographics(seen: str = "NULL", *, ethnic: str = "EthnicGroup", age: str = "", where: str = "") -> Fills:
    """What a row tells of its person. seen: SQL of the day of which it tells. age: the heading of the age on that day,
    which gives the year of birth where the row has no date of birth."""
    born, given = "DateOfBirth", "DateOfBirth_given"
    if age:
        born = f"coalesce(DateOfBirth, {_year_of_birth(age, seen)})"
        given = "CASE WHEN DateOfBirth IS NOT NULL THEN DateOfBirth_given ELSE 'year' END"
    columns = {
        "birth_date": born,
        "birth_precision": given,
        "sex": _cases("Sex", _SEXES, "unknown"),
        "ethnic_group": _cases(ethnic, _ETHNIC_GROUPS, "Not known"),
        "seen": seen,
    }
    return Fills("demographics", columns, where=where)


def _year_of_birth(age: str, on: str) -> str:
    """The one 1 July on which somebody of that age on that day can have been born."""
    years = (
        f"CASE WHEN {age} BETWEEN {_BABIES[0]} AND {_BABIES[1]} THEN 0 WHEN {age} < 130 THEN floor({age}) END"
    )
    return f"make_date((year({on}) - ({years}) - (month({on}) < 7)::INTEGER)::INTEGER, 7, 1)"


def _cases(heading: str, words: Mapping[str, tuple[str, ...]], otherwise: str) -> str:
    whens = " ".join(f"WHEN {one_of(heading, codes)} THEN {quoted(word)}" for word, codes in words.items())
    return f"CASE {whens} ELSE {quoted(otherwise)} END"


def icd10(sent: str) -> str:
    """An ICD-10 code without dots, filler (the X of I10X) or the mark of dagger and asterisk."""
    plain = f"upper(replace({sent}, '.', ''))"
    return f"(left({plain}, 1) || rtrim(substr({plain}, 2), 'DAX-'))"


def opcs4(sent: str) -> str:
    """An OPCS-4 code without dots."""
    return f"rtrim(upper(replace({sent}, '.', '')), '-')"


def unit(sent: str) -> str:
    """A unit as it is spelt here."""
    # Lists are looked up once for each unit that occurs, not row by row.
    ways = [(way, name) for name, all_ways in SPELLINGS.items() for way in (name.lower(), *all_ways)]
    known, names = (", ".join(quoted(pair[place]) for pair in ways) for place in (0, 1))
    return f"coalesce(list_extract([{names}], nullif(list_position([{known}], lower({sent})), 0)), {sent})"


def converted(concept: str, sent_unit: str, of: str) -> str:
    """A value (`of` "value") or its unit (`of` "unit"), in the unit in which values of that SNOMED code are
    compared."""
    whens = []
    for each in CONVERSIONS:
        if codes := _snomed(each):
            when = f"{unit(sent_unit)} = {quoted(each.sent)} AND {one_of(concept, codes)}"
            value = f"round(NumericValue * {each.factor!r} + {each.offset!r}, {each.places})"
            whens.append(f"WHEN {when} THEN {value if of == 'value' else quoted(each.to)}")
    as_sent = "NumericValue" if of == "value" else unit(sent_unit)
    return f"CASE WHEN {_never_converted(concept)} THEN {as_sent} {' '.join(whens)} ELSE {as_sent} END"


def is_converted(concept: str, sent_unit: str) -> str:
    """Whether a value is brought to another unit."""
    differs = f"{converted(concept, sent_unit, 'unit')} <> {unit(sent_unit)} AND NumericValue IS NOT NULL"
    return f"CASE WHEN {_never_converted(concept)} THEN false ELSE {differs} END"


def _snomed(conversion: Conversion) -> tuple[str, ...]:
    return tuple(name for system, name in conversion.codes if system == "SNOMED")


def _never_converted(concept: str) -> str:
    """SQL of whether no value of the code is ever brought to another unit: most rows are done with that."""
    codes = dict.fromkeys(code for each in CONVERSIONS for code in _snomed(each))
    return f"NOT coalesce({one_of(concept, tuple(codes))}, false)"
