"""Fills the templates of a rule's examples, so that no literal token has to stand in a rule file.

The markers are listed in docs/rules.md. A template and a seed always give the same text, on every platform and
Python version.
"""

import base64
import binascii
import random
import re
import string
import struct
import uuid
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field

from expurgate.detect import keyfiles, wallets

_MARKER = re.compile(r"\{([A-Za-z0-9-]*|[<>])(?::([^{}]*))?\}")
_TEXT_MARKER = re.compile(r"\{(b64|b64url):")
_BASE62 = string.digits + string.ascii_uppercase + string.ascii_lowercase
_VOWELS = "aeiou"
_CONSONANTS = "bdfgklmnprstvz"
_WORDS = re.compile(
    r"test|exampl|sample|dummy|fake|mock|change|secret|passw|token|todo|null|none|user|foo|bar|demo|your", re.IGNORECASE
)

# alphabet, then the groups of which each must be present
_FILLS: dict[str, tuple[str, ...]] = {
    "alnum": (string.ascii_lowercase, string.ascii_uppercase, string.digits),
    "alpha": (string.ascii_lowercase, string.ascii_uppercase),
    "lower": (string.ascii_lowercase,),
    "upper": (string.ascii_uppercase,),
    "loweralnum": (string.ascii_lowercase, string.digits),
    "upperalnum": (string.ascii_uppercase, string.digits),
    "digits": (string.digits,),
    "hex": ("abcdef", string.digits),
    "HEX": ("ABCDEF", string.digits),
    "base32": (string.ascii_uppercase, "234567"),
    "base58": tuple("".join(char for char in wallets.BITCOIN if kind(char)) for kind in (str.islower, str.isupper, str.isdigit)),
    "base64": (string.ascii_lowercase, string.ascii_uppercase, string.digits, "+/"),
    "base64url": (string.ascii_lowercase, string.ascii_uppercase, string.digits, "-_"),
}

# second letter of an NKEY seed's prefix: the number of its key type (github.com/nats-io/nkeys)
_NKEY_TYPES = {"N": 13, "C": 2, "O": 14, "A": 0, "U": 20, "X": 23}

_TYPE7 = b"dsfd;kfoA,.iyewrkldJKDHSUBsgvca69834ncxv9873254k;fg87"  # what Cisco IOS combines passwords with

# structure of the part after the check digits: n digits, a capitals, c either (the SWIFT IBAN registry)
_IBANS = {
    "AT": "16n", "BE": "12n", "BG": "4a6n8c", "CH": "5n12c", "CY": "8n16c", "CZ": "20n", "DE": "18n", "DK": "14n",
    "EE": "16n", "ES": "20n", "FI": "14n", "FR": "10n11c2n", "GB": "4a14n", "GR": "7n16c", "HR": "17n", "HU": "24n",
    "IE": "4a14n", "IS": "22n", "IT": "1a10n12c", "LI": "5n12c", "LT": "16n", "LU": "3n13c", "LV": "4a13c",
    "MT": "4a5n18c", "NL": "4a10n", "NO": "11n", "PL": "24n", "PT": "21n", "RO": "4a16c", "SE": "20n", "SI": "15n",
    "SK": "20n", "TR": "6n16c",
}  # fmt: skip


@dataclass(frozen=True)
class Example:
    """A filled template; `text[start:end]` is the value that a rule must find in it."""

    text: bytes = field(repr=False)
    start: int
    end: int


def expand(template: str, seed: str) -> Example:
    """Fill the markers of `template` with characters that depend on `seed` only.

    Raises ValueError, naming the marker, for one that is unknown, has a bad argument, or is out of place.
    """
    filler = _Filler(template, random.Random(seed))  # noqa: S311 (must be repeatable, guards nothing)
    text = filler.fill(nested=False)
    if (filler.start is None) != (filler.end is None):
        raise ValueError(f"{{>}} and {{<}} must come together: {template!r}")
    start, end = filler.start or 0, len(text) if filler.end is None else filler.end
    if end < start:
        raise ValueError(f"{{<}} stands before {{>}}: {template!r}")
    return Example(text, start, end)


class _Filler:
    """Reads one template from left to right."""

    def __init__(self, template: str, rng: random.Random) -> None:
        self.template = template
        self.rng = rng
        self.at = 0
        self.start: int | None = None
        self.end: int | None = None

    def fill(self, *, nested: bool) -> bytes:
        """Fill up to the end, or if `nested` up to the brace that closes the marker round it."""
        out = bytearray()
        while self.at < len(self.template):
            rest = self.template[self.at : self.at + 2]
            if rest in ("{{", "}}"):
                self.at += 2
                out += rest[:1].encode()
            elif rest[0] == "{":
                self._marker(out, nested=nested)
            elif rest[0] == "}":
                if not nested:
                    raise ValueError(f"single '}}' at {self.at} of {self.template!r}")
                self.at += 1
                return bytes(out)
            else:
                self.at += 1
                out += rest[0].encode()
        if nested:
            raise ValueError(f"marker without an end: {self.template!r}")
        return bytes(out)

    def _marker(self, out: bytearray, *, nested: bool) -> None:
        """Read the marker at the present place and append what it stands for."""
        if text := _TEXT_MARKER.match(self.template, self.at):
            self.at = text.end()
            out += _encoded(text[1], self.fill(nested=True))
            return
        found = _MARKER.match(self.template, self.at)
        if found is None:
            raise ValueError(f"not a marker: {self.template[self.at : self.at + 20]!r}")
        self.at = found.end()
        name, argument = found[1], found[2]
        if name in (">", "<"):
            self._mark(found[0], len(out), nested=nested)
        elif name == "n" and argument is None:
            out += b"\n"
        elif name or argument is not None:
            out += _made(found[0], name, argument, self.rng).encode()

    def _mark(self, marker: str, place: int, *, nested: bool) -> None:
        attribute = "start" if marker == "{>}" else "end"
        if nested or marker not in ("{>}", "{<}") or getattr(self, attribute) is not None:
            raise ValueError(f"bad marker {marker}: {self.template!r}")
        setattr(self, attribute, place)


def _encoded(name: str, text: bytes) -> bytes:
    return base64.b64encode(text) if name == "b64" else base64.urlsafe_b64encode(text).rstrip(b"=")


def _made(marker: str, name: str, argument: str | None, rng: random.Random) -> str:
    """What a marker with a made-up content stands for. Raises ValueError that names the marker."""
    try:
        if name == "uuid" and argument is None:
            return str(uuid.UUID(bytes=rng.randbytes(16), version=4))
        if name in _FILLS:
            return _characters(rng, _FILLS[name], _count(argument))
        return _MAKERS[name](rng, argument or "")
    except (KeyError, ValueError) as error:
        raise ValueError(f"bad marker {marker}") from error


def _count(argument: str | None) -> int:
    if argument is None or not re.fullmatch(r"[1-9][0-9]{0,4}", argument):
        raise ValueError("not a count")
    return int(argument)


def _characters(rng: random.Random, groups: tuple[str, ...], count: int) -> str:
    """`count` characters of all groups: each group present if there is room, no runs, sequences or placeholder words.

    Neighbours differ by two code points or more (letter case aside), which rules out `aa`, `ab` and `21`.
    """
    alphabet = "".join(groups)
    plain = "".join(char for char in alphabet if char.isalnum())
    needed = groups if count >= len(groups) + 2 else groups[:1] * (count >= 1 and len(groups) == 1)
    while True:
        chars: list[str] = []
        while len(chars) < count:
            char = rng.choice(plain if len(chars) in (0, count - 1) else alphabet)
            if not chars or abs(ord(char.lower()) - ord(chars[-1].lower())) > 1:
                chars.append(char)
        made = "".join(chars)
        if all(set(group) & set(made) for group in needed) and not _WORDS.search(made):
            return made


def _word(rng: random.Random, argument: str) -> str:
    count = _count(argument)
    while True:
        made = "".join(rng.choice(_VOWELS if index % 2 else _CONSONANTS) for index in range(count))
        if not _WORDS.search(made):
            return made


def _crc32_base62(rng: random.Random, argument: str) -> str:
    prefix, _, count = argument.rpartition(":")
    body = _characters(rng, _FILLS["alnum"], _count(count))
    rest, checksum = zlib.crc32(body.encode()), ""
    for _ in range(6):
        rest, digit = divmod(rest, 62)
        checksum = _BASE62[digit] + checksum
    return prefix + body + checksum


def _nkey(rng: random.Random, argument: str) -> str:
    if argument not in {*_NKEY_TYPES, *("S" + kind for kind in _NKEY_TYPES)}:
        raise ValueError("not a prefix of a seed or of a public key")
    kind = _NKEY_TYPES[argument[-1]] << 3
    head = [18 << 3 | kind >> 5, (kind & 31) << 3] if len(argument) > 1 else [kind]
    raw = bytes(head) + rng.randbytes(32)
    return base64.b32encode(raw + struct.pack("<H", binascii.crc_hqx(raw, 0))).decode().rstrip("=")


def _luhn(rng: random.Random, argument: str) -> str:
    prefix, _, count = argument.rpartition(":")
    missing = _count(count) - len(prefix) - 1
    if missing < 0 or not re.fullmatch(r"[0-9]*", prefix):
        raise ValueError("prefix too long or not of digits")
    body = prefix + (_characters(rng, _FILLS["digits"], missing) if missing else "")
    doubled = sum(sum(divmod(int(digit) * 2, 10)) for digit in body[-1::-2])
    return body + str(-(doubled + sum(map(int, body[-2::-2]))) % 10)


def _iban(rng: random.Random, argument: str) -> str:
    groups = {"n": _FILLS["digits"], "a": _FILLS["upper"], "c": _FILLS["upperalnum"]}
    parts = re.findall(r"(\d+)([nac])", _IBANS[argument])
    account = "".join(_characters(rng, groups[kind], int(count)) for count, kind in parts)
    number = "".join(str(int(char, 36)) for char in f"{account}{argument}00")
    return f"{argument}{98 - int(number) % 97:02d}{account}"


def _type7(rng: random.Random, argument: str) -> str:
    plain = _characters(rng, _FILLS["alnum"], _count(argument)).encode()
    start = rng.randrange(16)
    return f"{start:02d}" + bytes(char ^ _TYPE7[(start + at) % len(_TYPE7)] for at, char in enumerate(plain)).hex().upper()


_MAKERS: dict[str, Callable[[random.Random, str], str]] = {
    "word": _word,
    "crc32-base62": _crc32_base62,
    "nkey": _nkey,
    "luhn": _luhn,
    "iban": _iban,
    "type7": _type7,
    "pem": keyfiles.pem,
    "der": keyfiles.der,
    "minisign": keyfiles.minisign,
    "signify": keyfiles.signify,
    "wif": wallets.wif,
    "bip32": wallets.bip32,
    "xrp": wallets.xrp,
    "stellar": wallets.stellar,
    "ed25519-pair": wallets.ed25519_pair,
}
