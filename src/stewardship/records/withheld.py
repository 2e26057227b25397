"""What a partner wrote into a text that must not stay: NHS numbers, and words where a code should be.

A text column of a feed is free text to whoever fills it in. What holds a number is kept nowhere, and counted.
"""

from stewardship.records.engine import Engine

LONGEST_CODE = 20  # of a SNOMED CT identifier 18 digits; of other systems less
_NUMBER = "[0-9]{3}[ -]{0,2}[0-9]{3}[ -]{0,2}[0-9]{4}"
_WHERE = "(?:^|[^0-9])"


def define_withheld(engine: Engine) -> None:
    """Give the engine `holds_nhs_number(text)`, `is_nhs_number_whole(number)` and `is_no_code(text)`.

    An NHS number is 10 digits, or 3, 3 and 4 with blanks or dashes between, of which the last checks the others: see
    `rules.nhs_number`. A whole text that is an identifier of a SNOMED CT concept and begins with 1 is none: England
    issues no number that begins so, and every tenth such identifier of ten digits would pass for one.
    """
    total = "list_sum(list_transform(range(9), lambda i: (ascii(n[i + 1]) - 48) * (10 - i)))"
    engine.run(
        "CREATE OR REPLACE MACRO is_nhs_number(n) AS "
        f"n <> repeat(left(n, 1), 10) AND (11 - {total} % 11) % 11 = ascii(n[10]) - 48"
    )
    # The same of a whole number, for columns that are too long to be written out as texts.
    digits = " + ".join(f"n // {10**place} % 10 * {place + 1}" for place in range(1, 10))
    engine.run(
        "CREATE OR REPLACE MACRO is_nhs_number_whole(n) AS CASE WHEN n BETWEEN 1000000000 AND 9999999999 "
        f"THEN n % 1111111111 <> 0 AND (11 - ({digits}) % 11) % 11 = n % 10 ELSE false END"
    )
    # What stands between two numbers is written twice, so that each has its own.
    found = f"regexp_extract_all(regexp_replace(t, '([^0-9])', '\\1\\1', 'g'), '{_WHERE}({_NUMBER})(?:[^0-9]|$)', 1)"
    numbers = f"list_transform({found}, lambda each: regexp_replace(each, '[^0-9]', '', 'g'))"
    engine.run(
        "CREATE OR REPLACE MACRO holds_nhs_number(t) AS CASE "
        f"WHEN length(t) < 10 OR NOT regexp_matches(t, '{_WHERE}{_NUMBER}([^0-9]|$)') THEN false "
        "WHEN left(t, 1) = '1' AND is_snomed_concept(t) THEN false "
        f"ELSE len(list_filter({numbers}, lambda each: is_nhs_number(each))) > 0 END"
    )
    engine.run(
        f"CREATE OR REPLACE MACRO is_no_code(t) AS length(t) > {LONGEST_CODE} OR regexp_matches(t, '\\s')"
    )
