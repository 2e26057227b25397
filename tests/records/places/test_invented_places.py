import re
from collections import Counter

from stewardship.records.places import invented_places


def test_the_invented_system_has_every_level():
    levels = Counter((row["hierarchy"], row["level"]) for row in invented_places().place.to_pylist())
    assert levels == {
        ("registration", "system"): 1, ("registration", "alliance"): 4, ("registration", "network"): 8,
        ("registration", "practice"): 24, ("residence", "system"): 1, ("residence", "alliance"): 4,
        ("residence", "local_authority"): 4, ("residence", "neighbourhood"): 12,
        ("residence", "small_area"): 60,
    }  # fmt: skip


def test_deprivation_is_spread_over_all_fifths_with_no_two_ranks_the_same():
    places = invented_places()
    assert min(Counter(places.fifths.values()).values()) >= 10
    ranks = places.small_area["deprivation_rank"].to_pylist()
    assert len(set(ranks)) == 60 and min(ranks) >= 1 and max(ranks) <= 33_755
    for row in places.small_area.to_pylist():
        assert row["deprivation_decile"] == -(-10 * row["deprivation_rank"] // 33_755)


def test_no_code_can_be_a_real_one():
    ons = re.compile(r"X\d{8}")
    ours = re.compile(r"ZZ[SNP]\d*")
    for row in invented_places().place.to_pylist():
        if row["level"] == "alliance":
            assert row["code"] == row["name"].lower().replace(" ", "-")
        else:
            by_home = row["level"] in ("small_area", "neighbourhood", "local_authority")
            assert (ons if by_home else ours).fullmatch(row["code"])


def test_every_resident_of_a_small_area_is_a_patient_somewhere():
    places = invented_places()
    patients: Counter[str] = Counter()
    for row in places.patients.to_pylist():
        patients[row["small_area"]] += row["patients"]
    assert patients == places.residents


def test_the_invented_system_is_always_the_same():
    one, other = invented_places(), invented_places()
    assert one.place.equals(other.place)
    assert one.small_area.equals(other.small_area)
    assert one.patients.equals(other.patients)
