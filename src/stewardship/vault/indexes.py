"""What a person is found by: blind indexes of the NHS number, and of names with the birth date."""

from datetime import date

from stewardship.vault import names
from stewardship.vault.keys import Keyring, Kind, VaultKey
from stewardship.vault.person import Who


def kept(key: VaultKey, who: Who) -> set[bytes]:
    """Every blind index that this person is found by."""
    born = who.birth_date.isoformat()
    families = names.family_kept(who.family_name)
    given = names.given_kept(who.given_names)
    return (
        {key.index(Kind.NHS_NUMBER, who.nhs_number)}
        | {key.index(Kind.FAMILY_AND_BIRTH, family, born) for family in families}
        | {key.index(Kind.FULL_NAME_AND_BIRTH, name, family, born) for name in given for family in families}
    )


def of_number(keys: Keyring, nhs_number: str) -> list[bytes]:
    """What an NHS number is looked for as, under every key."""
    return keys.indexes(Kind.NHS_NUMBER, nhs_number)


def of_name(keys: Keyring, family_name: str, birth_date: date, given_names: str = "") -> list[bytes]:
    """What a name and birth date are looked for as, under every key; given names narrow it where there are any."""
    born = birth_date.isoformat()
    families = sorted(names.family_asked(family_name))
    given = sorted(names.given_asked(given_names))
    if not given:
        return [one for family in families for one in keys.indexes(Kind.FAMILY_AND_BIRTH, family, born)]
    pairs = [(name, family) for name in given for family in families]
    return [one for pair in pairs for one in keys.indexes(Kind.FULL_NAME_AND_BIRTH, *pair, born)]


def of_identifier(keys: Keyring, namespace: str, identifier: str) -> list[bytes]:
    """What an identifier of a namespace is looked for as, under every key."""
    return keys.indexes(Kind.IDENTIFIER, namespace, identifier)
