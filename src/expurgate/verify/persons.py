"""What identifies a person: social security numbers, birth dates, passports, places.

Functions answer False for values that cannot be real or are published as samples, and None for possible ones: nothing in these
numbers proves them. They never raise.
"""

from __future__ import annotations

import re

# Numbers that were printed in advertisements, films and manuals (SSA history pages, "SSN misused"; IRS and SSA sample forms).
_SSN_SAMPLES = frozenset(
    b"078051120 219099999 457555462 123456789 111223333 123121234 333224444 123454321 001010001 555121234".split()
)
_MONTHS = b"jan feb mar apr may jun jul aug sep oct nov dec".split()


def us_ssn(value: bytes) -> bool | None:
    """A US social security number (SSA, POMS RM 10201.035): area not 000, 666 or 900-999, group not 00, serial not 0000.

    False for the well-known dummies, too.
    """
    digits = re.sub(rb"[ .\-]", b"", value)
    if not re.fullmatch(rb"\d{9}", digits):
        return False
    area, group, serial = digits[:3], digits[3:5], digits[5:]
    if area in (b"000", b"666") or area >= b"900" or group == b"00" or serial == b"0000":
        return False
    return False if digits in _SSN_SAMPLES or len(set(digits)) <= 2 else None


def birth_date(value: bytes) -> bool | None:
    """A date on which a living person may be born: a real day from 1900 to 2035, no common default (1 January 1970, 2000 …)."""
    year, month, day = _date(value)
    if not 1900 <= year <= 2035 or not 1 <= month <= 12:
        return False
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    last = 29 if month == 2 and leap else (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]
    if not 1 <= day <= last or ((month, day) == (1, 1) and year in (1900, 1901, 1970, 1980, 1990, 2000)):
        return False
    return None


def _date(value: bytes) -> tuple[int, int, int]:
    """Year, month and day of `1980-02-29`, `29.02.1980`, `02/29/1980`, `29 February 1980` or `Feb 29, 1980`; zeros if none."""
    if found := re.fullmatch(rb"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", value):
        return int(found[1]), int(found[2]), int(found[3])
    if found := re.fullmatch(rb"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})", value):
        first, second = int(found[1]), int(found[2])
        return (int(found[3]), first, second) if second > 12 else (int(found[3]), second, first)
    if found := re.fullmatch(rb"(\d{1,2})(?:st|nd|rd|th|\.)?[ -]([A-Za-z]{3})[a-z]*\.?,?[ -](\d{4})", value):
        return int(found[3]), _month(found[2]), int(found[1])
    if found := re.fullmatch(rb"([A-Za-z]{3})[a-z]*\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})", value):
        return int(found[3]), _month(found[1]), int(found[2])
    return 0, 0, 0


def _month(name: bytes) -> int:
    """Number of an English month by its first three letters (also the German Mai, Okt, Dez and Mär without its umlaut), or 0."""
    short = {b"mai": b"may", b"okt": b"oct", b"dez": b"dec"}.get(name.lower(), name.lower())
    return _MONTHS.index(short) + 1 if short in _MONTHS else 0


def passport_number(value: bytes) -> bool | None:
    """A passport number (ICAO Doc 9303-4: at most nine letters and digits): six to nine characters, at least five digits."""
    bare = value.strip()
    if not re.fullmatch(rb"[A-Z0-9]{6,9}", bare) or sum(48 <= char < 58 for char in bare) < 5 or len(set(bare)) <= 3:
        return False
    return False if re.search(rb"12345|98765|00000", bare) else None


def coordinates(value: bytes) -> bool | None:
    """A latitude and a longitude in degrees, in range, each with four or more decimals (about ten metres), away from 0, 0."""
    numbers = re.findall(rb"[+\-]?\d{1,3}\.\d{1,18}", value)
    if len(numbers) != 2 or any(len(number.partition(b".")[2].rstrip(b"0")) < 3 for number in numbers):
        return False
    if any(len(number.partition(b".")[2]) < 4 for number in numbers):
        return False
    latitude, longitude = (float(number) for number in numbers)
    if abs(latitude) > 90 or abs(longitude) > 180 or (abs(latitude) < 1 and abs(longitude) < 1):
        return False
    return None
