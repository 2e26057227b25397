"""What the pages call a provider: its name and code where the system's places files list it, else its code."""

from django.conf import settings

from stewardship.rules.cancer.allocation import trust_of
from stewardship.system.provider_names import provider_named, provider_names


def provider_said(code: str) -> str:
    """Exampleshire Hospitals (ZZT01); a site that is not listed is called by its trust's name and its own code."""
    names = provider_names(settings.SYSTEM)
    if code in names:
        return provider_named(code, names)
    trust = names.get(trust_of(code), "")
    return f"{trust} ({code})" if trust else code


def provider_name(code: str) -> str:
    """The name alone, where there is room for no more; else the code."""
    return provider_names(settings.SYSTEM).get(code, code)
