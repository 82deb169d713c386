"""What of an item is judged round a hit: its line, or for wide rules the text before and behind it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from expurgate.model import Item

LINE = 256  # bytes of a line that are looked at, on each side of a hit
LONG = 4096  # bytes of a line before a hit, for rules whose match may be longer than rules.MAX_WIDTH
BEFORE, AFTER = 1024, 1 << 16  # bytes before and after a hit of a multi-line rule; AFTER holds for long rules, too

Data = bytes | bytearray
_NEWLINE = 10
_IDENTIFIED = frozenset(("commit", "tag"))


def cut_line(data: Data, item: Item, end: int) -> tuple[int, bytes, bool, int]:
    """The line round a hit, cut to LINE bytes on each side: (where it begins in the item, its bytes, whether its beginning was cut
    off, where the hit ends in it if anything was cut off and -1 otherwise)."""
    at = item.start + end
    floor, ceiling = max(item.start, at - LINE), min(item.end, at + LINE)
    before, behind = data.rfind(b"\n", floor, max(at - 1, floor)), data.find(b"\n", at, ceiling)
    low = before + 1 if before >= 0 else floor
    line = bytes(data[low : behind if behind >= 0 else ceiling])
    if item.kind in _IDENTIFIED and (close := line.rfind(b"> ")) >= at - low - 1:
        line = line[: close + 1]  # an identity without its date is the same in all commits of a person
    cut_left, cut_right = before < 0 and floor > item.start, behind < 0 and ceiling < item.end
    return low - item.start, line, cut_left, at - low if cut_left or cut_right else -1


def overlap(line: bytes, where: int) -> tuple[int, int]:
    """What matches in a line must overlap: of a cut line only what touches the hit is whole."""
    return (0, len(line)) if where < 0 else (where - 1, where)


def wide(data: Data, item: Item, ends: list[int], multiline: bool, width: int) -> Iterator[tuple[int, bytes, int, int, int]]:
    """(where in the item, text, where context ends, range that a match must overlap) of what a wide rule judges round its hits.

    A match that may be long needs much text, and where there are many hits their windows are joined. A short one that crosses a
    line end needs no more than its own ``width`` on each side of a hit.
    """
    reach = width + 1
    if multiline and reach <= BEFORE:
        for at in (item.start + end for end in ends):
            low, high = max(item.start, at - reach), min(item.end, at + reach)
            yield low - item.start, bytes(data[low:high]), int(low > item.start), at - low - 1, at - low
        return
    window = _block if multiline else _long_line
    for low, high in _merged(window(data, item, end) for end in sorted(ends)):
        first = int(low > item.start and data[low - 1] != _NEWLINE)
        yield low - item.start, bytes(data[low:high]), first, 0, high - low


def _block(_data: Data, item: Item, end: int) -> tuple[int, int]:
    """The bytes of the batch that a hit of a multi-line rule is judged by."""
    return max(item.start, item.start + end - BEFORE), min(item.end, item.start + end + AFTER)


def _long_line(data: Data, item: Item, end: int) -> tuple[int, int]:
    """The bytes of the batch that a hit of a long rule is judged by: its line, LONG before it and AFTER behind it at most."""
    at = item.start + end
    low, high = max(item.start, at - LONG), min(item.end, at + AFTER)
    newline = data.find(b"\n", at, high)
    return max(low, data.rfind(b"\n", low, at - 1) + 1), newline if newline >= 0 else high


def _merged(windows: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Ascending windows, those that overlap made one: no byte is judged twice, however many hits there are."""
    low = high = -1
    for start, end in windows:
        if start < high:
            high = max(high, end)
            continue
        if high >= 0:
            yield low, high
        low, high = start, end
    if high >= 0:
        yield low, high
