"""The artificial records of Hospital Episode Statistics, against figures counted by hand-written SQL."""

import shutil
from pathlib import Path

import duckdb
import pytest

from stewardship.records.identity import Naming
from support.extract_feed import KEYED, ExtractFeed

HES = Path(__file__).resolve().parents[4] / "shared" / "data" / "hes_artificial"
pytestmark = pytest.mark.skipif(not HES.is_dir(), reason="the artificial records are not here")
FILES = {
    "apc": "artificial_hes_apc_2001-02",
    "op": "artificial_hes_op_2003-04",
    "ae": "artificial_hes_ae_2007-08",
}


@pytest.fixture(scope="module")
def hes(tmp_path_factory):
    """All three extracts read as one hospital's."""
    naming = Naming(KEYED, "hes", "PSEUDO_HESID", "pseudonym")
    made = ExtractFeed(tmp_path_factory.mktemp("hes"), "hospital", naming=naming)
    for name in FILES.values():
        shutil.copyfile(HES / f"{name}.csv.gz", made.folder / f"{name}.csv.gz")
    made.read()
    return made


def counted(what: str, of: str, where: str = "true") -> int:
    """A figure of a file as it was sent."""
    rows = f"read_csv('{HES / FILES[of]}.csv.gz', all_varchar = true)"
    return duckdb.sql(f"SELECT {what} FROM {rows} WHERE {where}").fetchall()[0][0]


def test_every_row_is_loaded_or_set_aside(hes):
    assert hes.counts() == {
        f"{FILES['ae']}.csv.gz": (700, 700, 0),
        f"{FILES['apc']}.csv.gz": (1400, 1400, 0),
        f"{FILES['op']}.csv.gz": (700, 700, 0),
    }


def test_stays_are_those_of_person_provider_and_day_of_admission(hes):
    stays = counted(
        "count(DISTINCT CASE WHEN ADMIDATE < '1900' THEN EPIKEY "
        "ELSE PSEUDO_HESID || coalesce(PROCODET, '') || ADMIDATE END)", "apc",
    )  # fmt: skip
    points = [row["point_of_delivery"] for row in hes.table("activity")]
    assert len(points) - points.count("outpatient") - points.count("emergency_department") == stays
    assert points.count("outpatient") == counted("count(*)", "op", "ATTENDED IN ('5', '6')")
    assert points.count("emergency_department") == 700


def test_first_attendances_departments_and_minutes_are_those_sent(hes):
    contacts = hes.table("activity")
    for attendance, code in (("first", "1"), ("follow-up", "2")):
        sent = counted("count(*)", "op", f"ATTENDED IN ('5', '6') AND FIRSTATT = '{code}'")
        assert [row["attendance"] for row in contacts].count(attendance) == sent > 0
    assert [row["department"] for row in contacts].count("99") == 700
    hours = "(left({0}, 2)::INTEGER * 60 + right({0}, 2)::INTEGER)"
    arrived, left = hours.format("lpad(ARRIVALTIME, 4, '0')"), hours.format("lpad(DEPTIME, 4, '0')")
    timed = f"{left} + {arrived} > 0 AND {left} < 1440"  # 4000 is "not known"
    minutes = counted(f"sum(({left} - {arrived} + 1440) % 1440)", "ae", timed)
    assert sum(row["minutes"] or 0 for row in contacts) == minutes


def test_day_cases_are_those_of_the_first_episode(hes):
    first = (
        "(SELECT *, row_number() OVER (PARTITION BY CASE WHEN ADMIDATE < '1900' THEN EPIKEY ELSE PSEUDO_HESID || "
        "coalesce(PROCODET, '') || ADMIDATE END ORDER BY EPIORDER::INTEGER, EPISTART, EPIKEY::BIGINT) AS nth FROM "
        f"read_csv('{HES / FILES['apc']}.csv.gz', "
        "all_varchar = true))"
    )
    unplanned = "('21', '22', '23', '24', '25', '28', '2A', '2B', '2C', '2D', '31', '32', '82', '83', '81', '84', '89')"
    ((cases,),) = duckdb.sql(
        f"SELECT count(*) FROM {first} WHERE nth = 1 AND CLASSPAT = '2' AND ADMIMETH NOT IN {unplanned}"
    ).fetchall()
    assert [row["point_of_delivery"] for row in hes.table("activity")].count("day_case") == cases > 150


def test_every_diagnosis_and_procedure_is_kept(hes):
    def said(columns: str, of: str, where: str = "true") -> int:
        rows = f"read_csv('{HES / FILES[of]}.csv.gz', all_varchar = true)"
        cells = f"(SELECT unnest([{columns}]) AS v FROM {rows} WHERE {where})"
        ((n,),) = duckdb.sql(f"SELECT count(*) FROM {cells} WHERE regexp_matches(v, '[A-Z0-9]')").fetchall()
        return n

    def numbered(stem: str, upto: int) -> str:
        return ", ".join(f"{stem}_{place:02}" for place in range(1, upto + 1))

    attended = "ATTENDED IN ('5', '6')"
    diagnoses = (
        said(numbered("DIAG_4", 20), "apc")
        + said(numbered("DIAG_4", 12), "op", attended)
        + said(numbered("DIAG2", 12), "ae")
    )
    procedures = said(numbered("OPERTN_4", 24), "apc") + said(numbered("OPERTN_4", 24), "op", attended)
    kinds = [row["kind"] for row in hes.table("activity_code")]
    assert (kinds.count("diagnosis"), kinds.count("procedure")) == (diagnoses, procedures)
    assert not [row for row in hes.table("activity_code") if row["code"].endswith("X") or "&" in row["code"]]


def test_days_and_births_that_stand_for_not_known_are_not_known(hes):
    days = [row[each] for row in hes.table("activity") for each in ("start", "end") if row[each]]
    assert min(days).year > 1990
    people = hes.table("person")
    assert min(row["birth_date"] for row in people).year > 1870
    by_month = counted("count(DISTINCT PSEUDO_HESID)", "apc", "MYDOB <> '011801'")
    assert sum(row["birth_precision"] == "month" for row in people) == by_month
    assert counted("count(*)", "apc", "MYDOB = '011801' OR STARTAGE BETWEEN '7001' AND '7007'") > 0
    assert {row["birth_precision"] for row in people} == {"month", "year"}


@pytest.mark.parametrize("born, expected", [("041968", "1968-04-01"), ("011801", None), ("1800-01-01", None)])
def test_a_birth_told_by_its_month_or_not_at_all(feed, born, expected):
    hospital = feed("hospital", naming=Naming(KEYED, "hes", "PSEUDO_HESID", "pseudonym"))
    row = {
        "PSEUDO_HESID": "TEST1",
        "EPIKEY": "1",
        "MYDOB": born,
        "SEX": "1",
        "ETHNOS": "0",
        "EPISTART": "2001-05-01",
    }
    hospital.write("apc_2001-02", [{**row, "ADMIDATE": "1801-01-01", "DISDATE": "1801-01-01"}])
    hospital.read()
    assert [str(each["birth_date"]) for each in hospital.table("person")] == ([expected] if expected else [])
    (stay,) = hospital.table("activity")
    assert (str(stay["start"]), stay["end"]) == ("2001-05-01", None)


@pytest.mark.parametrize(
    "age, on, expected",
    [
        ("54", "2004-03-31", "1949-07-01"),
        ("33", "2003-09-17", "1970-07-01"),
        ("7003", "2004-03-31", "2003-07-01"),
    ],
)
def test_an_age_tells_the_year_of_birth(feed, age, on, expected):
    """The one 1 July on which somebody of that age on that day can have been born."""
    hospital = feed("hospital", naming=Naming(KEYED, "hes", "PSEUDO_HESID", "pseudonym"))
    hospital.write("op_2003-04", [
        {"PSEUDO_HESID": "TEST1", "ATTENDKEY": "1", "APPTAGE": age, "APPTDATE": on, "ATTENDED": "5", "ETHNOS": "7"},
    ])  # fmt: skip
    hospital.read()
    (known,) = hospital.table("person")
    assert (str(known["birth_date"]), known["birth_precision"], known["ethnic_group"]) == (
        expected,
        "year",
        "Asian",
    )
