"""Joins the rooms: sources, examination, policy. Knows what is scanned in which order, and nothing of how."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import IO

from expurgate import config as config_room
from expurgate.collect import Collector
from expurgate.config import Config
from expurgate.detect import engine as engine_room
from expurgate.detect.engine import Engine
from expurgate.errors import ConfigError, TargetError
from expurgate.examine import Examiner
from expurgate.model import Batch, Coverage, Item, Match, Matches, Occurrence, ScanResult
from expurgate.policy import baseline as baseline_room
from expurgate.policy import identity
from expurgate.policy.verdicts import Policy, unknown
from expurgate.sources import files, layout

Progress = Callable[[int, int, int], None]  # objects done, objects in all, bytes done


def quiet(done: int, total: int, size: int) -> None:
    """Progress that nobody watches."""


def builtin_rules() -> Path:
    """The folder of the rules that come with the program: beside the package in a checkout, inside it when installed."""
    inside = Path(__file__).parent / "rules"
    return inside if inside.is_dir() else Path(__file__).parents[2] / "rules"


def default_cache() -> Path:
    """The user's cache directory for compiled rules."""
    base = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    return Path(base) / "expurgate"


def open_engine(config: Config) -> Engine:
    """The engine for the built-in rules and those of the configuration."""
    engine = engine_room.open_rules((builtin_rules(), *config.rules), config.cache or default_cache())
    for patterns, name in ((config.select, "select"), (config.ignore, "ignore")):
        for pattern in unknown(patterns, engine.rules):
            raise ConfigError(f"{name} {pattern!r} means no rule; 'expurgate rules list' shows them all")
    return engine


class Run:
    """One scan: what all its sources share."""

    def __init__(self, config: Config, progress: Progress = quiet, top: Path | None = None) -> None:
        """``top`` is the folder that paths are relative to; without it, the working directory."""
        self.config = config
        self.progress = progress
        self.engine = open_engine(config)
        self.coverage = Coverage()
        self._started = time.perf_counter()
        self._baseline = baseline_room.read(config.baseline) if config.baseline else baseline_room.Baseline()
        if self._baseline.decided:  # a wrong key must not cost a whole scan
            baseline_room.check_key(self._baseline, identity.load_key(config.key_file))
        self.left_out = 0  # files and folders that .gitignore leaves out
        self._policy = Policy(config, self._baseline, str(top or ""))
        self.collector = Collector(self.engine.rules, self._policy.applies, config.min_confidence)

    def take(self, matches: Iterable[Matches], place: Callable[[Matches, Match], Iterable[Occurrence]]) -> None:
        """Collect matches; ``place`` says where one stands."""
        for group in matches:
            for match in group.found:
                if self.collector.wants(match):
                    self.collector.add(match, place(group, match))

    def examine(self, batches: Iterable[Batch], prefix: str = "") -> None:
        """Examine batches of files or streams; their paths are the items' names behind ``prefix``."""
        examiner = Examiner(self.engine, self.coverage, self.config.accept_unread)
        for batch in batches:
            self.take(examiner.examine(batch), lambda group, match: [_occurrence(group, match, prefix + group.name)])

    def examine_names(self, kind: str, names: Iterable[str]) -> None:
        """Examine names of references or files, whole and without their last suffix: an address may stand before it."""
        data = bytearray()
        items = []
        for name in names:
            for text in dict.fromkeys((name, os.path.splitext(name)[0])):
                content = os.fsencode(text)
                items.append(Item(kind, name, len(data), len(data) + len(content)))
                data += content + b"\n"
        self.examine([Batch(data, items)])

    def result(self, target: str) -> ScanResult:
        """The end: identities, verdicts, numbers."""
        key = identity.load_key(self.config.key_file)
        decided = [self._policy.decide(finding) for finding in self.collector.findings(key)]
        counts = dict(sorted(self._policy.counts.items()))
        if self.left_out:
            counts["files or folders that .gitignore leaves out (--ignored reads them)"] = self.left_out
        if self.collector.weak:
            counts["places below min_confidence"] = self.collector.weak
        if self.collector.left_out:
            counts["places of rules that are left out by select, ignore or min_severity"] = self.collector.left_out
        return ScanResult(
            target,
            tuple(decided),
            self.coverage,
            self.config.source,
            time.perf_counter() - self._started,
            counts,
        )


def scan(target: str | os.PathLike[str], config: Config | None = None, progress: Progress = quiet) -> ScanResult:
    """Scan a repository (all of it), a folder, a file, or ``-`` for standard input.

    ``config`` defaults to the configuration file that holds for the target. Raises ExpurgateError where nothing could
    be scanned; whatever could not be read besides is in the result's coverage.
    """
    name = os.fspath(target)
    if name == "-":
        return scan_stream(sys.stdin.buffer, config or Config(), progress)
    path = Path(os.path.realpath(name)) if os.path.islink(name) else Path(name)  # who names a link means what it points to
    if not name or not path.exists():
        raise TargetError(f"no such file or folder: {name or 'the target is an empty text'}")
    if not path.is_dir() and not path.is_file():
        raise TargetError(f"not a regular file: {name}; pipe its content into 'expurgate scan -'")
    folder = path if path.is_dir() else None
    run = Run(config or config_room.load(folder or path.parent), progress, folder)
    if not path.is_dir():
        run.examine(files.read([files.Source("file", name, str(path))], run.coverage))
    elif found := layout.find(path):
        from expurgate.repository import scan_repository  # git and its processes are not needed for files

        scan_repository(run, found, path)
    else:
        _scan_folder(run, path)
    return run.result(name)


def scan_stream(stream: IO[bytes], config: Config, progress: Progress = quiet) -> ScanResult:
    """Scan a stream to its end."""
    run = Run(config, progress)
    run.examine(files.pieces(stream, "stream", "-", run.coverage))
    return run.result("-")


def scan_bytes(data: bytes, config: Config | None = None, name: str = "-", kind: str = "stream") -> ScanResult:
    """Scan bytes in memory; ``name`` and ``kind`` are what the places of findings carry."""
    run = Run(config or Config())
    run.coverage.count(kind, 1, len(data))
    run.examine([Batch(data, [Item(kind, name, 0, len(data))])])
    return run.result(name)


def _scan_folder(run: Run, top: Path) -> None:
    from expurgate.repository import scan_plain

    if run.config.staged or run.config.range or "worktree" not in run.config.only:
        raise TargetError(f"{top} is not a repository: it has no history and no index")
    scan_plain(run, top, "file")


def _occurrence(group: Matches, match: Match, path: str) -> Occurrence:
    return Occurrence(
        group.kind, path, match.position, field=match.field, derived=match.derived, suppressed=match.suppressed, part=match.part
    )


def with_jobs(config: Config) -> Config:
    """The configuration with one process for each core, if it does not say how many."""
    return config if config.jobs > 0 else replace(config, jobs=os.cpu_count() or 1)
