"""Settings are judged whole before any data are touched: every mistake is a sentence with its line."""

import re
import tomllib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from stewardship.records.gate import SOURCE_KINDS
from stewardship.system.lines import lines_of
from stewardship.system.mistakes import SettingsError
from stewardship.system.reading import read_system
from stewardship.system.settings import (
    ComparatorPlace,
    Identifier,
    KeyVariables,
    OptOutSettings,
    SourceSettings,
    System,
    Threshold,
    UseSettings,
)
from support.system_folder import SETTINGS, system_folder

# what some mistakes bring with them
FOLLOWS = re.compile(r"planning-results\] is missing|no \[\[source\]\] has that key")


@pytest.fixture
def folder(tmp_path):
    return system_folder(tmp_path)


def refused(folder, settings, **options):
    """Every mistake, as told."""
    (folder / "system.toml").write_text(settings, encoding="utf-8")
    with pytest.raises(SettingsError) as error:
        read_system(folder, **options)
    return str(error.value).splitlines()


def changed(old, new):
    assert SETTINGS.count(old) == 1, old
    return SETTINGS.replace(old, new)


def test_sound_settings_are_read_as_they_are_written(folder):
    assert read_system(folder) == System(
        folder=folder.resolve(),
        name="Exampleshire",
        workspace=folder.resolve() / "workspace",
        sources=(
            SourceSettings("practices", "omop", folder.resolve() / "feeds" / "practices", "general practice",
                           Identifier("nhs number", "nhs-number", "person_source_value")),
            SourceSettings("hospital", "omop", folder.resolve() / "feeds" / "hospital", "hospital",
                           Identifier("nhs number", "nhs-number", "person_source_value"), future_days=7),
        ),
        uses=(UseSettings("planning-results", 5, "Section 251 approval",
                          "A. Name, lead for information governance", date(2026, 3, 31)),),
        opt_outs=OptOutSettings(folder.resolve() / "opt-outs.csv", date(2026, 6, 25), 14,
                                Identifier("nhs number", "nhs-number", "identifier")),
        thresholds=(Threshold("nobody", "hospital", 0.02, "A. Name", "Known fault of the extract",
                              date(2026, 3, 31)),),
        memory="2GB", threads=2, areas=("diabetes",),
        keep_snapshots=2, notes=("Figures are provisional.",), keys=KeyVariables(),
    )  # fmt: skip


def test_a_byte_order_mark_and_the_line_ends_of_windows_make_no_difference(folder):
    usual = read_system(folder)
    (folder / "system.toml").write_bytes(b"\xef\xbb\xbf" + SETTINGS.replace("\n", "\r\n").encode())
    assert read_system(folder) == usual


@pytest.mark.parametrize(
    "old, new, at, said",
    [
        ('name = "Exampleshire"\n', "", "keep_snapshots", "name is missing. Add it."),
        ('"Exampleshire"', '"FILL IN: the name"', "name =", "name is still to be filled in: the name."),
        ('"Exampleshire"', "12", "name =", 'name is not words: write it in quotation marks, such as "words".'),
        ("keep_snapshots = 2", 'keep_snapshots = "two"', "keep_snapshots",
         "keep_snapshots is not a whole number from 1 to 1,000: write one, without quotation marks."),
        ("keep_snapshots = 2", "keep_snapshot = 2", "keep_snapshot",
         '"keep_snapshot" is not a setting. Did you mean keep_snapshots?'),
        ("keep_snapshots = 2", 'as_of = "31/03/2026"', "31/03",
         "as_of is not a day: write year, month and day, such as 2026-03-31."),
        ("keep_snapshots = 2", "as_of = 2026-03-31T10:00:00", "T10",
         "as_of is not a day: write year, month and day, such as 2026-03-31."),
        ('["Figures are provisional."]', '"Figures"', "notes",
         'notes is not a list of words: write ["one", "another"].'),
        ('"feeds/hospital"', '"feeds/nowhere"', "feeds/nowhere",
         'folder is "feeds/nowhere", but there is no such folder or file. Correct it, or put it there.'),
        ('kind = "hospital"', 'kind = "hopsital"', "hopsital",
         'kind is "hopsital", which is not known. Did you mean "hospital"?'),
        ('key = "hospital"', 'key = "The Hospital"', "The Hospital",
         'key is made of small letters, digits and dashes, such as "north-hospital".'),
        ('key = "hospital"', 'key = "practices"', 'key = "practices"',
         'two sources have the key "practices". Give one of them another.'),
        ('identifier = { kind = "nhs number" }\n', "", "[[source]]",
         'identifier is missing. Add identifier = { kind = "nhs number" }, or a pseudonym and its namespace.'),
        ('identifier = { kind = "nhs number" }', 'identifier = { kind = "pseudonym" }', '{ kind = "pseudonym" }',
         "namespace is missing in [source.identifier]. Add it."),
        ('identifier = { kind = "nhs number" }', 'identifier = { kind = "pseudonym", namespace = "nhs-number" }',
         "pseudonym", 'NHS numbers, and nothing else, have the namespace "nhs-number". Choose another name.'),
        ('"opt-outs.csv"', '"opted.csv"', "opted.csv",
         'file is "opted.csv", but there is no such file. Correct it, or put it there.'),
        ('"opt-outs.csv"', '"opt-*.csv"', "as_of =",
         "with * in the name of the file, each list's own name tells its day. Take this line away, or name one file."),
        ("as_of = 2026-06-25\n", "", "[opt_outs]", "as_of is missing in [opt_outs]. Add it."),
        ("oldest_days = 14", "rows = -1", "rows =",
         "rows is not a whole number from 0 to 1,000,000,000: write one, without quotation marks."),
        ("oldest_days = 14", "oldest_days = 60", "oldest_days",
         "oldest_days is not a whole number from 1 to 21: write one, without quotation marks."),
        ("[uses.planning-results]", "[uses.planing-results]", "planing",
         'there is no use called "planing-results". Did you mean planning-results?'),
        ("row = 5", "row = 13", "row", "row is not a whole number from 1 to 12: write one, without quotation marks."),
        ("row = 5", "row = 2", "row",
         "row 2 is not for this use. Figures for planning: the care areas' pages and analysts' counts: row 5 or 6 "
         "or 12."),
        ("row = 5", "row = 12", "[uses.planning-results]",
         'national_opt_out is missing: row 12 asks "Are the linked data anonymised to the ICO\'s code?" Add '
         'national_opt_out = "applies", or "does not apply", as it was ruled.'),
        ("row = 5", 'row = 5\nnational_opt_out = "applies"', "national_opt_out",
         "row 5 leaves nothing to a ruling. Take this line away."),
        ("row = 5", "row = 6", "row =",
         "row 6 is for data that were anonymised before they came. State on what basis they are, as "
         'anonymised = "…" above the first table, or with --anonymised.'),
        ("at_most = 0.02", "at_most = 2", "at_most", "at_most is not a share from 0 to 1: write 0.05 for 5%."),
        ("at_most = 0.02", "at_most = nan", "at_most", "at_most is not a share from 0 to 1: write 0.05 for 5%."),
        ("future_days = 7", "unlinked_at_most = 2", "unlinked",
         "unlinked_at_most is not a share from 0 to 1: write 0.05 for 5%."),
        ('source = "hospital"', 'source = "hospitals"', "hospitals",
         'source is "hospitals", but no [[source]] has that key.'),
        ('memory = "2GB"', 'memory = "plenty"', "memory",
         'memory is not an amount of memory: write a number and its unit, such as "4GB".'),
        ('memory = "2GB"', 'memory = "0.0 GB"', "memory",
         'memory is not an amount of memory: write a number and its unit, such as "4GB".'),
        ('folder = "feeds/hospital"', "folder = 'feeds/../feeds/practices'", "folder = 'feeds/..",
         "another source has this folder too. Correct one, or take one source away."),
        ("[engine]", '[folders]\nworkspace = "opt-outs.csv"\n\n[engine]', "workspace =",
         "workspace is not a folder, and none of that name can be made. Name another."),
        ("[engine]", "[[engine]]", "[[engine]]", "engine is a table: write [engine] above its settings."),
        ("[[threshold]]", "[threshold]", "[threshold]",
         "threshold is a list of tables: write [[threshold]] above the settings of each."),
        ("keep_snapshots = 2", "demonstration = true", "demonstration",
         "a demonstration shows invented or anonymised people only: take this line away, and make the system with "
         "`stewardship init`."),
        ("threads = 2", "threads = 2\nthreads = 4", "threads = 4", "this is set a second time. Keep one of the two."),
        ('"feeds/hospital"', '"D:\\feeds"', "D:\\feeds",
         "folder holds a special character. A backslash cannot stand in double quotation marks. Write a path in "
         "single ones: 'D:\\feeds'."),
        ('"feeds/hospital"', '"D:\\partners"', "D:\\partners",
         "A backslash cannot stand in double quotation marks. Write a path in single ones: 'D:\\feeds'."),
        ("keep_snapshots = 2", "keep_snapshots: 2", "keep_snapshots",
         'this cannot be read (expected \'=\' after a key in a key/value pair). Write it as: name = "value".'),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_line(folder, old, new, at, said):
    written = changed(old, new)
    line = [number for number, text in enumerate(written.splitlines(), 1) if at in text][-1]
    told = [each for each in refused(folder, written) if said in each or not FOLLOWS.search(each)]
    assert told == [f"system.toml, line {line}: {said}"]


def test_all_mistakes_are_told_at_once_in_the_order_of_the_file(folder):
    wrong = SETTINGS.replace('"hospital"\n', '"hopsital"\n').replace("0.02", "2").replace("= 2026", "= 1726")
    told = refused(folder, wrong)
    lines = [int(re.match(r"system\.toml, line (\d+): ", sentence)[1]) for sentence in told]
    assert len(told) == 5
    assert lines == sorted(lines)


def test_a_list_of_opt_outs_may_have_its_day_in_its_name(folder):
    without = SETTINGS.replace("as_of = 2026-06-25\n", "")
    (told,) = refused(folder, without.replace('"opt-outs.csv"', '"lists/choices-*.csv"'))
    assert 'file is "lists/choices-*.csv", but there is no such' in told
    (folder / "lists").mkdir()
    (folder / "lists" / "choices-2026-06-25.csv").touch()
    opt_outs = read_system(folder).opt_outs
    assert (opt_outs.file, opt_outs.as_of) == (folder.resolve() / "lists" / "choices-*.csv", None)


def test_without_opt_outs_or_a_basis_nothing_is_read(folder):
    a, b = SETTINGS.index("[opt_outs]"), SETTINGS.index("[[threshold]]")
    without = SETTINGS[:a] + SETTINGS[b:]
    (sentence,) = refused(folder, without)
    assert "no list of opt-outs is named" in sentence
    basis = "Anonymised by the region"
    (folder / "system.toml").write_text(without.replace("row = 5", "row = 6"), encoding="utf-8")
    assert read_system(folder, anonymised=basis).anonymised == basis
    (folder / "system.toml").write_text(f'anonymised = "{basis}"\n{without}', encoding="utf-8")
    assert read_system(folder).anonymised == basis


def test_pages_and_counts_need_no_basis_to_be_stated_anew(folder):
    a, b = SETTINGS.index("[opt_outs]"), SETTINGS.index("[[threshold]]")
    stated_at_build = (SETTINGS[:a] + SETTINGS[b:]).replace("row = 5", "row = 6")
    (folder / "system.toml").write_text(stated_at_build, encoding="utf-8")
    opened = read_system(folder, files_there=False)
    assert (opened.anonymised, opened.opt_outs) == ("", None)
    with pytest.raises(SettingsError, match="State on what basis"):
        read_system(folder)


def test_a_folder_without_settings_says_how_to_make_one(tmp_path):
    with pytest.raises(
        SettingsError, match=r"There is no system\.toml in .*: name a system's folder with --system"
    ):
        read_system(tmp_path)


def test_settings_that_are_not_utf_8_are_told_with_their_line(folder):
    (folder / "system.toml").write_bytes(SETTINGS.replace("A. Name,", "A. Námé,").encode("latin-1"))
    with pytest.raises(
        SettingsError, match=r"system\.toml, line 23: this line holds a character that is not UTF-8"
    ):
        read_system(folder)


def test_settings_know_the_kinds_of_source_that_the_gate_knows(folder):
    for kind in SOURCE_KINDS:
        (folder / "system.toml").write_text(
            changed('kind = "hospital"', f'kind = "{kind}"'), encoding="utf-8"
        )
        assert read_system(folder).sources[1].kind == kind


@pytest.mark.parametrize(
    "text, where, line",
    [
        ("a = 1\n", ("a",), 1),
        ("\n# note\na.b = 1\n", ("a", "b"), 3),
        ("a = [\n1,\n2]\nb = 2\n", ("b",), 4),
        ('a = """\n[b]\nb = 1\n"""\nb = 2\n', ("b",), 5),
        ("[a]\nx = 1\n[a.b]\ny = 1\n", ("a", "b", "y"), 4),
        ("[[a]]\nx = 1\n[[a]]\nx = 2\n", ("a", 1, "x"), 4),
        ("[[a]]\n[a.b]\nx = 1\n[[a]]\n[a.b]\nx = 2\n", ("a", 1, "b", "x"), 6),
        ('["a b"]\n"c d" = 1\n', ("a b", "c d"), 2),
        ("[a]\nb = { c = 1 }\n", ("a", "b", "c"), 2),
    ],
)
def test_the_line_of_a_key_is_found(text, where, line):
    tomllib.loads(text)
    assert lines_of(text)[where] == line


# anything may become of a file that somebody edits
LINES = SETTINGS.splitlines()
VALUES = st.one_of(
    st.integers(), st.floats().map(repr), st.booleans().map(lambda yes: str(yes).lower()), st.dates(),
    st.text(max_size=8).map(lambda text: '"' + text.replace("\\", "").replace('"', "") + '"'),
    st.sampled_from(["[]", "{}", "[1]", '["a"]', "{ kind = 1 }", "", "nan", "1e400", "2026-13-01",
                     "[[]]", '"\\u0000"']),
)  # fmt: skip
EDITS = st.one_of(
    st.tuples(st.just("drop"), st.integers(0, len(LINES) - 1), st.none()),
    st.tuples(st.just("twice"), st.integers(0, len(LINES) - 1), st.none()),
    st.tuples(st.just("swap"), st.integers(0, len(LINES) - 1), st.integers(0, len(LINES) - 1)),
    st.tuples(st.just("value"), st.integers(0, len(LINES) - 1), VALUES),
    st.tuples(st.just("text"), st.integers(0, len(LINES) - 1), st.text(max_size=12)),
    st.tuples(st.just("cut"), st.integers(0, len(LINES) - 1), st.integers(0, 40)),
)


def edited(lines, edits):
    lines = list(lines)
    for what, at, with_ in edits:
        at = min(at, len(lines) - 1)
        if what == "drop" and len(lines) > 1:
            del lines[at]
        elif what == "twice":
            lines.insert(at, lines[at])
        elif what == "swap":
            other = min(with_, len(lines) - 1)
            lines[at], lines[other] = lines[other], lines[at]
        elif what == "value" and "=" in lines[at]:
            lines[at] = f"{lines[at].split('=')[0]}= {with_}"
        elif what == "text":
            lines[at] = with_
        elif what == "cut":
            lines[at] = lines[at][:with_]
    return "\n".join(lines) + "\n"


@pytest.fixture(scope="module")
def edited_folder(tmp_path_factory):
    return system_folder(tmp_path_factory.mktemp("edited"))


@settings(max_examples=400)
@given(edits=st.lists(EDITS, min_size=1, max_size=4))
@example(edits=[("value", 7, '"\\u0000"')])
@example(edits=[("value", 33, '"feeds/\\u0000"')])
@example(edits=[("text", 4, "source = [[1]]")])
@example(edits=[("text", 17, "uses = 3")])
def test_whatever_becomes_of_a_file_it_is_a_system_or_a_list_of_sentences_with_lines(edited_folder, edits):
    written = edited(LINES, edits)
    (edited_folder / "system.toml").write_bytes(written.encode("utf-8", "surrogatepass"))
    try:
        assert isinstance(read_system(edited_folder), System)
    except SettingsError as error:
        assert error.mistakes
        for sentence in str(error).split("\n"):
            assert re.match(r"system\.toml, line [1-9]\d*: .+[.?…]$", sentence), sentence
            assert int(sentence.split(":")[0].split()[-1]) <= written.count("\n") + 2


def test_paths_start_from_the_systems_folder_wherever_the_command_runs(folder, monkeypatch, tmp_path_factory):
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))
    assert read_system(folder).sources[0].folder == Path(folder).resolve() / "feeds" / "practices"


def test_pages_are_served_while_a_feed_is_away(tmp_path):
    folder = system_folder(tmp_path)
    away = read_system(folder).sources[0].folder
    away.rename(away.with_name("away"))
    with pytest.raises(SettingsError, match="there is no such folder"):
        read_system(folder)
    assert read_system(folder, files_there=False).sources[0].folder == away


def test_ledgers_and_published_figures_stand_in_folders_that_are_there(folder):
    for name in ("money", "figures"):
        (folder / name).mkdir()
    told = SETTINGS + "\n[finance]\nfolder = 'money'\n\n[published_figures]\nfolder = 'figures'\n"
    (folder / "system.toml").write_text(told, encoding="utf-8")
    system = read_system(folder)
    assert (system.finance, system.published_figures) == (folder / "money", folder / "figures")
    (said,) = refused(folder, told.replace("'money'", "'nowhere'"))
    assert said.endswith('folder is "nowhere", but there is no such folder. Correct it, or put it there.')
    (said,) = refused(folder, told.replace("folder = 'money'", "folders = 'money'\nfolder = 'money'"))
    assert '"folders" is not a setting. Did you mean folder?' in said


def test_the_place_whose_published_figures_stand_beside_is_named_with_its_code(folder):
    told = SETTINGS + "\n[comparator]\nplace = 'E92000001'\nname = 'England'\n"
    (folder / "system.toml").write_text(told, encoding="utf-8")
    assert read_system(folder).comparator == ComparatorPlace("E92000001", "England")
    (folder / "system.toml").write_text(SETTINGS, encoding="utf-8")
    assert read_system(folder).comparator is None
    (said,) = refused(folder, told.replace("name = 'England'\n", ""))
    assert "name is missing in [comparator]. Add it." in said
