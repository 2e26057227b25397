"""Which trust a site belongs to, by its code alone."""

import pytest

from stewardship.rules.cancer.allocation import trust_of


@pytest.mark.parametrize(
    "code, trust",
    [
        ("RZ1", "RZ1"),
        ("RZ101", "RZ1"),
        ("RZ1A", "RZ1A"),  # four characters are no site's
        ("", ""),
        ("ZZT01", "ZZT01"),  # the two trusts of the synthetic system are two
        ("ZZT02", "ZZT02"),
        ("ZZT0201", "ZZT02"),
    ],
)
def test_the_trust_of_a_site(code, trust):
    assert trust_of(code) == trust
