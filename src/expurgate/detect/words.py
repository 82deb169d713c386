"""Words without which a pattern cannot match: they tell quickly which of many patterns are worth trying on a line."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterable, Sequence
from typing import Any

_PARSER = importlib.import_module("re._parser")
_CODES = importlib.import_module("re._constants")
LEAST = 3  # letters of a word


def required(pattern: str) -> frozenset[bytes] | None:
    """Words in small letters of which each match contains one, whatever its case; None if there are no such words."""
    return _best(_PARSER.parse(pattern.encode(), re.MULTILINE))


def _best(tree: Iterable[tuple[Any, Any]]) -> frozenset[bytes] | None:
    """Of the sets of words that a sequence offers, the one whose shortest word is longest."""
    offers: list[frozenset[bytes]] = []
    run = b""
    for code, value in [*tree, (None, None)]:
        if (letter := _letter(code, value)) is not None:
            run += letter
            continue
        if len(run) >= LEAST:
            offers.append(frozenset((run,)))
        run = b""
        if (inner := _inner(code, value)) is not None:
            offers.append(inner)
    return max(offers, key=lambda words: (min(map(len, words)), -len(words)), default=None)


def _letter(code: Any, value: Any) -> bytes | None:
    """The small form of a single character, or of a class of both its cases."""
    if code is _CODES.LITERAL:
        return bytes((value,)).lower()
    if code is _CODES.IN and all(one is _CODES.LITERAL for one, _ in value):
        forms = {bytes((char,)).lower() for _, char in value}
        return forms.pop() if len(forms) == 1 else None
    return None


def _inner(code: Any, value: Any) -> frozenset[bytes] | None:
    if code is _CODES.BRANCH:
        found = [_best(branch) for branch in value[1]]
        return frozenset().union(*(words for words in found if words)) if all(found) else None
    if code is _CODES.SUBPATTERN:
        return _best(value[3])
    if code in {_CODES.MAX_REPEAT, _CODES.MIN_REPEAT} and value[0] > 0:
        return _best(value[2])
    return None


class Index:
    """Which of many patterns may match in a line, by the words that they require."""

    def __init__(self, words: Sequence[tuple[int, Sequence[bytes]]]) -> None:
        """``words`` are (number, required words) of the patterns."""
        self._starts: dict[int, dict[bytes, list[tuple[bytes, int]]]] = {3: {}, 4: {}}
        for number, own in words:
            for word in own:
                size = min(len(word), 4)
                self._starts[size].setdefault(word[:size], []).append((word, number))

    def find(self, line: bytes) -> tuple[int, ...]:
        """The numbers of the patterns that may match, ascending."""
        text = line.lower()
        found: set[int] = set()
        for size, starts in self._starts.items():
            for at in range(len(text) - size + 1):
                if (offers := starts.get(text[at : at + size])) is not None:
                    found.update(number for word, number in offers if text.startswith(word, at))
        return tuple(sorted(found))
