"""``expurgate rules``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from expurgate import pipeline, proof
from expurgate.config import Config
from expurgate.detect import rules as rule_room
from expurgate.detect.engine import Engine
from expurgate.errors import ExitCode, UsageError
from expurgate.model import Rule

_SLOWEST = 10
_ABOUT = """
  expurgate rules list               all rules, a line each
  expurgate rules show ID            everything about one rule
  expurgate rules check [DIR ...]    prove rules: unique ids, every example found with the right value, no negative example
                                     found, all patterns compile together; prints what each costs
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments and options of the command."""
    parser.epilog = _ABOUT
    actions = parser.add_subparsers(dest="action", metavar="list|show|check", required=True)
    listing = actions.add_parser("list", help="all rules, a line each")
    showing = actions.add_parser("show", help="everything about rules")
    showing.add_argument("names", nargs="+", metavar="ID", help="the rules to show")
    checking = actions.add_parser("check", help="prove rules")
    checking.add_argument("names", nargs="*", metavar="DIR", help="the folders to check (default: the built-in rules)")
    checking.add_argument("-v", "--verbose", action="store_true", help="the cost of every rule, not only of the slowest")
    for action in (listing, showing, checking):
        action.add_argument(
            "--rules", action="append", type=Path, default=[], metavar="DIR", help="rule folders besides the built-in one"
        )
        action.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """List, show or check."""
    if options.action == "check":
        return _check(options)
    engine = pipeline.open_engine(Config(rules=tuple(options.rules)))
    if options.action == "list":
        for rule in sorted(engine.rules, key=lambda rule: (rule.category, rule.id)):
            print(f"{rule.id:34} {rule.category:12} {rule.severity.name.lower():9} {rule.title}")
        print(f"{len(engine.rules)} rules")
        return ExitCode.CLEAN
    return _show(engine, options.names)


def _show(engine: Engine, names: list[str]) -> int:
    known = {rule.id: rule for rule in engine.rules}
    for name in names:
        if name not in known:
            from difflib import get_close_matches

            near = get_close_matches(name, known, 1)
            hint = f"did you mean {near[0]!r}?" if near else "'expurgate rules list' shows them all"
            raise UsageError(f"no rule {name!r}; {hint}")
        _print(known[name])
    return ExitCode.CLEAN


def _print(rule: Rule) -> None:
    rows = [
        ("id", rule.id),
        ("title", rule.title),
        ("category", rule.category),
        ("severity", rule.severity.name.lower()),
        ("confidence", f"{rule.confidence:.2f}"),
        ("family", rule.family),
        ("pattern", rule.pattern),
        ("anchor", rule.anchor),
        ("validators", ", ".join(rule.validate) + (f" (a failure: {rule.invalid})" if rule.validate else "")),
        ("entropy", f"at least {rule.min_entropy} bits a character" if rule.min_entropy else ""),
        *(("reference", text) for text in rule.references),
        *(("example", text) for text in rule.examples),
        *(("not", text) for text in rule.negative_examples),
        ("from", rule.origin),
    ]
    for name, text in rows:
        if text:
            print(f"{name:11} {text}")


def _check(options: argparse.Namespace) -> int:
    folders = [Path(name) for name in options.names] or [pipeline.builtin_rules(), *options.rules]
    files = rule_room.rule_files(folders)
    result = proof.check([(str(path), path.read_bytes()) for path in files])
    for fault in result.faults:
        print(f"expurgate: {fault}", file=sys.stderr)
    if result.faults:
        return ExitCode.USAGE
    costs = proof.speeds(result.rules)
    for rate, name in costs if options.verbose else costs[:_SLOWEST]:
        print(f"{rate:8.0f} MB/s  {name}")
    print(f"{len(result.rules)} rules in {len(files)} files hold ({result.examples} examples)")
    print(f"all together: {proof.speed(result.rules):.0f} MB/s on Python source code")
    return ExitCode.CLEAN
