"""People's records go to another machine authenticated and encrypted, or not at all."""

import pytest

from stewardship.records.engines import NotThereError
from stewardship.records.spark_traffic import addresses, protection, stays_here

SECRET = "a secret of the tests, of forty letters."  # nobody's
HERE = [
    "local[2]", "local[*]", "spark://127.0.0.1:7077", "spark://localhost:7077", "spark://LOCALHOST:1",
    "spark://127.8.9.1:7077", "spark://127.0.0.1:7077,localhost:7078",
]  # fmt: skip
ELSEWHERE = [
    "spark://10.0.0.5:7077", "spark://spark.example.org:7077", "spark://127.0.0.1:7077,10.0.0.5:7077",
    "spark://localhost.example.org:7077", "spark://127.example.org:7077", "spark://0.0.0.0:7077", "yarn", "spark://",
]  # fmt: skip


@pytest.mark.parametrize("master", HERE)
def test_what_stays_on_this_machine_needs_no_secret(master):
    assert stays_here(master)
    assert protection(master, "") == {}


@pytest.mark.parametrize("master", ELSEWHERE)
def test_a_master_on_another_machine_is_refused_without_a_secret(master):
    assert not stays_here(master)
    with pytest.raises(NotThereError) as error:
        protection(master, "")
    assert str(error.value) == (
        f"the Spark master {master} is on another machine, and people's records would go there in clear: give the "
        "cluster a secret, switch `spark.authenticate` and `spark.network.crypto.enabled` on in it, and set the secret "
        "as STEWARDSHIP_SPARK_SECRET in stewardship.env"
    )


@pytest.mark.parametrize("master", [*ELSEWHERE, "spark://127.0.0.1:7077"])
def test_a_secret_switches_both_on_and_leaves_no_way_back(master):
    assert protection(master, SECRET) == {
        "spark.authenticate": "true",
        "spark.network.crypto.enabled": "true",
        "spark.network.crypto.saslFallback": "false",
        "spark.authenticate.secret": SECRET,
    }


@pytest.mark.parametrize("secret", ["x", "x" * 31])
def test_a_secret_that_could_be_guessed_is_refused_and_never_said(secret):
    with pytest.raises(NotThereError, match="shorter than 32 characters") as error:
        protection("spark://10.0.0.5:7077", secret)
    assert "xx" not in str(error.value)


def test_every_address_of_a_master_is_known():
    assert addresses("spark://a:7077,b.example.org:7078") == [("a", 7077), ("b.example.org", 7078)]
    assert addresses("local[2]") == []
