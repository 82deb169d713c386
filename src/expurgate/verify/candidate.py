"""A value that may be a secret, with what stands round it: what the score of generic rules is told."""

from __future__ import annotations

import re
from typing import NamedTuple

from expurgate.model import Span

KINDS = ("quoted", "bare", "flag", "markup", "query", "url", "header", "statement", "entry")  # how a value may be written
NAMED = frozenset(("quoted", "bare", "flag", "markup", "query", "entry"))  # those where the word before the value is a name
USERS = frozenset((b"user", b"username", b"usr", b"login", b"name", b"u"))  # names of users that are nobody's
_LEFT = 48  # bytes of a name before the word that the pattern begins with
_IDENTIFIER = rb"[\w.\-$]*"


class Candidate(NamedTuple):
    """One match of a rule in its line. ``name`` is the whole identifier that the match begins in, ``joint`` what stands between it
    and
    the value (operators, quotes, calls); ``before`` and ``after`` are the rest of the line."""

    kind: str  # how the value is written: the rule's ``score``
    name: bytes
    joint: bytes
    value: bytes
    before: bytes
    after: bytes


def candidate(kind: str, text: bytes, span: Span) -> Candidate:
    """The candidate of a match in a line."""
    begin = re.compile(rb"(?!amp;)\w").search(text, span.start, span.value_start)
    start = begin.start() if begin else span.start
    found = re.search(rb"[\w.\-$]+\Z", text[max(0, start - _LEFT) : start])
    low = start - len(found[0]) if found else start
    middle = re.compile(_IDENTIFIER).match(text, start, span.value_start)
    high = max(middle.end() if middle else start, low)
    end = text.find(b"\n", span.value_end)
    return Candidate(
        kind,
        text[low:high],
        text[high : span.value_start],
        text[span.value_start : span.value_end],
        text[text.rfind(b"\n", 0, low) + 1 : low],
        text[span.value_end : end if end >= 0 else len(text)],
    )


def user(found: Candidate) -> bytes:
    """The user's name before a password in a URL."""
    return found.joint.rpartition(b"//")[2].rstrip(b":")
