"""Check digits of tokens and payment identifiers.

Every function takes the bytes that a rule calls its value and answers True (the check digits hold), False (they do not, or the
value is published for tests) or None (the value has no check digits that we know). None of them ever raises.
"""

from __future__ import annotations

import binascii
import re
import zlib

BASE62 = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

# ISO 13616 registry (SWIFT, release 99): total length of an IBAN by country.
IBAN_LENGTHS = {
    country: int(length)
    for length, _, countries in (
        item.partition(b":")
        for item in (
            b"15:NO 16:BE 18:DK,FI,FK,FO,GL,NL,SD 19:MK,SI 20:AT,BA,EE,KZ,LT,LU,MN,XK 21:CH,HR,LI,LV "
            b"22:BG,BH,CR,DE,GB,GE,IE,ME,RS,VA 23:AE,GI,IL,IQ,OM,SO,TL 24:AD,CZ,ES,MD,PK,RO,SA,SE,SK,TN,VG 25:LY,PT,ST "
            b"26:IS,TR 27:BI,DJ,FR,GR,IT,MC,MR,SM 28:AL,AZ,BY,CY,DO,GT,HN,HU,LB,NI,PL,SV 29:BR,EG,PS,QA,UA 30:JO,KW,MU,YE "
            b"31:MT,SC 32:LC 33:RU"
        ).split()
    )
    for country in countries.split(b",")
}

# The registry's own examples for countries whose example is copied everywhere: published, nobody's account.
IBAN_SAMPLES = frozenset(
    (
        b"DE89370400440532013000 GB29NWBK60161331926819 GB82WEST12345698765432 FR1420041010050500013M02606 NL91ABNA0417164300 "
        b"ES9121000418450200051332 IT60X0542811101000000123456 BE68539007547034 CH9300762011623852957 AT611904300234573201 "
        b"IE29AIBK93115212345678 PL61109010140000071219812874 SE4550000000058398257466 DK5000400440116243 NO9386011117947 "
        b"FI2112345600000785 PT50000201231234567890154 LU280019400644750000 SA0380000000608010167519 AE070331234567890123456 "
        b"TR330006100519786457841326 GR1601101250000000012300695 CZ6508000000192000145399 HU42117730161111101800000000"
    ).split()
)


def digits_of(value: bytes) -> bytes:
    """The digits of a number written with blanks, dots, dashes or no-break spaces; empty if anything else is in it."""
    bare = value.replace(b"\xc2\xa0", b"").translate(None, b" .-")
    return bare if bare.isdigit() else b""


def luhn(digits: bytes) -> bool:
    """Whether ASCII digits pass the Luhn check (ISO/IEC 7812-1, annex B)."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        number = digit - 48
        if place % 2:
            number = number * 2 - 9 if number > 4 else number * 2
        total += number
    return bool(digits) and total % 10 == 0


def iban(value: bytes) -> bool | None:
    """ISO 13616: length of the country, then ISO 7064 mod 97-10 is 1. The registry's examples and near-constant ones are False."""
    bare = value.translate(None, b" -.\t").upper()
    length = IBAN_LENGTHS.get(bare[:2])
    if length is None or len(bare) != length or not bare.isalnum() or not bare[2:4].isdigit():
        return False
    if not 2 <= int(bare[2:4]) <= 98 or bare in IBAN_SAMPLES or len(set(bare[4:])) < 3:
        return False
    moved = bare[4:] + bare[:4]
    number = "".join(str(c - 48 if c < 58 else c - 55) for c in moved)
    return int(number) % 97 == 1


def aba_routing(value: bytes) -> bool | None:
    """ABA routing number: nine digits, first two in an assigned range, 3-7-1 weights sum to 0 mod 10 (ABA policy, 2023)."""
    digits = digits_of(value)
    if len(digits) != 9 or len(set(digits)) < 3:
        return False
    prefix = int(digits[:2])
    if not (prefix <= 12 or 21 <= prefix <= 32 or 61 <= prefix <= 72 or prefix == 80):
        return False
    weights = (3, 7, 1, 3, 7, 1, 3, 7, 1)
    return sum(weight * (digit - 48) for weight, digit in zip(weights, digits, strict=True)) % 10 == 0


def base62(number: int, width: int) -> bytes:
    """A number in base 62 (digits, capitals, small letters), left-filled with zeros to at least that width."""
    out = bytearray()
    while number:
        number, rest = divmod(number, 62)
        out.append(BASE62[rest])
    return bytes(reversed(out)).rjust(width, b"0")


def crc32_base62(value: bytes) -> bool | None:
    """After the last `_`: a body, then six base-62 characters of the body's CRC-32."""
    body = value.rpartition(b"_")[2]
    if len(body) < 16 or not body.isalnum() or not body.isascii():
        return None
    return base62(zlib.crc32(body[:-6]), 6) == body[-6:]


def github_checksum(value: bytes) -> bool | None:
    """`gh[pousr]_` + 30 characters + CRC-32 ("Behind GitHub's new authentication token formats", 2021). Other shapes: None.

    Fine-grained tokens and the long `ghs_` ones that wrap a JWT have no published checksum.
    """
    return crc32_base62(value) if re.fullmatch(rb"(?:gh[a-z]_)?[A-Za-z0-9]{36}", value) else None


def npm_checksum(value: bytes) -> bool | None:
    """`npm_` + 30 characters + CRC-32 ("Announcing npm's new access token format", 2021). Other shapes: None."""
    return crc32_base62(value) if re.fullmatch(rb"(?:npm_)?[A-Za-z0-9]{36}", value) else None


def nkey_crc(value: bytes) -> bool | None:
    """NATS NKEY (github.com/nats-io/nkeys): base 32 of prefix byte(s), 32 key bytes and their CRC-16/XMODEM, little-endian."""
    if len(value) not in (56, 58):
        return False
    try:
        raw = _base32(value)
    except ValueError:
        return False
    if len(value) == 58 and (raw[0] & 0xF8) != 18 << 3:
        return False
    return binascii.crc_hqx(raw[:-2], 0) == int.from_bytes(raw[-2:], "little")


def _base32(value: bytes) -> bytes:
    """RFC 4648 base 32 without padding; rest bits are ignored. Raises ValueError on another alphabet."""
    number = 0
    for char in value:
        number = (number << 5) | b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".index(char)
    bits = len(value) * 5
    return (number >> (bits % 8)).to_bytes(bits // 8, "big")
