"""Which named people a role reaches. What the words say is enforced where people are found, in the vault."""

from typing import ClassVar


class Scope:
    """Which people; `organisation` is the kind of organisation that such a role is held for, "" if none."""

    words: ClassVar[str]
    organisation: ClassVar[str] = ""


class NoPeople(Scope):
    """Of every role that is not direct care."""

    words = "No named person"


class OwnPractice(Scope):
    """A general practice's own list."""

    words = "People registered with their own practice on the day they look"
    organisation = "practice"


class OwnProvider(Scope):
    """A trust's or another provider's own patients."""

    words = "People whom their own provider is treating on the day they look"
    organisation = "provider"


class OwnTeamOrPlace(Scope):
    """The people of a team, or of the network or alliance that it looks after."""

    words = "People of their own team or place who are on the frailty register on the day they look"
    organisation = "team or place"


class EveryProvider(Scope):
    """The patients of every provider of the system, for whoever answers for a whole service."""

    words = "People whom any provider of the system is treating on the day they look"
    organisation = ""


class CurrentCall(Scope):
    """Whoever answers an advice line."""

    words = "The person whom the call in hand is about, until it is closed"
    organisation = "provider"
