"""What the truth tells of what is wrong with the files: of each kind its rates, and how the files show it."""

from collections.abc import Mapping

from stewardship.synthetic import dirt, sent_again
from stewardship.synthetic.extracts import Extract
from stewardship.synthetic.truth import Planted

TOLD: Mapping[str, tuple[Mapping[str, object], str]] = {
    dirt.INVALID: (
        {"share": dirt.INVALID_NHS_NUMBER, "share_in_urgent_care": dirt.UNTRACED_URGENTLY},
        "NHSNumber has not ten digits or a wrong check digit, or is 9999999999 or 0000000000.",
    ),
    dirt.NO_GROUP: (
        {"share": dict(dirt.NO_ETHNICITY)},
        "EthnicCategory (general practice) or EthnicGroup (hospital) is empty.",
    ),
    dirt.UNKNOWN_CODE: (
        {
            "share_of_each_column": dirt.CODE_OUT_OF_LIST,
            "codes": {"/".join(file): dict(codes) for file, codes in dirt.OUT_OF_LIST.items()},
        },
        "The columns named hold the code beside them, which is not in their national list.",
    ),
    dirt.IMPOSSIBLE_DAY: (
        {
            "share": dirt.IMPOSSIBLE_DATE,
            "days": list(dirt.IMPOSSIBLE),
            "columns": {"/".join(file): column for file, column in dirt.DATED.items()},
        },
        "The columns named hold one of the days.",
    ),
    dirt.REMARK: (
        {"share": dirt.STRAY_TEXT, "texts": list(dirt.REMARKS)},
        "Score of an assessment is no number.",
    ),
    dirt.TWICE: (
        {"share": dirt.DUPLICATED},
        "Rows beyond the first with the same identifier (and episode number of a stay), over all files of the kind.",
    ),
    dirt.LATER: (
        {"share": dirt.LATE, "days": [dirt.LATE_BY[0], dirt.LATE_BY[1] - 1]},
        "Rows in a later file than the one whose months hold their own day (discharge, appointment, arrival, receipt, "
        "contact, start); but for those in which that day is impossible. What is not yet sent is in no file.",
    ),
    dirt.AFTER_DYING: (
        {"share_of_those_who_died": dirt.AFTER_DEATH},
        "Stays (HospitalProviderSpellNumber) that start after the DateOfDeath of their NHS number.",
    ),
    sent_again.ROWS_LEFT_OUT: (
        {"share": sent_again.LEFT_OUT},
        "Stays and episodes of the month's first file that the corrected one does not hold.",
    ),
    sent_again.ONCE_NOW: ({}, "Rows of the month's first file that stand in it a second time."),
    sent_again.OTHER_COST: (
        {"share": sent_again.CHANGED, "times": [0.8, 1.25]},
        "Rows of the corrected file whose CostPence is another than in the first.",
    ),
    sent_again.NEW: (
        {"share": "all that are late and in no other file"},
        "Stays and episodes of the corrected file that stand in none of the files sent first.",
    ),
}
"""Of each kind of wrong, the rates it is put in at, and how it is found in the files."""


def planted_dirt(extract: Extract, counts: Mapping[str, int]) -> list[Planted]:
    """The entries of the truth on what is wrong with the rows of one kind, one for each kind of wrong."""
    return [_planted(f"{extract.partner}/{extract.kind}", kind, number) for kind, number in counts.items()]


def _planted(file: str, kind: str, number: int) -> Planted:
    rates, check = TOLD[kind]
    return Planted(
        key=f"dirt: {kind}",
        words=f"What is wrong with real extracts, put in at a stated rate: {kind}.",
        parameters=rates,
        where=[],
        who="anybody, by chance",
        when="throughout",
        realised={file: number},
        check=check,
    )
