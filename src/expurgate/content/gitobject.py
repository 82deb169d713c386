"""Which part of a commit, tag or tree object a match stands in. Formats: gitformat documentation of Git."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone
from functools import cache

_LINKS = frozenset((b"tree", b"parent", b"object", b"type"))  # names and types of other objects: nobody wrote them


_NAME = re.compile(rb"[0-9a-f]{40,64}|commit|tree|blob|tag")
_AUTHOR = re.compile(rb"^author .*> (-?\d{1,18}) ([+-]\d{4})$", re.MULTILINE)


def author_date(raw: bytes) -> str:
    """When a commit was authored, in ISO 8601; empty if it does not say."""
    match = _AUTHOR.search(raw)
    try:
        return datetime.fromtimestamp(int(match[1]), _zone(match[2])).isoformat() if match else ""
    except (ValueError, OverflowError, OSError):
        return ""


@cache
def _zone(text: bytes) -> timezone:
    offset = timedelta(hours=int(text[1:3]), minutes=int(text[3:]))
    return timezone(-offset if text[:1] == b"-" else offset)


def part(kind: str, raw: bytes, start: int, end: int, hash_size: int) -> str | None:
    """The field (``author``, ``message``, ``tag``, ``gpgsig`` …) or the tree entry's name that bytes ``start:end`` stand in.

    None if they stand in what is no text of anybody's: object ids and modes.
    """
    return _entry(raw, start, end, hash_size) if kind == "tree" else _header(raw, start)


def _header(raw: bytes, start: int) -> str | None:
    body = raw.find(b"\n\n")
    if body < 0 or start > body:
        return "message"
    line = raw.rfind(b"\n", 0, start) + 1
    while line > 0 and raw[line : line + 1] == b" ":  # a continued header
        line = raw.rfind(b"\n", 0, line - 1) + 1
    key = raw[line : body + 1].split(b" ", 1)[0]
    rest = raw[line + len(key) + 1 :].split(b"\n", 1)[0]
    return None if key in _LINKS and _NAME.fullmatch(rest) else key.decode("utf-8", "surrogateescape")


def _entry(raw: bytes, start: int, end: int, hash_size: int) -> str | None:
    at = 0
    while at <= start:
        space = raw.find(b" ", at)
        nul = raw.find(b"\0", space + 1)
        if space < 0 or nul < 0:
            return None
        if space < start and end <= nul:
            return raw[space + 1 : nul].decode("utf-8", "surrogateescape")
        at = nul + 1 + hash_size
    return None
