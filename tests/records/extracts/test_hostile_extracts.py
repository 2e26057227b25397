"""Files that are broken, and rows that mean harm or hold what must not be kept."""

import gzip
import os

import pytest

from stewardship.records.files import SourceError
from support.extract_feed import number, rows_of

ISSUE = rows_of("""
IssueID | NHSNumber | IssueDate  | BNFCode         | Quantity
1       | #1        | 2026-04-01 | 0601022B0AAABAB | 56
""")


@pytest.mark.parametrize(
    "name, content, message",
    [
        ("medications.parquet", b"PAR1 and nothing more PAR1",
         "medications.parquet cannot be read as Parquet: it is damaged or of another kind; send it again."),
        ("medications.csv", b"", "medications.csv is empty: it has no headings and no rows; send it again."),
        ("medications.csv", b"IssueID,IssueDate,BNFCode\n1,2026-04-01,x\n",
         "medications.csv has no column NHSNumber. It has: issueid, issuedate, bnfcode."),
        ("medications.csv", b"NHSNumber,Issue,BNFCode\n1,2026-04-01,x\n",
         "medications.csv has no columns IssueID, IssueDate. It has: nhsnumber, issue, bnfcode."),
        ("medications.csv.gz",
         gzip.compress(b"NHSNumber,IssueID,IssueDate,BNFCode\n1,1,2026-04-01,x\n" * 99, mtime=0)[:-20],
         "medications.csv.gz is cut short: it ends in the middle of its packed content; send it again."),
        ("medications.csv", b"NHSNumber," + b"x" * 140_000 + b"\n1,2\n",
         "medications.csv has no headings: its first line is over 100,000 characters long."),
        ("medications.csv.gz", gzip.compress(b"x" * 5_000_000, mtime=0),
         "medications.csv.gz has no headings: its first line is over 100,000 characters long."),
        ("holiday-snaps.csv", b"a,b\n1,2\n", "holds no file of a kind that general practice sends"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_told_of_in_a_sentence(feed, name, content, message):
    practice = feed()
    (practice.folder / name).write_bytes(content)
    with pytest.raises(SourceError) as error:
        practice.read()
    assert message in str(error.value)
    assert "\n" not in str(error.value)


def test_a_cut_parquet_file_is_told_of(feed):
    practice = feed()
    path = practice.write("medications", ISSUE, "parquet")
    path.write_bytes(path.read_bytes()[:-40])
    with pytest.raises(SourceError, match=r"medications\.parquet cannot be read as Parquet"):
        practice.read()


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_what_must_not_be_kept_is_nowhere(feed, ending):
    """Numbers in codes, phrases, formulas and very long texts: none is in any file that is kept."""
    practice, formula = feed(), "=HYPERLINK(1)"
    spoilt = [number(77), f"see {number(78)}", "call her daughter please", "x" * 100_000, formula]
    rows = [
        {**ISSUE[0], "IssueID": str(place), "BNFCode": code} for place, code in enumerate(["0601", *spoilt])
    ]
    practice.write("medications_2026-04_2026-04", rows, ending)
    practice.write("readings_2026-04_2026-04", rows_of(f"""
    EventID | NHSNumber | SNOMEDConceptID | EventDate  | NumericValue | Unit
    1       | #1        | 271649006       | 2026-04-01 | 120          | {number(77)} mmHg
    """))  # fmt: skip
    spoilt_numbers = {
        "IssueID": int(number(79)),
        "Quantity": float(number(80)),
        "NetIngredientCostPence": int(number(81)),
    }
    as_sent = (
        spoilt_numbers
        if ending == "parquet"
        else {name: f"{each:.0f}" for name, each in spoilt_numbers.items()}
    )
    practice.write("medications_2026-05_2026-05", [{**ISSUE[0], "BNFCode": "0602", **as_sent}], ending)
    practice.read()
    medication = practice.table("medication")
    (numbered,) = [row for row in medication if row["code"] == "0602"]
    assert (numbered["quantity"], numbered["cost_pence"]) == (None, None)
    medication.remove(numbered)
    assert [row["code"] for row in medication] == ["0601", formula]  # a code like any other
    kept = b"".join(path.read_bytes() for path in practice.workspace.rglob("*") if path.is_file())
    kept += b"".join(path.read_bytes() for path in practice.into.rglob("*") if path.is_file())
    told = str(practice.reading) + str(practice.aside()) + str(practice.table("medication"))
    for sent in spoilt_numbers.values():
        assert int(sent) not in numbered.values()
        assert kept.find(int(sent).to_bytes(8, "little")) == -1
    for secret in (number(77), number(78), number(1), "daughter", "x" * 200):
        assert secret.encode() not in kept
        assert secret not in told
    assert practice.table("observation")[0]["unit"] is None
    found = practice.found()
    assert found["Different values of BNFCode that hold an NHS number"] == 2
    assert found["Different values of BNFCode that are no code"] == 2
    assert found["Different values of Unit that hold an NHS number"] == 1
    assert found["Different values of Quantity that hold an NHS number"] == 1
    assert found["Different values of NetIngredientCostPence that hold an NHS number"] == 1


def test_rows_that_cannot_be_split_into_fields_are_set_aside(feed):
    practice = feed()
    text = (
        "IssueID,NHSNumber,IssueDate,BNFCode\n"
        + f"1,{number(1)},2026-04-01,0601\n2,{number(1)},2026-04-01,06,01\n"
    )
    (practice.folder / "medications.csv").write_text(text + f"3,{number(1)},2026-04-03,0601\n")
    practice.read()
    assert practice.counts() == {"medications.csv": (3, 2, 1)}
    assert practice.aside() == [("medications.csv", 2, "", "the row has 5 fields under 4 headings")]


def test_other_files_of_the_folder_are_named(feed):
    practice = feed()
    practice.write("medications", ISSUE)
    practice.write("letters", [{"a": "1"}])
    (practice.folder / "readme.txt").write_text("a\n")
    practice.read()
    assert [each.table for each in practice.reading.findings if each.check == "Files of no kind that is read"] == [
        "letters.csv", "readme.txt",
    ]  # fmt: skip


def test_what_is_no_file_is_named_and_a_link_that_leads_out_is_refused(feed, tmp_path):
    practice = feed()
    practice.write("medications", ISSUE)
    (practice.folder / "readings.parquet").mkdir()
    (practice.folder / "older").mkdir()
    (practice.folder / "gone.csv").symlink_to(practice.folder / "nothing.csv")
    (practice.folder / "round.csv").symlink_to(practice.folder / "round.csv")
    os.mkfifo(practice.folder / "pipe.csv")
    practice.read()
    assert [each.table for each in practice.reading.findings if each.check == "Files of no kind that is read"] == [
        "gone.csv", "older", "pipe.csv", "readings.parquet", "round.csv",
    ]  # fmt: skip
    (tmp_path / "elsewhere.csv").write_text("a\n")
    (practice.folder / "readings.csv").symlink_to(tmp_path / "elsewhere.csv")
    with pytest.raises(SourceError, match=r"readings\.csv is a link that leads out of feed"):
        practice.read()
