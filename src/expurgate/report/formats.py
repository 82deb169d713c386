"""The report formats by name. A new one is a function from a result to lines, and an entry here."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from expurgate.model import ScanResult
from expurgate.report import json, sarif, text

Renderer = Callable[[ScanResult, bool], Iterator[str]]  # (result, show values)

FORMATS: dict[str, Renderer] = {
    "text": text.render,
    "json": json.render,
    "jsonl": json.render_lines,
    "sarif": sarif.render,
}
