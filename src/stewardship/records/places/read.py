"""Places as public files describe them."""

from collections.abc import Sequence
from pathlib import Path

from stewardship.records.model import ORGANISATION, PLACE, SMALL_AREA
from stewardship.records.places.alliances import Alliances, read_alliances
from stewardship.records.places.files import REGISTRATION_FILES, REGISTRATIONS, RESIDENCE_FILES, Folders
from stewardship.records.places.patients import registered_patients
from stewardship.records.places.places import Places, PlacesError, checked, rows_of
from stewardship.records.places.providers import providers
from stewardship.records.places.registration import organisations, registration_places
from stewardship.records.places.residence import residence_places, small_areas


def read_places(folders: Sequence[Path], *, source: str = "places") -> Places:
    """The places that the files of these folders describe.

    Areas of residence, or practices, or both: each file is known by its name and its columns.
    Raises PlacesError, one sentence naming the file, if one that is needed is missing or wrong.
    """
    if not folders:
        raise PlacesError("No folder of places was named; name one that holds files of places.")
    files = Folders(tuple(_folder(path) for path in folders))
    homes, practices = files.has_any(RESIDENCE_FILES), files.has_any(REGISTRATION_FILES)
    if not (homes or practices):
        raise PlacesError(
            f"{files.said()} holds no file that places are read from; supply "
            "lsoa21_lookup.csv with imd2025_lsoa21.csv, or practices_pcn_map.csv, or both."
        )
    alliances = read_alliances(files)
    by_home = residence_places(files, alliances, source) if homes else []
    by_practice = registration_places(files, alliances, source) if practices else []
    areas = small_areas(files, source) if homes else []
    bodies = organisations(files, by_practice, source) + _above(alliances, by_home + by_practice, source)
    bodies += providers(files, {str(body["code"]) for body in bodies}, source)
    return checked(
        Places(
            place=rows_of(PLACE, by_home + by_practice),
            small_area=rows_of(SMALL_AREA, areas),
            organisation=rows_of(ORGANISATION, bodies),
            deprivation_edition=2025 if homes else None,
            patients=registered_patients(files, homes=homes) if files.find(REGISTRATIONS) else None,
        )
    )


def _folder(path: Path) -> Path:
    if not path.is_dir():
        raise PlacesError(f"There is no folder {path.name}; name a folder that holds files of places.")
    return path


def _above(alliances: Alliances, places: list[dict[str, object]], source: str) -> list[dict[str, object]]:
    codes = {str(place["code"]) for place in places if place["level"] == "alliance"}
    return alliances.organisations(codes, source)
