"""Why the vault does not answer, each in a sentence for the person who reads it."""


class VaultError(Exception):
    """Nothing was done; the message says why and what to do, and names nobody."""


class VaultClosedError(VaultError):
    """The vault is lost, locked or empty, or what it did could not be logged: nobody's identity can be shown."""


class RefusedError(VaultError):
    """The one who asks may not see the person, or nobody is there: which of the two is not said."""


class TooOftenError(VaultError):
    """More was asked in a short time than care of people needs."""


class NotUnderstoodError(VaultError):
    """What was asked is no number, name or day that can be looked for."""
