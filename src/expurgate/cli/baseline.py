"""``expurgate baseline``."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path

from expurgate import pipeline
from expurgate.cli import options as shared
from expurgate.cli import scan
from expurgate.cli.progress import Bar
from expurgate.config import BASELINE
from expurgate.errors import ExitCode, UsageError
from expurgate.policy import baseline, identity
from expurgate.report.formats import FORMATS

_ABOUT = f"""
The baseline ({BASELINE}) holds the identity of each decided value: a hash under the project's secret key, no value and
no place. A value stays decided when lines shift, files move or commits are rebased; a new value in an old place is new.
Everybody who is to use one baseline needs the same key: set EXPURGATE_KEY, or key_file in the configuration.

  expurgate baseline create               decide on everything that a scan finds now
  expurgate baseline update --reason "…"  add what is new, forget what is gone
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments and options of the command."""
    parser.epilog = _ABOUT
    actions = parser.add_subparsers(dest="action", metavar="create|update", required=True)
    for name, summary in (
        ("create", "decide on everything that a scan finds now"),
        ("update", "add what is new, forget what is gone"),
    ):
        action = actions.add_parser(name, help=summary, description=summary[0].upper() + summary[1:] + ".")
        action.add_argument("--reason", default="", help="why these findings do not count; stands in the file")
        scan.configure(action)
        action.epilog = None
        action.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Scan, and write down what was found as decided."""
    target = Path(options.target)
    configured = shared.configured(options, target if target.is_dir() else target.parent).baseline
    path = options.baseline or configured or (target if target.is_dir() else target.parent) / BASELINE
    if options.action == "create" and path.exists():
        raise UsageError(f"{path} exists; 'expurgate baseline update' adds to it")
    if options.action == "update" and not path.exists():
        raise UsageError(f"{path} does not exist; 'expurgate baseline create' makes it")
    old = baseline.read(path) if options.action == "update" else baseline.Baseline()
    options.baseline = None
    config = replace(scan.scan_config(options), baseline=None)
    key = identity.load_key(config.key_file)
    if not key.lasting:
        raise UsageError("the project key cannot be kept: set EXPURGATE_KEY, or make your configuration directory writable")
    baseline.check_key(old, key)
    bar = Bar(None if options.quiet else shared.progress_stream())
    try:
        result = pipeline.scan(options.target, config, bar)
    finally:
        bar.close()
    undecided = [finding for finding in result.findings if not finding.suppressed]
    partial = bool(options.staged or options.range or options.only or options.min_confidence is not None)
    partial = partial or bool(config.select or config.ignore or config.min_severity)
    new = baseline.merge(old, undecided, key, options.reason, prune=result.complete and not partial)
    baseline.write(new, path)
    for name, file in options.report or ():
        shared.write_file(file, FORMATS[name](result, options.show))
    if not options.quiet:
        added = len(new.decided.keys() - old.decided.keys())
        gone = len(old.decided.keys() - new.decided.keys())
        print(f"{path}: {len(new.decided)} decided, {added} new, {gone} gone; key {key.id} ({key.origin})")
    if not result.complete:
        print(f"expurgate: {len(result.coverage.skipped)} things were not read: nothing was forgotten", file=sys.stderr)
    return ExitCode.CLEAN if result.complete else ExitCode.INCOMPLETE
