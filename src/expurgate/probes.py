"""Texts that a pattern matches, made from the pattern itself: they show where Hyperscan and Python's `re` do not agree."""

from __future__ import annotations

import importlib
import random
import re
import string
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from expurgate.detect.engine import Engine
from expurgate.detect.rules import FLAGS

_PARSER = importlib.import_module("re._parser")
_CODES = importlib.import_module("re._constants")
_PLAIN = frozenset(range(32, 127))
_ANY = frozenset(range(256)) - {10}
_WORD = frozenset((string.ascii_letters + string.digits + "_").encode())
_SPACE = frozenset(b" \t\n\r\f\v")
_DIGIT = frozenset(string.digits.encode())
_KINDS = {"WORD": _WORD, "SPACE": _SPACE, "DIGIT": _DIGIT}
_MOST = 400  # repeats beyond the least; longer ones show nothing new
_CODE = (
    b'if (list.size() > 0) { call("lorem", ipsum_dolor[3], x = "sit"); }  // amet, consectetur\n\tname: value-of.it = \'a\';\n' * 3
)
_BEFORE = (b"", b"\n", b" ", b'"', b"(", b"\0", b"x = ", b'key: "', b"a\n" * 40, _CODE[:300], _CODE[:300] + b"\n", b'("w", ' * 50)
_AFTER = (b"", b"\n", b" ", b'"', b"\0", b"</", b";\n", b"\n" + b"q " * 150, _CODE[:300], b"\n" + _CODE[:300])


def missed(engine: Engine, number: int, count: int, seed: str = "") -> Iterator[bytes]:
    """Texts in which the pattern of a rule matches, but its expression has no hit that ends within the match."""
    pattern = engine.pattern(number)
    wanted = engine.leads.get(number, number)
    for text in texts(engine.rules[number].pattern, count, f"{seed}/{engine.rules[number].id}"):
        matches = [found.span() for found in pattern.finditer(text)]
        if not matches:
            continue
        ends = sorted(end for end, found in engine.hits(text) if found == wanted)
        if not all(any(low < end <= high for end in ends) for low, high in matches if high > low):
            yield text


def texts(pattern: str, count: int, seed: str) -> Iterator[bytes]:
    """Texts with a string in them that the pattern is likely to match, alone, twice and with much round it."""
    chance = random.Random(seed)  # noqa: S311 (must be repeatable, guards nothing)
    tree = _PARSER.parse(pattern.encode(), FLAGS)
    maker = _Maker(chance)
    folded = bool(tree.state.flags & re.IGNORECASE)
    for number in range(count):
        core = maker.string(tree, folded)
        before, after = chance.choice(_BEFORE), chance.choice(_AFTER)
        again = chance.choice((b"\n", b" ", b'", "', before)) + core if number % 5 == 4 else b""
        yield before + core + again + after


class _Maker:
    """Walks a parsed pattern and chooses at each branch, class and repeat."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance

    def string(self, tree: Any, folded: bool) -> bytes:
        out = bytearray()
        self._walk(tree, out, folded)
        return bytes(out)

    def _walk(self, tree: Any, out: bytearray, folded: bool) -> None:
        for code, value in tree:
            if code in (_CODES.MAX_REPEAT, _CODES.MIN_REPEAT):
                low, high, inner = value
                for _ in range(self._times(low, min(high, low + _MOST))):
                    self._walk(inner, out, folded)
            elif code is _CODES.SUBPATTERN:
                _, added, dropped, inner = value
                self._walk(inner, out, bool((folded or added & re.IGNORECASE) and not dropped & re.IGNORECASE))
            elif code is _CODES.BRANCH:
                self._walk(self._chance.choice(value[1]), out, folded)
            elif code is not _CODES.AT:
                out.append(self._character(code, value, folded))

    def _times(self, low: int, high: int) -> int:
        """The least number of repeats most often, then the greatest, one more than the least, and any."""
        pick = self._chance.random()
        if pick < 0.45:
            return low
        if pick < 0.55:
            return high
        return min(high, low + 1) if pick < 0.7 else self._chance.randint(low, min(high, low + 40))

    def _character(self, code: Any, value: Any, folded: bool) -> int:
        if code is _CODES.LITERAL:
            char = bytes((value,))
            return (char.swapcase() if folded and self._chance.random() < 0.3 else char)[0]
        if code is _CODES.NOT_LITERAL:
            return self._one_of(_ANY - {value})
        return self._one_of(_ANY if code is _CODES.ANY else _members(tuple(value)))

    def _one_of(self, members: frozenset[int]) -> int:
        plain = members & _PLAIN
        return self._chance.choice(_sorted(plain if plain and self._chance.random() < 0.95 else members))


@cache
def _sorted(members: frozenset[int]) -> Sequence[int]:
    return sorted(members)


@cache
def _members(items: tuple[Any, ...]) -> frozenset[int]:
    """The bytes in a parsed character class."""
    found: set[int] = set()
    for code, value in items:
        if code is _CODES.LITERAL:
            found.add(value)
        elif code is _CODES.RANGE:
            found.update(range(value[0], value[1] + 1))
        elif code is _CODES.CATEGORY:
            negated, name = "_NOT_" in str(value), str(value).rpartition("_")[2]
            found |= frozenset(range(256)) - _KINDS[name] if negated else _KINDS[name]
    return frozenset(range(256)) - found if items[0][0] is _CODES.NEGATE else frozenset(found)
