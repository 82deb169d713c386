"""Values that carry their own structure: signed tokens, key blocks, identifiers.

Every function takes the bytes that a rule calls its value and answers True (the structure proves it), False (it disproves it) or
None (no opinion). None of them ever raises.
"""

from __future__ import annotations

import binascii
import re

# RFC 7515 registers `alg`; a token with `none` is not signed.
_SAMPLE_SUBJECTS = (b'"sub":"1234567890"', b'"name":"John Doe"')
_DER_SEQUENCE = 0x30
_SSH_MAGIC = b"openssh-key-v1\x00"  # openssh-portable, PROTOCOL.key
_SSH2_MAGIC = b"\x3f\x6f\xf9\xeb"  # ssh.com private key files
_PGP_KEY_TAGS = frozenset((5, 6, 7, 14))  # RFC 4880, 4.3: secret key, public key and their subkeys


def base64_bytes(text: bytes) -> bytes | None:
    """Decode base 64 of either alphabet (RFC 4648), padded or not; None if other characters are in it."""
    bare = text.rstrip(b"=").translate(bytes.maketrans(b"-_", b"+/"))
    if len(bare) % 4 == 1 or not re.fullmatch(rb"[A-Za-z0-9+/]*", bare):
        return None
    try:
        return binascii.a2b_base64(bare + b"=" * (-len(bare) % 4))
    except binascii.Error:
        return None


def jwt(value: bytes) -> bool | None:
    """A JSON Web Token (RFC 7515, 7516, 7519): the header is a JSON object with `alg`, and a signed one's claims are an object.

    False for jwt.io's sample claims; None for an unsigned token and for one that is cut off.
    """
    parts = value.split(b".")
    header = json_object(parts[0])
    algorithm = header.get("alg") if header else None
    if not isinstance(algorithm, str):
        return False
    if len(parts) == 5:
        return True
    if len(parts) != 3 or not parts[2] or algorithm.lower() == "none":
        return None
    claims = base64_bytes(parts[1])
    if claims is None or json_object(parts[1]) is None:
        return False
    bare = claims.replace(b" ", b"")
    return not any(sample.replace(b" ", b"") in bare for sample in _SAMPLE_SUBJECTS)


def json_object(text: bytes) -> dict[str, object] | None:
    """The JSON object that is encoded in base64url, or None."""
    import json  # few runs of the hook meet a token

    raw = base64_bytes(text) if len(text) <= 65536 else None
    if not raw or raw[:1] not in (b"{", b" ", b"\n", b"\t", b"\r"):
        return None
    try:
        parsed = json.loads(raw)
    except (ValueError, RecursionError):
        return None
    return parsed if isinstance(parsed, dict) else None


def pem_key(value: bytes) -> bool | None:
    """A key block whose body decodes to what its label promises (RFC 7468, RFC 1421 for `Proc-Type`, PROTOCOL.key, RFC 4880).

    Escaped line ends, quotes, indentation and the signs of comments and diffs before each line are looked through. None if too
    little of the body is there to judge; False if the body is too short or no base 64 (an elided or invented one).
    """
    found = re.search(rb"-----BEGIN ([A-Z0-9 ]{1,60})-----(.*?)(?:-----END|\Z)", value, re.DOTALL)
    if found is None:
        found = re.search(rb"---- BEGIN (SSH2 [A-Z0-9 ]{1,60}) ----(.*?)(?:---- END|\Z)", value, re.DOTALL)
    if found is None:
        return None
    label, body, whole = found[1], found[2], b"-- END" in value or b"--END" in value or b"-----END" in value
    if not body.strip(b" \t\r\n\\rn\"'"):
        return False if whole else None
    raw = _body_bytes(body)
    if raw is None or len(raw) < 24:
        return False if whole or raw is None else None
    if b"ENCRYPTED" in body and b"Proc-Type" in body:
        return True
    return _key_bytes(label, raw, whole)


def _body_bytes(body: bytes) -> bytes | None:
    """The decoded body of a key block; header lines (`Name: value`) and the PGP checksum line are left out."""
    body = _undecorated(body)
    joined = re.sub(rb"[\"'`] *[+.,]? *\\?\r?\n[ \t]*[\"'`]", b"\n", body)  # string literals, one a line
    lines = re.split(rb"(?:\\r|\\n|\r|\n)+", joined)
    kept = []
    for line in lines:
        bare = line.strip(b" \t\"'`,;\\*#>|")
        bare = re.sub(rb"[\"'] *[+.]? *\\?$", b"", bare).strip(b" \t\"'`")
        if b":" in bare or not bare or bare[:1] == b"=":
            continue
        kept.append(bare)
    text = b"".join(b"".join(kept).split())
    if re.search(rb"\.\.\.|\xe2\x80\xa6|\*\*\*|[Xx]{12}|<|\{", text):
        return None
    return base64_bytes(text[: len(text) - (len(text.rstrip(b"=")) % 4 == 1)])


def _undecorated(body: bytes) -> bytes:
    """The lines of a body without what a diff, a comment or a string literal puts before each of them.

    Those signs are taken from the first line: a key's own first line begins with a letter, others may begin with `+` or `/`.
    """
    found = re.match(rb"(?:[^\n]{0,24}\n){0,3}?([ \t+\-/#*>;%|!.]{1,40})[\"'`]?[A-Za-z]", body)
    signs = found[1].rstrip() if found else b""
    if not signs.strip():
        return body
    return b"\n".join(line.removeprefix(signs) for line in body.split(b"\n"))


def _key_bytes(label: bytes, raw: bytes, whole: bool) -> bool | None:
    """Whether decoded bytes begin, and if all of them are there also end, like the kind of key that the label names."""
    if b"PGP" in label:
        tag = (raw[0] & 0x3F) if raw[0] & 0x40 else (raw[0] & 0x3F) >> 2
        return bool(raw[0] & 0x80) and tag in _PGP_KEY_TAGS
    if b"OPENSSH" in label:
        return raw.startswith(_SSH_MAGIC)
    if b"SSH2" in label:
        return raw.startswith(_SSH2_MAGIC)
    if b"COSIGN" in label or b"SIGSTORE" in label:
        return raw.startswith(b"{")  # a JSON object that names its cipher (go-securesystemslib, encrypted)
    return _der_sequence(raw, whole)


def _der_sequence(raw: bytes, whole: bool) -> bool:
    """X.690: a SEQUENCE whose length is the rest of the bytes (at least as many, if the block is cut off), first element inside."""
    if raw[0] != _DER_SEQUENCE:
        return False
    size, start = raw[1], 2
    if size & 0x80:
        count = size & 0x7F
        if not 1 <= count <= 3:
            return False
        size, start = int.from_bytes(raw[2 : 2 + count], "big"), 2 + count
    if start + 2 > len(raw) or raw[start] not in (0x02, 0x30):
        return False
    rest = len(raw) - start
    return rest == size if whole else rest <= size


def uuid(value: bytes) -> bool | None:
    """RFC 9562: variant 10x and version 1 to 8 are proof; nil, max, counters and sequences are False; other versions None."""
    bare = value.strip(b"{}").replace(b"-", b"").lower()
    if not re.fullmatch(rb"[0-9a-f]{32}", bare):
        return False
    if len(set(bare)) <= 4 or b"0000000000" in bare or b"12345678" in bare or b"123e4567e89b12d3a456" in bare:
        return False
    return True if bare[16] in b"89ab" and bare[12] in b"12345678" else None


def aws_key_id(value: bytes) -> bool | None:
    """IAM identifiers ("Unique identifiers", IAM user guide): AKIA, ASIA (and ABIA, ACCA) + 16 characters of base 32.

    False for the other prefixes, which name users, roles and policies but open nothing, and for AWS's `...EXAMPLE` values.
    """
    if not re.fullmatch(rb"(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}", value):
        return False
    return not (b"EXAMPLE" in value or len(set(value[4:])) <= 4 or b"ABCDEFGH" in value or b"234567" in value)
