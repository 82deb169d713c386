"""Numbers that describe a candidate: its name, its value and what stands round them. The model's view of the world.

Each feature is a plain number that does not depend on the repository, so that what is learned on one holds on others.
"""

from __future__ import annotations

import math
import re
from functools import lru_cache

from expurgate.verify.candidate import KINDS, USERS, Candidate, user
from expurgate.verify.letters import oddness, word_share
from expurgate.verify.placeholders import placeholder, sequential
from expurgate.verify.values import DEFAULTS, entropy, generic_secret

# Words of names. Those of a group mean the same for what the value is.
_GROUPS = {
    "password": b"pass password passwd passwort passphrase passcode pwd pw psw userpass rootpass dbpass passord contrasena senha "
    b"mot passe parola pswd",
    "secret": b"secret secrets clientsecret appsecret",
    "token": b"token tokens accesstoken authtoken apitoken csrf jwt bearer",
    "key": b"key keys apikey privatekey secretkey accesskey authkey",
    "auth": b"auth oauth authorization authentication authenticate oauth2",
    "api": b"api",
    "credential": b"credential credentials cred creds",
    "session": b"session cookie sid sess sessionid jsessionid phpsessid",
    "signature": b"sig signature sign hmac ticket otp code pin",
    "strong": b"access private client app consumer master root admin db database encryption encrypt signing api shared service "
    b"smtp mysql postgres redis aws user login account bot webhook personal "
    b"refresh",
    "other": b"type name names field fields url uri path file filename dir id ids label hint placeholder length len min max error "
    b"errors err msg message regex pattern header headers param params algorithm alg method methods provider style count size "
    b"format version expires expiry expire expiration ttl endpoint prefix suffix column attr attribute index policy class "
    b"public pub "
    b"kind mode status state title description desc text help required enabled disabled reset forgot change confirm usage limit "
    b"validator strategy scheme scope scopes realm grant issuer audience event action handler manager service model store storage "
    b"group groups role roles map list set table backend driver host port domain server location region namespace bucket "
    b"topic queue "
    b"level source target env var variable template expression selector xpath css alias keyword foreign primary sort order cache "
    b"fingerprint thumbprint author authors authority normalized keyboard keyword encoding "
    b"rotation lifetime duration timeout date time timestamp interval strength score policy rule hash hashed salt nonce",
    "mock": b"test tests testing example sample dummy fake mock invalid wrong bad incorrect expected stub demo foo bar old new",
}
_WORD_GROUP: dict[bytes, list[str]] = {}
for _group, _own in _GROUPS.items():
    for _word in _own.split():
        _WORD_GROUP.setdefault(_word, []).append(_group)

_COMMON = DEFAULTS | frozenset(
    b"123456 12345678 123456789 secret123 testtest tester tiger scott welcome monkey dragon abc123 abcd1234".split()
)
_TESTING = rb"(?i)assert|expect|should|\bequal|\bit\(|describe\(|@test|\btest|mock|fixture|stub|raises|throw"
_COMPANION = (
    rb"(?i)(?:user(?:name)?|login|email|account|host|server|database|dbname|client_?id|consumer_?key|uid|key_?id)\w*"
    rb"\\?[\"'`\])]{0,2}\s{0,3}(?:=>|:=|[=:,(])\s{0,3}\\?[\"'`]?[\w.@\-]{2,}"
)
_KINDS = tuple(kind for kind in KINDS if kind != "entry")  # that one counts as quoted
_HASH = rb"\$(?:2[abxy]|[156y]|argon2\w*|pbkdf2[\w\-]*|scrypt)\$|\{(?:CRYPT|SS?HA\d*|ARGON2|PBKDF2)[^}]*\}|pbkdf2_|scrypt:"


# Compounds that people write as one word, and ordinary words that only look like one.
_COMPOUNDS = (
    ("password", rb"\Apassw|\Apassp|(?:pass|passwd|password|pwd|passphrase)\d*\Z"),
    ("secret", rb"secret"),
    ("token", rb"tokens?\Z|\Atoken"),
    ("key", rb"keys?\Z"),
    ("auth", rb"auth\Z|\A(?:o|un)?auth"),
    ("credential", rb"\Acred"),
    ("session", rb"sess(?:ion)?(?:id)?\Z|cookies?\Z"),
    ("api", rb"api\Z|\Aapi"),
)
_ORDINARY = (
    rb"(?:by|com|mini|encom|sur|tres|over|under)pass\w*|passed|passes|passing|passive|passenger|passage|passport|authors?|authority|"
    rb"tokeni\w+|(?:mon|don|tur|hot|keys?_?board|jo|whis|hoc|cra|co|trac|mar|wor|bro|stic|lin|chec|pac|poc|doc|buc|tic|spea|tal|brea)keys?|"
    rb"secretar\w+|credit\w*|incred\w*|accredit\w*"
)
NAMING = frozenset(("password", "secret", "token", "key", "auth", "api", "credential", "session", "signature"))


def _words(name: bytes) -> list[bytes]:
    return [word.lower() for word in re.findall(rb"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+", name)]


@lru_cache(maxsize=4096)
def groups_of(name: bytes) -> frozenset[str]:
    """The groups of words that a name has words of."""
    words = _words(name)
    groups = {group for word in words for group in _WORD_GROUP.get(word, ())}
    for word in words:
        groups.update(group for group, ends in _COMPOUNDS if re.search(ends, word) and not re.fullmatch(_ORDINARY, word))
    return frozenset(groups)


@lru_cache(maxsize=4096)
def _named(name: bytes) -> tuple[float, ...]:
    """What the name says: a flag for each group of words, whether the last word is one of the group "other", and its size."""
    words = _words(name)
    groups = groups_of(name)
    last = _WORD_GROUP.get(words[-1], []) if words else []
    return (
        *(float(group in groups) for group in _GROUPS),
        float("other" in last and "key" not in last),
        float(bool(set(last) & {"password", "secret", "token", "key", "credential"})),
        float(words in ([b"key"], [b"keys"])),
        float(len(words) == 1),
        float(len(words)),
        float(name.isupper()),
        float(name[:1].isupper() and not name.isupper()),
        float(b"." in name),
        float(b"-" in name),
    )


_NAMED = (
    *(f"name_{group}" for group in _GROUPS),
    "last_other",
    "last_secret",
    "name_is_key",
    "one_word",
    "words",
    "capitals",
    "title",
    "dotted",
    "dashed",
)


@lru_cache(maxsize=4096)
def _valued(value: bytes) -> tuple[float, ...]:
    """What the value looks like, whatever its name."""
    size = len(value)
    lower = sum(97 <= char < 123 for char in value)
    upper = sum(65 <= char < 91 for char in value)
    digits = sum(48 <= char < 58 for char in value)
    bits = entropy(value)
    special = size - lower - upper - digits
    words = word_share(value)
    reason = placeholder(value)
    folded = value.lower()
    strength = generic_secret(value)
    switches = len(re.findall(rb"[a-z][0-9]|[0-9][a-z]|[a-z][A-Z]|[0-9][A-Z]|[A-Z][0-9]|[A-Z][a-z]", value))
    return (
        math.log2(size) if size else 0.0,
        bits,
        bits * size if size < 64 else bits * 64,
        lower / size,
        upper / size,
        digits / size,
        special / size,
        float(bool(lower)) + bool(upper) + bool(digits) + bool(special),
        words,
        oddness(value),
        switches / size,
        sequential(folded) / size,
        size / max(len(set(value)), 1),
        float(re.fullmatch(rb"[0-9a-f]{16,}|[0-9A-F]{16,}", value) is not None),
        float(re.fullmatch(rb"[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}", value) is not None),
        float(re.fullmatch(rb"[A-Za-z0-9+/\-_]{20,}={0,2}", value) is not None),
        float(re.fullmatch(rb"[a-z]+(?:[_\-.][a-z]+)+|[a-z]+(?:[A-Z][a-z]+)+|(?:[A-Z][a-z]+){2,}", value) is not None),
        float(re.fullmatch(rb"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+", value) is not None),
        float(re.fullmatch(rb"[a-z]+|[A-Z]+|[A-Z][a-z]+", value) is not None),
        float(re.fullmatch(rb"[\d.,:+\-/]+", value) is not None),
        float(value[:1] in b"$%<{@[*&(#" and size > 1),
        float(re.match(rb"[A-Za-z][\w+.\-]*://|[./~]{0,2}/[\w.\-]|[A-Za-z]:\\", value) is not None),
        float(re.fullmatch(rb"[\w.+\-]+@[\w\-]+\.[\w.\-]+", value) is not None),
        float(re.search(rb"[({\[]|\)|::|->|=>|\$\{|%[sdv]", value) is not None),
        float(re.fullmatch(rb"[A-Za-z_][\w]*(?:\.[A-Za-z_]\w*)+", value) is not None),
        float(value.count(b".")),
        float(value.isascii() and value.decode().isprintable()),
        float(folded in _COMMON),
        float(reason is not None),
        float(bool(re.search(rb"(?i)pass|pwd|secret|token|key|auth|cred", value))),
        float(re.match(_HASH, value) is not None),
        float(strength is True),
        float(strength is None),
        float(folded in {b"password", b"passwd", b"pass", b"pwd", b"pw"}),
        float(size <= 4),
        float(5 <= size <= 7),
        float(8 <= size <= 11),
        float(12 <= size <= 19),
        float(20 <= size <= 39),
        float(size >= 80),
    )


_VALUED = [
    "size",
    "bits",
    "weight",
    "lower",
    "upper",
    "digits",
    "special",
    "classes",
    "wordy",
    "oddness",
    "switches",
    "sequence",
    "repeat",
    "hex",
    "uuid",
    "base64",
    "identifier",
    "constant",
    "plain",
    "number",
    "sigil",
    "path",
    "email",
    "code",
    "member",
    "dots",
    "printable",
    "common",
    "stand_in",
    "has_word",
    "hash",
    "random",
    "plausible",
    "is_password",
    "size_4",
    "size_7",
    "size_11",
    "size_19",
    "size_39",
    "size_80",
]


def _around(found: Candidate) -> tuple[float, ...]:
    """How the value stands in its line."""
    joint, before, after = found.joint, found.before, found.after
    kind = found.kind
    if kind == "entry":  # `name: X, value: Y` means the same as `X = Y`
        kind, joint = "quoted", b"=" + joint[-1:]
    lead = before.lstrip()
    core = re.sub(rb"[\s\"'`\\]", b"", joint)
    name, value = re.split(rb"[.\[$]", found.name.lower().rstrip(b".]$"))[-1], found.value.lower()
    stem = value.strip(b"_-.")
    return (
        *(float(kind == own) for own in _KINDS),
        float(core == b"="),
        float(core == b":"),
        float(core in {b"=>", b"->"}),
        float(core[:2] in {b"==", b"!="}),
        float(core == b":="),
        float(b"(" in joint),
        float(b"," in joint),
        float(lead[:1] in b"#/*;" and len(lead) > 0),
        float(b"//" in before or b"#" in before),
        math.log2(1 + len(before)),
        math.log2(1 + len(after)),
        float(after[1:2] == b";" or after[:1] == b";"),
        float(after[1:2] == b")" or after[:1] == b")"),
        float(after[1:2] == b"," or after[:1] == b","),
        float(not after.strip(b"\"'`; \r,\\)}]")),
        float(re.match(rb"[\"'`]?\s*[+.(\[]", after) is not None),
        float(re.search(_TESTING, before + name) is not None),
        float(re.search(_COMPANION, before[-200:]) is not None),
        float(re.search(_COMPANION, after[:120]) is not None),
        float(stem == name or (len(stem) > 3 and (stem in name or name in stem))),
        float(value.replace(b"_", b"").replace(b"-", b"") == name.replace(b"_", b"").replace(b"-", b"")),
        float(re.search(rb"(?i)\b(?:const|final|static|val|let|var|private|public|string)\b", before) is not None),
        float(re.search(rb"(?i)\bexport\b|\bset\b|\benv\b|-e ", before) is not None),
        float(len(before) + len(after) > 350),
        float(re.match(rb"[)\],;?.]", found.value) is not None),
        float(re.search(rb"[^\w\s]{3}", found.value) is not None),
        float(re.search(rb"\w[\w.]*[(\[]", joint) is not None),
        *_located(found),
    )


_AROUND = (
    *(f"kind_{kind}" for kind in _KINDS),
    *[
        "equals",
        "colon",
        "arrow",
        "compare",
        "walrus",
        "call",
        "comma",
        "comment",
        "commented",
        "left",
        "right",
        "semicolon",
        "closed",
        "more",
        "last",
        "goes_on",
        "testing",
        "user_before",
        "user_after",
        "like_name",
        "is_name",
        "declared",
        "exported",
        "long_line",
        "broken",
        "signs",
        "wrapped",
        "user_user",
        "host_host",
        "local_host",
        "sample_host",
    ],
)


def _located(found: Candidate) -> tuple[float, ...]:
    """Of a password in a URL: whether the user is called so, and whether the host is this machine's or a sample's."""
    if found.kind != "url":
        return 0.0, 0.0, 0.0, 0.0
    name = user(found).lower()
    host = re.match(rb"@([^\s/:?#\"'`<>]*)", found.after)
    where = host[1].lower() if host else b""
    return (
        float(name in USERS),
        float(where in {b"host", b"hostname", b"server", b"foo", b"bar"} or not where),
        float(re.match(rb"localhost|127\.|0\.0\.0\.0|\[?::1|10\.|192\.168\.", where) is not None or b"." not in where),
        float(re.search(rb"example|domain|host|server|[%{}$<]|invalid|test", where) is not None),
    )


_SINGLE = (*_NAMED, *_VALUED, *_AROUND)
# Pairs that mean more together than each alone.
_CROSSED = tuple(
    pair.split("*")
    for pair in """
    name_password*plain name_password*common name_password*random name_password*stand_in name_password*identifier
    name_password*has_word name_password*words name_password*size_4 name_password*hex name_password*is_password
    name_token*random name_token*hex name_token*plain name_token*identifier name_token*has_word name_token*size
    name_key*random name_key*hex name_key*plain name_key*identifier name_secret*random name_secret*plain
    name_secret*stand_in name_secret*hex name_auth*random name_auth*plain last_other*random last_other*hex kind_bare*plain
    kind_bare*identifier kind_bare*random kind_bare*stand_in kind_header*random kind_flag*plain compare*plain
    testing*plain testing*stand_in testing*common like_name*name_password kind_query*random kind_query*hex call*plain
    words*plain kind_bare*has_word kind_bare*like_name kind_quoted*has_word name_is_key*random name_is_key*hex
    one_word*plain one_word*identifier
    """.split()  # noqa: SIM905 - a table
)
_PRODUCTS = tuple((_SINGLE.index(one), _SINGLE.index(other)) for one, other in _CROSSED)
FEATURES: tuple[str, ...] = (*_SINGLE, *(f"{one}*{other}" for one, other in _CROSSED))


def features(found: Candidate) -> tuple[float, ...]:
    """The numbers in the order of FEATURES."""
    numbers = (*_named(found.name), *_valued(found.value), *_around(found))
    return (*numbers, *(numbers[one] * numbers[other] for one, other in _PRODUCTS))
