"""Takes found values out of what a report would otherwise quote: paths, names of references, reasons."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import replace

from expurgate.model import Coverage, Finding, Occurrence, ScanResult, Skipped

_SHORTEST = 4  # values shorter than this are no secret in a path …
_WORD = 8  # … nor are mere letters shorter than this: a bad password may be any word


def masked(result: ScanResult, lasting: bool = False) -> ScanResult:
    """The result with the tag of a finding in place of its value, wherever the value stands in a path, a name or a reason.

    Tags change from run to run; ``lasting`` puts the fingerprint there instead, for what must compare equal later.
    """
    texts = list(dict.fromkeys(_texts(result)))
    joined = b"\0".join(os.fsencode(text) for text in texts)
    leaks = [
        (value, f"[{finding.fingerprint if lasting else finding.tag}]".encode())
        for finding in result.findings
        for value in (finding.value, *finding.spellings)
        if len(value) >= (_WORD if value.isalpha() else _SHORTEST) and value in joined
    ]
    if not leaks:
        return result
    leaks.sort(key=lambda leak: -len(leak[0]))
    table = {}
    for text in texts:
        raw = changed = os.fsencode(text)
        for value, tag in leaks:
            changed = changed.replace(value, tag)
        if changed != raw:
            table[text] = os.fsdecode(changed)
    return _rewritten(result, lambda text: table.get(text, text))


def _texts(result: ScanResult) -> Iterator[str]:
    yield result.target
    yield result.config_source
    for skip in (*result.coverage.skipped, *result.coverage.accepted):
        yield skip.where
        yield skip.reason
    yield from result.suppressed_counts
    for finding in result.findings:
        yield finding.suppressed
        for place in finding.occurrences:
            yield place.path
            yield place.field
            yield place.suppressed
            yield from place.paths


def _rewritten(result: ScanResult, change: Callable[[str], str]) -> ScanResult:
    def skips(skipped: list[Skipped]) -> list[Skipped]:
        return [Skipped(change(skip.where), change(skip.reason)) for skip in skipped]

    def place(occurrence: Occurrence) -> Occurrence:
        return occurrence._replace(
            path=change(occurrence.path),
            field=change(occurrence.field),
            suppressed=change(occurrence.suppressed),
            paths=tuple(map(change, occurrence.paths)),
        )

    def finding(old: Finding) -> Finding:
        return replace(old, occurrences=tuple(map(place, old.occurrences)), suppressed=change(old.suppressed))

    coverage = result.coverage
    return replace(
        result,
        target=change(result.target),
        config_source=change(result.config_source),
        findings=tuple(map(finding, result.findings)),
        coverage=Coverage(coverage.objects, coverage.bytes, coverage.kinds, skips(coverage.skipped), skips(coverage.accepted)),
        suppressed_counts={change(reason): number for reason, number in result.suppressed_counts.items()},
    )
