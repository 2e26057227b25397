"""A system opened for work: its settings read, its keys and site settings in the environment."""

import os
from pathlib import Path

from stewardship.records.identity import Identities
from stewardship.system.environment import load_environment, pseudonym_key, use_usual_names
from stewardship.system.reading import read_system
from stewardship.system.settings import System

FOLDER = "STEWARDSHIP_SYSTEM"
DEMONSTRATION = "STEWARDSHIP_DEMONSTRATION"


def open_system(folder: Path, *, anonymised: str = "", to_read_sources: bool = False) -> System:
    """Read a system's settings, and set its keys and site settings in the environment of this process.

    to_read_sources: whether partners' files will be read, and so have to be there: pages are served without them.
    STEWARDSHIP_SYSTEM names the folder from then on. STEWARDSHIP_DEMONSTRATION is "yes" for a demonstration and
    not set for any other system, whatever it was. Raises SettingsError with every mistake.
    """
    system = read_system(folder, anonymised=anonymised, files_there=to_read_sources)
    load_environment(system.folder)
    use_usual_names(system.keys)
    os.environ[FOLDER] = str(system.folder)
    os.environ.pop(DEMONSTRATION, None)
    if system.demonstration:
        os.environ[DEMONSTRATION] = "yes"
    return system


def identities(system: System) -> Identities:
    """What makes the `person_id` of this system; SettingsError if its key is missing or malformed."""
    return Identities(pseudonym_key(system.keys))
