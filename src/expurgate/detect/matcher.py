"""From bytes to verified matches: Hyperscan over what is fresh, patterns over the lines it hit, the rest inherited.

An item may say which of its bytes stand unchanged in the item before it (``Item.copies``). Those are not searched again. Hyperscan
searches the gaps between copies, widened by a margin; what was found in the copied bytes of the previous version is taken over,
see ``inherit.py``.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator

from expurgate.detect import inherit, windows
from expurgate.detect.engine import Engine
from expurgate.detect.inherit import NEVER, NOTHING, Found, Places, State
from expurgate.detect.lines import directives, names
from expurgate.detect.rules import BEHIND, CATEGORIES, FLAGS, LEADS, MAX_WIDTH
from expurgate.detect.words import Index
from expurgate.model import Batch, Item, Judge, Match, Matches, Span, Verified

JOIN = 512  # bytes between two matches that are parts of one credential
UNSURE = 0.4  # a match of a rule that is less certain does not replace what is found by its looks
_CACHE = 200_000  # verdicts kept; dropped all at once when there are more

Rank = Callable[[Found], tuple[int, tuple[float, ...]]]


class Matcher:
    """Finds verified matches in batches; one for each stream, since an item may refer to the one before it."""

    def __init__(self, engine: Engine, judge: Judge) -> None:
        self._engine = engine
        self._judge = judge
        self._directive = len(engine.rules)
        self._wide = [rule.multiline or width > MAX_WIDTH for rule, width in zip(engine.rules, engine.widths, strict=True)]
        self._wide += [True, *(False for _ in LEADS)]  # directives are judged in each version, too
        self._index = Index(engine.words)
        self._followers: dict[int, tuple[int, ...]] = {}  # rules that are tried on the lines that another one's expression hits
        self._behind: dict[int, list[tuple[int, re.Pattern[bytes]]]] = {}  # wide ones, and what must stand behind such a hit
        for number, lead in engine.leads.items():
            if lead < len(engine.rules):
                if anchor := engine.rules[number].anchor:
                    self._behind.setdefault(lead, []).append((number, re.compile(anchor.encode(), FLAGS)))
                else:
                    self._followers[lead] = (*self._followers.get(lead, ()), number)
        self._categories = [CATEGORIES.index(rule.category) for rule in engine.rules]
        self._severities = [int(rule.severity) for rule in engine.rules]
        self._generic = [bool(rule.score) for rule in engine.rules]
        numbers = {rule.id: number for number, rule in enumerate(engine.rules)}
        self._joins = {n: frozenset(numbers[name] for name in rule.joins) for n, rule in enumerate(engine.rules) if rule.joins}
        self._verdicts: dict[tuple[int, int, bytes], list[Verified]] = {}
        self._last = NOTHING

    def feed(self, batch: Batch) -> list[Matches]:
        """The matches in each item of the batch that has any."""
        results: list[Matches] = []
        hits = self._search(batch)
        ends = [end for end, _ in hits]
        previous, before = self._last, -1  # the state of item number `before`; other items have none
        for number, item in _interesting(batch.items, ends):
            low = bisect_left(ends, item.start + 1)
            own = [(end - item.start, rule) for end, rule in hits[low : bisect_left(ends, item.end + 1, low)]]
            old = previous if before == number - 1 else NOTHING
            state = self._examine(batch.data, item, own, old)
            previous, before = state, number
            if state.found:
                results.append(Matches(item.kind, item.name, list(self._report(batch.data, item, state, old))))
        self._last = previous if before == len(batch.items) - 1 else NOTHING
        return results

    def candidates(self, text: bytes, least: float = 0.0) -> list[tuple[int, int, int]]:
        """(rule, start, end) of all values that are at least so certain, also of those that a stronger rule would replace."""
        item = Item("text", "", 0, len(text))
        hits = self._search(Batch(text, [item]))
        verified = self._examine(text, item, hits, NOTHING).found
        return [(found.rule, found.start, found.end) for found in verified if found.confidence >= least]

    def spans(self, text: bytes) -> Iterator[tuple[int, int, bytes, Span]]:
        """(rule, where in ``text``, what is judged, span in it) of everything that is judged: to explain it or to learn from it."""
        item = Item("text", "", 0, len(text))
        hits = self._search(Batch(text, [item]))
        wide = [hit for hit in hits if self._wide[hit[1]]]
        wide += [hit for end, number in hits for hit in self._led(text, item, end, number)]
        judged = list(self._windows(text, item, wide))
        for end, number in hits:
            if not self._wide[number]:
                base, line, cut, where = windows.cut_line(text, item, end)
                judged += [(own, base, line, int(cut), *windows.overlap(line, where)) for own in self._tried(number, line)]
        seen = set()
        for number, base, part, *bounds in judged:
            for span in self._spans(number, part, *bounds):
                place = (number, base + span.value_start, base + span.value_end)
                if place not in seen:
                    seen.add(place)
                    yield number, base, part, span

    def _search(self, batch: Batch) -> list[tuple[int, int]]:
        """All Hyperscan hits in the fresh ranges of a batch as (end, number), sorted, without repeats."""
        segments = inherit.segments(batch.items)
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

    def _examine(self, data: bytes | bytearray, item: Item, hits: list[tuple[int, int]], old: State) -> State:
        size = item.end - item.start
        if not (hits or old.found or old.wide):
            return State(size, [], [], {})
        found: dict[tuple[int, int, int], Found] = {}
        wide: list[tuple[int, int]] = []
        if item.copies:
            for match in inherit.matches(item.copies, old, size):
                found[match.rule, match.start, match.end] = match
            wide += inherit.hits(item.copies, old, size)
        for end, number in hits:
            if self._wide[number]:
                wide.append((end, number))
                continue
            for match in self._line(data, item, end, number):
                found[match.rule, match.start, match.end] = match
            wide += self._led(data, item, end, number)
        wide = sorted(set(wide))  # a hit near a change is inherited and found anew
        for match in self._wider(data, item, wide) if wide else ():
            found[match.rule, match.start, match.end] = match
        return State(size, sorted(found.values()), wide, {})

    def _line(self, data: bytes | bytearray, item: Item, end: int, number: int) -> Iterator[Found]:
        """Judge the line round a hit, at most LINE bytes to each side; equal lines are judged once."""
        base, line, cut_left, where = windows.cut_line(data, item, end)
        verdicts = self._verdicts.get((number, where * 2 + cut_left, line))
        if verdicts is None:
            verdicts = []
            for own in self._tried(number, line):
                spans = self._spans(own, line, int(cut_left), *windows.overlap(line, where))
                verdicts += self._judge(own, line, spans) if spans else []
            if len(self._verdicts) >= _CACHE:
                self._verdicts.clear()
            self._verdicts[number, where * 2 + cut_left, line] = verdicts
        for verdict in verdicts:
            start, stop = base + verdict.start, base + verdict.end
            yield Found(start, stop, verdict.rule, verdict.confidence, verdict.value, base - 1, base + len(line) + 1)

    def _led(self, data: bytes | bytearray, item: Item, end: int, number: int) -> Iterator[tuple[int, int]]:
        """Hits of the wide rules that follow the one whose expression hit here."""
        at = item.start + end
        for other, anchor in self._behind.get(number, ()):
            if anchor.match(data, at, min(item.end, at + BEHIND)):
                yield end, other

    def _tried(self, number: int, line: bytes) -> tuple[int, ...]:
        """The rules that are tried on a line where an expression hits: its own, or those that follow it."""
        if number < self._directive:
            return (number, *self._followers.get(number, ()))
        return tuple(other for other in self._index.find(line) if self._engine.leads[other] == number)

    def _wider(self, data: bytes | bytearray, item: Item, hits: list[tuple[int, int]]) -> Iterator[Found]:
        """Judge what is round the hits of wide rules. Such matches are not inherited, their hits are."""
        for number, base, text, *bounds in self._windows(data, item, hits):
            spans = self._spans(number, text, *bounds)
            for verdict in self._judge(number, text, spans) if spans else ():
                yield Found(base + verdict.start, base + verdict.end, number, verdict.confidence, verdict.value, *NEVER)

    def _windows(
        self, data: bytes | bytearray, item: Item, hits: list[tuple[int, int]]
    ) -> Iterator[tuple[int, int, bytes, int, int, int]]:
        """(rule, where in the item, text, where context ends, range that a match must overlap) of what wide rules judge."""
        by_rule: dict[int, list[int]] = {}
        for end, number in hits:
            if number != self._directive:
                by_rule.setdefault(number, []).append(end)
        for number, ends in by_rule.items():
            multiline, width = self._engine.rules[number].multiline, self._engine.widths[number]
            for window in windows.wide(data, item, ends, multiline, width):
                yield number, *window

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

    def _report(self, data: bytes | bytearray, item: Item, state: State, old: State) -> Iterator[Match]:
        """The matches of an item with their positions, one for each place, and what inline directives say of them."""
        decided: list[tuple[int, list[str], str]] = []
        if state.wide and (ends := [end for end, number in state.wide if number == self._directive]):
            decided = list(directives(data, item, ends))
        places = Places(data, item, old)
        chosen = _strongest(state.found, self._rank) if len(state.found) > 1 else state.found
        for match in chosen:
            position = places.locate(match.start, match.end)
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

    def _rank(self, match: Found) -> tuple[int, tuple[float, ...]]:
        """Category and rank of a match among others that share bytes with it, the best first.

        A rule that knows what it found goes before one that judges by the looks of it, unless it is not certain itself.
        """
        looks = self._generic[match.rule] or match.confidence < UNSURE
        order = (float(looks), -match.confidence, -self._severities[match.rule], match.start - match.end, match.start)
        return self._categories[match.rule], order

    def _whole(self, match: Found, chosen: list[Found]) -> Found | None:
        """The nearest match that this one is a part of: a secret that its rule joins, not more than JOIN bytes away."""
        wanted = self._joins[match.rule]
        near = [(max(other.start - match.end, match.start - other.end), other) for other in chosen if other.rule in wanted]
        gap, other = min(near, default=(JOIN + 1, None), key=lambda pair: pair[0])
        return other if gap <= JOIN else None


def _interesting(items: list[Item], ends: list[int]) -> Iterator[tuple[int, Item]]:
    """Items that were hit or that may inherit something, with their number."""
    at, count = 0, len(ends)
    for number, item in enumerate(items):
        while at < count and ends[at] <= item.start:
            at += 1
        if item.copies or (at < count and ends[at] <= item.end):
            yield number, item


def _strongest(found: list[Found], rank: Rank) -> list[Found]:
    """Of matches of one category whose values overlap, the best."""
    kept: list[Found] = []
    group: list[Found] = []
    reach = -1
    for match in found:  # they come sorted
        if match.start >= reach:
            kept += _best(group, rank)
            group = []
        group.append(match)
        reach = max(reach, match.end)
    return kept + _best(group, rank)


def _best(group: list[Found], rank: Rank) -> list[Found]:
    if len(group) < 2:
        return group
    kept: list[tuple[int, Found]] = []
    for (category, _), match in sorted((rank(match), match) for match in group):
        if not any(other.start < match.end and match.start < other.end and own == category for own, other in kept):
            kept.append((category, match))
    return [match for _, match in kept] if len(kept) < 2 else sorted(match for _, match in kept)
