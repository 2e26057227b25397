"""The canonical tables of organisations, places and small areas: nobody is in them."""

from stewardship.records.model.declared import DATE, INTEGER, TEXT, Column, Table

ORGANISATION = Table(
    "organisation", "One row an organisation and spell of its existence.", ("code", "start"),
    (
        Column("code", TEXT, "Organisation code.", required=True),
        Column("name", TEXT, "Name.", required=True),
        Column("role", TEXT, "What it is.", required=True,
               values=("practice", "network", "provider", "alliance", "system")),
        Column("start", DATE, "First day open."),
        Column("end", DATE, "Last day open; empty while open.", not_before="start", may_be_future=True),
        Column("successor", TEXT, "Code of the organisation that followed."),
    ),
)  # fmt: skip

PLACE_LEVELS = ("system", "alliance", "network", "practice", "local_authority", "neighbourhood", "small_area")

PLACE = Table(
    "place", "One row a place, hierarchy and spell of its membership.", ("hierarchy", "code", "start"),
    (
        Column("code", TEXT, "Code of the place, unlike that of any other place at any level.", required=True),
        Column("name", TEXT, "Name.", required=True),
        Column("level", TEXT, "Level in its hierarchy.", required=True, values=PLACE_LEVELS),
        Column("hierarchy", TEXT, "By registration with a practice, or by residence.", required=True,
               values=("registration", "residence")),
        Column("parent", TEXT, "Code of the place it lies in; empty for the system."),
        Column("start", DATE, "First day of the membership; empty if always."),
        Column("end", DATE, "Last day of the membership; empty while it lasts.", not_before="start",
               may_be_future=True),
    ),
)  # fmt: skip

SMALL_AREA = Table(
    "small_area", "One row a small area and edition of the deprivation index.", ("code", "deprivation_edition"),
    (
        Column("code", TEXT, "Code of the small area (LSOA).", required=True),
        Column("deprivation_edition", INTEGER, "Year of the index of multiple deprivation.", required=True),
        Column("deprivation_rank", INTEGER, "National rank, 1 the most deprived.", at_least=1),
        Column("deprivation_decile", INTEGER, "National tenth, 1 the most deprived.", at_least=1),
        Column("deprivation_fifth", INTEGER, "National fifth, 1 the most deprived.", at_least=1),
        Column("population", INTEGER, "Usual residents.", at_least=0),
    ),
)  # fmt: skip
