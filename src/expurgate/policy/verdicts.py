"""Decides on findings: which are shown, which were decided already, which block. Every decision has a reason and is counted."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from expurgate.config import Allow, Config
from expurgate.model import Finding, Occurrence, Rule
from expurgate.policy.baseline import Baseline

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

_CATEGORIES = ("secret", "pii", "proprietary")


def named(patterns: Sequence[str], rule: Rule) -> bool:
    """True if one of the rule ids, globs or categories means this rule."""
    return any(fnmatchcase(rule.id, pattern) or rule.category == pattern for pattern in patterns)


def unknown(patterns: Sequence[str], rules: Sequence[Rule]) -> list[str]:
    """The patterns that mean no rule at all: most likely mistyped."""
    return [pattern for pattern in patterns if not any(named([pattern], rule) for rule in rules)]


class Policy:
    """The decisions of one configuration and baseline. ``counts`` says afterwards how many findings each reason kept back.

    ``base`` is the folder that the paths of occurrences are relative to; patterns are relative to the configuration's.
    """

    def __init__(self, config: Config, baseline: Baseline, base: str = "") -> None:
        self._config = config
        self._base = base
        self._baseline = baseline
        self._allowed = [(_spec(allow.paths), allow) for allow in config.allow]
        self._ignored = _spec(config.ignore_paths)
        self.counts: dict[str, int] = {}

    def applies(self, rule: Rule) -> bool:
        """True if findings of a rule are wanted at all."""
        config = self._config
        if config.select and not named(config.select, rule):
            return False
        return rule.severity >= config.min_severity and not named(config.ignore, rule)

    def decide(self, finding: Finding) -> Finding:
        """The finding with its verdict."""
        places = finding.occurrences
        if self._ignored or self._allowed or any(place.suppressed for place in places):
            places = tuple(self._place(finding.rule, occurrence) for occurrence in places)
        decided = self._baseline.reason(finding.fingerprint)
        reason = ""
        if decided is not None:
            reason = f"baseline: {decided}"
            self._count("decided in the baseline")
        elif all(place.suppressed for place in places):
            reason = places[0].suppressed
            self._count(reason.split(":", 1)[0])
        blocking = (
            not reason and finding.severity >= self._config.block_severity and finding.confidence >= self._config.block_confidence
        )
        return replace(finding, occurrences=places, suppressed=reason, blocking=blocking)

    def _place(self, rule: Rule, occurrence: Occurrence) -> Occurrence:
        if occurrence.suppressed and self._config.inline:
            return occurrence._replace(suppressed=f"inline: {occurrence.suppressed}")
        occurrence = occurrence._replace(suppressed="")
        paths = tuple(map(self._relative, occurrence.paths or ((occurrence.path,) if occurrence.path else ())))
        if self._ignored and paths and all(self._ignored.match_file(path) for path in paths):
            return occurrence._replace(suppressed="path: ignore_paths")
        for spec, allow in self._allowed:
            if self._allows(spec, allow, rule, paths):
                return occurrence._replace(suppressed=f"allow: {allow.reason or 'no reason given'}")
        return occurrence

    def _relative(self, path: str) -> str:
        """A path as the configuration's patterns mean it; as it is where the configuration lies elsewhere."""
        if self._config.root is None:
            return path
        relative = os.path.relpath(os.path.join(self._base, path), self._config.root)
        return path if relative.startswith("..") else relative

    @staticmethod
    def _allows(spec: GitIgnoreSpec | None, allow: Allow, rule: Rule, paths: tuple[str, ...]) -> bool:
        if allow.rules and not named(allow.rules, rule):
            return False
        return spec is None or (bool(paths) and all(spec.match_file(path) for path in paths))

    def _count(self, reason: str) -> None:
        self.counts[reason] = self.counts.get(reason, 0) + 1


def _spec(patterns: Sequence[str]) -> GitIgnoreSpec | None:
    if not patterns:
        return None
    from pathspec import GitIgnoreSpec  # only where paths are told apart: it is not needed by most hooks

    return GitIgnoreSpec.from_lines(patterns)
