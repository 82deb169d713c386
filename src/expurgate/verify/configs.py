"""Values as configuration files of one program write them: Kubernetes, Docker, Cisco IOS.

Every function takes the bytes that a rule calls its value and answers True (the structure proves it), False (it disproves it) or
None (no opinion). None of them ever raises.
"""

from __future__ import annotations

import re

from expurgate.verify import der
from expurgate.verify.keyfiles import pem_private_key, unwrapped
from expurgate.verify.placeholders import placeholder
from expurgate.verify.structures import base64_bytes

_PUBLIC_BLOCK = rb"-----BEGIN ([A-Z0-9 ]{1,60})-----.*?-----END \1-----"
_PUBLIC_LINE = rb"[^\n]*(?:ssh-(?:rsa|dss|ed25519)|ecdsa-sha2-nistp[0-9]{3})(?:@openssh\.com)? AAAA[^\n]*|#[^\n]*|\s*"
_NO_SECRET = rb"\s*(?:[0-9]{1,8}|true|false|https?://[^\s@]*|[a-z]{1,5})\s*"
_TYPE7 = b"dsfd;kfoA,.iyewrkldJKDHSUBsgvca69834ncxv9873254k;fg87"  # the constant of IOS, the same in all devices


def kubernetes_secret(value: bytes) -> bool | None:
    """A value of `data` in a Secret (Kubernetes, "Secrets"): base 64, always padded. True for a private key.

    False for what decodes to a stand-in, to certificates or public keys, or to a number, an address or a word of five letters;
    None for all else.
    """
    if len(value) % 4 or not re.fullmatch(rb"[A-Za-z0-9+/]+={0,2}", value):
        return False
    raw = base64_bytes(value)
    if raw is None or len(raw) < 4 or placeholder(raw):
        return False
    if b"PRIVATE KEY" in raw:
        return True if pem_private_key(raw) else None
    return False if _public(raw) or re.fullmatch(_NO_SECRET, raw) else None


def _public(raw: bytes) -> bool:
    """Whether bytes are certificates or public keys: in DER, mostly in PEM, or in lines as OpenSSH writes them (sshd(8))."""
    if der.is_public(raw):
        return True
    if b"-----BEGIN " in raw:  # bundles have comments between the blocks
        return 2 * sum(len(block[0]) for block in re.finditer(_PUBLIC_BLOCK, raw, re.DOTALL)) > len(raw)
    return b" AAAA" in raw and all(re.fullmatch(_PUBLIC_LINE, line) for line in raw.split(b"\n"))


def docker_config(value: bytes) -> bool | None:
    """A Docker configuration in base 64 ("docker login"): True if a registry has a credential that is no stand-in, else False.

    None if it is no JSON, which one that is cut off is not.
    """
    import json  # few values need it

    raw = unwrapped(value)
    if raw is None:
        return False
    try:
        parsed = json.loads(raw)
    except (ValueError, RecursionError):
        return None
    auths = parsed.get("auths") if isinstance(parsed, dict) else None
    entries = [entry for entry in auths.values() if isinstance(entry, dict)] if isinstance(auths, dict) else []
    texts = [entry.get(name) for entry in entries for name in ("auth", "password", "identitytoken")]
    # JSON can spell halves of characters that no bytes stand for.
    return any(isinstance(text, str) and len(text) > 3 and not placeholder(text.encode(errors="replace")) for text in texts)


def cisco_type7(value: bytes) -> bool | None:
    """A password that IOS can undo (`service password-encryption`): where in a constant it starts, then what XOR with it made.

    True if that gives printable text, otherwise False.
    """
    if not re.fullmatch(rb"(?:0[0-9]|1[0-5])(?:[0-9A-Fa-f]{2}){1,120}", value):
        return False
    start, body = int(value[:2]), bytes.fromhex(value[2:].decode())
    plain = (char ^ _TYPE7[(start + at) % len(_TYPE7)] for at, char in enumerate(body))
    return all(32 <= char < 127 for char in plain)
