"""A list of opt-outs is applied whole, or stops the build; no value of it is ever shown."""

from datetime import date, timedelta

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from stewardship.records.decisions import USES
from stewardship.records.gate import open_records, permit
from stewardship.records.identity import Identities
from stewardship.records.model import OPT_OUT
from stewardship.records.opt_out_files import OptOutError, check_reach, read_opt_outs
from stewardship.records.opt_outs import OptOutList, kept_opt_outs, write_opt_outs
from stewardship.system.settings import NHS_NUMBERS, Identifier
from support.small_records import TODAY, SmallSource, write_sources

KEYED = Identities(b"a key of a test, 32 bytes long...")
BY_NUMBER = Identifier("nhs number", NHS_NUMBERS, "nhs_number")
BY_PSEUDONYM = Identifier("pseudonym", "lake", "who")
ANN, BOB, CAT = "9990000018", "9990000026", "9990000034"
WHO = dict(zip("ABC", KEYED.person_ids(NHS_NUMBERS, [ANN, BOB, CAT]), strict=True))


def read(folder, text, identifier=BY_NUMBER, identities=KEYED, name="choices.csv"):
    (folder / name).write_bytes(text.encode() if isinstance(text, str) else text)
    return read_opt_outs(folder / name, identities, identifier)


def refusal(*given, **more):
    with pytest.raises(OptOutError) as error:
        read(*given, **more)
    return str(error.value)


def standing(rows, *kinds, today=TODAY):
    listed = OptOutList(rows, today, 21).standing(kinds or ("national",), today).to_pylist()
    return {name for name, person in WHO.items() if person in listed}


def test_a_list_becomes_the_canonical_table(tmp_path):
    rows = read(
        tmp_path,
        f"""nhs_number,kind,start,end
999 000 0018,national,2019-04-01,
{BOB},Type 1,2018-05-25,2023-01-31
999-000-0034,risk stratification objection,,
""",
    )
    assert rows.schema == OPT_OUT.schema
    assert [tuple(row.values()) for row in rows.to_pylist()] == [
        (WHO["A"], "national", date(2019, 4, 1), None, "opt-outs", "choices.csv", 1),
        (WHO["B"], "type 1", date(2018, 5, 25), date(2023, 1, 31), "opt-outs", "choices.csv", 2),
        (WHO["C"], "risk stratification objection", None, None, "opt-outs", "choices.csv", 3),
    ]


@pytest.mark.parametrize("text", [
    f"nhs_number;kind\n{ANN};national\n",
    f"nhs_number\tkind\n{ANN}\tnational",
    f"\ufeffNHS_Number,KIND,note\r\n{ANN}, National ,rang us\r\n\r\n",
    f'end,start,kind,nhs_number\n,,"national","{ANN}"\n',
])  # fmt: skip
def test_a_list_may_be_written_in_several_ways(tmp_path, text):
    assert standing(read(tmp_path, text)) == {"A"}


def test_a_list_may_be_parquet(tmp_path):
    table = pa.table({
        "nhs_number": [int(ANN), int(BOB)], "kind": ["national"] * 2,
        "start": [date(2019, 4, 1)] * 2, "end": pa.array([None, date(2020, 1, 1)]).cast(pa.timestamp("us")),
    })  # fmt: skip
    pq.write_table(table, tmp_path / "choices.parquet")
    assert standing(read_opt_outs(tmp_path / "choices.parquet", KEYED, BY_NUMBER)) == {"A"}


SOUND = f"{ANN},national,2019-04-01,\n"


@pytest.mark.parametrize("row, said", [
    ("9990000019,national,,", "row 2, column nhs_number: (10 digits) is not an NHS number"),
    ("1111111111,national,,", "row 2, column nhs_number: (10 digits) is not an NHS number"),
    ("Ann Other,national,,", "row 2, column nhs_number: (9 characters) is not an NHS number"),
    (",national,,", "row 2, column nhs_number: the empty cell is not an NHS number"),
    (f"{BOB},nation,,", "row 2, column kind: (6 characters) is none of: type 1, national, risk stratification "
                        "objection"),
    (f"national,{BOB},,", "row 2, column nhs_number: (8 characters) is not an NHS number"),
    (f"{BOB},,,", "row 2, column kind: the empty cell is none of: type 1, national, risk stratification objection"),
    (f"{BOB},national,01/04/2019,", "row 2, column start: (10 characters) is not a day: write it as 2020-02-28"),
    (f"{BOB},national,,2019-02-29", "row 2, column end: (10 characters) is not a day: write it as 2020-02-28"),
    (f"{BOB},national,2019-04-01,2019-03-31", "row 2, column end: the end is before the start"),
    (f"{BOB},national", "row 2, column nhs_number: the row has 2 cells, and the heading 4"),
    (f"{BOB},national,,,", "row 2, column nhs_number: the row has 5 cells, and the heading 4"),
])  # fmt: skip
def test_one_row_that_cannot_be_read_stops_the_build_and_is_not_shown(tmp_path, row, said):
    assert refusal(tmp_path, f"nhs_number,kind,start,end\n{SOUND}{row}\n") == (
        f"choices.csv cannot be relied on: {said}. Nothing is built while a choice cannot be read: correct the list."
    )


def test_many_faulty_rows_are_counted(tmp_path):
    said = refusal(tmp_path, "nhs_number,kind\n" + "x,national\n" * 1_234)
    assert said.count("is not an NHS number") == 10
    assert "row 10, column" in said
    assert "; and 1,224 rows more. Nothing is built" in said


@pytest.mark.parametrize("text, said", [
    ("", "has no column nhs_number and no column kind."),
    (f"{ANN},national\n", "has no column nhs_number and no column kind."),
    (f"nhs_number\n{ANN}\n", "has no column kind."),
    (f"nhs_number,kind,kind\n{ANN},national,type 1\n", "has more than one column kind."),
    (b"nhs_number,kind\n\xff\xfe,national\n", "cannot be read as a CSV or Parquet file."),
    ('nhs_number,kind\n"9990000018,national\n', "cannot be read as a CSV or Parquet file."),
])  # fmt: skip
def test_a_file_that_is_no_such_list_stops_the_build(tmp_path, text, said):
    assert refusal(tmp_path, text).startswith(f"choices.csv {said}")


def test_a_file_that_is_not_there_stops_the_build(tmp_path):
    with pytest.raises(OptOutError, match=r"There is no file choices\.csv of opt-outs\."):
        read_opt_outs(tmp_path / "choices.csv", KEYED, BY_NUMBER)


@pytest.mark.parametrize("content", [b"", b"PAR1 and then nothing"])
def test_parquet_that_is_none_stops_the_build(tmp_path, content):
    assert "cannot be read as a CSV or Parquet file" in refusal(tmp_path, content, name="choices.parquet")


def test_a_list_that_changes_while_it_is_read_stops_the_build(tmp_path):
    class Meanwhile(Identities):
        def person_ids(self, namespace, identifiers):
            with (tmp_path / "choices.csv").open("a") as arriving:
                arriving.write(f"{BOB},national\n")
            return super().person_ids(namespace, identifiers)

    said = refusal(tmp_path, f"nhs_number,kind\n{ANN},national\n", identities=Meanwhile(KEYED.key))
    assert said.startswith("choices.csv changed while it was read: nothing was built.")


def test_a_heading_without_rows_says_that_nobody_has_opted_out(tmp_path):
    assert read(tmp_path, "nhs_number,kind\n").num_rows == 0


@pytest.mark.parametrize("end, left_out", [
    ("", True), (str(TODAY), True), (str(TODAY + timedelta(days=1)), True), (str(TODAY - timedelta(days=1)), False),
])  # fmt: skip
def test_an_opt_out_that_has_ended_restores_the_person_the_day_after(tmp_path, end, left_out):
    rows = read(tmp_path, f"nhs_number,kind,start,end\n{ANN},national,2019-04-01,{end}\n")
    assert standing(rows) == ({"A"} if left_out else set())


def test_an_opt_out_made_again_stands(tmp_path):
    rows = read(tmp_path, f"nhs_number,kind,end\n{ANN},national,2020-01-01\n{ANN},national,\n")
    assert standing(rows) == {"A"}


def test_an_opt_out_counts_from_the_day_the_list_holds_it(tmp_path):
    assert standing(read(tmp_path, f"nhs_number,kind,start\n{ANN},national,2030-01-01\n")) == {"A"}


def test_only_the_kinds_asked_for_are_applied(tmp_path):
    rows = read(
        tmp_path, f"nhs_number,kind\n{ANN},national\n{BOB},type 1\n{CAT},risk stratification objection\n"
    )
    assert standing(rows, "type 1") == {"B"}
    assert standing(rows, "type 1", "national") == {"A", "B"}


@pytest.mark.parametrize(
    "old, new",
    [
        ("national,2020-01-01", None),
        (None, "national,2020-01-01"),
        ("national,", "national,2020-01-01"),
        ("national,2020-01-01", "national,"),
    ],
)
def test_somebody_of_two_numbers_has_the_stricter_choice_of_both(tmp_path, old, new):
    """A number that was replaced by another leads to the same person through the crosswalk."""
    merged = Identities(KEYED.key, {NHS_NUMBERS: {BOB: WHO["A"]}})
    rows = [f"{number},{choice}" for number, choice in ((ANN, new), (BOB, old)) if choice]
    read_ = read(tmp_path, "\n".join(["nhs_number,kind,end", *rows, ""]), identities=merged)
    assert standing(read_) == ({"A"} if "national," in (old, new) else set())


def test_a_list_by_pseudonym_reaches_people_of_its_namespace(tmp_path):
    rows = read(tmp_path, "who,kind\n A17 ,national\n", identifier=BY_PSEUDONYM)
    assert rows["person_id"].to_pylist() == KEYED.person_ids("lake", ["a17"])


def test_a_list_that_cannot_name_the_people_of_a_source_stops_the_build():
    with pytest.raises(OptOutError) as error:
        check_reach(BY_NUMBER, {"gp": NHS_NUMBERS, "hospital": "lake", "care": "council"}, KEYED)
    assert str(error.value) == (
        "The list of opt-outs names people by nhs-number, and these sources do not: hospital, care. Nobody's choice "
        "would reach them. Give a list by NHS number and load a crosswalk from their pseudonyms to NHS numbers, with "
        "`stewardship vault load-crosswalk`; or give a list in their namespace."
    )


def test_a_crosswalk_from_the_sources_own_namespace_lets_a_list_by_nhs_number_reach_it():
    linked = Identities(KEYED.key, {"lake": {"a17": 5}})
    check_reach(BY_NUMBER, {"gp": NHS_NUMBERS, "hospital": "lake"}, linked)
    check_reach(BY_PSEUDONYM, {"hospital": "lake"}, KEYED)


@pytest.mark.parametrize("identifier, source, crosswalk", [
    (BY_NUMBER, "lake", {NHS_NUMBERS: {ANN: 5}}),  # superseded numbers alone
    (BY_NUMBER, "lake", {"council": {"c1": 5}}),  # somebody else's links
    (BY_PSEUDONYM, NHS_NUMBERS, {"lake": {"a17": 5}}),
    (BY_PSEUDONYM, "council", {"council": {"c1": 5}}),  # leads to NHS numbers, which the list does not hold
])  # fmt: skip
def test_links_of_other_namespaces_reach_nobody_of_a_source(identifier, source, crosswalk):
    with pytest.raises(OptOutError, match=r"these sources do not: feed\. Nobody's choice"):
        check_reach(identifier, {"feed": source}, Identities(KEYED.key, crosswalk))


def test_the_list_is_kept_with_its_day_and_without_nhs_numbers(tmp_path):
    rows = read(tmp_path, f"nhs_number,kind\n{ANN},national\n")
    assert kept_opt_outs(tmp_path, oldest_days=7) is None
    write_opt_outs(tmp_path, OptOutList(rows, date(2026, 6, 20), 21))
    kept = kept_opt_outs(tmp_path, oldest_days=7)
    assert (kept.as_of, kept.oldest_days) == (date(2026, 6, 20), 7)
    assert kept.rows.equals(rows)
    assert ANN.encode() not in (tmp_path / "opt_outs.parquet").read_bytes()


def test_somebody_who_opted_out_and_died_stays_left_out(tmp_path, engine):
    rows = read(tmp_path, f"nhs_number,kind\n{ANN},national\n")
    dead = {"death": [{"person_id": WHO[name], "date": date(2020, 2, 3)} for name in "AB"]}
    write_sources(tmp_path / "records", {"gp": SmallSource("general practice", dead)})
    permitted = permit(
        USES["planning-results"], row=5, basis="in words", today=TODAY, opt_outs=OptOutList(rows, TODAY, 21)
    )
    seen = open_records(tmp_path / "records", engine, permitted).table("death")
    assert engine.ibis.to_pyarrow(seen.person_id).to_pylist() == [WHO["B"]]


def test_a_list_and_a_permit_print_nobody(tmp_path):
    rows = read(tmp_path, f"nhs_number,kind\n{ANN},national\n")
    permitted = permit(
        USES["planning-results"], row=5, basis="in words", today=TODAY, opt_outs=OptOutList(rows, TODAY, 21)
    )
    assert str(WHO["A"]) not in repr(permitted)
