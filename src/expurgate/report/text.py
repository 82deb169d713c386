"""The report for people: findings grouped by value, two lines each, and a summary that says what was not read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import chain, islice

from expurgate.model import Finding, Occurrence, ScanResult, Severity, Skipped
from expurgate.report.escape import escape
from expurgate.report.mask import masked

_COLOURS = {
    Severity.CRITICAL: "\033[1;31m",
    Severity.HIGH: "\033[31m",
    Severity.MEDIUM: "\033[33m",
    Severity.LOW: "\033[36m",
    Severity.INFO: "\033[2m",
}
_RESET = "\033[0m"
_SKIPS = 10  # skipped things that are named, of each reason


def render(result: ScanResult, show: bool = False, colour: bool = False, verbose: int = 0, quiet: bool = False) -> Iterator[str]:
    """The lines of the report. ``verbose`` adds places (1), suppressed findings (2) and every place (3)."""
    result = result if show else masked(result)
    for finding in result.findings:
        if not finding.suppressed or verbose >= 2:
            yield from _finding(finding, show, colour, verbose)
    if quiet:
        yield from _skips("NOT READ  ", result.coverage.skipped, verbose)
    else:
        yield from summary(result, verbose)


def summary(result: ScanResult, verbose: int = 0) -> Iterator[str]:
    """What was found and read, what was not, and which configuration said so."""
    coverage = result.coverage
    counted = [finding for finding in result.findings if not finding.suppressed]
    by_category = Counter(finding.category for finding in counted)
    found = ", ".join(f"{number} {category}" for category, number in sorted(by_category.items())) or "none"
    yield f"findings   {found}; {len(result.blocking)} blocking"
    kinds = ", ".join(f"{number:,} {kind}" for kind, number in sorted(coverage.kinds.items()))
    rate = coverage.bytes / max(result.seconds, 0.001)
    what = f"{size(coverage.bytes)} in {coverage.objects:,} objects ({kinds or 'nothing'})"
    yield f"read       {what} in {result.seconds:.1f} s, {size(rate)}/s"
    yield from _skips("NOT READ  ", coverage.skipped, verbose)
    yield from _skips("accepted  ", coverage.accepted, verbose)
    if result.suppressed_counts:
        yield "kept back  " + ", ".join(f"{number} {escape(reason)}" for reason, number in result.suppressed_counts.items())
    yield f"config     {escape(result.config_source)}"


def place(occurrence: Occurrence) -> str:
    """Where a finding stands, on one line."""
    position = occurrence.position
    where = f"{escape(occurrence.path)}:{position.line}:{position.column}" if occurrence.path else ""
    parts = []
    if occurrence.kind in ("commit", "tag"):
        where = f"{occurrence.kind} {occurrence.oid[:12]} {escape(occurrence.field)}"
    elif occurrence.kind == "blob":
        where = where or f"blob {occurrence.oid}:{position.line}:{position.column}"
        parts.append(f"commit {occurrence.commit[:12]}" if occurrence.commit else "in no commit")
    elif occurrence.kind in ("tree", "ref", "name"):
        where = f"{'name' if occurrence.kind == 'tree' else occurrence.kind} {escape(occurrence.path)}"
    else:
        parts.append(occurrence.kind + (f" ({escape(occurrence.field)})" if occurrence.field else ""))
    if occurrence.author_date:
        parts.append(occurrence.author_date[:10])
    if occurrence.at_tip:
        parts.append("still on a branch")
    if occurrence.part:
        parts.append(f"the {occurrence.part} of it")
    if occurrence.derived:
        parts.append(occurrence.derived)
    return where + (f"  ({', '.join(parts)})" if parts else "")


def size(number: float) -> str:
    """Bytes for people."""
    for unit in ("B", "kB", "MB"):
        if number < 1000:
            return f"{number:.0f} {unit}" if unit == "B" else f"{number:.1f} {unit}"
        number /= 1000
    return f"{number:.2f} GB"


def _finding(finding: Finding, show: bool, colour: bool, verbose: int) -> Iterator[str]:
    severity = finding.severity.name.lower()
    if colour:
        severity = f"{_COLOURS[finding.severity]}{severity}{_RESET}"
    value = escape(finding.value.decode("utf-8", "backslashreplace")) if show else f"[{finding.tag}]"
    marks = "" if finding.blocking else f"  not blocking: {escape(finding.suppressed)}" if finding.suppressed else "  not blocking"
    yield f"{severity}: {finding.rule.title} {value}  {finding.rule.id}, confidence {finding.confidence:.2f}{marks}"
    places = [p for p in finding.occurrences if not p.suppressed or finding.suppressed]
    limit = 1 if not verbose else 10 if verbose < 3 else len(places)
    at_tips = (p for p in places if p.at_tip)
    shown = list(islice(chain(at_tips, (p for p in places if not p.at_tip)), limit))
    rest = len(places) - len(shown)
    for number, occurrence in enumerate(shown, 1):
        more = f"  and {rest} more place{'s' if rest > 1 else ''}" if rest and number == len(shown) else ""
        yield f"    {place(occurrence)}{more}"


def _skips(label: str, skipped: list[Skipped], verbose: int) -> Iterator[str]:
    by_reason: dict[str, list[str]] = {}
    for skip in skipped:
        by_reason.setdefault(skip.reason, []).append(skip.where)
    for reason, wheres in by_reason.items():
        limit = len(wheres) if verbose >= 3 else _SKIPS if verbose or label.startswith("NOT") else 0
        named = ", ".join(escape(where) for where in wheres[:limit])
        if len(wheres) == 1 and limit:
            yield f"{label} {named}: {escape(reason)}"
        else:
            more = f": {named}{', …' if len(wheres) > limit else ''}" if named else ""
            yield f"{label} {len(wheres)} × {escape(reason)}{more}"
