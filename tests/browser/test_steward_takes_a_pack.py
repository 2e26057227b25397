"""A steward takes a care area to the team's meeting: the paper, and the workbook."""

from support.packs_read import book, pdf, said_by_pdf


def test_a_steward_takes_the_pack_and_the_workbook_of_a_network(journey):
    journey.signs_in_as("steward")
    journey.opens("/care-areas/diabetes/")
    journey.switches_to("Blank Marsh")

    named, paper = journey.downloads("Pack for a meeting (PDF)")
    assert named == "diabetes-pack-n1-2026-03-31.pdf"
    assert pdf(paper).metadata.title == "Diabetes, Blank Marsh, by GP practice"
    said = said_by_pdf(paper)
    for finding in journey.page.locator(".sw-minute li strong").all_inner_texts():
        assert finding in said

    named, workbook = journey.downloads("Workbook of every table (Excel)")
    assert named == "diabetes-workbook-n1-2026-03-31.xlsx"
    assert book(workbook).sheetnames[:2] == ["About", "Outcomes"]


def test_both_files_come_without_scripts(journey_without_script):
    journey = journey_without_script
    journey.signs_in_as("steward")
    journey.opens("/care-areas/diabetes/")
    assert journey.downloads("Pack for a meeting (PDF)")[1].startswith(b"%PDF-")
    assert journey.downloads("Workbook of every table (Excel)")[1].startswith(b"PK")
