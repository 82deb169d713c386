"""Values without a structure of their own: is what stands behind `password =` a secret at all?

`generic_secret` answers False for what is plainly something else, None for a plausible secret and True only for one that is
random beyond doubt. The other functions answer for one place where credentials stand.
"""

from __future__ import annotations

import math
import re
from itertools import pairwise

from expurgate.verify.letters import word_share
from expurgate.verify.placeholders import placeholder
from expurgate.verify.structures import base64_bytes, jwt

DEFAULTS = frozenset(
    b"password passwd pass pw pwd secret admin root guest user username postgres mysql mongo redis rabbitmq test test123 changeme "
    b"change_me example default docker minio minioadmin neo4j elastic oracle sa wordpress drupal symfony laravel homestead "
    b"token x-oauth-basic x-token-auth oauth2 oauth2accesstoken anonymous ftp git hunter2 foo bar baz foobar 123 1234 12345 "
    b"open sesame pass123 password1 p@ssw0rd passw0rd qwerty letmein".split()
)


# Pieces of regular expressions, calls and operators. In a value that looks random one of them may stand by chance.
_TOKENS = (
    rb"\(\)|\|\||&&|[=!]=|[-=]>|\?\.|\$\(|\$\{|\{\{|::|</|/>|\\[dwsbSWD]|\[\^|\[?a-z|\[?A-Z|\[?0-9|%[sdv]\b|&[a-z]+;|\(\?|\{\d+,?\d*\}|[)\]][*+?]|"
    rb"://|\\[nrtux0.]|\[\w+\]|\w\(\w*\)|<\w+>"
)


def entropy(value: bytes) -> float:
    """Shannon entropy of the bytes of a value, in bits per byte (0 for none): -sum of p log2 p."""
    if not value:
        return 0.0
    size = len(value)
    counts = (value.count(char) for char in set(value))
    return -sum(count / size * math.log2(count / size) for count in counts)


def classes(value: bytes) -> int:
    """How many of these a value has: small letters, capitals, digits, other characters."""
    return sum(bool(re.search(group, value)) for group in (rb"[a-z]", rb"[A-Z]", rb"[0-9]", rb"[^A-Za-z0-9]"))


def generic_secret(value: bytes) -> bool | None:
    """Whether the value of a generic assignment may be a secret: see the module's contract."""
    text = value.strip(b" \t\r\n\"'`").rstrip(b",;)]}\"'")
    if not 6 <= len(text) <= 512 or placeholder(text) or text.lower() in DEFAULTS:
        return False
    if not text.isascii() or b" " in text or b"\t" in text or not text.decode().isprintable():
        return False
    if _number(text) or (len(re.findall(_TOKENS, text)) > 1 + len(text) // 25 if scattered(text) else _code(text) or _named(text)):
        return False
    return _strength(text)


def scattered(text: bytes) -> bool:
    """Whether characters of three or four kinds alternate as in random values: code, words and paths have longer runs of one kind.

    Characters that join the parts of names do not count.
    """
    bare = re.sub(rb"[-_./]", b"", text)
    kinds = [0 if 97 <= char < 123 else 1 if 65 <= char < 91 else 2 if 48 <= char < 58 else 3 for char in bare]
    changes = sum(one != other for one, other in pairwise(kinds))
    if len(text) < 10 or len(bare) < 8 or len(set(kinds)) < 3 or changes < 0.45 * (len(bare) - 1) or word_share(text) > 0.4:
        return False
    if re.match(rb"[A-Za-z]:\\|\\[uUx][0-9A-Fa-f]{2}", text):
        return False
    return len(set(bare)) >= 0.7 * min(len(bare), 30) and kinds.count(3) <= 0.6 * len(bare)


def _code(text: bytes) -> bool:
    """Calls, subscripts, operators, markup, formats, paths and URLs."""
    found = re.match(rb"([A-Za-z_$@&*!][\w$.:>\-]*)[(\[{]|[(\[{<&*!@]|/[\w.\-]+(?:/|$)", text)
    if found and (b"." in (found[1] or b"") or word_share(found[1] or text) >= 0.4):
        return True
    sign = re.match(rb"[@&*!\-]{1,2}(?=[A-Za-z_][\w.\-:]*\Z)", text)
    if sign and (word_share(text) >= 0.4 or re.fullmatch(rb"[a-z_.\-:]+", text[sign.end() :])):
        return True
    return bool(
        re.match(
            rb"\$[A-Za-z_]{2,}[.\[(]|[./~\\]{1,2}/|[A-Za-z]:\\|[\\^][A-Za-z(\[^]|[A-Za-z][A-Za-z0-9+.\-]*://|\[\]",
            text,
        )
        or re.search(
            rb"\(\)|\|\||&&|[=!]=|[-=]>|\?\.|\$\(|\$\{|\{\{|::|</|/>|\\[dwsbSWD]|\[\^|\[a-z|\[A-Z|\[0-9|%[sdv](?![A-Za-z0-9])|&[a-z]+;|\(\?|"
            rb"^[A-Za-z_.]+&[A-Za-z_.]+$|\+\s*[\"']",
            text,
        )
    )


def _named(text: bytes) -> bool:
    """Identifiers, dotted names, paths and file names: parts that read like words."""
    if re.fullmatch(rb"[\w$\-.:/@,;|+=#]+", text) is None:
        return False
    if re.fullmatch(
        rb"(?i)_?[a-z]+(?:[_.\-/][a-z]+)*[_.\-/](?:passwords?|passwd|pwd|secrets?|tokens?|credentials?|key|session|name|id)", text
    ):
        return True
    if re.fullmatch(
        rb"[\w\-./]+\.(?:pem|key|crt|cer|csr|p12|pfx|jks|pub|gpg|asc|json|ya?ml|toml|txt|conf|env|html?|xml|js|ts|py|rb|go|md)",
        text,
    ):
        return True
    parts = [part for part in re.split(rb"[^A-Za-z0-9]+", text) if part]
    if re.fullmatch(rb"[\w$@\-/.]+\.[a-z]{2,5}", text) and len(parts) > 1 and _readable(parts[0]):
        return True
    return bool(parts) and all(_readable(part) for part in parts)


def _readable(part: bytes) -> bool:
    """Words run together, with no more than a few digits or an abbreviation among them."""
    letters = re.sub(rb"[0-9]", b"", part)
    digits = len(part) - len(letters)
    if len(part) <= 4 and (not digits or not letters or len(part) <= 2):
        return True
    if digits > 4 or (digits and re.search(rb"[0-9]+[A-Za-z]+[0-9]+[A-Za-z]+[0-9]", part)):
        return False
    if digits and len(part) >= 12 and re.search(rb"[A-Za-z][0-9]+[A-Za-z]", part):  # names break at digits, random values anywhere
        several = re.search(rb"[0-9][A-Za-z]+[0-9]", part)
        return word_share(part) * len(part) >= (0.95 if several else 0.8) * len(letters)
    return word_share(letters) >= 0.75


def _number(text: bytes) -> bool:
    """Short numbers, versions, dates, sizes, colours and digests that say what they are."""
    return bool(
        re.fullmatch(
            rb"[+\-]?[\d.,_:TZ/\-]+[a-z%]{0,3}|v?\d+(?:\.\d+)+[\w.+\-]*|#[0-9A-Fa-f]{3,8}|0x[0-9A-Fa-f]{1,16}[uUlL]*", text
        )
        and not re.fullmatch(rb"\d{16,}", text)
    ) or bool(re.match(rb"(?:sha(?:1|224|256|384|512)|md5|crc32)[-:=]", text, re.IGNORECASE))


def _strength(text: bytes) -> bool | None:
    """Random beyond doubt (True), plausible (None) or only one word (False)."""
    kinds, bits, words = classes(text), entropy(text), word_share(text)
    if len(text) >= 20 and kinds >= 3 and bits >= 3.7 and words <= 0.45 and re.fullmatch(rb"[A-Za-z0-9+/=_.~\-]+", text):
        return True
    if kinds == 1 or re.fullmatch(rb"[A-Z][a-z]+", text):
        return None if bits >= 2.7 and words < 0.4 and len(text) >= 16 else False
    if words >= 0.8 and kinds == 2 and not re.search(rb"[0-9!@#$%^&*?]", text):
        return False
    return None if bits * len(text) >= 16 else False


def url_password(value: bytes) -> bool | None:
    """A password in a URL, or a whole URL `scheme://user:password@host`. False for stand-ins, defaults and reserved hosts.

    Default names such as `postgres:postgres@` open nothing but a developer's own machine.
    """
    found = re.match(rb"[A-Za-z][A-Za-z0-9+.\-]*://([^\s:/@]*):(.*)@([^\s/@?#]*)", value, re.DOTALL)
    user, password, host = (found[1], found[2], found[3].lower()) if found else (b"", value, b"")
    if re.fullmatch(
        rb"(?:.*\.)?(?:example\.(?:com|org|net|edu)|example|test|invalid|host|hostname|server|domain\.com)(?::.*)?", host
    ):
        return False
    bare = password.lower()
    if placeholder(password) or bare in DEFAULTS or bare == user.lower() or len(bare) < 3:
        return False
    if re.search(rb"[\s<>{}|\\^`\"]|\$\(|%[sdv](?![0-9A-Fa-f])", password):
        return False
    return True if generic_secret(password) else None


def basic_auth(value: bytes) -> bool | None:
    """RFC 7617: base 64 of `user:password`, printable. False for anything else, stand-ins and the RFC's own examples."""
    raw = base64_bytes(value.strip())
    if raw is None:
        return False
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        return False
    user, colon, password = text.partition(":")
    if not colon or not text.isprintable() or not (user or password):
        return False
    if user.lower() == "aladdin" or len(password or user) < 3:
        return False
    weak = password.lower().encode() in DEFAULTS or password.lower() == user.lower() or placeholder((password or user).encode())
    nobody = user.lower().encode() in DEFAULTS or placeholder(user.encode())
    return True if not weak else False if nobody else None


def bearer_token(value: bytes) -> bool | None:
    """RFC 6750: a token of at least 16 characters. JSON Web Tokens are judged as such; names and stand-ins are False."""
    text = value.strip(b" \t\"'`")
    if len(text) < 16 or placeholder(text) or not re.fullmatch(rb"[A-Za-z0-9\-._~+/:|]+=*", text):
        return False
    if text.startswith(b"eyJ") and text.count(b".") >= 2:
        return jwt(text)
    return generic_secret(text)
