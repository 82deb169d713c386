"""Takes found values out of what a report would otherwise quote: paths, names of references, reasons."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from operator import attrgetter

from expurgate.model import Coverage, Finding, Occurrence, ScanResult, Skipped

_SHORTEST = 4  # values shorter than this are no secret in a path …
_WORD = 8  # … nor are mere letters shorter than this: a bad password may be any word
_QUOTED = (attrgetter("path"), attrgetter("field"), attrgetter("suppressed"))  # of an occurrence
_PATHS = attrgetter("paths")


def masked(result: ScanResult, lasting: bool = False) -> ScanResult:
    """The result with the tag of a finding in place of its value, wherever the value stands in a path, a name or a reason.

    Tags change from run to run; ``lasting`` puts the fingerprint there instead, for what must compare equal later.
    """
    own = [_texts(finding) for finding in result.findings]
    texts = _common(result).union(*own)
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

    def change(text: str) -> str:
        return table.get(text, text)

    findings = tuple(
        finding if table.keys().isdisjoint(quoted) else _rewritten(finding, change)
        for finding, quoted in zip(result.findings, own, strict=True)
    )
    return _changed(replace(result, findings=findings), change)


def _common(result: ScanResult) -> set[str]:
    """What a report quotes besides its findings."""
    texts = {result.target, result.config_source, *result.suppressed_counts}
    for skip in (*result.coverage.skipped, *result.coverage.accepted):
        texts.update((skip.where, skip.reason))
    return texts


def _texts(finding: Finding) -> set[str]:
    """What a report quotes of a finding besides its value."""
    texts = {finding.suppressed}
    for quoted in _QUOTED:
        texts.update(map(quoted, finding.occurrences))
    for paths in set(map(_PATHS, finding.occurrences)):
        texts.update(paths)
    return texts


def _rewritten(finding: Finding, change: Callable[[str], str]) -> Finding:
    def place(occurrence: Occurrence) -> Occurrence:
        return occurrence._replace(
            path=change(occurrence.path),
            field=change(occurrence.field),
            suppressed=change(occurrence.suppressed),
            paths=tuple(map(change, occurrence.paths)),
        )

    return replace(finding, occurrences=tuple(map(place, finding.occurrences)), suppressed=change(finding.suppressed))


def _changed(result: ScanResult, change: Callable[[str], str]) -> ScanResult:
    """The result with what is not part of a finding rewritten."""

    def skips(skipped: list[Skipped]) -> list[Skipped]:
        return [Skipped(change(skip.where), change(skip.reason)) for skip in skipped]

    coverage = result.coverage
    return replace(
        result,
        target=change(result.target),
        config_source=change(result.config_source),
        coverage=Coverage(coverage.objects, coverage.bytes, coverage.kinds, skips(coverage.skipped), skips(coverage.accepted)),
        suppressed_counts={change(reason): number for reason, number in result.suppressed_counts.items()},
    )
