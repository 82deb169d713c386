"""Obvious stand-ins: what people write where a value should be."""

from __future__ import annotations

import re
from functools import lru_cache

from expurgate.verify.letters import word_share
from expurgate.verify.published import publisher

# Expressions are compiled when they are first needed (`re` keeps them): the hook starts faster.

# Words that nobody puts into a real value of their own accord. In a random token seven given letters do not occur by chance.
_STRONG = (
    rb"(?i)change[-_ ]?(?:me|this|it)|placeholder|redacted|removed|censored|example|insert[-_ ]|replace[-_ ]?(?:me|this|with)|"
    rb"(?:your|my|the|some|any)[-_ ](?:own[-_ ])?(?:[a-z]+[-_ ])*(?:key|token|secret|pass|id|name|value|here)|"
    rb"not[-_ ]?(?:a[-_ ])?(?:real|secret|valid)|dummy[-_ ]?|(?:key|token|secret|password|value)[-_ ]?here|fill[-_ ]?(?:me|in)|"
    rb"to[-_ ]be[-_ ]|xx+your|goes[-_ ]?here|sanitized|scrubbed|obfuscated"
)
# Words that stand-ins are made of. They count by the share of the value that they explain.
_WORDS = (
    rb"(?i)changeit|changeme|examples?|samples?|dummy|placeholder|redacted|hidden|masked|password|passwd|passphrase|secret|token|"
    rb"private|public|access|client|default|foo(?:bar)?|foobarbaz|testing|tests?|fake|mock|demo|none|null|undefined|todo|fixme|"
    rb"value|string|user(?:name)?|login|admin|your|here|insert|replace|enter|invalid|wrong|bogus|blah|asdf|"
    rb"lorem|ipsum|credentials?|authorization|bearer|basic|account|random|something|anything|whatever|"
    rb"some|very|even|new|root|really|notareal|fillout|"
    rb"temporary|unknown|unset|empty|removed|deleted|stub|"
    rb"(?<![a-z])(?:my|me|api|key|id|app|aws|the|some|any|auth|pass|pwd|pw|bar|baz|qux|tmp|abc|xyz|tbd|is|a|this|of|to|in)(?![a-z])"
)
_NULLS = frozenset(
    b"null none nil undefined true false yes no on off n/a na nan tbd todo unset empty void default auto optional required "
    b"disabled enabled str string bytes int bool any object".split()
)
_TEMPLATES = (
    rb"\{\{.*?(?:\}\}|$)|\{%.*?%\}|<%.*?%>|#\{[^}]*\}?|@\{[^}]*\}|@@?[A-Z_]{3,}@@?|"
    rb"%\([A-Za-z_]+\)[sdr]|%[sdvqrx]\b|<[A-Za-z][A-Za-z0-9 _./:|-]*>|\[\[?[A-Za-z][A-Za-z _-]{2,}\]?\]|"
    rb"%[A-Z_]{3,}%|(?<=[\s/:@=,])\$(?:[A-Z][A-Z0-9_]{2,}|[a-z][a-z_]{2,})|\{[A-Za-z_][A-Za-z0-9_.]*(?:![rsa])?\}|"
    rb"\{[0-9<>]?\}|__[A-Z][A-Z_]+__|\$\$[A-Za-z_]+\$\$"
)
# A shell's or template's variable: alone, or with its brackets anywhere. A `$` within a word is a character like others.
_VARIABLE = (
    rb"\A\$(?:[A-Z][A-Z0-9_]*|[a-z_][a-z0-9_]*|[0-9])\Z|\A\$[({]|\A-\$\w|"
    rb"\$\{[A-Za-z_][^{}]*\}|\$\([A-Za-z_/][^()]*\)|\$\{\{|#\{[^{}]+\}"
)
_FORMAT = rb"\{[A-Za-z][\w\-]*:[0-9]{1,4}\}"  # a name with a width, as format strings and templates have it
_LOOKUPS = (
    rb"(?i)(?:process\.env|os\.environ|environ|import\.meta\.env|os\.getenv|getenv|System\.(?:getenv|getProperty)|ENV|env|secrets?|vault|"
    rb"settings|config|conf|cfg|var|local|data|values|params?|ssm|keyvault|lookup|Deno\.env|std::env|ctx|context|self|this|"
    rb"options?|opts|args|kwargs|request|req|response|res)(?:\.|\[|\(|:[a-z/]|::|->)"
)
_ELIDED = rb"\.{3,}|\xe2\x80\xa6|\*{3,}|(?:\xe2\x80\xa2){3,}|(?:\xe2\x97\x8f){3,}|_{6,}|-{8,}"
_ROWS = (
    b"abcdefghijklmnopqrstuvwxyz 01234567890123 9abcdef 1234567890abcdef qwertyuiop asdfghjkl zxcvbnm qazwsxedc 1q2w3e4r5t6y "
    b"qwertzuiop azertyuiop a1b2c3d4e5f6g7h8"
).split()
_PIECES = frozenset(row[at : at + 4] for line in _ROWS for row in (line, line[::-1]) for at in range(len(row) - 3))
# The one reason that leaves a doubt: "secretpassword" stands in manuals and in the configuration of careless people.
WORDED = "made of stand-in words"
_MOST = 0.7  # share of a value that stand-in parts must explain


@lru_cache(maxsize=4096)
def placeholder(value: bytes) -> str | None:
    """Why a value is an obvious stand-in, or None. Total on any bytes; a real value that merely contains such a word stays.

    A reason is a few words for people. Nothing longer than 4096 bytes is a stand-in.
    """
    text = value.strip(b" \t\r\n\"'`")
    if not text:
        return "empty"
    if len(text) > 4096:
        return None
    if text.lower() in _NULLS:
        return "null value"
    return _filled_in(text) or _elided(text) or _patterned(text) or _worded(text)


def _filled_in(text: bytes) -> str | None:
    """A variable, a template or a look-up, which something fills in later, or a value that its provider or a standard prints."""
    if (
        re.search(_VARIABLE, text)
        or re.search(_FORMAT, text)
        or _mostly(_TEMPLATES, text)
        or (re.fullmatch(rb"\$\w+", text) and word_share(text) >= 0.5)
    ):
        return "template or variable"
    if len(text) <= 128 and re.match(_LOOKUPS, text):
        return "looked up elsewhere"
    name = publisher(text)
    return f"published by {name}" if name else None


def _mostly(pattern: bytes, text: bytes) -> bool:
    """Whether the pattern's matches explain the text but for a short rest of letters and separators."""
    rest = re.sub(pattern, b"", text)
    if len(rest) == len(text):
        return False
    return len(rest) <= (1 - _MOST) * len(text) or (len(rest) < 8 and re.fullmatch(rb"[A-Za-z_\-:./@=, ]*", rest) is not None)


def _elided(text: bytes) -> str | None:
    """Something was left out or masked: an ellipsis in a single word, or runs of the same character."""
    if len(text) <= 512 and re.search(_ELIDED, text) and not text.startswith(b"-----BEGIN"):
        return "masked or elided"
    runs = sum(len(run[0]) for run in re.finditer(rb"([^\s])\1{3,}", text))
    if runs and (runs >= 0.6 * len(text) or (runs >= 8 and runs >= 0.4 * len(text))):
        return "repeated characters"
    return None


def _patterned(text: bytes) -> str | None:
    """Few different characters, a repeated unit, or rows of the alphabet, the digits or the keyboard."""
    bare = re.sub(rb"[^A-Za-z0-9]", b"", text)
    if len(bare) < 6 or len(text) > 256:
        return None
    if len(set(bare)) <= 2 or re.fullmatch(rb"(.{1,4})\1+.{0,3}|(.{5,10})\2{2,}.{0,9}", bare, re.DOTALL):
        return "repeated characters"
    return "sequence" if sequential(bare.lower()) >= _MOST * len(bare) else None


def sequential(text: bytes) -> int:
    """How many characters stand in pieces of four or more of a row, forwards or backwards."""
    covered = end = 0
    for at in range(len(text) - 3):
        if text[at : at + 4] in _PIECES:
            covered += at + 4 - max(at, end)
            end = at + 4
    return covered


def _worded(text: bytes) -> str | None:
    """Made of words that say "put your value here"."""
    if len(text) <= 64 and b" " not in text and re.search(_STRONG, text):
        return "says that it is a stand-in"
    if len(text) > 128:
        return None
    covered = 0
    for found in re.finditer(_WORDS, text):
        covered += len(found[0])
    if not covered:
        return None
    rest = re.sub(rb"[\s\-_./:,+=!?#&@]|(?<=[a-zA-Z])[0-9]{1,4}$|^[0-9]{1,4}(?=[a-zA-Z])", b"", text)
    return WORDED if covered >= 0.8 * len(rest) else None
