"""What DER (X.690) says about keys: which of the key formats bytes are, or that they hold no secret at all.

Every predicate answers for any bytes and never raises. No number in a key is computed with: only the structure is looked at.
"""

from __future__ import annotations

from typing import NamedTuple

_INTEGER, _BITS, _OCTETS, _OID, _SEQUENCE = 0x02, 0x03, 0x04, 0x06, 0x30
_PKCS7 = bytes.fromhex("2a864886f70d0107")  # then 1 for data, 2 for signed data (RFC 2315, 14)
_ENCRYPTIONS = (bytes.fromhex("2a864886f70d0105"), bytes.fromhex("2a864886f70d010c01"))  # PKCS #5 (RFC 8018), #12 (RFC 7292)
_KEY_ALGORITHMS = frozenset(
    bytes.fromhex(text)
    for text in (
        "2a864886f70d010101",  # rsaEncryption
        "2a864886f70d01010a",  # id-RSASSA-PSS
        "2a8648ce380401",  # id-dsa
        "2a864886f70d010301",  # dhKeyAgreement
        "2a8648ce3d0201",  # id-ecPublicKey
        "2b656e",  # X25519
        "2b656f",  # X448
        "2b6570",  # Ed25519
        "2b6571",  # Ed448
    )
)
_MOST = 64  # members of a sequence that are looked at; keys have ten


class Element(NamedTuple):
    """One value of DER: its tag, and where its content starts and ends."""

    tag: int
    start: int
    end: int

    @property
    def size(self) -> int:
        """Bytes of content."""
        return self.end - self.start


def element(raw: bytes, at: int) -> Element | None:
    """The element at an offset; None if there is none or if it does not fit (X.690, 8.1)."""
    if at + 2 > len(raw):
        return None
    size, start = raw[at + 1], at + 2
    if size & 0x80:
        count = size & 0x7F
        if not 1 <= count <= 4 or start + count > len(raw):
            return None
        size, start = int.from_bytes(raw[start : start + count], "big"), start + count
    return Element(raw[at], start, start + size) if start + size <= len(raw) else None


def members(raw: bytes) -> list[Element]:
    """The members of the one SEQUENCE that the bytes are; none if they are something else or do not fill it."""
    outer = element(raw, 0)
    if outer is None or outer.tag != _SEQUENCE or outer.end != len(raw):
        return []
    found: list[Element] = []
    at = outer.start
    while at < outer.end:
        member = element(raw, at)
        if member is None or member.end > outer.end or len(found) == _MOST:
            return []
        found.append(member)
        at = member.end
    return found


def cut_off(raw: bytes) -> bool:
    """Whether the bytes begin a SEQUENCE of the size of a key but end before it does."""
    if len(raw) < 24 or raw[0] != _SEQUENCE or not 0x81 <= raw[1] <= 0x83:
        return False
    count = raw[1] & 0x7F
    return int.from_bytes(raw[2 : 2 + count], "big") > len(raw) - 2 - count


def is_private(raw: bytes) -> bool:
    """A private key without a password: PKCS #8, PKCS #1, SEC 1 or OpenSSL's form of a DSA key."""
    parts = members(raw)
    return bool(parts) and (_is_pkcs8(raw, parts) or _is_pkcs1(raw, parts) or _is_sec1(raw, parts))


def _is_pkcs8(raw: bytes, parts: list[Element]) -> bool:
    """PrivateKeyInfo or OneAsymmetricKey (RFC 5208, RFC 5958): version 0 or 1, a known algorithm, an OCTET STRING."""
    if len(parts) < 3 or _version(raw, parts) not in (0, 1) or parts[1].tag != _SEQUENCE or parts[2].tag != _OCTETS:
        return False
    return _kind(raw, parts[1]) in _KEY_ALGORITHMS


def _is_pkcs1(raw: bytes, parts: list[Element]) -> bool:
    """RSAPrivateKey (RFC 8017, A.1.2): version 0 or 1 and eight INTEGERs. DSA: version 0 and five INTEGERs."""
    if len(parts) not in (6, 9, 10) or any(part.tag != _INTEGER for part in parts[:9]):
        return False
    if len(parts) == 6:
        return _version(raw, parts) == 0 and parts[1].size >= 64
    return _version(raw, parts) in (0, 1) and parts[1].size >= 32


def _is_sec1(raw: bytes, parts: list[Element]) -> bool:
    """ECPrivateKey (RFC 5915): version 1, an OCTET STRING as long as the numbers of a curve, then only context tags 0 and 1."""
    if not 2 <= len(parts) <= 4 or _version(raw, parts) != 1 or parts[1].tag != _OCTETS:
        return False
    return 20 <= parts[1].size <= 72 and all(part.tag in (0xA0, 0xA1) for part in parts[2:])


def is_encrypted(raw: bytes) -> bool:
    """EncryptedPrivateKeyInfo (RFC 5958, 3): an algorithm of PKCS #5 or #12, then an OCTET STRING that could hold a key."""
    parts = members(raw)
    if len(parts) != 2 or parts[0].tag != _SEQUENCE or parts[1].tag != _OCTETS or parts[1].size < 32:
        return False
    return _kind(raw, parts[0]).startswith(_ENCRYPTIONS)


def is_pkcs12(raw: bytes) -> bool:
    """PFX (RFC 7292, 4): version 3, then a ContentInfo of type data or signedData, perhaps a MAC.

    Of one with indefinite lengths (BER, as Java and browsers write it) only the beginning is looked at.
    """
    if raw.startswith(bytes.fromhex("308002010330800609") + _PKCS7 + b"\x01"):
        return True
    parts = members(raw)
    if len(parts) not in (2, 3) or _version(raw, parts) != 3 or parts[1].tag != _SEQUENCE:
        return False
    return _kind(raw, parts[1]) in (_PKCS7 + b"\x01", _PKCS7 + b"\x02")


def is_public(raw: bytes) -> bool:
    """A certificate, a request or a revocation list (RFC 5280), or a public key (SubjectPublicKeyInfo; RFC 8017, A.1.1)."""
    parts = members(raw)
    if len(parts) == 2 and all(part.tag == _INTEGER for part in parts):
        return parts[0].size >= 64
    return 2 <= len(parts) <= 3 and all(part.tag == _SEQUENCE for part in parts[:-1]) and parts[-1].tag == _BITS


def _version(raw: bytes, parts: list[Element]) -> int:
    """The first member if it is an INTEGER of one byte, or -1."""
    first = parts[0]
    return raw[first.start] if first.tag == _INTEGER and first.size == 1 else -1


def _kind(raw: bytes, sequence: Element) -> bytes:
    """The OBJECT IDENTIFIER at the beginning of a SEQUENCE, or nothing."""
    first = element(raw, sequence.start)
    return raw[first.start : first.end] if first and first.tag == _OID and first.end <= sequence.end else b""
