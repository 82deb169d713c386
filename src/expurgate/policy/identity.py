"""The identity of a finding: a keyed hash of its value, the same wherever and whenever the value is found.

HMAC-SHA-256 over rule family and canonical value, cut to 128 bits. The key is secret: an unkeyed hash of a phone number is
reversed in seconds.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path

from expurgate.errors import ConfigError
from expurgate.model import Rule

_DIGITS = b"0123456789"
_SHORTEST = 16  # characters of a key


@dataclass(frozen=True)
class Key:
    """A project key and where it came from; ``lasting`` is False for one that was made for this run only."""

    secret: bytes = field(repr=False)
    origin: str
    lasting: bool = True

    @property
    def id(self) -> str:
        """Eight digits that tell keys apart and say nothing else of them."""
        return hmac.digest(self.secret, b"expurgate key id", hashlib.sha256).hex()[:8]

    def fingerprint(self, family: str, canonical: bytes) -> str:
        """The identity of a value found by rules of ``family``: 32 hex digits."""
        return hmac.digest(self.secret, family.encode() + b"\0" + canonical, hashlib.sha256).hex()[:32]


def canonical(rule: Rule, value: bytes) -> bytes:
    """The form in which spellings of one value are equal, as the rule's ``canonical`` says."""
    if rule.canonical == "lower":
        return value.lower()
    if rule.canonical == "digits":
        return bytes(byte for byte in value if byte in _DIGITS)
    if rule.canonical == "compact":
        return bytes(byte for byte in value if chr(byte).isalnum()).lower()
    return value


def load_key(key_file: Path | None, create: bool = True) -> Key:
    """The key of $EXPURGATE_KEY, of ``key_file``, or of the user's own key file, which is made on first use."""
    text = os.environ.get("EXPURGATE_KEY", "")
    if text:
        if len(text) < _SHORTEST:
            raise ConfigError(f"EXPURGATE_KEY is too short: use at least {_SHORTEST} characters, e.g. from 'openssl rand -hex 32'")
        return Key(text.encode(), "EXPURGATE_KEY")
    if key_file:
        try:
            return _checked(key_file, key_file.read_bytes())
        except OSError as error:
            raise ConfigError(f"key file {key_file} cannot be read: {error.strerror}") from None
    return _own_key(create)


def _own_key(create: bool) -> Key:
    base = os.environ.get("XDG_CONFIG_HOME") or os.path.join(os.path.expanduser("~"), ".config")
    path = Path(base) / "expurgate" / "key"
    if key := _stored(path):
        return key
    secret = secrets.token_hex(32).encode()
    if not create:
        return Key(secret, "this run only", lasting=False)
    temporary = path.with_name(f".key.{os.getpid()}")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with open(handle, "wb") as file:
                file.write(secret + b"\n")
            os.link(temporary, path)  # unlike a renaming, it leaves a key that another run has just made
        finally:
            temporary.unlink()
    except FileExistsError:
        return _stored(path) or Key(secret, "this run only", lasting=False)
    except OSError:
        return Key(secret, "this run only", lasting=False)
    return Key(secret, str(path))


def _stored(path: Path) -> Key | None:
    try:
        return _checked(path, path.read_bytes())
    except OSError:
        return None


def _checked(path: Path, content: bytes) -> Key:
    """A short key, an empty file above all, would make identities that anybody can compute."""
    if len(content.strip()) < _SHORTEST:
        raise ConfigError(f"key file {path} is too short: it must hold at least {_SHORTEST} characters")
    return Key(content.strip(), str(path))
