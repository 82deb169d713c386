"""Rules: read from TOML, checked for form. What a rule means is in docs/rules.md."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from expurgate.detect.words import required
from expurgate.errors import ConfigError
from expurgate.model import Rule, Severity

CATEGORIES = ("secret", "pii", "proprietary")
CANONICAL = ("exact", "lower", "digits", "compact")
# Expressions that find lines for many rules at once (those with `follows`), each under an id behind those of the rules: hundreds of
# rules for "the provider's name, a key word, a token" cost as much as one; the words that their patterns require say which to try.
LEADS = {
    "named-token": rb"(?i)(?:key|token|secret)[\w.\-]{0,12}[^A-Za-z0-9\n]{1,14}(?:str(?:ing)?[^A-Za-z0-9\n]{1,14})?"
    rb"[a-z_\-+/.:%]{0,40}[0-9][a-z0-9+/_\-.:=~%]{3}",
}
MAX_WIDTH = 256  # bytes that one Hyperscan expression may span, see inherit.py
BEHIND = 128  # bytes behind another rule's hit that may decide whether a rule is tried there
FLAGS = re.MULTILINE
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_TUPLES = {"validate", "joins", "references", "examples", "negative_examples"}
_KEYS = {f.name for f in fields(Rule)} - {"origin"}


def rule_files(directories: Iterable[Path]) -> list[Path]:
    """All TOML files below the directories, sorted, so that the order of rules is the same everywhere."""
    files: list[Path] = []
    for directory in directories:
        if not directory.is_dir():
            raise ConfigError(f"no rule directory {directory}")
        files += sorted(directory.rglob("*.toml"))
    return files


def load(files: Iterable[tuple[str, bytes]]) -> tuple[Rule, ...]:
    """The rules of TOML files given as (name, content); ConfigError names file, line and rule of the first fault."""
    rules: list[Rule] = []
    seen: dict[str, str] = {}
    for name, content in files:
        for rule in _rules_of(name, content):
            if rule.id in seen:
                raise ConfigError(f"{rule.origin}: rule id {rule.id!r} is used already at {seen[rule.id]}")
            seen[rule.id] = rule.origin
            rules.append(rule)
    known = {rule.id: rule for rule in rules}
    for rule in rules:
        for other in rule.joins:
            if other not in seen:
                raise ConfigError(f"{rule.origin}: rule {rule.id!r} joins the unknown rule {other!r}")
        if rule.follows not in {"", *LEADS}:
            _check_followed(rule, known.get(rule.follows))
    return tuple(rules)


def _check_followed(rule: Rule, other: Rule | None) -> None:
    where = f"{rule.origin}: rule {rule.id!r}"
    if other is None:
        raise ConfigError(f"{where}: follows {rule.follows!r} is none of {', '.join(LEADS)}, and no rule is called so")
    if other.follows or other.multiline or (not other.anchor and width(other.pattern) > MAX_WIDTH):
        raise ConfigError(f"{where}: follows {rule.follows!r}, but only a line rule with an expression of its own can be followed")
    if rule.anchor and width(rule.anchor) > BEHIND:
        raise ConfigError(f"{where}: the anchor of a rule that follows another may match at most {BEHIND} bytes")


def width(pattern: str) -> int:
    """The longest match of a pattern in bytes (at least 2**31 if unbounded); ``re.error`` if it is not a pattern."""
    parser = importlib.import_module("re._parser")
    return int(parser.parse(pattern.encode(), FLAGS).getwidth()[1])


def _rules_of(name: str, content: bytes) -> Iterator[Rule]:
    import tomli

    try:
        text = content.decode()
        document = tomli.loads(text)
    except (UnicodeDecodeError, tomli.TOMLDecodeError) as error:
        raise ConfigError(f"{name}: not valid TOML: {error}") from None
    unknown = set(document) - {"rule"}
    if unknown:
        raise ConfigError(f"{name}: unknown key {min(unknown)!r}; a rule file holds [[rule]] tables only")
    tables = document.get("rule", [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise ConfigError(f"{name}: rules must be written as [[rule]] tables")
    for number, table in enumerate(tables, 1):
        yield _rule(table, f"{name}:{_line_of(text, str(table.get('id', '')), number)}")


def _line_of(text: str, rule_id: str, number: int) -> int:
    """The line of the id of the ``number``-th rule table, or of its header: TOML parsers keep no positions."""
    headers = [match.start() for match in re.finditer(r"^\s*\[\[\s*rule\s*\]\]", text, re.MULTILINE)]
    at = headers[number - 1] if number <= len(headers) else 0
    found = re.compile(rf'^\s*id\s*=\s*["\']{re.escape(rule_id)}["\']', re.MULTILINE).search(text, at)
    return text.count("\n", 0, found.end() if found else at) + 1


def _rule(table: dict[str, Any], origin: str) -> Rule:
    values: dict[str, Any] = dict(table)
    for key in sorted(set(values) - _KEYS):
        near = get_close_matches(key, _KEYS, 1)
        hint = f"; did you mean {near[0]!r}?" if near else ""
        raise ConfigError(f"{origin}: unknown key {key!r} in rule {values.get('id', '?')!r}{hint}")
    for key in ("id", "title", "category", "severity", "pattern"):
        if not isinstance(values.get(key), str) or not values[key]:
            raise ConfigError(f"{origin}: rule {values.get('id', '?')!r} needs {key!r} (text)")
    where = f"{origin}: rule {values['id']!r}"
    try:
        values["severity"] = Severity.parse(values["severity"])
    except ValueError as error:
        raise ConfigError(f"{where}: {error}") from None
    for key in _TUPLES & set(values):
        if not isinstance(values[key], list) or not all(isinstance(text, str) for text in values[key]):
            raise ConfigError(f"{where}: {key!r} must be a list of texts")
        values[key] = tuple(values[key])
    for key in ("anchor", "follows", "family", "provider", "score", "canonical", "invalid"):
        if not isinstance(values.get(key, ""), str):
            raise ConfigError(f"{where}: {key!r} must be a text")
    values.setdefault("family", values["id"])
    rule = Rule(**values, origin=origin)
    _check_form(rule, where)
    return rule


def _check_form(rule: Rule, where: str) -> None:
    if not _ID.match(rule.id):
        raise ConfigError(f"{where}: the id must be lower-case words joined by '-'")
    if rule.category not in CATEGORIES:
        raise ConfigError(f"{where}: category {rule.category!r} is none of {', '.join(CATEGORIES)}")
    if rule.canonical not in CANONICAL:
        raise ConfigError(f"{where}: canonical {rule.canonical!r} is none of {', '.join(CANONICAL)}")
    if rule.invalid not in ("lower", "drop"):
        raise ConfigError(f"{where}: invalid {rule.invalid!r} is neither 'lower' nor 'drop'")
    numbers = (rule.confidence, rule.min_entropy)
    if not all(isinstance(number, (int, float)) for number in numbers) or not 0 <= rule.confidence <= 1:
        raise ConfigError(f"{where}: confidence must be 0 to 1 and min_entropy a number")
    if not isinstance(rule.multiline, bool):
        raise ConfigError(f"{where}: multiline must be true or false")
    for key, pattern in (("pattern", rule.pattern), ("anchor", rule.anchor)):
        try:
            longest = width(pattern)
        except re.error as error:
            raise ConfigError(f"{where}: {key} is not a pattern: {error}") from None
        if key == ("anchor" if rule.anchor else "pattern") and longest > MAX_WIDTH:
            raise ConfigError(
                f"{where}: {key} may match more than {MAX_WIDTH} bytes; give it a short 'anchor' that each match contains"
            )
    if rule.follows and (rule.multiline or (rule.anchor and rule.follows in LEADS)):
        raise ConfigError(f"{where}: a rule with 'follows' can neither be multiline nor have an anchor")
    if rule.follows in LEADS and required(rule.pattern) is None:
        raise ConfigError(f"{where}: a rule with 'follows' needs a word of three or more letters in its pattern")
