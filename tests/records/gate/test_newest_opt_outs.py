"""A list that comes anew each time is taken by the day in its name, and never by anything that is not told."""

from datetime import date
from pathlib import Path

import pytest

from stewardship.records.gate import GateError
from stewardship.records.identity import Identities
from stewardship.records.newest_list import newest
from stewardship.records.opt_out_files import OptOutError
from stewardship.system.permits import listed_opt_outs, permit_for
from stewardship.system.settings import NHS_NUMBERS, Identifier, OptOutSettings, System, UseSettings

TODAY = date(2026, 7, 1)
KEYED = Identities(b"a key of a test")
LIST = "nhs_number,kind\n9990000018,national\n"


def put(folder: Path, *names: str) -> Path:
    for name in names:
        (folder / name).write_text(LIST)
    return folder / "opt-outs-*.csv"


@pytest.mark.parametrize("names, taken, day", [
    (["opt-outs-2026-03-31.csv"], "opt-outs-2026-03-31.csv", date(2026, 3, 31)),
    (["opt-outs-20260401.csv", "opt-outs-2026-03-31.csv"], "opt-outs-20260401.csv", date(2026, 4, 1)),
    (["opt-outs-b-2026-03-31.csv", "opt-outs-a-2026-04-01.csv"], "opt-outs-a-2026-04-01.csv", date(2026, 4, 1)),
    (["opt-outs-20260331T0630-99999999.csv"], "opt-outs-20260331T0630-99999999.csv", date(2026, 3, 31)),
    (["opt-outs-20260331.csv", "Opt-Outs-20260401.CSV"], "Opt-Outs-20260401.CSV", date(2026, 4, 1)),
    (["opt-outs-20260331.csv", "others-20260401.csv", "opt-outs-20260401.csv.part"], "opt-outs-20260331.csv",
     date(2026, 3, 31)),
])  # fmt: skip
def test_the_newest_by_the_day_in_its_name_is_taken(tmp_path, names, taken, day):
    assert newest(put(tmp_path, *names)) == (tmp_path / taken, day)


@pytest.mark.parametrize("names, said", [
    ([], "There is no file opt-outs-*.csv of opt-outs. Put it where `system.toml` says."),
    (["opt-outs-2026-03-31.csv", "opt-outs-20260331.csv"],
     "opt-outs-2026-03-31.csv and opt-outs-20260331.csv are lists of opt-outs of the same day. Take one of them away."),
    (["opt-outs-2026-03-31.csv", "opt-outs-new.csv"], "The name of opt-outs-new.csv tells no day, so nobody"),
    (["opt-outs-31032026.csv"], "The name of opt-outs-31032026.csv tells no day, so nobody"),
    (["opt-outs-2026-02-30.csv"], "The name of opt-outs-2026-02-30.csv tells no day, so nobody"),
    (["opt-outs-20260331-20260401.csv"], "The name of opt-outs-20260331-20260401.csv tells more than one day, so"),
])  # fmt: skip
def test_where_nobody_can_say_which_is_the_newest_nothing_is_built(tmp_path, names, said):
    with pytest.raises(OptOutError) as refused:
        newest(put(tmp_path, *names))
    assert str(refused.value).startswith(said)


def test_a_folder_of_lists_that_is_away_stops_the_build(tmp_path):
    with pytest.raises(OptOutError, match="nowhere cannot be read"):
        newest(tmp_path / "nowhere" / "opt-outs-*.csv")


def listed(folder: Path):
    named = OptOutSettings(
        folder / "opt-outs-*.csv", None, 7, Identifier("nhs number", NHS_NUMBERS, "nhs_number")
    )
    use = UseSettings("planning-results", 5, "in words", "A. Lead", TODAY)
    system = System(folder, "Tests", folder, (), uses=(use,), opt_outs=named)
    opt_outs = listed_opt_outs(system, KEYED, {})
    return opt_outs, lambda: permit_for(system, use.use, opt_outs, today=TODAY)


def test_a_list_has_its_name_its_day_and_the_age_of_that_day(tmp_path):
    put(tmp_path, "opt-outs-20260625.csv")
    opt_outs, permitted = listed(tmp_path)
    assert (opt_outs.file, opt_outs.as_of) == ("opt-outs-20260625.csv", date(2026, 6, 25))
    assert permitted().opt_outs is opt_outs


@pytest.mark.parametrize("name, said", [
    ("opt-outs-20260702.csv", "dated 2 July 2026, which is in the future"),
    ("opt-outs-20260623.csv", "of 23 June 2026, 8 days old, and 7 are allowed"),
])  # fmt: skip
def test_a_list_of_a_day_to_come_or_too_old_is_refused_however_new_the_file(tmp_path, name, said):
    put(tmp_path, "opt-outs-20260620.csv", name)
    with pytest.raises(GateError, match=said):
        listed(tmp_path)[1]()


@pytest.mark.parametrize("newer", ["", "nhs_number,kind\n99900000", None])
def test_a_faulty_newest_list_never_gives_way_to_the_one_before(tmp_path, newer):
    put(tmp_path, "opt-outs-20260630.csv")
    faulty = tmp_path / "opt-outs-20260701.csv"
    faulty.mkdir() if newer is None else faulty.write_text(newer)
    with pytest.raises(OptOutError, match=r"opt-outs-20260701\.csv"):
        listed(tmp_path)
