"""SARIF 2.1.0 (OASIS), as code scanning of GitHub and others reads it.

Findings are told apart by value and path, never by line or commit.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from hashlib import sha256
from typing import Any
from urllib.parse import quote

from expurgate import __version__
from expurgate.model import Finding, Occurrence, Rule, ScanResult, Severity
from expurgate.report.mask import masked

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {
    Severity.CRITICAL: "error",
    Severity.HIGH: "error",
    Severity.MEDIUM: "warning",
    Severity.LOW: "note",
    Severity.INFO: "note",
}
_SCORES = {Severity.CRITICAL: "9.5", Severity.HIGH: "8.0", Severity.MEDIUM: "5.5", Severity.LOW: "2.0", Severity.INFO: "0.0"}


def render(result: ScanResult, _show: bool = False) -> Iterator[str]:
    """The log as one document. Values never stand in its messages, even with ``show``: it is made to be uploaded."""
    marks = [_path_marks(finding) for finding in masked(result, lasting=True).findings]
    result = masked(result)
    rules = sorted({finding.rule.id: finding.rule for finding in result.findings}.values(), key=lambda rule: rule.id)
    numbers = {rule.id: number for number, rule in enumerate(rules)}
    run = {
        "tool": {
            "driver": {
                "name": "Expurgate",
                "semanticVersion": __version__,
                "rules": [_rule(rule) for rule in rules],
            }
        },
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(result)],
        "results": [
            _result(finding, places, numbers, mark)
            for finding, own in zip(result.findings, marks, strict=True)
            for places, mark in _by_path(finding, own)
        ],
    }
    yield json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=1, ensure_ascii=True)


def _rule(rule: Rule) -> dict[str, Any]:
    values: dict[str, Any] = {
        "id": rule.id,
        "shortDescription": {"text": rule.title},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"category": rule.category, "security-severity": _SCORES[rule.severity], "tags": ["security", rule.category]},
    }
    if rule.references:
        values["helpUri"] = rule.references[0]
    return values


def _invocation(result: ScanResult) -> dict[str, Any]:
    notes = [
        {"level": "warning", "descriptor": {"id": "not-read"}, "message": {"text": f"not read: {skip.where}: {skip.reason}"}}
        for skip in result.coverage.skipped
    ]
    return {"executionSuccessful": result.complete, "toolExecutionNotifications": notes}


def _path_marks(finding: Finding) -> list[str]:
    """For each place of a finding, what tells its path from others and stays the same from run to run."""
    return [sha256(os.fsencode(place.path)).hexdigest()[:16] for place in finding.occurrences]


def _by_path(finding: Finding, marks: list[str]) -> list[tuple[list[Occurrence], str]]:
    """One result for each path, with its mark; what has no path (messages, identities) is one more."""
    groups: dict[str, list[Occurrence]] = {}
    for occurrence, mark in zip(finding.occurrences, marks, strict=True):
        groups.setdefault(mark, []).append(occurrence)
    return [(groups[mark], mark) for mark in groups]


def _result(finding: Finding, places: list[Occurrence], numbers: dict[str, int], path_mark: str) -> dict[str, Any]:
    first = min(places, key=lambda place: (place.kind not in ("worktree", "index", "file"), not place.at_tip))
    values: dict[str, Any] = {
        "ruleId": finding.rule.id,
        "ruleIndex": numbers[finding.rule.id],
        "level": _LEVELS[finding.severity] if finding.blocking else "note",
        "message": {"text": f"{finding.rule.title} [{finding.category}], in {len(places)} place{'s' if len(places) > 1 else ''}"},
        "locations": [_location(first)],
        "partialFingerprints": {"expurgate/v1": f"{finding.fingerprint}:{path_mark}"},
        "properties": {"confidence": round(finding.confidence, 3), "blocking": finding.blocking},
    }
    reason = finding.suppressed or (first.suppressed if all(place.suppressed for place in places) else "")
    if reason:
        kind = "inSource" if reason.startswith("inline") else "external"
        values["suppressions"] = [{"kind": kind, "status": "accepted", "justification": reason}]
    return values


def _location(place: Occurrence) -> dict[str, Any]:
    if not place.path:  # code scanning services refuse a log in which a result has no file
        name = f"{place.kind} {place.oid}" + (f" {place.field}" if place.field else "")
        file = {"artifactLocation": {"uri": f".git/{place.kind}/{place.oid}"}}
        return {"physicalLocation": file, "logicalLocations": [{"fullyQualifiedName": name, "kind": "object"}]}
    location: dict[str, Any] = {"artifactLocation": {"uri": quote(os.fsencode(place.path))}}
    if place.kind not in ("tree", "name", "ref"):
        position = place.position
        location["region"] = {
            "startLine": position.line,
            "startColumn": position.column + 1,
            "endLine": position.end_line,
            "endColumn": position.end_column + 1,
        }
    return {"physicalLocation": location}
