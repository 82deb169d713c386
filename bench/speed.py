"""Times a scan of a repository's whole history against git's own floor and against other scanners, in one run.

    python bench/speed.py REPO [--runs N] [--jobs N] [--peer NAME=PROGRAM ...]

Every round runs all commands once, one after the other, so that a change in the machine's speed meets all of them. The floor is
`git cat-file --batch-all-objects --batch`, in the order of names and in that of the packs (--unordered); the quicker
one is the one to compare with.
Peers are betterleaks, gitleaks and kingfisher where PATH or --peer has them; their network validation is off.
Peak memory: of the largest single process of a run (as the kernel counts it, mapped packs included), and, measured in
one more run of the scan, the most that all its processes together held (proportional set size: shared pages counted once).
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

FLOOR = "floor (pack order)"
SCAN = "expurgate"


class Run(NamedTuple):
    """One finished command: seconds, seconds of all processors, and megabytes of its largest process."""

    wall: float
    cpu: float
    peak: float


def main() -> int:
    """Run the comparison and print it."""
    options = _options()
    commands = _commands(options)
    runs: dict[str, list[Run]] = {name: [] for name in commands}
    for number in range(options.runs + 1):  # the first round warms caches and is not counted
        for name, command in commands.items():
            run = measure(command)
            if number:
                runs[name].append(run)
    _print(runs)
    if os.path.exists("/proc/self/smaps_rollup"):
        print(f"peak memory of all processes of {SCAN}: {together(commands[SCAN]):.0f} MB")
    return 0


def measure(command: Sequence[str]) -> Run:
    """Run a command with its output thrown away."""
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
    _, _, usage = os.wait4(process.pid, 0)
    process.returncode = 0  # it was waited for
    return Run(time.perf_counter() - started, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def together(command: Sequence[str]) -> float:
    """The most megabytes that a command's processes held at one time; /proc is looked at every 20 ms."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
    peak = 0
    while process.poll() is None:
        peak = max(peak, sum(_resident(pid) for pid in _tree(process.pid)))
        time.sleep(0.02)
    return peak / 1024


def _tree(pid: int) -> list[int]:
    found = [pid]
    for one in found:
        for task in Path(f"/proc/{one}/task").glob("*/children"):
            try:
                found += map(int, task.read_text().split())
            except OSError:
                continue
    return found


def _resident(pid: int) -> int:
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:")), 0)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("repo", nargs="?", default=".", help="repository (default: this one)")
    parser.add_argument("--runs", type=int, default=3, help="counted runs of each command (default: 3)")
    parser.add_argument("--jobs", type=int, default=2, help="processes of the scan (default: 2)")
    parser.add_argument("--peer", action="append", default=[], metavar="NAME=PROGRAM", help="where a peer is, if not on PATH")
    return parser.parse_args()


def _commands(options: argparse.Namespace) -> dict[str, list[str]]:
    repo = options.repo
    cat = ["git", "-C", repo, "cat-file", "--batch-all-objects", "--batch"]
    commands = {
        "floor (name order)": cat,
        FLOOR: [*cat, "--unordered"],
        SCAN: [sys.executable, "-P", "-m", "expurgate", "scan", "--only", "history", "--jobs", str(options.jobs), repo],
    }
    peers = {
        "betterleaks": ["git", "--no-banner", "--log-opts=--all", repo],
        "gitleaks": ["git", "--no-banner", "--log-opts=--all", repo],
        "kingfisher": ["scan", "--no-validate", "--no-update-check", repo],
    }
    given = dict(text.split("=", 1) for text in options.peer)
    for name, arguments in peers.items():
        program = given.get(name) or shutil.which(name)
        if program:
            commands[name] = [program, *arguments]
    return commands


def _print(runs: dict[str, list[Run]]) -> None:
    print(f"{'':20}{'wall s':>8}{'(min':>8}{'max)':>8}{'CPU s':>8}{'peak MB':>9}{'x floor':>9}{'/ ours':>8}")
    floor = statistics.median(run.wall for run in runs[FLOOR])
    ours = statistics.median(run.wall for run in runs[SCAN])
    for name, own in runs.items():
        wall = statistics.median(run.wall for run in own)
        cpu = statistics.median(run.cpu for run in own)
        low, high = min(run.wall for run in own), max(run.wall for run in own)
        peak = max(run.peak for run in own)
        print(f"{name:20}{wall:8.2f}{low:8.2f}{high:8.2f}{cpu:8.2f}{peak:9.0f}{wall / floor:9.2f}{wall / ours:8.2f}")


if __name__ == "__main__":
    sys.exit(main())
