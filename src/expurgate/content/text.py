"""Text that does not stand in the bytes as it is read: UTF-16 and UTF-32 files, and wide strings inside binary files.

Everything that is ASCII, UTF-8 or another one-byte superset of ASCII is searched as it is and needs nothing from here.
"""

from __future__ import annotations

import codecs
import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from typing import NamedTuple

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 4096
# Six characters of two or four bytes, less the first one's first byte: what begins with one byte is found quickest.
_WIDE = re.compile(rb"\0(?:(?:[\x20-\x7e]\0){5}|\0\0(?:[\x20-\x7e]\0{3}){5})")


class Unit(NamedTuple):
    """Text as a reader sees it, in UTF-8, and the way back: ``place(start, end)`` gives the bytes of the artifact."""

    derived: str  # how it came out of the bytes
    text: bytes
    place: Callable[[int, int], tuple[int, int]]


def units(raw: bytes) -> Iterator[Unit]:
    """The texts in bytes that hold a NUL; their raw form is searched anyway."""
    encoding, mark = _encoding(raw)
    if encoding:
        text = raw[mark:].decode(encoding, "replace")
        yield Unit(encoding, text.encode("utf-8", "replace"), _Decoded(text, encoding, mark))
    elif _WIDE.search(raw):
        yield Unit("wide", raw.replace(b"\0", b""), _Stripped(raw))


def _encoding(raw: bytes) -> tuple[str, int]:
    """The wide encoding of a whole file and the length of its byte-order mark, or ("", 0)."""
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return encoding, len(mark)
    sample = raw[:_SAMPLE]
    even, odd = sample[::2], sample[1::2]
    half = len(odd)
    for encoding, high, low in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        if half >= 4 and high.count(0) > half * 0.6 and low.count(0) < half * 0.05:
            return encoding, 0
    return "", 0


class _Decoded:
    """Places in a decoded file: characters before it, encoded again, give the offset."""

    def __init__(self, text: str, encoding: str, mark: int) -> None:
        self._encoded = text.encode("utf-8", "replace")
        self._encoding = encoding
        self._mark = mark

    def __call__(self, start: int, end: int) -> tuple[int, int]:
        return self._offset(start), self._offset(end)

    def _offset(self, at: int) -> int:
        return self._mark + len(self._encoded[:at].decode("utf-8", "ignore").encode(self._encoding, "replace"))


class _Stripped:
    """Places in bytes whose NULs were taken out."""

    def __init__(self, raw: bytes) -> None:
        self._raw = raw
        self._kept: list[int] = []  # for each block, how many bytes are kept before it

    def __call__(self, start: int, end: int) -> tuple[int, int]:
        return self._offset(start), self._offset(end - 1) + 1

    def _offset(self, at: int) -> int:
        """The offset of the kept byte number ``at``."""
        if not self._kept:
            kept = 0
            for block in range(0, len(self._raw), _SAMPLE):
                self._kept.append(kept)
                kept += len(self._raw[block : block + _SAMPLE].replace(b"\0", b""))
        block = bisect_left(self._kept, at + 1) - 1
        rest = at - self._kept[block]
        offset = block * _SAMPLE
        while True:
            if self._raw[offset]:
                if not rest:
                    return offset
                rest -= 1
            offset += 1
