"""Valid, harmless values to plant, each assembled at run time so that no literal stands in the repository."""

import hashlib
import string
import zlib

BASE62 = string.digits + string.ascii_uppercase + string.ascii_lowercase
_PREFIX = "gh" + "p" + "_"
_RANDOM_LENGTH = 30
_CHECKSUM_LENGTH = 6


def token(n: int) -> str:
    """A well-formed classic GitHub token, distinct for each `n`.

    Prefix, 30 base-62 characters, and their CRC-32 in six base-62 digits:
    https://github.blog/engineering/behind-githubs-new-authentication-token-formats/
    """
    body = _characters(f"token {n}", _RANDOM_LENGTH)
    return _PREFIX + body + _base62(zlib.crc32(body.encode()), _CHECKSUM_LENGTH)


def password(n: int = 0) -> str:
    """A random password of 14 letters and digits, distinct for each `n`."""
    return "x7" + _characters(f"password {n}", 12)


def card(n: int) -> str:
    """A 16-digit card number that passes Luhn, distinct for each `n`, and is no published test number."""
    digits = "45" + "39" + f"{_number(f'card {n}') % 10**11:011d}"
    return digits + _luhn_digit(digits)


def email(n: int) -> str:
    """An e-mail address of a made-up person, distinct for each `n`, in a domain that no RFC reserves."""
    first = ("marta", "jonas", "ines", "pavel", "ruth")[n % 5]
    last = ("lindqvist", "okonjo", "ferrara", "haugland", "petrak", "vasquez", "brandt")[n % 7]
    return f"{first}.{last}{n}@{'nordhavn-maskin'}.{'dk'}"


def _characters(seed: str, length: int) -> str:
    number = _number(seed)
    return _base62(number % 62**length, length)


def _number(seed: str) -> int:
    return int.from_bytes(hashlib.sha256(seed.encode()).digest(), "big")


def _base62(number: int, width: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, 62)
        digits = BASE62[digit] + digits
    return digits.rjust(width, BASE62[0])


def _luhn_digit(digits: str) -> str:
    doubled = (int(d) * (2 if place % 2 == 0 else 1) for place, d in enumerate(reversed(digits)))
    total = sum(d - 9 if d > 9 else d for d in doubled)
    return str(-total % 10)
