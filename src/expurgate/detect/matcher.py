"""From bytes to verified matches: Hyperscan over what is fresh, patterns over the lines it hit, the rest inherited.

An item may say which of its bytes stand unchanged in the item before it (``Item.copies``). Those are not searched again. Hyperscan
searches the gaps between copies, widened by a margin; what was found in the copied bytes of the previous version is taken over.
This is exact because everything a verdict depends on is bounded:

- a hit that ends at ``h`` depends on the bytes ``h - MAX_WIDTH - 1 .. h + 1``;
- a rule for lines judges the line round the hit, cut to LINE bytes on each side: it depends on ``h - LINE - 1 .. h + LINE + 1``;
- a match is inherited only if all the bytes it depends on were copied; every hit that depends on a byte of a gap is judged anew;
- hits of multi-line and long rules ("wide") and of inline directives are inherited as hits and judged anew in each version.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from expurgate.detect.engine import Engine
from expurgate.detect.lines import Lines, directives, names
from expurgate.detect.rules import CATEGORIES, MAX_WIDTH
from expurgate.detect.words import Index
from expurgate.model import Batch, Copy, Item, Judge, Match, Matches, Position, Span, Verified

LINE = 256  # bytes of a line that are looked at, on each side of a hit
LONG = 4096  # bytes of a line before a hit, for rules whose match may be longer than MAX_WIDTH
BEFORE, AFTER = 1024, 1 << 16  # bytes before and after a hit of a multi-line rule; AFTER holds for long rules, too
JOIN = 512  # bytes between two matches that are parts of one credential
UNSURE = 0.4  # a match of a rule that is less certain does not replace what is found by its looks
REACH = LINE + 2  # no verdict of a line rule depends on bytes further from its hit
_CACHE = 200_000  # verdicts kept; dropped all at once when there are more


class _Found(NamedTuple):
    """A verified match in an item, with the range of bytes that its verdict depends on; all relative to the item."""

    start: int
    end: int
    rule: int
    confidence: float
    value: bytes
    low: int
    high: int


Rank = Callable[[_Found], tuple[int, tuple[float, ...]]]


class _State(NamedTuple):
    """What an item hands on to its next version."""

    size: int
    found: list[_Found]
    wide: list[tuple[int, int]]  # (end, number) of hits that are judged anew in each version
    places: dict[tuple[int, int], Position]  # where reported matches stand, by their bytes


_NOTHING = _State(0, [], [], {})
_NEWLINE = 10
_IDENTIFIED = frozenset(("commit", "tag"))
_NEVER = (-1 << 60, 1 << 60)  # bounds that no copy contains


class Matcher:
    """Finds verified matches in batches; one for each stream, since an item may refer to the one before it."""

    def __init__(self, engine: Engine, judge: Judge) -> None:
        self._engine = engine
        self._judge = judge
        self._directive = len(engine.rules)
        self._wide = [rule.multiline or width > MAX_WIDTH for rule, width in zip(engine.rules, engine.widths, strict=True)]
        self._wide.append(True)
        self._index = Index(engine.words)
        self._categories = [CATEGORIES.index(rule.category) for rule in engine.rules]
        self._severities = [int(rule.severity) for rule in engine.rules]
        self._generic = [bool(rule.score) for rule in engine.rules]
        numbers = {rule.id: number for number, rule in enumerate(engine.rules)}
        self._joins = {n: frozenset(numbers[name] for name in rule.joins) for n, rule in enumerate(engine.rules) if rule.joins}
        self._verdicts: dict[tuple[int, int, bytes], list[Verified]] = {}
        self._last = _NOTHING

    def feed(self, batch: Batch) -> list[Matches]:
        """The matches in each item of the batch that has any."""
        results: list[Matches] = []
        hits = self._search(batch)
        ends = [end for end, _ in hits]
        previous, before = self._last, -1  # the state of item number `before`; other items have none
        for number, item in _interesting(batch.items, ends):
            low = bisect_left(ends, item.start + 1)
            own = [(end - item.start, rule) for end, rule in hits[low : bisect_left(ends, item.end + 1, low)]]
            old = previous if before == number - 1 else _NOTHING
            state = self._examine(batch.data, item, own, old)
            previous, before = state, number
            if state.found:
                results.append(Matches(item.kind, item.name, list(self._report(batch.data, item, state, old))))
        self._last = previous if before == len(batch.items) - 1 else _NOTHING
        return results

    def candidates(self, text: bytes, least: float = 0.0) -> list[tuple[int, int, int]]:
        """(rule, start, end) of all values that are at least so certain, also of those that a stronger rule would replace."""
        item = Item("text", "", 0, len(text))
        hits = self._search(Batch(text, [item]))
        verified = self._examine(text, item, hits, _NOTHING).found
        return [(found.rule, found.start, found.end) for found in verified if found.confidence >= least]

    def spans(self, text: bytes) -> Iterator[tuple[int, int, bytes, Span]]:
        """(rule, where in ``text``, what is judged, span in it) of everything that is judged: to explain it or to learn from it."""
        item = Item("text", "", 0, len(text))
        hits = self._search(Batch(text, [item]))
        wide = [hit for hit in hits if hit[1] < self._directive and self._wide[hit[1]]]
        cut = [
            (number, _cut_line(text, item, end)) for end, number in hits if number != self._directive and (end, number) not in wide
        ]
        windows = [(own, *line) for number, line in cut for own in self._tried(number, line[1])]
        judged = [(number, base, line, int(cut), *_overlap(line, where)) for number, base, line, cut, where in windows]
        judged += self._windows(text, item, wide)
        seen = set()
        for number, base, part, *bounds in judged:
            for span in self._spans(number, part, *bounds):
                place = (number, base + span.value_start, base + span.value_end)
                if place not in seen:
                    seen.add(place)
                    yield number, base, part, span

    def _search(self, batch: Batch) -> list[tuple[int, int]]:
        """All Hyperscan hits in the fresh ranges of a batch as (end, number), sorted, without repeats."""
        segments = _segments(batch.items)
        view = memoryview(batch.data)
        if not segments:
            return []
        if len(segments) == 1:
            low, high = segments[0]
            return sorted({(end + low, number) for end, number in self._engine.hits(view[low:high])})
        joined = b"\n".join([view[low:high] for low, high in segments])
        starts, at = [], 0
        for low, high in segments:
            starts.append(at)
            at += high - low + 1
        hits = set()
        for end, number in self._engine.hits(joined):
            segment = bisect_left(starts, end) - 1
            low, high = segments[segment]
            place = end + low - starts[segment]
            if place <= high:
                hits.add((place, number))
        return sorted(hits)

    def _examine(self, data: bytes | bytearray, item: Item, hits: list[tuple[int, int]], old: _State) -> _State:
        size = item.end - item.start
        if not (hits or old.found or old.wide):
            return _State(size, [], [], {})
        found: dict[tuple[int, int, int], _Found] = {}
        wide: list[tuple[int, int]] = []
        if item.copies:
            for match in _inherited(item.copies, old, size):
                found[match.rule, match.start, match.end] = match
            wide = sorted(set(_inherited_hits(item.copies, old, size)) - set(hits))
        for end, number in hits:
            if number <= self._directive and self._wide[number]:
                wide.append((end, number))
            else:
                for match in self._line(data, item, end, number):
                    found[match.rule, match.start, match.end] = match
        for match in self._wider(data, item, wide) if wide else ():
            found[match.rule, match.start, match.end] = match
        return _State(size, sorted(found.values()), wide, {})

    def _line(self, data: bytes | bytearray, item: Item, end: int, number: int) -> Iterator[_Found]:
        """Judge the line round a hit, at most LINE bytes to each side; equal lines are judged once."""
        base, line, cut_left, where = _cut_line(data, item, end)
        verdicts = self._verdicts.get((number, where * 2 + cut_left, line))
        if verdicts is None:
            verdicts = []
            for own in self._tried(number, line):
                spans = self._spans(own, line, int(cut_left), *_overlap(line, where))
                verdicts += self._judge(own, line, spans) if spans else []
            if len(self._verdicts) >= _CACHE:
                self._verdicts.clear()
            self._verdicts[number, where * 2 + cut_left, line] = verdicts
        for verdict in verdicts:
            start, stop = base + verdict.start, base + verdict.end
            yield _Found(start, stop, verdict.rule, verdict.confidence, verdict.value, base - 1, base + len(line) + 1)

    def _tried(self, number: int, line: bytes) -> tuple[int, ...]:
        """The rules that are tried on a line where an expression hits: its own, or those that follow it."""
        if number < self._directive:
            return (number,)
        return tuple(other for other in self._index.find(line) if self._engine.leads[other] == number)

    def _wider(self, data: bytes | bytearray, item: Item, hits: list[tuple[int, int]]) -> Iterator[_Found]:
        """Judge what is round the hits of wide rules. Such matches are not inherited, their hits are."""
        for number, base, text, *bounds in self._windows(data, item, hits):
            spans = self._spans(number, text, *bounds)
            for verdict in self._judge(number, text, spans) if spans else ():
                yield _Found(base + verdict.start, base + verdict.end, number, verdict.confidence, verdict.value, *_NEVER)

    def _windows(
        self, data: bytes | bytearray, item: Item, hits: list[tuple[int, int]]
    ) -> Iterator[tuple[int, int, bytes, int, int, int]]:
        """(rule, where in the item, text, where context ends, range that a match must overlap) of what wide rules judge.

        A match that may be long needs much text, and where there are many hits their windows are joined. A short one that crosses a
        line end needs no more than its own width on each side of a hit.
        """
        by_rule: dict[int, list[int]] = {}
        for end, number in hits:
            if number != self._directive:
                by_rule.setdefault(number, []).append(end)
        for number, ends in by_rule.items():
            reach = self._engine.widths[number] + 1
            if self._engine.rules[number].multiline and reach <= BEFORE:
                for at in (item.start + end for end in ends):
                    low, high = max(item.start, at - reach), min(item.end, at + reach)
                    yield number, low - item.start, bytes(data[low:high]), int(low > item.start), at - low - 1, at - low
                continue
            windows = _blocks if self._engine.rules[number].multiline else _long_lines
            for low, high in _merged(windows(data, item, end) for end in sorted(ends)):
                first = int(low > item.start and data[low - 1] != _NEWLINE)
                yield number, low - item.start, bytes(data[low:high]), first, 0, high - low

    def _spans(self, number: int, text: bytes, first: int, low: int, high: int) -> list[Span]:
        """The matches of a rule's pattern that begin at ``first`` or later and overlap ``low:high``.

        The byte before ``first`` is context: a boundary must not seem to be where the text was cut.
        """
        spans = []
        pattern = self._engine.pattern(number)
        group = "value" if "value" in pattern.groupindex else 0
        for match in pattern.finditer(text, first):
            if match.start() > high:
                break
            if match.end() > low:
                start, end = match.span(group)
                if start < 0:
                    start, end = match.span()
                spans.append(Span(match.start(), match.end(), start, end))
        return spans

    def _report(self, data: bytes | bytearray, item: Item, state: _State, old: _State) -> Iterator[Match]:
        """The matches of an item with their positions, one for each place, and what inline directives say of them.

        What stands before the first change of a version stands in the same lines as before.
        """
        same = item.copies[0].end if item.copies and item.copies[0].start == item.copies[0].source == item.lines == 0 else 0
        decided: list[tuple[int, list[str], str]] = []
        if state.wide and (ends := [end for end, number in state.wide if number == self._directive]):
            decided = list(directives(data, item, ends))
        lines = Lines(data, item)
        chosen = _strongest(state.found, self._rank) if len(state.found) > 1 else state.found
        for match in chosen:
            position = old.places.get((match.start, match.end)) if match.end <= same else None
            if position is None:
                position = lines.locate(match.start, match.end)
            state.places[match.start, match.end] = position
            reason = ""
            if decided:
                own = self._engine.rules[match.rule].id
                reason = next((why for line, ids, why in decided if line <= position.line <= line + 1 and names(ids, own)), "")
            whole = self._whole(match, chosen) if match.rule in self._joins else None
            if whole:
                part = self._engine.rules[match.rule].id
                yield Match(whole.rule, match.value, whole.confidence, position, "", reason, "", part, whole.value)
            else:
                yield Match(match.rule, match.value, match.confidence, position, "", reason)

    def _rank(self, match: _Found) -> tuple[int, tuple[float, ...]]:
        """Category and rank of a match among others that share bytes with it, the best first.

        A rule that knows what it found goes before one that judges by the looks of it, unless it is not certain itself.
        """
        looks = self._generic[match.rule] or match.confidence < UNSURE
        order = (float(looks), -match.confidence, -self._severities[match.rule], match.start - match.end, match.start)
        return self._categories[match.rule], order

    def _whole(self, match: _Found, chosen: list[_Found]) -> _Found | None:
        """The nearest match that this one is a part of: a secret that its rule joins, not more than JOIN bytes away."""
        wanted = self._joins[match.rule]
        near = [(max(other.start - match.end, match.start - other.end), other) for other in chosen if other.rule in wanted]
        gap, other = min(near, default=(JOIN + 1, None), key=lambda pair: pair[0])
        return other if gap <= JOIN else None


def _cut_line(data: bytes | bytearray, item: Item, end: int) -> tuple[int, bytes, bool, int]:
    """The line round a hit, cut to LINE bytes on each side: (where it begins in the item, its bytes, whether its beginning was cut
    off, where the hit ends in it if anything was cut off and -1 otherwise)."""
    at = item.start + end
    floor, ceiling = max(item.start, at - LINE), min(item.end, at + LINE)
    text = bytes(data[floor:ceiling])
    low = text.rfind(b"\n", 0, max(at - floor - 1, 0)) + 1
    high = text.find(b"\n", at - floor)
    line = text[low:high] if high >= 0 else text[low:]
    if item.kind in _IDENTIFIED and (close := line.rfind(b"> ")) >= at - floor - low - 1:
        line = line[: close + 1]  # an identity without its date is the same in all commits of a person
    cut_left, cut_right = low == 0 and floor > item.start, high < 0 and ceiling < item.end
    return floor + low - item.start, line, cut_left, at - floor - low if cut_left or cut_right else -1


def _overlap(line: bytes, where: int) -> tuple[int, int]:
    """What matches in a line must overlap: of a cut line only what touches the hit is whole."""
    return (0, len(line)) if where < 0 else (where - 1, where)


def _blocks(_data: bytes | bytearray, item: Item, end: int) -> tuple[int, int]:
    """The bytes of the batch that a hit of a multi-line rule is judged by."""
    return max(item.start, item.start + end - BEFORE), min(item.end, item.start + end + AFTER)


def _long_lines(data: bytes | bytearray, item: Item, end: int) -> tuple[int, int]:
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


def _interesting(items: list[Item], ends: list[int]) -> Iterator[tuple[int, Item]]:
    """Items that were hit or that may inherit something, with their number."""
    at, count = 0, len(ends)
    for number, item in enumerate(items):
        while at < count and ends[at] <= item.start:
            at += 1
        if item.copies or (at < count and ends[at] <= item.end):
            yield number, item


def _segments(items: Iterable[Item]) -> list[tuple[int, int]]:
    """The ranges of the batch that must be searched: whole items, or the gaps between copies with their margin; merged."""
    segments: list[tuple[int, int]] = []
    low, high = 0, -(1 << 62)
    for item in items:
        for start, end in _gaps(item) if item.copies else ((item.start, item.end),):
            if start <= high + MAX_WIDTH:
                high = max(high, end)
            else:
                if high > low:
                    segments.append((low, high))
                low, high = start, end
    if high > low:
        segments.append((low, high))
    return segments


def _gaps(item: Item) -> Iterator[tuple[int, int]]:
    """Ranges of the batch to search: where a copy does not continue the one before it, in the new or in the old version."""
    size, at, source = item.end - item.start, 0, 0
    for copy in item.copies:
        if copy.start != at or copy.source != source:
            yield item.start + max(0, at - REACH - MAX_WIDTH - 1), item.start + min(size, copy.start + REACH + 1)
        at, source = copy.end, copy.source + copy.end - copy.start


def _bounds(copy: Copy, old_size: int, size: int) -> tuple[int, int]:
    """The range of the old item whose surroundings are the same in the new one: before the first byte and after the last one
    nothing differs."""
    low = -REACH if copy.start == 0 == copy.source else copy.source
    high = copy.source + copy.end - copy.start
    return low, high + REACH if copy.end == size and high == old_size else high


def _inherited(copies: tuple[Copy, ...], old: _State, size: int) -> Iterator[_Found]:
    for copy in copies if old.found else ():
        low, high = _bounds(copy, old.size, size)
        shift = copy.start - copy.source
        for match in old.found:
            if low <= match.low and match.high <= high:
                if not shift:
                    yield match
                    continue
                start, end, rule, confidence, value, left, right = match
                yield _Found(start + shift, end + shift, rule, confidence, value, left + shift, right + shift)


def _inherited_hits(copies: tuple[Copy, ...], old: _State, size: int) -> Iterator[tuple[int, int]]:
    for copy in copies if old.wide else ():
        low, high = _bounds(copy, old.size, size)
        shift = copy.start - copy.source
        for end, number in old.wide:
            if low <= end - MAX_WIDTH - 1 and end + 1 <= high:
                yield end + shift, number


def _strongest(found: list[_Found], rank: Rank) -> list[_Found]:
    """Of matches of one category whose values overlap, the best."""
    kept: list[_Found] = []
    group: list[_Found] = []
    reach = -1
    for match in found:  # they come sorted
        if match.start >= reach:
            kept += _best(group, rank)
            group = []
        group.append(match)
        reach = max(reach, match.end)
    return kept + _best(group, rank)


def _best(group: list[_Found], rank: Rank) -> list[_Found]:
    if len(group) < 2:
        return group
    kept: list[tuple[int, _Found]] = []
    for (category, _), match in sorted((rank(match), match) for match in group):
        if not any(other.start < match.end and match.start < other.end and own == category for own, other in kept):
            kept.append((category, match))
    return [match for _, match in kept] if len(kept) < 2 else sorted(match for _, match in kept)
