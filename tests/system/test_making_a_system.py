"""A system's folder is made whole or not at all, with keys that nobody else can read."""

import os
import re
import signal
import stat
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from importlib.util import find_spec
from pathlib import Path

import pytest

from stewardship.records.identity import Identities
from stewardship.system.environment import (
    key_mistakes,
    load_environment,
    new_key,
    pseudonym_key,
    use_usual_names,
)
from stewardship.system.making import Shown, demonstration, new_system
from stewardship.system.mistakes import SettingsError
from stewardship.system.opened import identities, open_system
from stewardship.system.reading import read_system
from stewardship.system.settings import Identifier, KeyVariables, PlacesSettings, SourceSettings
from support.system_folder import SETTINGS, system_folder, without_settings

settings_of_site = find_spec("stewardship.site")  # found, not loaded: it would need a workspace
KEY_NAMES = (
    "STEWARDSHIP_PSEUDONYM_KEY",
    "STEWARDSHIP_VAULT_KEYS",
    "STEWARDSHIP_LOG_KEY",
    "STEWARDSHIP_SECRET_KEY",
)
SOURCE = SourceSettings(
    "invented", "omop", Path("invented"), "linked", Identifier("pseudonym", "demonstration", "person_id")
)
MADE_WITH = '{"made_with": {"residents": 100, "years": 1, "seed": 1}}'
INVENTED = Shown((SOURCE,), "nobody's", 1, date(2026, 7, 1), PlacesSettings(), None, ("Note.",))


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch):
    without_settings(monkeypatch)


def made(folder):
    with new_system(folder):
        pass
    return folder


def told(error):
    return str(error.value).splitlines()


def test_a_new_system_lacks_only_what_is_marked_and_says_so_line_by_line(tmp_path):
    folder = made(tmp_path / "new")
    text = (folder / "system.toml").read_text(encoding="utf-8")
    marked = [number for number, line in enumerate(text.splitlines(), 1) if "FILL IN:" in line]
    with pytest.raises(SettingsError) as error:
        read_system(folder)
    assert [mistake.line for mistake in error.value.mistakes] == marked
    assert all(
        re.search(r"line \d+: \w+ is still to be filled in: .{12}", sentence) for sentence in told(error)
    )


def test_a_system_that_is_filled_in_is_sound(tmp_path):
    folder = made(tmp_path / "new")
    (folder / "feed").mkdir()
    (folder / "opt-outs.csv").touch()
    text = (folder / "system.toml").read_text(encoding="utf-8")
    filled = {
        "name": '"Exampleshire"', "folder": "'feed'", "row": "5", "basis": '"Approval"', "ruled_by": '"A. Name"',
        "ruled_on": "2026-03-31", "file": "'opt-outs.csv'", "as_of": "2026-06-01",
    }  # fmt: skip
    for key, value in filled.items():
        text, found = re.subn(rf"""^{key} = ["']FILL IN.*$""", f"{key} = {value}", text, flags=re.MULTILINE)
        assert found == 1, key
    (folder / "system.toml").write_text(text, encoding="utf-8")
    system = read_system(folder)
    assert (system.care_areas, system.code_lists) == (folder / "care_areas", folder / "code_lists")
    assert not system.demonstration


def test_the_examples_in_the_notes_of_a_new_system_are_sound_too(tmp_path):
    """A note is taken away by whoever wants what it says."""
    folder = made(tmp_path / "new")
    text = (folder / "system.toml").read_text(encoding="utf-8")
    examples = re.sub(r"^# (?=[a-z_]+ = |\[)", "", text, flags=re.MULTILINE)
    examples = re.sub(r'^identifier = \{ kind = "pseudonym".*\n', "", examples, flags=re.MULTILINE)
    assert examples != text
    (folder / "system.toml").write_text(examples, encoding="utf-8")
    for name in re.findall(r"^folder = '([\w-]+)'", examples, re.MULTILINE):
        (folder / name).mkdir()
    (folder / "boundaries").mkdir()
    for name in re.findall(r"file = '(boundaries/[^']+)'", examples):
        (folder / name).touch()
    with pytest.raises(SettingsError) as error:
        read_system(folder)
    assert [each for each in told(error) if "to be filled in" not in each] == [
        f"system.toml, line {line_of(examples, 'feeds/north-hospital')}: folder is "
        '"feeds/north-hospital", but there is no such folder or file. Correct it, or put it there.'
    ]


def line_of(text, what):
    return next(number for number, line in enumerate(text.splitlines(), 1) if what in line)


def test_keys_are_new_each_time_and_only_their_owner_reads_them(tmp_path):
    texts = [(made(tmp_path / name) / "stewardship.env").read_text(encoding="utf-8") for name in "ab"]
    keys = [re.findall(r"^(STEWARDSHIP_\w+)=(\S{44})$", text, re.MULTILINE) for text in texts]
    assert [name for name, _ in keys[0]] == list(KEY_NAMES)
    assert len({key for pairs in keys for _, key in pairs}) == 2 * len(KEY_NAMES)
    if os.name == "posix":
        assert stat.S_IMODE((tmp_path / "a" / "stewardship.env").stat().st_mode) == 0o600
        assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o700


def test_the_file_names_every_setting_that_the_site_knows(tmp_path):
    site = Path(settings_of_site.origin).parent
    told = "".join(
        (site / name).read_text(encoding="utf-8") for name in ("settings.py", "sign_in_settings.py")
    )
    known = set(re.findall(r"^(STEWARDSHIP_\w+)  ", told, re.MULTILINE))
    here = (made(tmp_path / "new") / "stewardship.env").read_text(encoding="utf-8")
    of_commands = {"STEWARDSHIP_WORKSPACE", "STEWARDSHIP_SYSTEM", "STEWARDSHIP_DEMONSTRATION"}
    assert len(known) > 15
    assert known - set(re.findall(r"^#?(STEWARDSHIP_\w+)=", here, re.MULTILINE)) == of_commands


@pytest.mark.parametrize("there", ["system.toml", "anything.txt"])
def test_what_is_there_is_never_written_over(tmp_path, there):
    folder = tmp_path / "taken"
    folder.mkdir()
    (folder / there).write_text("mine", encoding="utf-8")
    with pytest.raises(SettingsError, match="Nothing was changed"):
        made(folder)
    assert [(path.name, path.read_text(encoding="utf-8")) for path in folder.iterdir()] == [(there, "mine")]
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]


def test_when_anything_fails_nothing_is_left(tmp_path):
    with pytest.raises(KeyboardInterrupt), new_system(tmp_path / "new"):
        raise KeyboardInterrupt
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name != "posix", reason="a process is asked to end so on POSIX alone")
def test_a_process_that_is_asked_to_end_leaves_nothing_and_hears_as_before_afterwards(tmp_path):
    before = signal.getsignal(signal.SIGTERM)
    with pytest.raises(SystemExit) as ended, new_system(tmp_path / "new"):
        os.kill(os.getpid(), signal.SIGTERM)
    assert ended.value.code == 128 + signal.SIGTERM
    assert list(tmp_path.iterdir()) == []
    assert signal.getsignal(signal.SIGTERM) == before


def test_a_folder_can_be_made_from_any_thread(tmp_path):
    with ThreadPoolExecutor(1) as threads:
        folder = threads.submit(made, tmp_path / "new").result()
    assert (folder / "system.toml").is_file()


def test_a_file_is_said_to_be_one(tmp_path):
    (tmp_path / "taken").write_text("mine", encoding="utf-8")
    with pytest.raises(SettingsError) as error:
        made(tmp_path / "taken")
    assert told(error) == [f"{tmp_path / 'taken'} is a file. Nothing was changed; name a new folder."]
    assert (tmp_path / "taken").read_text(encoding="utf-8") == "mine"


def test_an_empty_folder_is_filled(tmp_path):
    (tmp_path / "new").mkdir()
    assert (made(tmp_path / "new") / "system.toml").is_file()


def test_the_environment_comes_before_the_file_and_a_byte_order_mark_makes_no_difference(tmp_path):
    (tmp_path / "stewardship.env").write_bytes(
        b'\xef\xbb\xbfONE=1\r\n# a note\r\nexport TWO="2 and more"\r\nTHREE=\r\n#FOUR=4\r\n'
    )
    environment = {"ONE": "set before"}
    load_environment(tmp_path, environment)
    assert environment == {"ONE": "set before", "TWO": "2 and more"}


def test_a_line_of_the_file_that_cannot_be_read_is_told_without_what_it_holds(tmp_path):
    (tmp_path / "stewardship.env").write_text("ONE=1\nTWO 'secret\n", encoding="utf-8")
    with pytest.raises(SettingsError) as error:
        load_environment(tmp_path, {})
    assert told(error) == ["stewardship.env, line 2: write a line as NAME=value."]


@pytest.mark.parametrize("value, said", [
    ("", "STEWARDSHIP_PSEUDONYM_KEY is not set; it makes one pseudonym a person out of NHS numbers. Take it from"),
    ("short", "STEWARDSHIP_PSEUDONYM_KEY is malformed: a key is 32 random bytes in URL-safe Base64, 44 characters"),
    ("!" * 44, "STEWARDSHIP_PSEUDONYM_KEY is malformed"),
])  # fmt: skip
def test_a_key_that_is_missing_or_malformed_is_told_by_its_name_and_never_its_value(value, said):
    with pytest.raises(SettingsError) as error:
        pseudonym_key(KeyVariables(), {"STEWARDSHIP_PSEUDONYM_KEY": value})
    (sentence,) = told(error)
    assert sentence.startswith(said)
    assert "`stewardship new-key`" in sentence
    assert not value or value not in sentence


def test_one_key_makes_pseudonyms_and_several_may_lock_the_vault():
    keys = KeyVariables()
    environment = dict.fromkeys((keys.pseudonyms, keys.vault, keys.log), f"{new_key()},{new_key()}")
    assert [sentence.split()[0] for sentence in key_mistakes(keys, environment)] == [keys.pseudonyms]


def test_keys_may_stand_under_names_of_the_systems_own():
    environment = {"OUR_VAULT": "key"}
    use_usual_names(replace(KeyVariables(), vault="OUR_VAULT"), environment)
    assert environment["STEWARDSHIP_VAULT_KEYS"] == "key"


def test_a_system_is_opened_with_its_keys_and_makes_the_same_person_of_the_same_number(tmp_path, monkeypatch):
    folder = system_folder(tmp_path / "a")
    (folder / "stewardship.env").write_text(f"STEWARDSHIP_PSEUDONYM_KEY={new_key()}\n", encoding="utf-8")
    monkeypatch.setenv("STEWARDSHIP_DEMONSTRATION", "yes")
    system = open_system(folder)
    assert "STEWARDSHIP_DEMONSTRATION" not in os.environ, "a real system is none, whatever was set"
    one, again = identities(system), identities(system)
    assert isinstance(one, Identities)
    assert one.person_ids("nhs-number", ["9990000018"]) == again.person_ids("nhs-number", ["9990000018"])


def test_a_demonstration_says_that_it_is_one_and_is_made_again_in_its_own_folder(tmp_path):
    folder = tmp_path / "demo"
    (folder / "invented").mkdir(parents=True)
    with pytest.raises(SettingsError, match="is not empty"):
        demonstration(folder, INVENTED)
    (folder / "invented").rmdir()
    demonstration(folder, INVENTED)
    keys = (folder / "stewardship.env").read_text(encoding="utf-8")
    (folder / "invented").mkdir()
    system = open_system(folder)
    assert (system.demonstration, system.anonymised, system.notes) == (True, "nobody's", ("Note.",))
    assert os.environ["STEWARDSHIP_DEMONSTRATION"] == "yes"
    odd = tmp_path / 'a "feed" \\ of ünusual name'
    odd.mkdir()
    shown = replace(
        INVENTED,
        sources=(replace(SOURCE, folder=odd),),
        as_of=date(2026, 3, 31),
        places=PlacesSettings((odd,), 7),
    )
    demonstration(folder, shown)
    system = open_system(folder)
    assert (system.sources[0].folder, system.places, system.as_of) == (odd, shown.places, shown.as_of)
    assert (folder / "stewardship.env").read_text(encoding="utf-8") == keys


def test_a_demonstration_applies_opt_outs_of_people_who_were_made_up_and_of_nobody_else(tmp_path):
    made_up, listed = tmp_path / "made-up", tmp_path / "made-up" / "opt-outs" / "opt-outs.csv"
    listed.parent.mkdir(parents=True)
    listed.write_text("NHSNumber,kind\n", encoding="utf-8")
    source = SourceSettings(
        "gp",
        "omop",
        made_up,
        "general practice",
        Identifier("nhs number", "nhs-number", "person_source_value"),
    )
    shown = replace(INVENTED, sources=(source,), anonymised="", opt_outs=listed)
    demonstration(tmp_path / "demo", shown)
    for truth in (None, "", "{}", "[]", '{"made_with": {}}', '{"made_with": 7}'):
        if truth is not None:
            (made_up / "truth.json").write_text(truth, encoding="utf-8")
        with pytest.raises(SettingsError, match="invented or anonymised people only"):
            open_system(tmp_path / "demo", to_read_sources=True)
    (made_up / "truth.json").write_text(MADE_WITH, encoding="utf-8")
    system = open_system(tmp_path / "demo", to_read_sources=True)
    assert (system.demonstration, system.anonymised, system.uses[0].row) == (True, "", 5)
    assert (system.opt_outs.file, system.opt_outs.as_of) == (listed, shown.today)


@pytest.mark.parametrize("real", ["source", "linked source", "places", "finance", "published figures"])
def test_nothing_real_stands_beside_the_opt_outs_of_people_who_were_made_up(tmp_path, real):
    made_up, elsewhere = tmp_path / "made-up", tmp_path / "elsewhere"
    listed = made_up / "opt-outs" / "opt-outs.csv"
    listed.parent.mkdir(parents=True)
    listed.write_text("NHSNumber,kind\n", encoding="utf-8")
    (made_up / "truth.json").write_text(MADE_WITH, encoding="utf-8")
    elsewhere.mkdir()
    (made_up / "gp").mkdir()
    (made_up / "link").symlink_to(elsewhere)
    named = Identifier("nhs number", "nhs-number", "NHSNumber")
    source = SourceSettings("gp", "extracts", made_up / "gp", "general practice", named)
    shown = replace(INVENTED, sources=(source,), anonymised="", opt_outs=listed)
    demonstration(tmp_path / "demo", shown)
    assert open_system(tmp_path / "demo", to_read_sources=True).demonstration
    spoilt = {
        "source": replace(shown, sources=(replace(source, folder=elsewhere),)),
        "linked source": replace(shown, sources=(replace(source, folder=made_up / "link"),)),
        "places": replace(shown, places=PlacesSettings((elsewhere,))),
        "finance": replace(shown, finance=elsewhere),
        "published figures": replace(shown, published_figures=elsewhere),
    }
    demonstration(tmp_path / "demo", spoilt[real])
    with pytest.raises(SettingsError, match="is not in the folder of its opt-outs"):
        open_system(tmp_path / "demo", to_read_sources=True)


def test_the_same_seed_makes_the_same_pseudonyms_in_every_demonstration_and_in_no_other_system(tmp_path):
    keys = {}
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        demonstration(tmp_path / name, replace(INVENTED, seed=seed))
        keys[name] = pseudonyms_of(tmp_path / name)
    keys["real"] = pseudonyms_of(made(tmp_path / "real"))
    assert keys["a"] == keys["b"]
    assert len(set(keys.values())) == 3


def pseudonyms_of(folder):
    return re.search(
        r"^STEWARDSHIP_PSEUDONYM_KEY=(\S+)$", (folder / "stewardship.env").read_text(), re.MULTILINE
    )[1]


def test_nobodys_own_system_becomes_a_demonstration(tmp_path):
    folder = system_folder(tmp_path)
    with pytest.raises(SettingsError, match="holds a system already"):
        demonstration(folder, INVENTED)
    assert (folder / "system.toml").read_text(encoding="utf-8") == SETTINGS
