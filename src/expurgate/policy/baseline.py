"""The baseline: findings that the owner has decided on, by identity. No value, place or date stands in it, so it merges cleanly."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from expurgate.errors import ConfigError
from expurgate.model import Finding
from expurgate.policy.identity import Key

VERSION = 1


@dataclass(frozen=True)
class Baseline:
    """Decided identities with rule and reason."""

    decided: dict[str, tuple[str, str]] = field(default_factory=dict)
    key_id: str = ""
    path: Path | None = None

    def reason(self, fingerprint: str) -> str | None:
        """Why a finding does not count, or None if nobody decided on it."""
        found = self.decided.get(fingerprint)
        return found[1] or "in the baseline" if found else None


def read(path: Path) -> Baseline:
    """A baseline file; ConfigError says what is wrong with it."""
    try:
        document = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise ConfigError(f"baseline {path} cannot be read: {error.strerror}") from None
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise ConfigError(f"baseline {path} is not valid JSON: {error}") from None
    try:
        if document["version"] != VERSION:
            raise ConfigError(f"baseline {path} has version {document['version']!r}; this program reads version {VERSION}")
        decided = {str(e["fingerprint"]): (str(e["rule"]), str(e.get("reason", ""))) for e in document["decided"]}
        return Baseline(decided, str(document["key"]), path)
    except (KeyError, TypeError, AttributeError):
        raise ConfigError(f"baseline {path} is not a baseline of expurgate; make one with 'expurgate baseline create'") from None


def check_key(baseline: Baseline, key: Key) -> None:
    """ConfigError if the baseline was made with another key: then no identity in it can match."""
    if baseline.decided and baseline.key_id != key.id:
        raise ConfigError(
            f"baseline {baseline.path} was made with key {baseline.key_id}, this run has key {key.id} ({key.origin}); "
            "set EXPURGATE_KEY or key_file to the project's key"
        )


def merge(baseline: Baseline, findings: Iterable[Finding], key: Key, reason: str, prune: bool) -> Baseline:
    """A baseline with these findings decided too; ``prune`` forgets decisions whose value was not found any more."""
    found = {finding.fingerprint: finding for finding in findings}
    decided = {mark: entry for mark, entry in baseline.decided.items() if not prune or mark in found}
    for mark, finding in found.items():
        decided.setdefault(mark, (finding.rule.id, reason))
    return Baseline(decided, key.id, baseline.path)


def write(baseline: Baseline, path: Path) -> None:
    """Write it sorted, one decision a line, all or nothing."""
    lines = [
        json.dumps({"fingerprint": mark, "rule": rule, "reason": reason}, ensure_ascii=False)
        for mark, (rule, reason) in sorted(baseline.decided.items())
    ]
    text = f'{{"version": {VERSION}, "key": "{baseline.key_id}", "decided": [\n' + ",\n".join(lines) + "\n]}\n"
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        temporary.write_text(text, "utf-8")
        os.replace(temporary, path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise ConfigError(f"baseline {path} cannot be written: {error.strerror}") from None
