"""Key files in base 64, as people put them into variables, properties and string literals.

Every function takes the bytes that a rule calls its value and answers True (the structure proves it), False (it disproves it) or
None (no opinion, or too little of it is there). None of them ever raises.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from expurgate.verify import der
from expurgate.verify.structures import base64_bytes, pem_key

_MOST = 1 << 17  # what is longer is not decoded
_QUOTES = b"\"'` \t"
_PRIVATE_BLOCK = rb"-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----"
_JKS_MAGICS = (b"\xfe\xed\xfe\xed", b"\xce\xce\xce\xce")  # JKS, JCEKS
_KRB_CRED = b"\x76"  # application tag 22
_KRB_HEAD = b"\xa0\x03\x02\x01\x05\xa1\x03\x02\x01\x16"  # protocol version 5, message type 22


def unwrapped(value: bytes) -> bytes | None:
    """Decode base 64 of one or more lines, which may be string literals that `+` or `.` join, or the lines of a diff."""
    if len(value) > _MOST:
        return None
    lines = [_bare(line) for line in re.split(rb"(?:\\r|\\n|[\r\n])+", value)]
    # One line may begin with a `+` of its own; where all do, it is the sign of a diff.
    if len(lines) > 1 and all(line[:1] == b"+" for line in lines[1:]):
        lines[1:] = [line[1:] for line in lines[1:]]
    return base64_bytes(b"".join(lines))


def _bare(line: bytes) -> bytes:
    """A line without its quotes and the operators outside of them."""
    text = line.strip(b" \t")
    if text[:1] == b"+" and text[1:2] and text[1] in _QUOTES:
        text = text[1:]
    if text[-1:] == b"+" and text[-2:-1] and text[-2] in _QUOTES:
        text = text[:-1]
    return text.strip(_QUOTES + b".\\")


def der_private_key(value: bytes) -> bool | None:
    """A private key in DER: PKCS #8, PKCS #1, SEC 1 or OpenSSL's form of a DSA key. None for one that is cut off."""
    return _of_form(value, der.is_private)


def der_encrypted_key(value: bytes) -> bool | None:
    """A private key under a password in DER (PKCS #8). None for one that is cut off."""
    return _of_form(value, der.is_encrypted)


def pkcs12(value: bytes) -> bool | None:
    """A PKCS #12 store. None for one that is cut off."""
    return _of_form(value, der.is_pkcs12)


def _of_form(value: bytes, form: Callable[[bytes], bool]) -> bool | None:
    raw = unwrapped(value)
    if raw is None:
        return False
    return True if form(raw) else None if der.cut_off(raw) else False


def pem_in_base64(value: bytes) -> bool | None:
    """A PEM file that is encoded as a whole: what `pem_key` says of its private key. Certificates and public keys are False."""
    raw = unwrapped(value)
    return pem_private_key(raw) if raw else False


def pem_private_key(text: bytes) -> bool | None:
    """What `pem_key` says of the first private key in a text, before which certificates may stand; False if there is none."""
    found = re.search(_PRIVATE_BLOCK, text)
    return pem_key(text[found.start() :]) if found else False


def java_keystore(value: bytes) -> bool | None:
    """A JKS or JCEKS store (sun.security.provider.JavaKeyStore): True if it has a key, False if it has certificates only.

    None if all that is there of one that is cut off, or has forms of entry that we do not know, are certificates.
    """
    raw = unwrapped(value)
    if raw is None or len(raw) < 32 or raw[:4] not in _JKS_MAGICS or _number(raw, 4) not in (1, 2):
        return False
    count, at = _number(raw, 8), 12
    if not 1 <= count <= 10000:
        return False
    for _ in range(count):
        kind = _number(raw, at)
        if kind in (1, 3):  # a private key, a secret key
            return True
        if kind != 2 or at + 6 > len(raw):
            return None if at > 12 else False
        at += 6 + int.from_bytes(raw[at + 4 : at + 6], "big") + 8  # alias, time
        if _number(raw, 4) == 2:  # the type of certificate; version 1 knows only one
            at += 2 + int.from_bytes(raw[at : at + 2], "big")
        at += 4 + _number(raw, at)
    return False if at <= len(raw) else None


def _number(raw: bytes, at: int) -> int:
    """Four bytes, big-endian; fewer if the bytes end there."""
    return int.from_bytes(raw[at : at + 4], "big")


def minisign_secret(value: bytes) -> bool | None:
    """A secret key of minisign (158 bytes, "Secret key format") or signify (104 bytes, signify.c): its checksum is right.

    None for an encrypted one, whose checksum needs the password.
    """
    from hashlib import blake2b, sha512  # few runs meet such a key

    raw = unwrapped(value)
    if raw is None or raw[:2] != b"Ed":
        return False
    if len(raw) == 158 and raw[4:6] == b"B2":
        if raw[2:4] == b"Sc":
            return None
        key = raw[54:]  # behind salt and limits: number, key, checksum
        return raw[2:4] == b"\0\0" and blake2b(b"Ed" + key[:72], digest_size=32).digest() == key[72:]
    if len(raw) == 104 and raw[2:4] == b"BK":
        return None if any(raw[4:8]) else sha512(raw[40:]).digest()[:8] == raw[24:32]  # no rounds, no password
    return False


def fernet_key(value: bytes) -> bool | None:
    """A Fernet key (cryptography.io): 32 bytes in base64url. None if they are text, since then a person has chosen them."""
    raw = base64_bytes(value)
    if raw is None or len(raw) != 32:
        return False
    return None if raw.isascii() else True


def kerberos_ticket(value: bytes) -> bool | None:
    """A KRB-CRED message (RFC 4120, 5.8) with its version and type. None for one that is cut off."""
    raw = unwrapped(value)
    if raw is None or not raw.startswith(_KRB_CRED) or _KRB_HEAD not in raw[:24]:
        return False
    outer = der.element(raw, 0)
    return None if outer is None else outer.end == len(raw)
