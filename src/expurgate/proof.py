"""Proves a rule set: what each rule says it finds is found in the whole set's database, and what it leaves alone is left alone."""

from __future__ import annotations

import os
import sysconfig
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from expurgate.config import Config
from expurgate.detect import engine as engine_room
from expurgate.detect import rules as rule_room
from expurgate.detect.engine import Engine
from expurgate.detect.examples import Example, expand
from expurgate.detect.matcher import Matcher
from expurgate.errors import ConfigError
from expurgate.model import Rule
from expurgate.probes import missed
from expurgate.verify.judge import Judge

REPORTED = Config().min_confidence  # what is less certain is not shown, so it counts as not found
_SEEDS = 3  # fillings of each template
_PROBES = 24  # texts made from each pattern
_SAMPLE = 4 << 20  # bytes of code to measure on
_BATCH = 1 << 20  # bytes that are searched at once, as objects are read


@dataclass
class Proof:
    """The rules that were read and, one line each, what is wrong with them."""

    rules: tuple[Rule, ...] = ()
    faults: list[str] = field(default_factory=list)
    examples: int = 0


def check(files: Sequence[tuple[str, bytes]]) -> Proof:
    """Check rule files given as (name, content)."""
    proof = Proof()
    try:
        proof.rules = rule_room.load(files)
        engine = engine_room.build(proof.rules)
        matcher = Matcher(engine, Judge(proof.rules))
    except ConfigError as error:
        proof.faults.append(str(error))
        return proof
    if not proof.rules:
        proof.faults.append("there are no rules to check")
    for number, rule in enumerate(proof.rules):
        if not rule.examples or not rule.negative_examples:
            lacking = "example" if not rule.examples else "negative example"
            proof.faults.append(f"{rule.origin}: rule {rule.id!r} has no {lacking}; it needs at least one")
        proof.faults += _check_examples(matcher, number, rule, proof)
        proof.faults += _check_expression(engine, number, rule)
    return proof


def speed(rules: Sequence[Rule], data: bytes) -> float:
    """How fast all rules together search some content, in MB/s of one processor."""
    return _rate(engine_room.build(rules), data)


def speeds(rules: Sequence[Rule], data: bytes) -> list[tuple[float, str]]:
    """How fast each rule alone searches some content: (MB/s, id), the slowest first. Rules that follow have no cost of their
    own."""
    part = data[:_SAMPLE]
    alone = [replace(rule, joins=()) for rule in rules if not rule.follows]
    return sorted((_rate(engine_room.build([rule]), part), rule.id) for rule in alone)


def sample() -> bytes:
    """Real source code that every machine with Python has: modules of the standard library."""
    folder = sysconfig.get_path("stdlib")
    parts: list[bytes] = []
    for name in sorted(os.listdir(folder)):
        if name.endswith(".py") and sum(map(len, parts)) < _SAMPLE:
            with open(os.path.join(folder, name), "rb") as file:
                parts.append(file.read())
    return b"\n".join(parts)


def _rate(engine: Engine, data: bytes) -> float:
    best = 1e9
    pieces = [data[at : at + _BATCH] for at in range(0, len(data), _BATCH)]
    for _ in range(3):
        started = time.process_time()
        for piece in pieces:
            engine.hits(piece)
        best = min(best, time.process_time() - started)
    return len(data) / 1e6 / best


def _check_examples(matcher: Matcher, number: int, rule: Rule, proof: Proof) -> Iterator[str]:
    for template in rule.examples:
        for seed in range(_SEEDS):
            try:
                example = expand(template, f"{rule.id}/{seed}")
            except ValueError as error:
                yield f"{rule.origin}: rule {rule.id!r}: example {template!r}: {error}"
                break
            proof.examples += 1
            fault = _miss(matcher, number, example)
            if fault:
                yield f"{rule.origin}: rule {rule.id!r}: example {template!r} {fault}"
                break
    for template in rule.negative_examples:
        try:
            texts = [expand(template, f"{rule.id}/{seed}").text for seed in range(_SEEDS)]
        except ValueError as error:
            yield f"{rule.origin}: rule {rule.id!r}: negative example {template!r}: {error}"
            continue
        if any(found == number for text in texts for found, _, _ in matcher.candidates(text, REPORTED)):
            yield f"{rule.origin}: rule {rule.id!r}: negative example {template!r} is found"


def _check_expression(engine: Engine, number: int, rule: Rule) -> Iterator[str]:
    """Whether Hyperscan reports what the pattern matches; docs/rules.md names the shapes that it misses."""
    text = min(missed(engine, number, _PROBES), key=len, default=b"")
    if text:
        searched = "anchor does not lie" if rule.anchor else "pattern is not found by Hyperscan"
        if rule.follows:
            searched = f"expression {rule.follows!r} that it follows does not lie"
        yield f"{rule.origin}: rule {rule.id!r}: the {searched} within each match of the pattern: {ascii(text)[2:-1][:120]}"


def _miss(matcher: Matcher, number: int, example: Example) -> str:
    """What is wrong with what the rule finds in an example; each is tried alone and with text before and after it."""
    alone = example.text
    for text, shift in ((alone, 0), (b"# settings\n\n" * 40 + alone + b"\n# end of settings\n" * 40, 480)):
        found = [(start - shift, end - shift) for rule, start, end in matcher.candidates(text, REPORTED) if rule == number]
        if not found:
            return "is not found" + (" with text around it" if shift else "")
        if (example.start, example.end) not in found:
            return f"is found with another value: bytes {found[0][0]} to {found[0][1]} instead of {example.start} to {example.end}"
    return ""
