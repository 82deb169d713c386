"""Makes up keys and seeds of wallets for examples: their checksums are right, and nobody has anything there."""

from __future__ import annotations

import base64
import binascii
import random
import struct
from hashlib import sha256

from expurgate import ed25519

BITCOIN = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_XRPL = "rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz"

# first character of a key in wallet import format: its version, and what stands behind the 32 bytes if the public key is compressed
_WIF = {"5": (b"\x80", b""), "K": (b"\x80", b"\1"), "L": (b"\x80", b"\1"), "9": (b"\xef", b""), "c": (b"\xef", b"\1")}
_XRP = {"s": b"\x21", "sEd": b"\x01\xe1\x4b"}
_BIP32 = {"x": "0488ade4", "y": "049d7878", "z": "04b2430c", "t": "04358394"}  # SLIP 132


def wif(rng: random.Random, first: str) -> str:
    """A Bitcoin key in wallet import format (Bitcoin wiki) that begins with that character; KeyError if none does."""
    version, end = _WIF[first]
    while not (made := _base58(version + rng.randbytes(32) + end)).startswith(first):
        pass  # of the compressed ones half begin with K, half with L
    return made


def xrp(rng: random.Random, prefix: str) -> str:
    """A seed of the XRP Ledger (xrpl.org, "Base58 encodings") for secp256k1, `s`, or Ed25519, `sEd`."""
    return _base58(_XRP[prefix] + rng.randbytes(16), _XRPL)


def bip32(rng: random.Random, prefix: str) -> str:
    """An extended private key (BIP 32) of depth 0."""
    return _base58(bytes.fromhex(_BIP32[prefix]) + bytes(9) + rng.randbytes(32) + b"\0" + rng.randbytes(32))


def stellar(rng: random.Random, argument: str) -> str:
    """A secret seed of Stellar (SEP 23)."""
    if argument:
        raise ValueError("no argument expected")
    raw = bytes([18 << 3]) + rng.randbytes(32)
    return base64.b32encode(raw + struct.pack("<H", binascii.crc_hqx(raw, 0))).decode()


def ed25519_pair(rng: random.Random, separator: str) -> str:
    """An Ed25519 seed and its public key as 64 numbers, with that text between them."""
    seed = rng.randbytes(32)
    return separator.join(map(str, seed + ed25519.public_key(seed)))


def _base58(payload: bytes, alphabet: str = BITCOIN) -> str:
    """Base58check (Bitcoin wiki)."""
    raw = payload + sha256(sha256(payload).digest()).digest()[:4]
    number, out = int.from_bytes(raw, "big"), ""
    while number:
        number, digit = divmod(number, 58)
        out = alphabet[digit] + out
    return alphabet[0] * (len(raw) - len(raw.lstrip(b"\0"))) + out
