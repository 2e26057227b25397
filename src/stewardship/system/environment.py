"""A system's keys and the settings of its site: the environment first, then `stewardship.env`."""

import base64
import binascii
import os
import secrets
from collections.abc import Mapping, MutableMapping
from hashlib import sha256
from pathlib import Path

from dotenv.parser import parse_stream

from stewardship.system.mistakes import Mistake, SettingsError
from stewardship.system.settings import KeyVariables

ENVIRONMENT = "stewardship.env"
OF_SITE = "STEWARDSHIP_SECRET_KEY"
OF_SPARK = "STEWARDSHIP_SPARK_SECRET"
KEY_BYTES = 32

FOR = {
    "pseudonyms": "makes one pseudonym a person out of NHS numbers",
    "vault": "locks names and NHS numbers in the vault",
    "log": "seals the access log",
}


def new_key() -> str:
    """A new key: 32 random bytes, as 44 characters that a line of a file can hold."""
    return base64.urlsafe_b64encode(secrets.token_bytes(KEY_BYTES)).decode()


def key_of_demonstration(seed: int) -> str:
    """The pseudonym key of a demonstration: the same for the same seed, so that the same data give the same figures.

    It is no secret, and hides nobody: a demonstration's people are invented or already anonymised.
    """
    return base64.urlsafe_b64encode(sha256(f"stewardship demonstration {seed}".encode()).digest()).decode()


def load_environment(folder: Path, environment: MutableMapping[str, str] = os.environ) -> None:
    """Set what `stewardship.env` says of names that the environment does not set. No file, nothing to set.

    Raises SettingsError, with the line and never its content, if the file cannot be read.
    """
    path = folder / ENVIRONMENT
    if not path.is_file():
        return
    try:
        with path.open(encoding="utf-8-sig") as file:
            bindings = list(parse_stream(file))
    except UnicodeDecodeError:
        raise SettingsError([f"{ENVIRONMENT} is not UTF-8. Save it as UTF-8."]) from None
    except OSError as error:
        raise SettingsError(
            [f"{path} cannot be read ({error.strerror}): it belongs to the account that runs the service."]
        ) from None
    if wrong := [
        Mistake(b.original.line, "write a line as NAME=value.", ENVIRONMENT) for b in bindings if b.error
    ]:
        raise SettingsError(wrong)
    for binding in bindings:
        if binding.key and binding.value:
            environment.setdefault(binding.key, binding.value)


def use_usual_names(keys: KeyVariables, environment: MutableMapping[str, str] = os.environ) -> None:
    """Let keys that stand under names of the system's own be found under the usual ones too."""
    usual = KeyVariables()
    for named, known in (
        (keys.pseudonyms, usual.pseudonyms),
        (keys.vault, usual.vault),
        (keys.log, usual.log),
    ):
        if named != known and named in environment:
            environment[known] = environment[named]


def pseudonym_key(keys: KeyVariables, environment: Mapping[str, str] = os.environ) -> bytes:
    """The key that makes `person_id`; SettingsError says which variable is missing or malformed."""
    if mistakes := key_mistakes(keys, environment, only=("pseudonyms",)):
        raise SettingsError(mistakes)
    return base64.urlsafe_b64decode(environment[keys.pseudonyms])


def spark_secret(environment: Mapping[str, str] = os.environ) -> str:
    """The secret of a Spark cluster, which its master and workers know; empty where none is set."""
    return environment.get(OF_SPARK, "").strip()


def key_mistakes(
    keys: KeyVariables, environment: Mapping[str, str] = os.environ, *, only: tuple[str, ...] = tuple(FOR)
) -> list[str]:
    """What is wrong with the keys, a sentence each, with their names and never their values."""
    named = {"pseudonyms": keys.pseudonyms, "vault": keys.vault, "log": keys.log}
    said = (_mistake(key, named[key], environment) for key in FOR if key in only)
    return [sentence for sentence in said if sentence]


def _mistake(key: str, name: str, environment: Mapping[str, str]) -> str:
    value, purpose = environment.get(name, "").strip(), FOR[key]
    keys = [value] if key == "pseudonyms" else value.split(",")
    if not value:
        return (
            f"{name} is not set; it {purpose}. Take it from the back-up of {ENVIRONMENT}. If nothing was ever "
            f"built here, add a line {name}= with what `stewardship new-key` prints."
        )
    if not all(_is_key(each) for each in keys):
        return (
            f"{name} is malformed: a key is {KEY_BYTES} random bytes in URL-safe Base64, 44 characters, as "
            f"`stewardship new-key` prints one. Take it from the back-up of {ENVIRONMENT}; a new key would make "
            "what was kept under the old one unreadable."
        )
    return ""


def _is_key(text: str) -> bool:
    try:
        return len(base64.b64decode(text.strip(), altchars=b"-_", validate=True)) == KEY_BYTES
    except (binascii.Error, ValueError):
        return False
