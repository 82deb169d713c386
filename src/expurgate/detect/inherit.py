"""What a version of an item takes over from the one before it, where ``Item.copies`` says that bytes stand unchanged.

This is exact because everything a verdict depends on is bounded:

- a hit that ends at ``h`` depends on the bytes ``h - MAX_WIDTH - 1 .. h + 1``;
- a rule for lines judges the line round the hit, cut to LINE bytes on each side: it depends on ``h - LINE - 1 .. h + LINE + 1``;
- a match is inherited only if all the bytes it depends on were copied; every hit that depends on a byte of a gap is judged anew;
- hits of multi-line and long rules ("wide") and of inline directives are inherited as hits and judged anew in each version; those
  of rules that follow another one depend on BEHIND more bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from expurgate.detect.lines import Lines
from expurgate.detect.rules import BEHIND, MAX_WIDTH
from expurgate.detect.windows import LINE, Data
from expurgate.model import Copy, Item, Position

REACH = LINE + 2  # no verdict of a line rule depends on bytes further from its hit
NEVER = (-1 << 60, 1 << 60)  # bounds that no copy contains


class Found(NamedTuple):
    """A verified match in an item, with the range of bytes that its verdict depends on; all relative to the item."""

    start: int
    end: int
    rule: int
    confidence: float
    value: bytes
    low: int
    high: int


class State(NamedTuple):
    """What an item hands on to its next version."""

    size: int
    found: list[Found]
    wide: list[tuple[int, int]]  # (end, number) of hits that are judged anew in each version
    places: dict[tuple[int, int], Position]  # where reported matches stand, by their bytes


NOTHING = State(0, [], [], {})


def segments(items: Iterable[Item]) -> list[tuple[int, int]]:
    """The ranges of the batch that must be searched: whole items, or the gaps between copies with their margin; merged."""
    found: list[tuple[int, int]] = []
    low, high = 0, -(1 << 62)
    for item in items:
        for start, end in _gaps(item) if item.copies else ((item.start, item.end),):
            if start <= high + MAX_WIDTH:
                high = max(high, end)
            else:
                if high > low:
                    found.append((low, high))
                low, high = start, end
    if high > low:
        found.append((low, high))
    return found


def _gaps(item: Item) -> Iterator[tuple[int, int]]:
    """Ranges of the batch to search: where a copy does not continue the one before it, in the new or in the old version."""
    size, at, source = item.end - item.start, 0, 0
    for copy in item.copies:
        if copy.start != at or copy.source != source:
            yield item.start + max(0, at - REACH - MAX_WIDTH - 1), item.start + min(size, copy.start + REACH + 1)
        at, source = copy.end, copy.source + copy.end - copy.start


def matches(copies: tuple[Copy, ...], old: State, size: int) -> Iterator[Found]:
    """The old version's matches that hold in the new one of ``size`` bytes, at their new places."""
    for copy in copies if old.found else ():
        low, high = _bounds(copy, old.size, size)
        shift = copy.start - copy.source
        for match in old.found:
            if low <= match.low and match.high <= high:
                if not shift:
                    yield match
                    continue
                start, end, rule, confidence, value, left, right = match
                yield Found(start + shift, end + shift, rule, confidence, value, left + shift, right + shift)


def hits(copies: tuple[Copy, ...], old: State, size: int) -> Iterator[tuple[int, int]]:
    """The old version's wide hits that stand in the new one of ``size`` bytes, at their new places."""
    for copy in copies if old.wide else ():
        low, high = _bounds(copy, old.size, size)
        shift = copy.start - copy.source
        for end, number in old.wide:
            if low <= end - MAX_WIDTH - 1 and end + BEHIND <= high:
                yield end + shift, number


def _bounds(copy: Copy, old_size: int, size: int) -> tuple[int, int]:
    """The range of the old item whose surroundings are the same in the new one: before the first byte and after the last one
    nothing differs."""
    low = -REACH if copy.start == 0 == copy.source else copy.source
    high = copy.source + copy.end - copy.start
    return low, high + REACH if copy.end == size and high == old_size else high


class Places:
    """Where the matches of a version stand, asked for in ascending order.

    In a copy all lines have moved by the same number: newlines are counted up to its first match only.
    """

    def __init__(self, data: Data, item: Item, old: State) -> None:
        self._lines = Lines(data, item)
        self._data = data
        self._item = item
        self._old = old.places
        self._number = 0  # of the copy that the last match stood in …
        self._moved: int | None = None  # … by how many lines it moved, if that is known …
        self._line = 0  # … the old line of its last match, and whether that line begins in the copy: only then its columns hold
        self._whole = False

    def locate(self, start: int, end: int) -> Position:
        """The position of bytes ``start:end`` of the item."""
        copies = self._item.copies
        while self._number < len(copies) and copies[self._number].end < end:
            self._number += 1
            self._moved = None
        if self._number == len(copies) or start < (copy := copies[self._number]).start:
            return self._lines.locate(start, end)
        shift = copy.start - copy.source
        before = self._old.get((start - shift, end - shift))
        if before is None:
            return self._lines.locate(start, end)
        if self._moved is None:
            self._line, self._whole = before.line, copy.start == 0 == copy.source
            if not self._whole:
                position = self._lines.locate(start, end)
                self._moved = position.line - before.line
                self._whole = self._data.rfind(b"\n", self._item.start + copy.start, self._item.start + start) >= 0
                return position
            self._moved = 0
        elif before.line > self._line:
            self._line, self._whole = before.line, True
        if not self._whole:
            return self._lines.locate(start, end)
        position = before
        if shift or self._moved:
            first, last, line, column, end_line, end_column = before
            position = Position(first + shift, last + shift, line + self._moved, column, end_line + self._moved, end_column)
        self._lines.resume(start, position)
        return position
