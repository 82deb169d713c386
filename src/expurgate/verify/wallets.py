"""Private keys and seeds of wallets.

Every function takes the bytes that a rule calls its value and answers True (a checksum or the curve proves it), False (it disproves
it) or None (the value has nothing that could be checked). None of them ever raises.
"""

from __future__ import annotations

import re

from expurgate import ed25519
from expurgate.verify import base58
from expurgate.verify.checksums import nkey_crc

_WIF_VERSIONS = frozenset((0x80, 0xEF, 0xB0, 0x9E))  # Bitcoin, its test networks, Litecoin, Dogecoin
_ORDER = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141  # of secp256k1 (SEC 2, 2.4.1)


def bitcoin_wif(value: bytes) -> bool | None:
    """Wallet import format (Bitcoin wiki, "Wallet import format"): base58check of a version, 32 bytes and perhaps a 1."""
    key = base58.payload(value.strip())
    if len(key) not in (33, 34) or key[0] not in _WIF_VERSIONS:
        return False
    return len(key) == 33 or key[33] == 1


def xrp_seed(value: bytes) -> bool | None:
    """A seed of the XRP Ledger (xrpl.org, "Base58 encodings"): base58check of 21, or of 01 E1 4B for Ed25519, and 16 bytes."""
    seed = base58.payload(value.strip(), base58.XRPL)
    return (len(seed), seed[:-16]) in ((17, b"\x21"), (19, b"\x01\xe1\x4b"))


def bip32_key(value: bytes) -> bool | None:
    """An extended private key (BIP 32, "Serialization format"): base58check of 78 bytes, a zero before the 32 of the key."""
    key = base58.payload(value.strip())
    return len(key) == 78 and key[45] == 0


def stellar_seed(value: bytes) -> bool | None:
    """A secret seed of Stellar (SEP 23): base 32 of the version byte 144, 32 bytes and their CRC-16."""
    return bool(re.fullmatch(rb"S[A-D][A-Z2-7]{54}", value)) and nkey_crc(value)


def ethereum_key(value: bytes) -> bool | None:
    """A private key of secp256k1 in hex: False for small and patterned numbers and for those that are no key, otherwise None.

    The keys that development chains print for everybody are stand-ins, see ``published.py``.
    """
    bare = value.strip().lower().removeprefix(b"0x")
    if not re.fullmatch(rb"[0-9a-f]{64}", bare) or len(set(bare)) < 8:
        return False
    return None if 1 << 64 < int(bare, 16) < _ORDER else False


def ed25519_pair(value: bytes) -> bool | None:
    """A key pair as Solana's tools write it: 64 numbers, of which the last 32 are the public key of the first 32 (RFC 8032)."""
    numbers = re.findall(rb"[0-9]+", value)
    if len(numbers) != 64 or any(len(number) > 3 or int(number) > 255 for number in numbers):
        return False
    raw = bytes(int(number) for number in numbers)
    return ed25519.public_key(raw[:32]) == raw[32:]
