"""Base 58 with a checksum, which most currencies write their keys and addresses in."""

from __future__ import annotations

BITCOIN = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
XRPL = b"rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz"
_MOST = 128  # characters; the longest key has 111


def payload(value: bytes, alphabet: bytes = BITCOIN) -> bytes:
    """The bytes before the checksum, the first four bytes of their double SHA-256 (Bitcoin wiki, "Base58Check encoding").

    Nothing if the checksum is wrong or another character is among them.
    """
    from hashlib import sha256  # costs 3 ms, few runs meet an address or a key

    number = 0
    for char in value[: _MOST + 1]:
        digit = alphabet.find(char)
        if digit < 0:
            return b""
        number = number * 58 + digit
    zeros = len(value) - len(value.lstrip(alphabet[:1]))  # a leading zero byte is written as one character
    raw = b"\0" * zeros + number.to_bytes((number.bit_length() + 7) // 8, "big")
    if len(raw) < 5 or len(value) > _MOST:
        return b""
    return raw[:-4] if sha256(sha256(raw[:-4]).digest()).digest()[:4] == raw[-4:] else b""
