"""Examines batches: what stands in the bytes, what stands in text hidden by an encoding, and what cannot be examined."""

from __future__ import annotations

from collections.abc import Iterator

from expurgate.content import formats, gitobject, text
from expurgate.detect.engine import Engine
from expurgate.detect.matcher import Matcher
from expurgate.model import Batch, Coverage, Item, Match, Matches
from expurgate.verify.judge import Judge

_STRUCTURED = frozenset(("commit", "tag", "tree"))


class Examiner:
    """Turns a stream of batches into matches; one for each stream, as versions refer to each other."""

    def __init__(self, engine: Engine, coverage: Coverage, accept: tuple[str, ...] = (), hash_size: int = 20) -> None:
        judge = Judge(engine.rules)
        self._matcher = Matcher(engine, judge)
        self._derived = Matcher(engine, judge)
        self._coverage = coverage
        self._accept = accept
        self._hash_size = hash_size
        self._nul = False  # whether the item before held a NUL

    def examine(self, batch: Batch) -> list[Matches]:
        """All matches of a batch; formats that cannot be examined are noted in the coverage."""
        results = self._matcher.feed(batch)
        if any(matches.kind in _STRUCTURED for matches in results):
            items = {item.name: item for item in batch.items if item.kind in _STRUCTURED}
            results = [
                self._located(batch, items[matches.name], matches) if matches.kind in _STRUCTURED else matches
                for matches in results
            ]
        for item in batch.items:
            if item.kind not in _STRUCTURED:
                self._note_format(batch, item)
                self._nul = self._has_nul(batch, item)
                if self._nul:
                    results += self._hidden(batch, item)
        return [matches for matches in results if matches.found]

    def _located(self, batch: Batch, item: Item, matches: Matches) -> Matches:
        """The matches of a commit, tag or tree with the part they stand in; without those in object ids."""
        raw = bytes(batch.data[item.start : item.end])
        found = []
        for match in matches.found:
            place = match.position
            part = gitobject.part(item.kind, raw, place.byte_start, place.byte_end, self._hash_size)
            if part is not None:
                found.append(Match(*match[:4], part, *match[5:]))
        date = gitobject.author_date(raw) if found and item.kind == "commit" else ""
        return matches._replace(found=found, author_date=date)

    def _note_format(self, batch: Batch, item: Item) -> None:
        opaque = None if item.offset else formats.opaque(batch.data, item.start, item.end)
        if opaque:
            where = f"{item.kind} {item.name}"
            if opaque.group in self._accept:
                self._coverage.accept(where, f"{opaque.name}: {opaque.why}")
            else:
                self._coverage.skip(where, f"{opaque.name}: {opaque.why}")

    def _has_nul(self, batch: Batch, item: Item) -> bool:
        if self._nul or not item.copies:
            return batch.data.find(b"\0", item.start, item.end) >= 0
        at = 0
        for copy in item.copies:
            if copy.start > at and batch.data.find(b"\0", item.start + at, item.start + copy.start) >= 0:
                return True
            at = copy.end
        return False

    def _hidden(self, batch: Batch, item: Item) -> Iterator[Matches]:
        raw = bytes(batch.data[item.start : item.end])
        for unit in text.units(raw):
            found = []
            for matches in self._derived.feed(Batch(unit.text, [Item(item.kind, item.name, 0, len(unit.text), (), 0, item.lines)])):
                for match in matches.found:
                    start, end = unit.place(match.position.byte_start, match.position.byte_end)
                    if end - start > len(match.value):  # else it stands in the bytes, and is found there
                        position = match.position._replace(byte_start=start + item.offset, byte_end=end + item.offset)
                        found.append(match._replace(position=position, derived=unit.derived))
            yield Matches(item.kind, item.name, found)
