"""The program as its users call it: a process of its own, with a home of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_PASSED_ON = ("PATH", "COVERAGE_PROCESS_START", "SYSTEMROOT")
_SECONDS = 120


@dataclass(frozen=True)
class Result:
    """What the process answered."""

    code: int
    out: bytes
    err: bytes

    @property
    def messages(self) -> str:
        """Standard error as text."""
        return self.err.decode(errors="replace")

    @property
    def document(self) -> dict[str, Any]:
        """The JSON report on standard output; the failure shows what came instead."""
        try:
            document = json.loads(self.out)
        except ValueError:
            raise AssertionError(f"exit {self.code}, no JSON:\n{self.out[:2000]!r}\n{self.messages}") from None
        assert isinstance(document, dict)
        return document

    @property
    def values(self) -> set[str]:
        """The values in a JSON report made with --show."""
        return {finding["value"] for finding in self.document["findings"]}

    @property
    def skipped(self) -> list[str]:
        """What was skipped, one line each: where and why."""
        return [f"{entry['where']}: {entry['reason']}" for entry in self.document["coverage"]["skipped"]]

    def occurrences(self, value: str) -> list[dict[str, Any]]:
        """All places of one value."""
        found = [finding for finding in self.document["findings"] if finding["value"] == value]
        return [occurrence for finding in found for occurrence in finding["occurrences"]]


@dataclass(frozen=True)
class Cli:
    """Runs `expurgate` with everything it may write under `home`."""

    home: Path

    def run(
        self,
        *args: str | Path,
        cwd: Path | None = None,
        env: Mapping[str, str] | None = None,
        input: bytes = b"",
    ) -> Result:
        """Run to the end, with standard input from `input`; in `home` unless `cwd` is given."""
        done = subprocess.run(
            command(*args),
            cwd=cwd or self.home,
            env={**self.environment(), **(env or {})},
            input=input,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
        return Result(done.returncode, done.stdout, done.stderr)

    def start(self, *args: str | Path, cwd: Path | None = None) -> "subprocess.Popen[bytes]":
        """Start and leave it running, all three streams piped."""
        pipe = subprocess.PIPE
        folder = cwd or self.home
        return subprocess.Popen(command(*args), cwd=folder, env=self.environment(), stdin=pipe, stdout=pipe, stderr=pipe)

    def environment(self) -> dict[str, str]:
        """A whole environment: nothing of the caller's but what finds programs and modules."""
        folders = {"HOME": "", "XDG_CACHE_HOME": "cache", "XDG_CONFIG_HOME": "config", "TMPDIR": "tmp"}
        for folder in folders.values():
            (self.home / folder).mkdir(parents=True, exist_ok=True)
        own = {name: str(self.home / folder) for name, folder in folders.items()}
        passed = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
        paths = [os.path.abspath(path) for path in os.environ.get("PYTHONPATH", "").split(os.pathsep) if path]
        modules = {"PYTHONPATH": os.pathsep.join(paths)} if paths else {}
        return {**own, **passed, **modules, "LC_ALL": "C.UTF-8", "GIT_CONFIG_NOSYSTEM": "1"}


def command(*args: str | Path) -> list[str]:
    """The command line; -P keeps the working directory off Python's path."""
    return [sys.executable, "-P", "-m", "expurgate", *map(str, args)]
