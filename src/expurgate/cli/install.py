"""``expurgate install``: plain Git hooks."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

from expurgate.cli.hook import STAGES
from expurgate.errors import ExitCode, GitError, TargetError, UsageError
from expurgate.sources import layout

_MARK = "# written by 'expurgate install'"
_SCRIPT = """#!/bin/sh
{mark}; 'expurgate install --remove' takes it out again
exec {program} hook --stage {stage}{arguments}
"""
_ABOUT = """
Hooks go where Git looks for them: .git/hooks, or the folder that core.hooksPath names. A hook that is there already and
is not ours is left as it is (exit 2), unless --force is given: then it is kept as NAME.before-expurgate, and --remove puts
it back.
If you use pre-commit, add the repository to .pre-commit-config.yaml instead.
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments and options of the command."""
    parser.epilog = _ABOUT
    parser.add_argument("--stage", action="append", choices=STAGES, help="which hooks (default: all three); repeatable")
    parser.add_argument("--force", action="store_true", help="replace a hook that is there, keeping a copy")
    parser.add_argument("--remove", action="store_true", help="remove our hooks")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write or remove the hooks."""
    repository = layout.find_upwards(Path.cwd())
    if not repository:
        raise TargetError("not in a repository: go to the repository whose commits are to be checked")
    folder = _hooks_folder(repository.work_tree or repository.git_dir)
    stages = options.stage or STAGES
    paths = [folder / stage for stage in stages]
    if options.remove:
        return _remove(paths)
    foreign = [path for path in paths if os.path.lexists(path) and not _ours(path)]
    if foreign and not options.force:
        raise UsageError(
            f"there is a hook already: {foreign[0]}; nothing was written. --force keeps it as {_copy(foreign[0]).name}"
        )
    kept = [path for path in foreign if os.path.lexists(_copy(path))]
    if kept:
        raise UsageError(f"there is a copy of an earlier hook already: {_copy(kept[0])}; nothing was written. Move it away first")
    program = _program()
    folder.mkdir(parents=True, exist_ok=True)
    for path in foreign:
        os.replace(path, _copy(path))
        print(f"kept {path.name} as {_copy(path).name}")
    for stage, path in zip(stages, paths, strict=True):
        arguments = "" if stage == "pre-commit" else ' "$@"'
        _write(path, _SCRIPT.format(mark=_MARK, program=program, stage=stage, arguments=arguments))
        print(f"wrote {path}")
    return ExitCode.CLEAN


def _copy(path: Path) -> Path:
    return path.with_name(path.name + ".before-expurgate")


def _hooks_folder(top: Path) -> Path:
    """Git's own answer: this is the user's repository and configuration, which their Git obeys anyway.

    A relative core.hooksPath is relative to the folder that hooks run in, ``top``.
    """
    try:
        answer = subprocess.run(["git", "rev-parse", "--git-path", "hooks"], cwd=top, capture_output=True, check=False)
    except FileNotFoundError:
        raise GitError("the program git is not on PATH; install git and try again") from None
    if answer.returncode:
        raise TargetError("git does not find its hooks folder here; is this a repository?")
    return Path(os.path.abspath(top / os.fsdecode(answer.stdout.rstrip(b"\n"))))


def _program() -> str:
    """The command that the hook runs: this installation, whatever PATH says when Git runs it."""
    script = Path(sys.argv[0])
    if script.name == "expurgate" and script.is_file():
        return _quoted(str(script.absolute()))
    script = Path(sys.executable).with_name("expurgate")
    return _quoted(str(script)) if script.is_file() else f"{_quoted(sys.executable)} -P -m expurgate"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"


def _ours(path: Path) -> bool:
    try:
        return _MARK in path.read_text("utf-8", "replace")
    except OSError:
        return False


def _write(path: Path, script: str) -> None:
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o755)
    with open(handle, "w", encoding="utf-8") as file:
        file.write(script)
    os.replace(temporary, path)


def _remove(paths: list[Path]) -> int:
    for path in paths:
        if _ours(path):
            path.unlink()
            print(f"removed {path}")
            if os.path.lexists(_copy(path)):
                os.replace(_copy(path), path)
                print(f"put back {path.name} from {_copy(path).name}")
        elif os.path.lexists(path):
            print(f"left {path}: it is not ours")
    return ExitCode.CLEAN
