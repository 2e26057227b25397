"""NHS numbers: ten digits of which the last checks the others.

Source: NHS Data Dictionary, NHS NUMBER: weights 10 to 2 on the first nine digits, the check digit 11 less the
remainder by 11; 11 stands for 0, and 10 means that there is no such number.
"""


def check_digit(stem: str) -> int | None:
    """The tenth digit of a number that begins with these nine; None where no number does."""
    total = sum(int(digit) * weight for digit, weight in zip(stem, range(10, 1, -1), strict=True))
    digit = (11 - total % 11) % 11
    return None if digit == 10 else digit


def nhs_number(written: str) -> str | None:
    """The ten digits of a number as it may be written, with spaces or dashes; None if there is no such number.

    Numbers of one digit ten times pass the check and are refused: they stand for "not known".
    """
    digits = written.replace(" ", "").replace("-", "")
    if len(digits) != 10 or not digits.isascii() or not digits.isdigit() or len(set(digits)) == 1:
        return None
    return digits if check_digit(digits[:9]) == int(digits[9]) else None


def as_shown(number: str) -> str:
    """Three, three and four digits, as people read them out."""
    return f"{number[:3]} {number[3:6]} {number[6:]}"
