"""Says why something was reported or not: what each stage decides on everything that the rules match in a line, with its
numbers."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from expurgate import pipeline
from expurgate.config import Config
from expurgate.detect.matcher import Matcher
from expurgate.errors import TargetError, UsageError
from expurgate.git import CleanRoom
from expurgate.model import Finding, Occurrence, Rule, ScanResult, Step
from expurgate.sources import layout
from expurgate.verify.judge import Judge


@dataclass(frozen=True)
class Explained:
    """One match of a rule: where its value stands (columns from 0, in bytes), what the stages say, and what comes of it."""

    rule: Rule
    line: int
    column: int
    size: int
    steps: tuple[Step, ...]
    outcome: str


def explain(data: bytes, line: int, config: Config, name: str) -> Iterator[Explained]:
    """Everything that rules match in a line (from 1) of some content, whether it is reported or not."""
    engine = pipeline.open_engine(config)
    judge = Judge(engine.rules)
    result = pipeline.scan_bytes(data, config, name, "file")
    starts = [0, *(newline.end() for newline in re.finditer(rb"\n", data))]
    if not 1 <= line <= len(starts):
        raise UsageError(f"{name} has {len(starts)} lines; there is no line {line}")
    first, last = starts[line - 1], starts[line] if line < len(starts) else len(data) + 1
    for number, base, text, span in sorted(
        Matcher(engine, judge).spans(data), key=lambda found: (found[1] + found[3].value_start, found[0])
    ):
        low, high = base + span.value_start, base + span.value_end
        if low < last and max(high, low + 1) > first:
            rule = engine.rules[number]
            steps = tuple(judge.steps(number, text, span))
            row = bisect_right(starts, low)
            yield Explained(rule, row, low - starts[row - 1], high - low, steps, _outcome(rule, low, high, steps, config, result))


def content(place: str, target: Path) -> tuple[bytes, str]:
    """The content of a file, or of a Git object of the repository at ``target``, and its name."""
    if Path(place).is_file():
        return Path(place).read_bytes(), place
    found = layout.find(target)
    if found and len(place) >= 7 and all(char in "0123456789abcdef" for char in place):
        with CleanRoom([found.objects, *found.alternates()], found.sha256) as room:
            status, kind, _ = room.run("cat-file", "-t", place)
            if status == 0:
                return room.run("cat-file", kind.decode().strip(), place)[1], place
    raise TargetError(f"no file and no object {place}; write FILE:LINE, OBJECT:LINE or a finding's fingerprint")


def placed(fingerprint: str, result: ScanResult) -> tuple[str, int]:
    """Where the finding with a fingerprint stands: a file or an object id, and the line."""
    finding = next((finding for finding in result.findings if finding.fingerprint == fingerprint), None)
    if finding is None:
        raise UsageError(f"no finding has the fingerprint {fingerprint}; fingerprints depend on the key, see docs")
    place = next((place for place in finding.occurrences if not place.part), finding.occurrences[0])
    if place.oid:
        return place.oid, place.position.line
    if place.kind in {"file", "worktree", "untracked"} and place.path:
        return str(Path(result.target) / place.path), place.position.line
    raise UsageError(f"the finding stands in a {place.kind}, not in a line of a file or an object")


def _outcome(rule: Rule, low: int, high: int, steps: tuple[Step, ...], config: Config, result: ScanResult) -> str:
    confidence = steps[-1].confidence if steps else 0.0
    if confidence <= 0:
        return "dropped"
    for finding in result.findings:
        for place in finding.occurrences:
            if (place.position.byte_start, place.position.byte_end) == (low, high) and rule.id in {place.part, finding.rule.id}:
                return _verdict(finding, place, config)
    if confidence < config.min_confidence:
        return f"kept back: its confidence is below min_confidence ({config.min_confidence:.2f})"
    others = {
        finding.rule.id
        for finding in result.findings
        for place in finding.occurrences
        if place.position.byte_start < high and low < place.position.byte_end
    }
    if others:
        return f"not shown: the same place is reported by {', '.join(sorted(others))}"
    return "not shown: left out by select, ignore or min_severity"


def _verdict(finding: Finding, place: Occurrence, config: Config) -> str:
    if place.suppressed or finding.suppressed:
        return f"reported, does not count: {place.suppressed or finding.suppressed}"
    if place.part:
        return f"reported as a part of {finding.rule.id}"
    if finding.blocking:
        return "reported, blocks"
    if finding.severity < config.block_severity:
        return f"reported, does not block: severity {finding.severity.name.lower()} is below {config.block_severity.name.lower()}"
    return f"reported, does not block: its confidence is below {config.block_confidence:.2f}"
