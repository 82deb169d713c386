"""Lines: where a match stands, and what the owner has written there about it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from expurgate.model import Item, Position

_WORD = 16  # characters from which a word of a reason is not quoted
_COMMENT_END = re.compile(rb"\*/|-->|\*\)|#\}|%>")
# An inline decision of the owner. Its first word is searched in the same pass as the rules, see engine.py.
DIRECTIVE = rb"expurgate:"
_DIRECTIVE = re.compile(DIRECTIVE + rb"[ \t]{0,3}allow[ \t]+([a-z0-9*,-]+)(?:[ \t]+--[ \t]*([^\r\n]{1,200}))?")
_LONGEST = 256  # bytes of a directive


def directives(data: bytes | bytearray, item: Item, ends: list[int]) -> Iterator[tuple[int, list[str], str]]:
    """Line, rule ids and reason of each `expurgate: allow RULE -- reason`; it holds for its own line and the next.

    ``ends``: where DIRECTIVE ends in the item.
    """
    lines = Lines(data, item)
    for end in sorted(set(ends)):
        at = item.start + end
        match = _DIRECTIVE.match(bytes(data[at - len(DIRECTIVE) : min(item.end, at + _LONGEST)]))
        if match:
            yield lines.locate(end - 1, end).line, match[1].decode().split(","), _reason(match[2] or b"")


def _reason(text: bytes) -> str:
    """The owner's reason, up to the end of the comment; long words are left out, as they may be values."""
    words = _COMMENT_END.split(text, maxsplit=1)[0].decode("utf-8", "replace").split()
    return " ".join(word if len(word) < _WORD else "…" for word in words) or "no reason given"


def names(ids: list[str], rule: str) -> bool:
    return any(rule == name or (name.endswith("*") and rule.startswith(name[:-1])) for name in ids)


class Lines:
    """Turns byte offsets into lines and columns, each newline counted once while offsets ascend."""

    def __init__(self, data: bytes | bytearray, item: Item) -> None:
        self._data = data
        self._item = item
        self._at = item.start
        self._line = item.lines + 1
        self._column = 0

    def locate(self, start: int, end: int) -> Position:
        """The position of bytes ``start:end`` of the item."""
        base, shift = self._item.start, self._item.offset
        line, column = self._place(base + start)
        value = self._data[base + start : base + end]
        if b"\n" in value or not value.isascii():
            end_line, end_column = self._place(base + end)
        else:
            end_line, end_column = line, column + end - start
        return Position(start + shift, end + shift, line, column, end_line, end_column)

    def resume(self, start: int, position: Position) -> None:
        """Go on counting from byte ``start`` of the item, whose place is known."""
        self._at, self._line, self._column = self._item.start + start, position.line, position.column

    def _place(self, at: int) -> tuple[int, int]:
        """Line and column of an offset into the batch. Offsets ascend: only what lies behind the last one is counted."""
        if at < self._at:
            self._at, self._line, self._column = self._item.start, self._item.lines + 1, 0
        start = self._at
        newlines = self._data.count(b"\n", start, at)
        if newlines:
            self._line += newlines
            self._column = 0
            start = self._data.rfind(b"\n", start, at) + 1
        head = self._data[start:at]
        self._column += len(head) if head.isascii() else len(head.decode("utf-8", "surrogateescape"))
        self._at = at
        return self._line, self._column
