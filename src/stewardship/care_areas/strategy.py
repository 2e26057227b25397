"""The measures of the system's strategy: longer healthy lives for all, children's start, homes, and access to care."""

from stewardship.care_areas.area import Strategy
from stewardship.care_areas.vocabulary import (
    AMBULATORY_CARE_SENSITIVE,
    EMERGENCY_ADMISSION,
    PREVENTABLE_CAUSES_OF_DEATH,
    SMOKES,
    SMOKING_STATUS,
)
from stewardship.measures.life_measures import life_expectancy, slope_of_life_expectancy
from stewardship.measures.measure import proportion, published, rate, unavailable
from stewardship.people.language import EVERYONE, aged, contacts, deaths, recorded
from stewardship.people.periods import years

strategy = Strategy(
    key="strategy",
    name="Strategy",
    phase=0,
    definition="Everyone: what the whole system has set out to change.",
    population=EVERYONE,
    at_risk=None,
    outcomes=[
        slope_of_life_expectancy("Inequality in life expectancy at birth", id="STR01",
                                 who_in_words="residents by fifth of deprivation",
                                 numerator_in_words="the years of life between the most and the least deprived, by "
                                                    "their slope",
                                 why="It is the sum of every other gap.",
                                 source="near Fingertips 92901, which is of women or men, and of tenths of deprivation",
                                 comparator="FT:92901"),
        life_expectancy("Life expectancy at birth", id="STR02",
                        numerator_in_words="the years that a newborn can expect to live",
                        why="It tells of everything that shortens lives, at every age.",
                        source="Fingertips 90366, for women and men together too", comparator="FT:90366"),
        published("Healthy life expectancy at birth", id="STR03", figure="FT:90362", unit="years", better="higher",
                  who_in_words="residents", numerator_in_words="years a newborn can expect to live in good health",
                  why="People want years that they can use.", source="Fingertips 90362", comparator="FT:90362"),
        published("Good level of development at the end of Reception", id="STR04", figure="FT:90631", unit="%",
                  better="higher", who_in_words="children assessed at the end of Reception",
                  numerator_in_words="children with a good level of development",
                  why="A good start is what lasts longest.",
                  source="Department for Education, early years foundation stage profile",
                  comparator="FT:90631"),
        published("Average Attainment 8 score", id="STR05", figure="FT:93378", unit="points", better="higher",
                  who_in_words="pupils at the end of key stage 4", numerator_in_words="the mean of their scores",
                  why="Schooling opens work, and work keeps people well.",
                  source="Department for Education, key stage 4 performance", comparator="FT:93378"),
        published("Households owed a duty as homeless", id="STR06", figure="FT:93736", unit="per 1,000",
                  better="lower", who_in_words="households", numerator_in_words="households owed a duty to prevent "
                                                                                "or relieve homelessness",
                  why="Nobody stays well without a home.", source="Statutory homelessness statistics",
                  comparator="FT:93736"),
        published("Households in fuel poverty", id="STR07", figure="FT:93759", unit="%", better="lower",
                  who_in_words="households", numerator_in_words="households with a low income in a home that is dear "
                                                                "to heat",
                  why="Cold homes make and worsen illness of heart, lungs and mind.",
                  source="Department for Energy Security and Net Zero", comparator="FT:93759"),
        published("Good experience of the GP practice", id="STR08", figure="GPPS:overall", unit="%",
                  better="higher", who_in_words="people who answered the GP Patient Survey",
                  numerator_in_words="people who said very or fairly good",
                  why="The practice is the door to all other care.", source="GP Patient Survey",
                  comparator="GPPS:overall"),
        rate("Deaths under 75 that could be prevented, per 100,000 residents", id="STR09", ages=(0, 74), pool=3,
             events=deaths(PREVENTABLE_CAUSES_OF_DEATH), per=100_000, standardised=True, better="lower", headline=True,
             who_in_words="residents under 75", numerator_in_words="deaths from causes that can be prevented",
             why="These lives are lost to what can be changed before illness begins.",
             source="near Fingertips 93721, which counts half of the deaths from heart disease, stroke, "
                    "diabetes and some other causes; they count whole here, so the figure is higher"),
        proportion("Residents aged 18 and over who smoke", id="STR10",
                   who=aged(18) & recorded(SMOKING_STATUS, within=years(5)), achieved=SMOKES, better="lower",
                   who_in_words="residents aged 18 and over asked in the last five years",
                   numerator_in_words="people who smoke, as last recorded",
                   why="Smoking is the largest cause of the gap in length of life.",
                   source="near Fingertips 92443, which asks a survey", comparator="FT:92443"),
        rate("Avoidable emergency admissions, per 100,000 residents", id="STR11", per=100_000, standardised=True,
             events=contacts(point_of_delivery=EMERGENCY_ADMISSION, diagnosis=AMBULATORY_CARE_SENSITIVE),
             better="lower",
             numerator_in_words="emergency admissions for conditions that care outside hospital can keep in check",
             why="Look at the gap between most and least deprived: it tells who cannot reach care in time.",
             source="NHS Outcomes Framework 2.3i", comparator="NHSOF:2.3i"),
        unavailable("Unplanned days, first 5,000 people", id="STR12", statistic="rate", unit="per person-year",
                    better="lower", who_in_words="people of the first 5,000",
                    numerator_in_words="emergency department attendances and emergency bed days",
                    because="it needs the list of the first 5,000 people, which is not in this version yet",
                    why="A day at home is worth more than a day of any care.",
                    source="Linked records of the first 5,000 people"),
    ],
)  # fmt: skip
