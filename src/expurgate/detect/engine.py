"""The only code that touches all the bytes: one Hyperscan database of all rules, compiled once and kept on disk."""

from __future__ import annotations

import hashlib
import json
import os
import platform
import re
import struct
from collections.abc import Sequence
from dataclasses import asdict, fields
from functools import cached_property
from pathlib import Path
from typing import Any

import hyperscan
from hyperscan._version import __version__ as version

from expurgate import __version__
from expurgate.detect import rules as rule_room
from expurgate.detect.lines import DIRECTIVE
from expurgate.detect.rules import LEADS
from expurgate.detect.words import required
from expurgate.errors import ConfigError
from expurgate.model import Rule, Severity

_MAGIC = b"expurgate-rules-2\n"
Words = tuple[tuple[int, tuple[bytes, ...]], ...]


class Engine:
    """Compiled rules. Expressions are numbered as in ``rules``; the number after the last is DIRECTIVE, then come LEADS."""

    def __init__(self, rules: tuple[Rule, ...], widths: tuple[int, ...], words: Words, database: hyperscan.Database) -> None:
        self.rules = rules
        self.words = words  # of each rule that follows one of LEADS: its number and what its pattern requires
        self.widths = widths  # longest match of each rule's pattern in bytes
        self._database = database
        self._scratch = hyperscan.Scratch(database)
        database.scratch = self._scratch
        self._patterns: list[re.Pattern[bytes] | None] = [None] * len(rules)
        places = {name: len(rules) + 1 + place for place, name in enumerate(LEADS)}
        places |= {rule.id: number for number, rule in enumerate(rules)}
        # The number of the expression that finds a rule's lines, for rules that have none of their own.
        self.leads = {number: places[rule.follows] for number, rule in enumerate(rules) if rule.follows}

    def database(self) -> bytes:
        """The compiled database, serialised."""
        return bytes(hyperscan.dumpb(self._database))

    def __reduce__(self) -> tuple[Any, ...]:
        """Engines travel to other processes in compiled form."""
        return _restored, (self.rules, self.widths, self.words, self.database())

    def hits(self, data: bytes | bytearray | memoryview) -> list[tuple[int, int]]:
        """Where expressions end in ``data``: (end offset, number), unordered, with repeats for overlapping ends."""
        found: list[tuple[int, int]] = []
        append = found.append

        def on_match(number: int, _start: int, end: int, _flags: int, _context: object) -> None:
            append((end, number))

        if len(data):
            self._database.scan(data, match_event_handler=on_match)  # type: ignore[type-var]
        return found

    def pattern(self, number: int) -> re.Pattern[bytes]:
        """The rule's own pattern for the second step, compiled when first needed."""
        compiled = self._patterns[number]
        if compiled is None:
            compiled = re.compile(self.rules[number].pattern.encode(), rule_room.FLAGS)
            self._patterns[number] = compiled
        return compiled

    @cached_property
    def digest(self) -> str:
        """A digest of the rules as they were written, for reports."""
        text = json.dumps([asdict(rule) | {"origin": ""} for rule in self.rules], sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()


def build(rules: Sequence[Rule]) -> Engine:
    """Compile rules together; ConfigError names the rule that Hyperscan refuses."""
    expressions = {number: (rule.anchor or rule.pattern).encode() for number, rule in enumerate(rules) if not rule.follows}
    expressions[len(rules)] = DIRECTIVE
    for place, name in enumerate(LEADS):
        expressions[len(rules) + 1 + place] = LEADS[name]
    try:
        database = _compile(expressions)
    except hyperscan.HyperscanError:
        raise ConfigError(_culprit(rules)) from None
    words = tuple(
        (number, tuple(sorted(required(rule.pattern) or ()))) for number, rule in enumerate(rules) if rule.follows in LEADS
    )
    return Engine(tuple(rules), tuple(rule_room.width(rule.pattern) for rule in rules), words, database)


def open_rules(directories: Sequence[Path], cache: Path | None) -> Engine:
    """The engine for all rule files below the directories, from the cache directory where that holds it."""
    files = [(str(path), path.read_bytes()) for path in rule_room.rule_files(directories)]
    stored = cache / f"rules-{_key(files)}.hs" if cache else None
    if stored and (engine := _load(stored)):
        return engine
    engine = build(rule_room.load(files))
    if stored:
        _store(stored, engine)
    return engine


def _compile(expressions: dict[int, bytes]) -> hyperscan.Database:
    database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
    flags = [hyperscan.HS_FLAG_MULTILINE] * len(expressions)
    database.compile(expressions=list(expressions.values()), ids=list(expressions), flags=flags)
    return database


def _culprit(rules: Sequence[Rule]) -> str:
    for rule in rules:
        if rule.follows:
            continue
        try:
            _compile({0: (rule.anchor or rule.pattern).encode()})
        except hyperscan.HyperscanError as error:
            return f"{rule.origin}: rule {rule.id!r}: Hyperscan refuses its {'anchor' if rule.anchor else 'pattern'}: {error}"
    return "the rules compile one by one, but not together: there are too many or they are too large"


def _key(files: Sequence[tuple[str, bytes]]) -> str:
    """A compiled database holds for one set of rules, one Hyperscan and one kind of processor."""
    form = f"{__version__} {[f.name for f in fields(Rule)]} {DIRECTIVE!r} {LEADS!r}"
    digest = hashlib.sha256(f"{form} {version} {platform.machine()} {_cpu_features()}".encode())
    for name, content in files:
        digest.update(b"%d %d " % (len(name), len(content)) + name.encode(errors="surrogateescape") + content)
    return digest.hexdigest()[:32]


def _cpu_features() -> str:
    try:
        with open("/proc/cpuinfo", "rb") as info:
            lines = (line for line in info if line.startswith((b"flags", b"Features")))
            return hashlib.sha256(next(lines, b"")).hexdigest()
    except OSError:
        return platform.processor()


def _store(path: Path, engine: Engine) -> None:
    """Write the compiled rules so that a reader sees all or nothing; a cache that cannot be written is no fault."""
    rules = json.dumps([asdict(rule) for rule in engine.rules]).encode()
    more = json.dumps([engine.widths, [[number, [word.decode() for word in own]] for number, own in engine.words]]).encode()
    database = engine.database()
    body = _MAGIC + struct.pack("<III", len(rules), len(more), len(database)) + rules + more + database
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(handle, "wb") as file:
            file.write(hashlib.sha256(body).digest() + body)
        os.replace(temporary, path)
    except OSError:
        return


def _load(path: Path) -> Engine | None:
    """The stored engine, or None if there is none that can be trusted: only our own private file is deserialised."""
    try:
        with open(path, "rb") as file:
            status = os.fstat(file.fileno())
            if hasattr(os, "getuid") and (status.st_uid != os.getuid() or status.st_mode & 0o022):
                return None
            content = file.read()
    except OSError:
        return None
    body = memoryview(content)[32:]
    if hashlib.sha256(body).digest() != content[:32] or bytes(body[: len(_MAGIC)]) != _MAGIC:
        return None
    sizes = struct.unpack_from("<III", body, len(_MAGIC))
    at = len(_MAGIC) + 12
    rules, more, database = (bytes(body[at + sum(sizes[:n]) : at + sum(sizes[: n + 1])]) for n in range(3))
    try:
        widths, words = json.loads(more)
        required_words = tuple((number, tuple(word.encode() for word in own)) for number, own in words)
        return _restored(tuple(_rule(values) for values in json.loads(rules)), tuple(widths), required_words, database)
    except (hyperscan.HyperscanError, TypeError, KeyError, ValueError):
        return None


def _restored(rules: tuple[Rule, ...], widths: tuple[int, ...], words: Words, database: bytes) -> Engine:
    return Engine(rules, widths, words, hyperscan.loadb(database, hyperscan.HS_MODE_BLOCK))


def _rule(values: dict[str, Any]) -> Rule:
    fixed: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in values.items()}
    fixed["severity"] = Severity(fixed["severity"])
    return Rule(**fixed)
