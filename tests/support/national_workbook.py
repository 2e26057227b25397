"""Workbooks laid out as the national ones of cancer waiting times, of organisations that do not exist."""

import io
import re
import zipfile

import openpyxl

ALL = "ALL CANCERS"
NAMES = {"ZZT01": "NOTIONAL NHS TRUST", "ZZT02": "FICTION NHS TRUST"}
BOARDS = {
    "ZZS": "NHS EXAMPLESHIRE INTEGRATED CARE BOARD",
    "ZZT": "ELSEWHERE COMMISSIONING HUB",
    "UNKNOWN": "UNKNOWN",
}
BANDS = {
    "28": ("WITHIN 14 DAYS", "IN 15 TO 28 DAYS", "IN 29 TO 42 DAYS", "IN 43 TO 62 DAYS", "AFTER 62 DAYS"),
    "31": ("WITHIN 31 DAYS ", "IN 32 TO 38 DAYS", "IN 39 TO 48 DAYS", "IN 49 TO 62 DAYS", "AFTER 62 DAYS"),
    "62": ("WITHIN 31 DAYS", "IN 32 TO 38 DAYS", "IN 39 TO 48 DAYS", "IN 49 TO 62 DAYS", "IN 63 TO 76 DAYS",
           "IN 77 TO 90 DAYS", "IN 91 TO 104 DAYS", "AFTER 104 DAYS"),
    "14": ("WITHIN 14 DAYS", "IN 15 TO 16 DAYS", "IN 17 TO 21 DAYS", "IN 22 TO 28 DAYS", "AFTER 28 DAYS"),
}  # fmt: skip
ROUTES = (
    ("PART A: ALL ROUTES", "ALL ROUTES"),
    ("PART B: URGENT SUSPECTED CANCER", "Urgent Suspected Cancer"),
    ("PART C: BREAST SYMPTOMATIC", "Breast Symptomatic"),
    ("PART D: URGENT SCREENING", "Screening"),
    ("PART E: CONSULTANT UPGRADE", "Consultant Upgrade"),
)
STAGES = (
    ("PART A: ALL STAGES", "ALL STAGES"),
    ("PART B: FIRST TREATMENTS", "First Treatment"),
    ("PART C: SUBSEQUENT TREATMENTS", "Subsequent Treatment"),
)
LOST_DRAWING = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/drawing" '
    'Target="/xl/drawings/drawing99.xml"/></Relationships>'
)
SUSPECTED = "Suspected skin cancer"
SYMPTOMS = "Exhibited (non-cancer) breast symptoms - cancer not initially suspected"


class NationalWorkbook:
    """A workbook of one month, sound until a test changes it: `sheet` gives its cells, `save` writes it.

    Each organisation has 20 within and 10.5 after the 62 days by the urgent route and as many screened, 30 of 40 within
    31 days at each stage, 50 of 60 within 28 days; skin cancer and surgery are all there is.
    """

    def __init__(self, basis="provider", month="March 2025", written="Mar-25", status="Final"):
        self.basis, self.written = basis, written
        self.names = NAMES if basis == "provider" else BOARDS
        self.book = openpyxl.Workbook()
        page = self.book.active
        page.title = "Frontpage"
        page["A5"] = f"Status: {status} Official Statistics"
        page["A7"] = f"Cancer Waiting Times statistics: {basis.title()} Based"
        page["A8"] = month
        page["A38"] = '=HYPERLINK("https://example.org/", "the guidance")'
        self._fill()

    def sheet(self, name):
        return self.book[name]

    def row_of(self, name, code, part=1):
        """The number of the first row of an organisation in a part of a sheet, counted from 1."""
        found = [row[1].row for row in self.sheet(name).iter_rows() if row[1].value == code]
        return found[part - 1]

    def save(self, path):
        """Write it as the national ones are: each sheet says it has one cell, and a drawing is not there."""
        written = io.BytesIO()
        self.book.save(written)
        with zipfile.ZipFile(written) as made, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for part in made.infolist():
                archive.writestr(part.filename, _as_national(part.filename, made.read(part)))
            for number in range(2, len(self.book.worksheets) + 1):
                archive.writestr(f"xl/worksheets/_rels/sheet{number}.xml.rels", LOST_DRAWING)
        return path

    def _fill(self):
        routes = [(part, route, (20, 10.5)) for part, route in ROUTES[1:] if route in _TREATED]
        routes.insert(0, (*ROUTES[0], (40, 21)))
        stages = [(part, stage, (60, 20) if "ALL" in stage else (30, 10)) for part, stage in STAGES]
        self._sheet(
            "28-DAY FDS (ALL ROUTES)", "28", ("REFERRAL ROUTE",), [("", [(("ALL ROUTES",), (50, 10))])]
        )
        self._sheet(
            "28-DAY FDS (BY ROUTE)", "28", ("REFERRAL ROUTE", "SUSPECTED CANCER OR BREAST SYMPTOMATIC (2)"),
            [("", [(("URGENT SUSPECTED CANCER", SUSPECTED), (30, 5)),
                   (("BREAST SYMPTOMATIC, CANCER NOT SUSPECTED", SYMPTOMS), (20, 5))])],
        )  # fmt: skip
        for standard, by, groups in (("31", "TREATMENT STAGE", stages), ("62", "REFERRAL ROUTE", routes)):
            for name, heading, words in (
                ("ALL CANCER", "CANCER TYPE", ALL),
                ("BY CANCER", "CANCER TYPE (3)", "Other (a)"),
                ("BY TREATMENT MODALITY", "TREATMENT MODALITY (4)", "Surgery"),
            ):
                parts = [(part, [((group, words), counts)]) for part, group, counts in groups]
                self._sheet(f"{standard}-DAY ({name})", standard, (by, heading), parts)
        self._sheet(
            "USC referral to FOA", "14", ("SUSPECTED TYPE OF CANCER",), [("", [((SUSPECTED,), (7, 3))])]
        )
        self._sheet("UBS referral to FHA", "14", ("REFERRAL REASON",), [("", [((SYMPTOMS,), (4, 4))])])

    def _sheet(self, name, standard, by, parts):
        sheet = self.book.create_sheet(name)
        sheet["A1"] = f"WAIT OF {name}"
        sheet["A2"] = self.written
        sheet["A3"] = (
            f"BASIS: {self.basis.upper()} BASED INCLUDING WELSH CROSS-BORDER PATIENTS AND 'UNKNOWNS'"
        )
        sheet["A4"] = "DEFINITIONS:  DCB0147 Amd 16/2019"
        row = 7
        for part, groups in parts:
            sheet.cell(row, 1, part or None)
            row = self._part(sheet, row + 2, standard, by, groups) + 4

    def _part(self, sheet, row, standard, by, groups):
        """Headings, a row of each organisation and group, a blank, and the rows of England."""
        named = (
            "ACCOUNTABLE PROVIDER"
            if self.basis == "provider"
            else "INTEGRATED CARE BOARD (ICB)/COMMISSIONING HUB"
        )
        told = "TOLD" if standard == "28" else "TREATED"
        judged = standard != "14"
        counts = [
            "TOTAL",
            f"WITHIN {standard} DAYS",
            f"AFTER {standard} DAYS",
            f"{told} WITHIN {standard} DAYS",
            " ",
        ]
        headings = [None, "ODS CODE (1)", named, *by, *(counts if judged else ["TOTAL"]), *BANDS[standard]]
        self._write(sheet, row, headings)
        for code, name in self.names.items():
            for group, patients in groups:
                row += 1
                self._write(sheet, row, [None, code, name, *group, *_counts(standard, patients, 1, judged)])
        row += 1
        for group, patients in groups:
            row += 1
            england = f"ALL ENGLISH {self.basis.upper()}S"
            counted = _counts(standard, patients, len(self.names), judged)
            self._write(sheet, row, [None, "", england, *group, *counted, None, None])
        return row

    @staticmethod
    def _write(sheet, row, values):
        for column, value in enumerate(values, start=1):
            sheet.cell(row, column, value)


_TREATED = ("Urgent Suspected Cancer", "Screening")


def _counts(standard, patients, times, judged):
    """Total, within, after, percentage, a blank, and the bands: all within in the first, all after in the last."""
    within, after = (count * times for count in patients)
    bands = [within, *[0] * (len(BANDS[standard]) - 2), after]
    total = within + after
    return [total, within, after, within / total, "", *bands] if judged else [total, *bands]


def _as_national(name, content):
    if name.startswith("xl/worksheets/sheet"):
        content = re.sub(rb'<dimension ref="[^"]*" ?/>', b'<dimension ref="A1"/>', content)
        content = content.replace(b"</worksheet>", b'<drawing xmlns:r="http://schemas.openxmlformats.org/officeDocument'
                                  b'/2006/relationships" r:id="rId1"/></worksheet>')  # fmt: skip
    return content
