"""What stops a reading, and the sentence that says so."""

import gzip

import pytest

from stewardship.records.files import SourceError, list_folder
from support.omop_feed import PERSON, VISIT, Feed


def refusal(feed: Feed) -> str:
    with pytest.raises(SourceError) as refused:
        feed.read()
    return str(refused.value)


def test_a_folder_without_person(feed):
    feed.write("visit_occurrence.csv", VISIT)
    assert refusal(feed) == "There is no PERSON table: every OMOP feed needs one. Found: visit_occurrence."


def test_an_empty_folder(feed):
    assert refusal(feed) == "There is no PERSON table: every OMOP feed needs one. Found: no table."


def test_a_folder_that_is_not_there(feed):
    feed.folder.rmdir()
    assert refusal(feed) == f"There is no folder {feed.folder}: give the folder that holds the files."


def test_person_of_no_bytes(feed):
    feed.write("PERSON.csv", "")
    assert refusal(feed) == "PERSON.csv is empty: it has no headings and no rows; send it again."


def test_a_file_of_the_wrong_table(feed):
    feed.write("PERSON.csv", "measurement_id,measurement_date,value_as_number\n1,2020-01-01,5\n")
    assert refusal(feed) == (
        "PERSON.csv has no column person_id. It has: measurement_id, measurement_date, value_as_number."
    )


def test_several_needed_columns_missing(feed):
    feed.with_people().write("CONDITION_OCCURRENCE.csv", "person_id,condition_concept_id\n1,5\n")
    assert refusal(feed) == (
        "CONDITION_OCCURRENCE.csv has no columns condition_occurrence_id, condition_start_date. "
        "It has: person_id, condition_concept_id."
    )


def test_a_delimiter_we_do_not_know_shows_the_heading_whole(feed):
    feed.write("PERSON.csv", "person_id^year_of_birth\n1^1950\n")
    assert refusal(feed) == "PERSON.csv has no column person_id. It has: person_id^year_of_birth."


def test_a_gzip_cut_short(feed):
    whole = gzip.compress(PERSON.encode() * 200)
    feed.write("PERSON.csv", "")
    (feed.folder / "PERSON.csv").rename(feed.folder / "PERSON.csv.gz")
    (feed.folder / "PERSON.csv.gz").write_bytes(whole[:-12])
    assert refusal(feed) == (
        "PERSON.csv.gz is cut short: it ends in the middle of its packed content; send it again."
    )


def test_a_gzip_with_a_wrong_check_sum(feed):
    whole = bytearray(gzip.compress(PERSON.encode()))
    whole[-7] ^= 0xFF
    (feed.folder / "PERSON.csv.gz").write_bytes(bytes(whole))
    assert refusal(feed) == "PERSON.csv.gz is damaged or is not a gzip file: send it again."


def test_a_plain_file_named_as_gzip(feed):
    (feed.folder / "PERSON.csv.gz").write_text(PERSON)
    assert refusal(feed) == "PERSON.csv.gz is damaged or is not a gzip file: send it again."


def test_text_in_two_bytes_a_letter(feed):
    feed.write("PERSON.csv", PERSON.encode("utf-16"))
    assert refusal(feed) == "PERSON.csv is not UTF-8 text: save it as UTF-8."


def test_two_files_of_one_table(feed):
    feed.write("PERSON.csv", PERSON).write("person.csv.gz", PERSON)
    assert refusal(feed) == "PERSON.csv and person.csv.gz are both the table person: keep one of them."


def test_a_link_that_leads_out_of_the_folder(feed, tmp_path):
    (tmp_path / "elsewhere.csv").write_text(VISIT)
    feed.write("PERSON.csv", PERSON)
    (feed.folder / "visit_occurrence.csv").symlink_to(tmp_path / "elsewhere.csv")
    assert refusal(feed) == (
        f"visit_occurrence.csv is a link that leads out of {feed.folder.name}: put the file itself into the folder."
    )


def test_a_link_within_the_folder_is_read_and_one_to_nothing_is_named(feed):
    (feed.folder / "sent").mkdir(parents=True)
    (feed.folder / "sent" / "first.csv").write_text(PERSON + "1,M,1950\n")
    (feed.folder / "PERSON.csv").symlink_to(feed.folder / "sent" / "first.csv")
    (feed.folder / "death.csv").symlink_to(feed.folder / "death.csv")
    listing = list_folder(feed.folder)
    assert listing.tables == {"person": feed.folder / "PERSON.csv"}
    assert listing.others == ("death.csv", "sent")


def test_a_heading_twice(feed):
    feed.write("PERSON.csv", "person_id,year_of_birth,Person_ID \n1,1950,1\n")
    assert refusal(feed) == "PERSON.csv has the heading person_id twice: give each column its own."


def test_a_quotation_mark_never_closed(feed):
    feed.with_people().write(
        "LOCATION.csv",
        'location_id,location_source_value\n1,E01000001\n2,"E01000002\n3,E01000003\n4,E01000004\n',
    )
    assert refusal(feed) == (
        "LOCATION.csv: a quotation mark is opened in row 2 and never closed: close it, or write it twice."
    )


def test_a_damaged_parquet_file(feed):
    feed.with_people().write("death.parquet", b"PAR1 but nothing more PAR1")
    assert (
        refusal(feed)
        == "death.parquet cannot be read as Parquet: it is damaged or of another kind; send it again."
    )


def test_two_kinds_of_line_ending(feed):
    feed.write("PERSON.csv", b"person_id,year_of_birth\r\n1,1950\n2,1960\r\n")
    assert refusal(feed) == "PERSON.csv mixes two kinds of line ending: save it with one kind."


def test_a_file_that_is_no_duckdb_file(feed, tmp_path):
    feed.folder = tmp_path / "records.duckdb"
    feed.folder.write_text("not a database")
    assert (
        refusal(feed) == "records.duckdb cannot be opened as a DuckDB file: give a folder or a DuckDB file."
    )


def test_a_reading_that_failed_can_be_tried_again(feed):
    feed.with_people().write("DEATH.csv", "person_id\n1\n")
    refusal(feed)
    feed.write("DEATH.csv", "person_id,death_date\n1,2024-05-05\n")
    assert feed.read().people == 2
