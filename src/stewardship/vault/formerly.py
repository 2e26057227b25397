"""Every pseudonym that somebody was looked at under: also those of numbers that were superseded, or made elsewhere."""

from django.db import DatabaseError

from stewardship.access.log import AccessLogError
from stewardship.records.identity import Identities
from stewardship.system.environment import pseudonym_key
from stewardship.system.settings import NHS_NUMBERS, KeyVariables
from stewardship.vault.models import Link


def everybody_meant(nhs_number: str) -> set[int]:
    """The person_ids that a checked NHS number stands or stood for. Names nobody; opens no envelope.

    Raises AccessLogError where the crosswalk cannot be read: some looks would be missed without a word.
    """
    own = Identities(pseudonym_key(KeyVariables())).person_ids(NHS_NUMBERS, [nhs_number])[0]
    try:
        link = Link.objects.filter(was=own).first()
        now = link.person_id if link else own
        return {own, now, *Link.objects.filter(person_id=now).values_list("was", flat=True)}
    except DatabaseError:
        raise AccessLogError(
            "The crosswalk in the identity vault cannot be read, so some looks at this record would be missed."
        ) from None
