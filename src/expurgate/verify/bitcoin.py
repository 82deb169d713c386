"""Bitcoin addresses."""

from __future__ import annotations

import re

from expurgate.verify import base58

_BECH32 = {char: number for number, char in enumerate(b"qpzry9x8gf2tvdw0s3jn54khce6mua7l")}
_GENERATORS = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_CONSTANTS = (1, 0x2BC830A3)  # bech32 (BIP 173), bech32m (BIP 350)


def btc_address(value: bytes) -> bool | None:
    """A main-net address with right check digits: base58check (P2PKH, P2SH) or bech32/bech32m with the prefix `bc`.

    Burn addresses (a payload of equal bytes) are False.
    """
    if value[:3].lower() == b"bc1":
        return value in (value.lower(), value.upper()) and _bech32(value.lower())
    if not 26 <= len(value) <= 35 or value[:1] not in (b"1", b"3"):
        return False
    return _base58check(value)


def _base58check(value: bytes) -> bool:
    """One version byte (0 or 5), 20 bytes and their checksum."""
    raw = base58.payload(value)
    return len(raw) == 21 and raw[0] in (0, 5) and len(set(raw[1:])) > 1


def _bech32(value: bytes) -> bool:
    """The polynomial check of BIP 173 over the prefix `bc` and all data characters."""
    if not 14 <= len(value) <= 74 or not re.fullmatch(rb"bc1[02-9ac-hj-np-z]+", value) or len(set(value[4:-6])) == 1:
        return False
    check = 1
    for word in (3, 3, 0, 2, 3, *(_BECH32[char] for char in value[3:])):
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ word
        for bit, generator in enumerate(_GENERATORS):
            if top >> bit & 1:
                check ^= generator
    return check in _CONSTANTS
