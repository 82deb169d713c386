"""The report for programs: one JSON document, or one JSON object a line. docs/report.schema.json is its contract."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from expurgate import __version__
from expurgate.model import Coverage, Finding, Occurrence, ScanResult, Skipped
from expurgate.report.mask import masked

VERSION = 1


def render(result: ScanResult, show: bool = False) -> Iterator[str]:
    """One document, a finding a line."""
    result = result if show else masked(result)
    yield "{" + f'"version": {VERSION}, ' + _inner(_header(result)) + ","
    findings = [_dumps(_finding(finding, show)) for finding in result.findings]
    yield '"findings": [' + ("" if findings else "]}")
    for number, text in enumerate(findings, 1):
        yield text + ("," if number < len(findings) else "\n]}")


def render_lines(result: ScanResult, show: bool = False) -> Iterator[str]:
    """A line a finding, ``{"finding": …}``, and a last line ``{"summary": …}``."""
    result = result if show else masked(result)
    for finding in result.findings:
        yield _dumps({"version": VERSION, "finding": _finding(finding, show)})
    yield _dumps({"version": VERSION, "summary": _header(result)})


def _header(result: ScanResult) -> dict[str, Any]:
    return {
        "tool": {"name": "expurgate", "version": __version__},
        "target": result.target,
        "config": result.config_source,
        "complete": result.complete,
        "blocking": len(result.blocking),
        "seconds": round(result.seconds, 3),
        "suppressed": result.suppressed_counts,
        "coverage": _coverage(result.coverage),
    }


def _coverage(coverage: Coverage) -> dict[str, Any]:
    return {
        "objects": coverage.objects,
        "bytes": coverage.bytes,
        "kinds": dict(sorted(coverage.kinds.items())),
        "skipped": [_skipped(skip) for skip in coverage.skipped],
        "accepted": [_skipped(skip) for skip in coverage.accepted],
    }


def _skipped(skip: Skipped) -> dict[str, str]:
    return {"where": skip.where, "reason": skip.reason}


def _finding(finding: Finding, show: bool) -> dict[str, Any]:
    values: dict[str, Any] = {
        "rule": finding.rule.id,
        "title": finding.rule.title,
        "category": finding.category,
        "severity": finding.severity.name.lower(),
        "confidence": round(finding.confidence, 3),
        "fingerprint": finding.fingerprint,
        "tag": finding.tag,
        "blocking": finding.blocking,
        "suppressed": bool(finding.suppressed),
        "reason": finding.suppressed,
        "occurrences": [_occurrence(occurrence) for occurrence in finding.occurrences],
    }
    if show:
        values["value"] = finding.value.decode("utf-8", "surrogateescape")
    return values


def _occurrence(occurrence: Occurrence) -> dict[str, Any]:
    values: dict[str, Any] = {"kind": occurrence.kind, "path": occurrence.path or None, **occurrence.position._asdict()}
    if occurrence.oid:
        values["oid"] = occurrence.oid
    for name in ("field", "derived", "commit", "author_date", "suppressed", "part"):
        if text := getattr(occurrence, name):
            values[name] = text
    if occurrence.paths:
        values["paths"] = list(occurrence.paths)
    if occurrence.at_tip is not None:
        values["at_tip"] = occurrence.at_tip
    return values


def _dumps(value: Any) -> str:
    """ASCII only, so that no character of the target acts on a terminal."""
    return json.dumps(value, ensure_ascii=True)


def _inner(values: dict[str, Any]) -> str:
    return _dumps(values)[1:-1]
