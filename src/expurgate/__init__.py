"""Expurgate finds secrets, personal data and proprietary markers in repositories and their whole history.

import expurgate
result = expurgate.scan("path/to/repository")
for finding in result.findings:
    print(finding.rule.id, finding.fingerprint, len(finding.occurrences))
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from expurgate.config import Config
    from expurgate.errors import ExpurgateError
    from expurgate.model import Coverage, Finding, Occurrence, Position, Rule, ScanResult, Severity, Skipped
    from expurgate.pipeline import scan, scan_bytes

__version__ = "0.1.0"
__all__ = [
    "Config",
    "Coverage",
    "ExpurgateError",
    "Finding",
    "Occurrence",
    "Position",
    "Rule",
    "ScanResult",
    "Severity",
    "Skipped",
    "scan",
    "scan_bytes",
]

_HOME = {"Config": "config", "ExpurgateError": "errors", "scan": "pipeline", "scan_bytes": "pipeline"}


def __getattr__(name: str) -> Any:
    """Public names are loaded when first used: a Git hook must start quickly."""
    if name not in __all__:
        raise AttributeError(f"module 'expurgate' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"expurgate.{_HOME.get(name, 'model')}"), name)
