"""``expurgate rules``."""

from __future__ import annotations

import argparse
import re
import sys
from dataclasses import replace
from pathlib import Path

from expurgate import config as config_room
from expurgate import explain as explain_room
from expurgate import pipeline, proof
from expurgate.cli import options as shared
from expurgate.config import Config
from expurgate.detect import rules as rule_room
from expurgate.detect.engine import Engine
from expurgate.errors import ExitCode, UsageError
from expurgate.model import Rule
from expurgate.report import rules as page
from expurgate.report.escape import escape

_SLOWEST = 10
_ABOUT = """
  expurgate rules list               all rules, a line each
  expurgate rules show ID            everything about one rule
  expurgate rules check [DIR ...]    prove rules: unique ids, every example found with the right value, no negative example
                                     found, all patterns compile together; --cost prints what each costs
  expurgate rules explain PLACE      why is something reported or not? What each stage says of all that rules match in a line.
                                     PLACE is FILE:LINE, OBJECT-ID:LINE or a finding's fingerprint. No value is printed
  expurgate rules docs               the page docs/builtin-rules.md, made from the rules
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments and options of the command."""
    parser.epilog = _ABOUT
    actions = parser.add_subparsers(dest="action", metavar="list|show|check|explain|docs", required=True)
    listing = actions.add_parser("list", help="all rules, a line each")
    showing = actions.add_parser("show", help="everything about rules")
    showing.add_argument("names", nargs="+", metavar="ID", help="the rules to show")
    checking = actions.add_parser("check", help="prove rules")
    checking.add_argument("names", nargs="*", metavar="DIR", help="the folders to check (default: the built-in rules)")
    checking.add_argument("--cost", action="store_true", help="the speed of every rule, not only of the slowest")
    checking.add_argument("--corpus", type=Path, metavar="FILE", help="what speeds are measured on (default: Python's own modules)")
    explaining = actions.add_parser("explain", help="why something is reported or not")
    explaining.add_argument("place", metavar="PLACE", help="FILE:LINE, OBJECT-ID:LINE or a finding's fingerprint")
    explaining.add_argument("--target", type=Path, default=Path(), metavar="DIR", help="the repository or folder (default: here)")
    explaining.add_argument(
        "--config", type=Path, metavar="FILE", help="configuration instead of the one that holds for the target"
    )
    documenting = actions.add_parser("docs", help="the page of all rules, in Markdown")
    for action in (listing, showing, checking, explaining, documenting):
        action.add_argument(
            "--rules", action="append", type=Path, default=[], metavar="DIR", help="rule folders besides the built-in one"
        )
        action.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """List, show or check."""
    if options.action == "check":
        return _check(options)
    if options.action == "explain":
        return _explain(options)
    engine = pipeline.open_engine(Config(rules=tuple(options.rules)))
    if options.action == "list":
        for rule in sorted(engine.rules, key=lambda rule: (rule.category, rule.id)):
            print(f"{rule.id:34} {rule.category:12} {rule.severity.name.lower():9} {rule.title}")
        print(f"{len(engine.rules)} rules")
        return ExitCode.CLEAN
    if options.action == "docs":
        shared.utf8(sys.stdout)
        shared.write(sys.stdout, page.render(engine.rules))
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
        ("follows", rule.follows),
        ("provider", rule.provider),
        ("joins", ", ".join(rule.joins)),
        ("score", f"learned, as {rule.score}" if rule.score else ""),
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
    try:
        data = options.corpus.read_bytes() if options.corpus else proof.sample()
    except OSError as error:
        raise UsageError(f"{options.corpus} cannot be read: {error.strerror}") from None
    costs = proof.speeds(result.rules, data)
    for rate, name in costs if options.cost else costs[:_SLOWEST]:
        print(f"{rate:8.0f} MB/s  {name}")
    print(f"{len(result.rules)} rules in {len(files)} files hold ({result.examples} examples)")
    print(f"all together: {proof.speed(result.rules, data):.0f} MB/s on {options.corpus or 'Python source code'}")
    return ExitCode.CLEAN


def _explain(options: argparse.Namespace) -> int:
    config = config_room.load(options.target if options.target.is_dir() else Path(), options.config)
    config = replace(config, rules=(*config.rules, *options.rules))
    place, _, line = options.place.rpartition(":")
    if re.fullmatch(r"[0-9a-f]{32}", options.place):
        result = pipeline.scan(options.target, pipeline.with_jobs(config))
        place, number = explain_room.placed(options.place, result)
    elif place and line.isdigit():
        number = int(line)
    else:
        raise UsageError(f"{options.place!r} is not FILE:LINE, OBJECT-ID:LINE or a fingerprint")
    data, name = explain_room.content(place, options.target)
    found = list(explain_room.explain(data, number, config, name))
    print(f"{escape(name)}:{number}")
    if not found:
        print("  no rule matches anything here")
    for one in found:
        print(f"  {one.rule.id}: {one.rule.title}; {one.size} bytes from column {one.column} of line {one.line}")
        for step in one.steps:
            print(f"    {step.confidence:.2f}  {step.said}")
        print(f"    -> {escape(one.outcome)}")
    return ExitCode.CLEAN
