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
    "base64": (string.ascii_lowercase, string.ascii_uppercase, string.digits, "+/"),
    "base64url": (string.ascii_lowercase, string.ascii_uppercase, string.digits, "-_"),
}

# second letter of an NKEY seed's prefix: the number of its key type (github.com/nats-io/nkeys)
_NKEY_TYPES = {"N": 13, "C": 2, "O": 14, "A": 0, "U": 20, "X": 23}

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
    if len(argument) != len("SU") or argument[0] != "S":
        raise ValueError("not a seed prefix")
    kind = _NKEY_TYPES[argument[1]] << 3
    raw = bytes([18 << 3 | kind >> 5, (kind & 31) << 3]) + rng.randbytes(32)
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


def _pem(rng: random.Random, argument: str) -> str:
    if not re.fullmatch(r"[A-Z0-9]+( [A-Z0-9]+)*", argument):
        raise ValueError("not a label")
    body = _BODIES.get(argument, _integers)(rng)
    text = base64.b64encode(body).decode()
    lines = [text[at : at + 64] for at in range(0, len(text), 64)]
    if argument.startswith("PGP "):
        lines = ["", *lines, "=" + base64.b64encode(_crc24(body).to_bytes(3, "big")).decode()]
    return "\n".join([f"-----BEGIN {argument}-----", *lines, f"-----END {argument}-----"])


def _der(tag: int, *parts: bytes) -> bytes:
    """One DER value: tag, length (X.690, 8.1.3), content."""
    content = b"".join(parts)
    size = len(content)
    if size < 128:  # the short form
        return bytes([tag, size]) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(length)]) + length + content


def _integer(rng: random.Random, size: int) -> bytes:
    return _der(0x02, bytes([rng.randrange(1, 128)]) + rng.randbytes(size - 1))


def _integers(rng: random.Random) -> bytes:
    """Shaped as the RSAPrivateKey of RFC 8017, A.1.2, with 2048 bits; the numbers mean nothing."""
    sizes = (256, 3, 256, 128, 128, 128, 128, 128)
    return _der(0x30, _der(0x02, b"\0"), *(_integer(rng, size) for size in sizes))


def _pkcs8(rng: random.Random) -> bytes:
    """PrivateKeyInfo (RFC 5208) round an RSA key."""
    algorithm = _der(0x30, _der(0x06, bytes.fromhex("2a864886f70d010101")), _der(0x05))
    return _der(0x30, _der(0x02, b"\0"), algorithm, _der(0x04, _integers(rng)))


def _encrypted(rng: random.Random) -> bytes:
    """EncryptedPrivateKeyInfo (RFC 5208) with PBES2."""
    algorithm = _der(0x30, _der(0x06, bytes.fromhex("2a864886f70d01050d")), _der(0x30))
    return _der(0x30, algorithm, _der(0x04, rng.randbytes(1232)))


def _ec(rng: random.Random) -> bytes:
    """ECPrivateKey (RFC 5915) on P-256."""
    curve = _der(0xA0, _der(0x06, bytes.fromhex("2a8648ce3d030107")))
    public = _der(0xA1, _der(0x03, b"\0\x04" + rng.randbytes(64)))
    return _der(0x30, _der(0x02, b"\x01"), _der(0x04, rng.randbytes(32)), curve, public)


def _openssh(rng: random.Random) -> bytes:
    """An unencrypted Ed25519 key in the format of OpenSSH's PROTOCOL.key."""

    def text(content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + content

    public, check = rng.randbytes(32), rng.randbytes(4)
    secret = check * 2 + text(b"ssh-ed25519") + text(public) + text(rng.randbytes(32) + public) + text(b"")
    secret += bytes(range(1, 1 + -len(secret) % 8))
    head = b"openssh-key-v1\0" + text(b"none") * 2 + text(b"") + struct.pack(">I", 1)
    return head + text(text(b"ssh-ed25519") + text(public)) + text(secret)


def _pgp(rng: random.Random) -> bytes:
    """One secret-key packet (RFC 4880, 5.5.3) of version 4."""
    return b"\x95\x03\x98\x04" + rng.randbytes(0x397)


def _crc24(content: bytes) -> int:
    """The checksum of RFC 4880, 6.1."""
    crc = 0xB704CE
    for byte in content:
        crc ^= byte << 16
        for _ in range(8):
            crc = (crc << 1) ^ (0x1864CFB if crc & 0x800000 else 0)
    return crc


_BODIES: dict[str, Callable[[random.Random], bytes]] = {
    "PRIVATE KEY": _pkcs8,
    "ENCRYPTED PRIVATE KEY": _encrypted,
    "EC PRIVATE KEY": _ec,
    "OPENSSH PRIVATE KEY": _openssh,
    "PGP PRIVATE KEY BLOCK": _pgp,
}
_MAKERS: dict[str, Callable[[random.Random, str], str]] = {
    "word": _word,
    "crc32-base62": _crc32_base62,
    "nkey": _nkey,
    "luhn": _luhn,
    "iban": _iban,
    "pem": _pem,
}
