"""Makes up key files for examples: right in form, with numbers that mean nothing."""

from __future__ import annotations

import base64
import random
import re
import struct
from collections.abc import Callable
from hashlib import blake2b, sha512

_RSA, _PBES2, _P256 = "2a864886f70d010101", "2a864886f70d01050d", "2a8648ce3d030107"


def pem(rng: random.Random, label: str) -> str:
    """A whole block of RFC 7468 with that label; ValueError if it cannot be one."""
    body = _body(rng, label)
    text = base64.b64encode(body).decode()
    lines = [text[at : at + 64] for at in range(0, len(text), 64)]
    if label.startswith("PGP "):
        lines = ["", *lines, "=" + base64.b64encode(_crc24(body).to_bytes(3, "big")).decode()]
    return "\n".join([f"-----BEGIN {label}-----", *lines, f"-----END {label}-----"])


def der(rng: random.Random, label: str) -> str:
    """What such a block holds, in one line of base 64."""
    return base64.b64encode(_body(rng, label)).decode()


def _body(rng: random.Random, label: str) -> bytes:
    if not re.fullmatch(r"[A-Z0-9]+( [A-Z0-9]+)*", label):
        raise ValueError("not a label")
    return _BODIES.get(label, _rsa)(rng)


def minisign(rng: random.Random, argument: str) -> str:
    """A secret key of minisign without a password ("Secret key format"): a salt of zeros, no limits, a checksum at the end."""
    if argument:
        raise ValueError("no argument expected")
    key = rng.randbytes(72)  # its number, the seed and the public key
    return base64.b64encode(b"Ed\0\0B2" + bytes(48) + key + blake2b(b"Ed" + key, digest_size=32).digest()).decode()


def signify(rng: random.Random, argument: str) -> str:
    """A secret key of signify without a password (signify.c): no rounds, salt, a checksum before number and key."""
    if argument:
        raise ValueError("no argument expected")
    salt, number, key = rng.randbytes(16), rng.randbytes(8), rng.randbytes(64)
    return base64.b64encode(b"EdBK" + bytes(4) + salt + sha512(key).digest()[:8] + number + key).decode()


def _der(tag: int, *parts: bytes) -> bytes:
    """One DER value: tag, length (X.690, 8.1.3), content."""
    content = b"".join(parts)
    size = len(content)
    if size < 128:  # the short form
        return bytes([tag, size]) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(length)]) + length + content


def _integer(rng: random.Random, size: int) -> bytes:
    """A number of that many bytes, its highest bit set, which takes a zero before it."""
    return _der(0x02, b"\0" + bytes([rng.randrange(128, 256)]) + rng.randbytes(size - 1))


def _oid(digits: str) -> bytes:
    return _der(0x06, bytes.fromhex(digits))


def _rsa(rng: random.Random) -> bytes:
    """RSAPrivateKey (RFC 8017, A.1.2) with 2048 bits."""
    public = _der(0x02, b"\x01\0\x01")
    private = (_integer(rng, size) for size in (256, 128, 128, 128, 128, 128))
    return _der(0x30, _der(0x02, b"\0"), _integer(rng, 256), public, *private)


def _dsa(rng: random.Random) -> bytes:
    """The six numbers that OpenSSL writes for a key of 1024 bits (dsa(1))."""
    return _der(0x30, _der(0x02, b"\0"), *(_integer(rng, size) for size in (128, 20, 128, 128, 20)))


def _pkcs8(rng: random.Random) -> bytes:
    """PrivateKeyInfo (RFC 5208) round an RSA key."""
    return _der(0x30, _der(0x02, b"\0"), _der(0x30, _oid(_RSA), _der(0x05)), _der(0x04, _rsa(rng)))


def _encrypted(rng: random.Random) -> bytes:
    """EncryptedPrivateKeyInfo (RFC 5208) with PBES2."""
    return _der(0x30, _der(0x30, _oid(_PBES2), _der(0x30)), _der(0x04, rng.randbytes(1232)))


def _ec(rng: random.Random) -> bytes:
    """ECPrivateKey (RFC 5915) on P-256."""
    public = _der(0xA1, _der(0x03, b"\0\x04" + rng.randbytes(64)))
    return _der(0x30, _der(0x02, b"\x01"), _der(0x04, rng.randbytes(32)), _der(0xA0, _oid(_P256)), public)


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


def _certificate(rng: random.Random) -> bytes:
    """The outline of a Certificate (RFC 5280, 4.1): what is signed, an algorithm, a signature."""
    return _der(0x30, _der(0x30, rng.randbytes(500)), _der(0x30, _oid(_RSA), _der(0x05)), _der(0x03, b"\0" + rng.randbytes(256)))


def _public(rng: random.Random) -> bytes:
    """SubjectPublicKeyInfo (RFC 5280, 4.1) of an RSA key."""
    key = _der(0x30, _integer(rng, 256), _der(0x02, b"\x01\0\x01"))
    return _der(0x30, _der(0x30, _oid(_RSA), _der(0x05)), _der(0x03, b"\0" + key))


_BODIES: dict[str, Callable[[random.Random], bytes]] = {
    "PRIVATE KEY": _pkcs8,
    "ENCRYPTED PRIVATE KEY": _encrypted,
    "EC PRIVATE KEY": _ec,
    "DSA PRIVATE KEY": _dsa,
    "OPENSSH PRIVATE KEY": _openssh,
    "PGP PRIVATE KEY BLOCK": _pgp,
    "CERTIFICATE": _certificate,
    "PUBLIC KEY": _public,
}
