"""``expurgate scan``."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path

from expurgate import pipeline
from expurgate.cli import options as shared
from expurgate.cli.progress import Bar
from expurgate.config import SCOPES, Config
from expurgate.errors import TargetError, UsageError
from expurgate.model import ScanResult
from expurgate.report import text
from expurgate.report.escape import escape
from expurgate.report.formats import FORMATS
from expurgate.sources import layout

_ABOUT = """
In a repository everything is read: all objects (reachable or not), messages, identities, names of files and
references, the index, the work tree with untracked files, and the other files of the git directory. Nothing of the
repository's configuration is used, and nothing in it is run.

examples:
  expurgate scan                          this repository with its whole history
  expurgate scan --only worktree ~/src    the files as they are now
  expurgate scan --range main..HEAD       what a branch adds
  git diff | expurgate scan -             a stream
  expurgate scan --report sarif=out.sarif --report json=out.json
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments and options of the command."""
    parser.epilog = _ABOUT
    parser.add_argument(
        "target", nargs="?", default=".", metavar="TARGET", help="work tree, bare repository, folder, file, or - for stdin"
    )
    what = parser.add_argument_group("what is read")
    what.add_argument("--only", choices=SCOPES, help="of a repository, only this part")
    what.add_argument("--staged", action="store_true", help="only what the next commit would bring")
    what.add_argument(
        "--range", metavar="A..B", help="only the objects that are new in these commits, messages and identities included"
    )
    what.add_argument("--ignored", action="store_true", help="files that .gitignore leaves out, too")
    what.add_argument("--alternates", action="store_true", help="object stores that the repository borrows from, too")
    what.add_argument("--jobs", "-j", type=_jobs, default=0, metavar="N", help="processes (default: one for each core)")
    shared.add_policy(parser)
    shared.add_output(parser, tuple(FORMATS))
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Scan, report, answer."""
    if sum((options.staged, bool(options.range), bool(options.only))) > 1:
        raise UsageError("--staged, --range and --only exclude each other")
    config = scan_config(options)
    bar = Bar(None if options.quiet else shared.progress_stream())
    try:
        result = pipeline.scan(options.target, config, bar)
    finally:
        bar.close()
    report(options, result)
    return shared.exit_code(result)


def scan_config(options: argparse.Namespace) -> Config:
    """The configuration for the target of a call."""
    target = Path(options.target)
    folder = target if options.target != "-" and target.is_dir() else target.parent
    if not options.target or (options.target != "-" and not target.exists()):
        raise TargetError(f"no such file or folder: {options.target or 'the target is an empty text'}")
    config = shared.configured(options, folder)
    return pipeline.with_jobs(
        replace(
            config,
            only=(options.only,) if options.only else SCOPES,
            staged=options.staged,
            range=options.range or "",
            ignored=options.ignored,
            alternates=options.alternates,
            jobs=options.jobs,
        )
    )


def report(options: argparse.Namespace, result: ScanResult) -> None:
    """Write the reports that were asked for."""
    shared.utf8(sys.stdout)
    for name, path in options.report or ():
        shared.write_file(path, FORMATS[name](result, options.show))
    if options.format == "text":
        colour = shared.colour(options, sys.stdout)
        shared.write(sys.stdout, text.render(result, options.show, colour, options.verbose, options.quiet))
    else:
        shared.write(sys.stdout, FORMATS[options.format](result, options.show))
        if not result.complete and not options.quiet:
            print(f"expurgate: {len(result.coverage.skipped)} things were not read, see coverage.skipped", file=sys.stderr)
    _hint(options.target)


def _hint(target: str) -> None:
    """A folder inside a repository has no history of its own: say so, the user may have meant the repository."""
    path = Path(target)
    if target != "-" and path.is_dir() and not layout.find(path):
        around = layout.find_upwards(path)
        if around and around.work_tree:
            print(
                f"expurgate: this folder lies in a repository, whose history was not read: scan {escape(str(around.work_tree))}",
                file=sys.stderr,
            )


def _jobs(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 256:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1 to 256")
    return int(text)
