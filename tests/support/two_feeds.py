"""A general practice's feed and a hospital's about the same invented people, and one feed in which both are linked.

NHS numbers are of the range 999, which is issued to nobody. The practice writes them with spaces in places, the
hospital in other places; each has numbers of its own for people and events.
"""

from pathlib import Path

from stewardship.rules.nhs_number import check_digit

LAST_DAY = "2024-06-30"
PERSON = "person_id,person_source_value,gender_concept_id,year_of_birth,month_of_birth,day_of_birth\n"
PERIOD = "observation_period_id,person_id,observation_period_start_date,observation_period_end_date\n"
CONDITION = "condition_occurrence_id,person_id,condition_source_value,condition_start_date\n"
VISIT = "visit_occurrence_id,person_id,visit_concept_id,visit_source_value,visit_start_date,visit_end_date\n"
DEATH = "person_id,death_date\n"
TYPE_2 = "44054006"

PATIENTS = 120  # of the practice
SEEN = range(60, 160)  # by the hospital; the last forty are nobody's patients here


def nhs_numbers(count: int) -> list[str]:
    """So many valid numbers that begin with 999."""
    made: list[str] = []
    stem = 999_000_001
    while len(made) < count:
        digit = check_digit(str(stem))
        if digit is not None:
            made.append(f"{stem}{digit}")
        stem += 1
    return made


NUMBERS = nhs_numbers(160)


def _person(own: int, i: int, written: str) -> str:
    return f"{own},{written},{8532 if i % 2 else 8507},{1930 + i % 60},3,4\n"


def _spaced(number: str, i: int) -> str:
    return f"{number[:3]} {number[3:6]} {number[6:]}" if i % 3 == 0 else number


def _diabetic(i: int) -> bool:
    return i % 2 == 0


def _admissions(i: int) -> int:
    return 2 if i % 4 == 0 else 0


def _write(folder: Path, tables: dict[str, str]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(text)
    return folder


def practice(folder: Path) -> Path:
    """Everyone registered, who has diabetes, and who died."""
    people = range(PATIENTS)
    return _write(folder, {
        "PERSON": PERSON + "".join(_person(1000 + i, i, _spaced(NUMBERS[i], i)) for i in people),
        "OBSERVATION_PERIOD": PERIOD + "".join(f"{i},{1000 + i},2010-01-01,{LAST_DAY}\n" for i in people),
        "CONDITION_OCCURRENCE": CONDITION + "".join(
            f"{i},{1000 + i},{TYPE_2},2015-05-05\n" for i in people if _diabetic(i)
        ),
        "DEATH": DEATH + "".join(f"{1000 + i},2023-09-09\n" for i in people if i % 30 == 7),
    })  # fmt: skip


def hospital(folder: Path) -> Path:
    """Whom it saw, their emergency admissions, and of whom it knows that they died, a day later."""
    return _write(folder, {
        "PERSON": PERSON + "".join(_person(5 + i, i, _spaced(NUMBERS[i], i + 1)) for i in SEEN),
        "OBSERVATION_PERIOD": PERIOD + "".join(f"{i},{5 + i},2000-01-01,2024-12-31\n" for i in SEEN),
        "VISIT_OCCURRENCE": VISIT + _visits(lambda i: 5 + i),
        "DEATH": DEATH + "".join(f"{5 + i},2023-09-10\n" for i in SEEN if i % 30 == 7),
    })  # fmt: skip


def linked(folder: Path) -> Path:
    """The same in one feed, as whoever linked it would send it: the practice's people, deaths and periods."""
    everybody = range(len(NUMBERS))
    of_practice = practice(folder)
    (of_practice / "PERSON.csv").write_text(
        PERSON + "".join(_person(1000 + i, i, NUMBERS[i]) for i in everybody)
    )
    (of_practice / "VISIT_OCCURRENCE.csv").write_text(VISIT + _visits(lambda i: 1000 + i))
    deaths = [f"{1000 + i},2023-09-{'09' if i < PATIENTS else '10'}\n" for i in everybody if i % 30 == 7]
    (of_practice / "DEATH.csv").write_text(DEATH + "".join(deaths))
    return of_practice


def _visits(own) -> str:
    return "".join(
        f"{10 * i + n},{own(i)},9201,emergency,2024-0{1 + n}-10,2024-0{1 + n}-12\n"
        for i in SEEN
        for n in range(_admissions(i))
    )
