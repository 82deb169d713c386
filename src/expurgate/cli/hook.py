"""``expurgate hook``: what is about to be committed, said or pushed."""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from expurgate import pipeline
from expurgate.cli import options as shared
from expurgate.config import Config
from expurgate.errors import ExitCode, TargetError, UsageError
from expurgate.model import ScanResult
from expurgate.report import text
from expurgate.report.escape import escape
from expurgate.report.mask import masked
from expurgate.sources import layout as layouts
from expurgate.sources.layout import Layout

STAGES = ("pre-commit", "commit-msg", "pre-push")
_SCISSORS = re.compile(rb"^(\S+) -{24} >8 -{24}\r?\n(?=\1 )", re.MULTILINE)  # Git's line, explained by comments below it
_ABOUT = """
stages:
  pre-commit   scans what the next commit would bring as it stands in the index, not the files of the work tree.
               With FILES (from pre-commit, --files or --all-files) the index entries of these files; a file that
               is not in the index is read from the work tree.
  commit-msg   scans the file with the message
  pre-push     scans all objects that the push would publish (PRE_COMMIT_FROM_REF and PRE_COMMIT_TO_REF, or Git's
               lines on standard input), less what the remote is known to have; the remote is named by the first
               argument, as Git does, or PRE_COMMIT_REMOTE_NAME. pre-commit shows its hooks one branch of a push only.
"""
_NEXT = {
    "pre-commit": "take the value out of the file, e.g. into the environment, and 'git add' the file again",
    "commit-msg": "commit again without the value in the message",
    "pre-push": "the value is in a commit: rewrite it ('git commit --amend', 'git rebase -i') before you push",
}


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments and options of the command."""
    parser.epilog = _ABOUT
    parser.add_argument("files", nargs="*", metavar="FILE", help="files to check, the message file, or the remote")
    parser.add_argument(
        "--stage", choices=STAGES, help="which hook this is (default: pre-commit, or pre-push where pre-commit pushes)"
    )
    shared.add_policy(parser)
    parser.add_argument(
        "--show", action="store_true", help="show values; by default a tag such as [secret:3f9c] stands in their place"
    )
    parser.add_argument(
        "-v", "--verbose", action="count", default=0, help="more places (-v), suppressed findings (-vv), everything (-vvv)"
    )
    parser.add_argument("--no-color", action="store_true", help="no colours (also: NO_COLOR)")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Check what the stage is about; say what blocks and what to do."""
    stage = options.stage or ("pre-push" if os.environ.get("PRE_COMMIT_REMOTE_BRANCH") else "pre-commit")
    layout = _repository()
    if layout is None or (layout.work_tree is None and stage == "pre-commit"):
        raise TargetError("not in a repository: run the hook in a work tree")
    config = replace(shared.configured(options, layout.work_tree or layout.git_dir), alternates=True)  # it is the user's own
    if stage == "commit-msg":
        result = _message(options.files, config)
    elif stage == "pre-push":
        result = _push(layout, config, options.files)
    else:
        result = _commit(layout, config, options.files)
    return _answer(options, stage, result if options.show else masked(result), "update" if config.baseline else "create")


def _repository() -> Layout | None:
    """The repository round the current folder, or the one that Git was told to use (``git --git-dir=… commit``)."""
    around = layouts.find_upwards(Path.cwd())
    told = os.environ.get("GIT_DIR")
    named = layouts.find(Path(os.path.abspath(told))) if told else None
    if named is None or (around and named.git_dir.resolve() == around.git_dir.resolve()):
        return around
    return replace(named, work_tree=Path(os.path.abspath(os.environ.get("GIT_WORK_TREE") or ".")))


def _commit(layout: Layout, config: Config, names: list[str]) -> ScanResult:
    from expurgate.repository import scan_index_files, scan_repository

    assert layout.work_tree
    index = os.environ.get("GIT_INDEX_FILE")  # Git names a temporary one to hooks of partial commits ('git commit FILE')
    run = pipeline.Run(replace(config, staged=True, index=Path(index) if index else None), top=layout.work_tree)
    if names:
        scan_index_files(run, layout, [os.path.relpath(os.path.abspath(name), layout.work_tree) for name in names])
    else:
        scan_repository(run, layout, layout.work_tree)
    return run.result(".")


def _message(names: list[str], config: Config) -> ScanResult:
    if len(names) != 1:
        raise UsageError("the stage commit-msg needs the message file as its argument")
    try:
        content = Path(names[0]).read_bytes()
    except OSError as error:
        raise TargetError(f"message file {names[0]} cannot be read: {error.strerror}") from None
    # below the scissors stands the diff of 'git commit -v', which is not part of the message
    return pipeline.scan_bytes(_SCISSORS.split(content, maxsplit=1)[0], config, "commit message", "message")


def _push(layout: Layout, config: Config, names: list[str]) -> ScanResult:
    from expurgate.repository import scan_repository

    run = pipeline.Run(pipeline.with_jobs(config))
    for revisions in _pushed(layout, _known(layout, names)):
        run.config = replace(run.config, range=revisions)
        scan_repository(run, layout, layout.work_tree or layout.git_dir)
    return run.result(".")


def _known(layout: Layout, names: list[str]) -> list[str]:
    """What the remote is known to have: its remote-tracking branches. Another remote may be private, and this one public."""
    from expurgate.model import Coverage
    from expurgate.sources.refs import refs

    remote = names[0] if names else os.environ.get("PRE_COMMIT_REMOTE_NAME", "")
    tracked = f"refs/remotes/{remote}/" if remote else "refs/remotes/"
    return sorted({"^" + ref.oid for ref in refs(layout, Coverage()) if ref.name.startswith(tracked) and ref.oid})


def _pushed(layout: Layout, known: list[str]) -> Iterator[str]:
    """The ranges that a push publishes, less what is known to be there."""
    old, new = os.environ.get("PRE_COMMIT_FROM_REF"), os.environ.get("PRE_COMMIT_TO_REF")
    if not new and os.environ.get("PRE_COMMIT"):  # it names no range where the first commit is pushed, too, or when run by hand
        new = os.environ.get("PRE_COMMIT_LOCAL_BRANCH") or "HEAD"
    if new:
        yield " ".join([new, *([f"^{old}"] if old and old.strip("0") else []), *known])
        return
    if sys.stdin.isatty():
        raise UsageError(
            "pre-push reads Git's lines on standard input; run it as a hook, or set PRE_COMMIT_FROM_REF and PRE_COMMIT_TO_REF"
        )
    for line in os.fsdecode(sys.stdin.buffer.read()).split("\n"):
        fields = line.split(" ")
        if line and len(fields) != 4:
            raise UsageError("standard input of the stage pre-push must be lines of '<ref> <object> <remote ref> <remote object>'")
        if line and fields[1].strip("0"):  # else a branch is deleted
            remote = [f"^{fields[3]}"] if fields[3].strip("0") and _has(layout, fields[3]) else []
            yield " ".join([fields[1], *remote, *known])


def _has(layout: Layout, oid: str) -> bool:
    from expurgate.git import CleanRoom

    with CleanRoom([layout.objects, *layout.alternates()], layout.sha256) as room:
        return room.run("cat-file", "-e", oid)[0] == 0


def _answer(options: argparse.Namespace, stage: str, result: ScanResult, decide: str) -> int:
    code = shared.exit_code(result)
    shared.utf8(sys.stdout)
    if code == ExitCode.CLEAN and not options.verbose:
        return code
    what = {"pre-commit": "commit", "commit-msg": "commit", "pre-push": "push"}[stage]
    if code == ExitCode.FINDINGS:
        number = len(result.blocking)
        print(f"expurgate: {what} blocked: {number} finding{'s' if number > 1 else ''}")
    elif code == ExitCode.INCOMPLETE:
        print(f"expurgate: {what} blocked: nothing was found, but not everything could be read")
    shown = result if options.verbose else replace(result, findings=result.blocking)
    shared.write(sys.stdout, text.render(shown, options.show, shared.colour(options, sys.stdout), options.verbose, quiet=True))
    for skip in result.coverage.skipped:
        print(f"    not read: {escape(skip.where)}: {escape(skip.reason)}")
    if code == ExitCode.FINDINGS:
        rule = result.blocking[0].rule
        print("what to do:")
        if rule.category == "secret":
            print("  - if the secret ever left this machine, revoke it first: nothing that follows makes it secret again")
        print(f"  - {_NEXT[stage]}")
        print(f"  - if it is none: write 'expurgate: allow {rule.id} -- reason' on its line or the line before,")
        print(f"    or decide on it for good with 'expurgate baseline {decide}'")
    elif code == ExitCode.INCOMPLETE:
        print("what to do: make it readable or leave it out; to accept a kind of file unread, set accept_unread in .expurgate.toml")
    return code
