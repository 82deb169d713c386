"""The values that the rooms share. All are immutable once handed over, and none prints a value of the target."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import NamedTuple


class Severity(IntEnum):
    """How bad a finding is if it is true."""

    INFO = 0
    LOW = 1
    MEDIUM = 2
    HIGH = 3
    CRITICAL = 4

    @classmethod
    def parse(cls, name: str) -> Severity:
        """The severity called ``name`` (any case); ValueError if there is none."""
        try:
            return cls[name.upper()]
        except KeyError:
            raise ValueError(f"no severity {name!r}; one of {', '.join(s.name.lower() for s in cls)}") from None


@dataclass(frozen=True)
class Rule:
    """One rule as read from TOML; docs/rules.md says what each field means."""

    id: str
    title: str
    category: str
    severity: Severity
    pattern: str
    confidence: float = 0.8
    family: str = ""
    provider: str = ""
    anchor: str = ""
    follows: str = ""
    multiline: bool = False
    canonical: str = "exact"
    validate: tuple[str, ...] = ()
    invalid: str = "lower"
    score: str = ""
    min_entropy: float = 0.0
    joins: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    negative_examples: tuple[str, ...] = ()
    origin: str = ""  # file and line, for messages


class Copy(NamedTuple):
    """Bytes ``start:end`` of an item stand unchanged in the item read before it, from ``source`` on."""

    start: int
    end: int
    source: int


class Item(NamedTuple):
    """One artifact inside a batch: bytes ``start:end`` of the batch's data.

    ``name`` is the object id in hex for Git objects and a path or label otherwise. ``copies`` lists, in order, the ranges
    (relative to the items; none continues another) that it shares with the item handed over just before it, and ends with
    the empty range ``Copy(size, size, size of that item)``; empty if nothing is known to be shared.
    """

    kind: str
    name: str
    start: int
    end: int
    copies: tuple[Copy, ...] = ()
    offset: int = 0  # bytes of the artifact before this item, where a huge one comes in pieces
    lines: int = 0  # newlines in those bytes


class Batch(NamedTuple):
    """Bytes of many items in one buffer; the bytes between items belong to nobody."""

    data: bytes | bytearray
    items: list[Item]


class Verified(NamedTuple):
    """What verification says of one candidate: where its value is (relative to what was verified) and how sure we are."""

    rule: int
    start: int
    end: int
    confidence: float
    value: bytes


class Step(NamedTuple):
    """What one stage of verification says of a candidate, and how sure we are after it."""

    said: str
    confidence: float


class Position(NamedTuple):
    """Where a match stands in an artifact: bytes, and lines from 1 with columns from 0 in characters (end exclusive)."""

    byte_start: int
    byte_end: int
    line: int
    column: int
    end_line: int
    end_column: int


class Match(NamedTuple):
    """A verified candidate in one artifact. ``field`` names the part of a commit, tag or tree it stands in."""

    rule: int
    value: bytes
    confidence: float
    position: Position
    field: str = ""
    suppressed: str = ""  # reason of an inline directive
    derived: str = ""  # how the text came out of the bytes, e.g. "utf-16-le"
    part: str = ""  # the rule that found it, where it is a part of another rule's match …
    whole: bytes = b""  # … whose value this is


class Matches(NamedTuple):
    """All matches in one artifact."""

    kind: str
    name: str
    found: list[Match]
    author_date: str = ""  # of a commit, in ISO 8601


@dataclass(frozen=True)
class Skipped:
    """Something that was not read, and why. Never an error: a value that reaches every report and the exit code."""

    where: str
    reason: str


@dataclass
class Coverage:
    """What was read: counts by kind, bytes, and everything that was not."""

    objects: int = 0
    bytes: int = 0
    kinds: dict[str, int] = field(default_factory=dict)
    skipped: list[Skipped] = field(default_factory=list)
    accepted: list[Skipped] = field(default_factory=list)  # not read, and the configuration says that this is fine

    def count(self, kind: str, number: int = 1, size: int = 0) -> None:
        """Note that ``number`` artifacts of ``kind`` with ``size`` bytes together were read."""
        self.objects += number
        self.bytes += size
        self.kinds[kind] = self.kinds.get(kind, 0) + number

    def skip(self, where: str, reason: str) -> None:
        """Note that ``where`` was not read."""
        self.skipped.append(Skipped(where, reason))

    def accept(self, where: str, reason: str) -> None:
        """Note that ``where`` was not read, and that the configuration says that this is fine."""
        self.accepted.append(Skipped(where, reason))

    def add(self, other: Coverage) -> None:
        """Take over what another reader saw."""
        self.objects += other.objects
        self.bytes += other.bytes
        for kind, number in other.kinds.items():
            self.kinds[kind] = self.kinds.get(kind, 0) + number
        self.skipped += other.skipped
        self.accepted += other.accepted

    @property
    def complete(self) -> bool:
        """True if nothing was left unread without the user's consent."""
        return not self.skipped


class Occurrence(NamedTuple):
    """One place of a finding. ``path`` is relative to the target; positions are those of the artifact's own bytes."""

    kind: str
    path: str
    position: Position
    oid: str = ""
    field: str = ""
    derived: str = ""
    paths: tuple[str, ...] = ()  # all paths of a blob, if more than one
    commit: str = ""  # the commit that introduced it
    author_date: str = ""
    at_tip: bool | None = None
    suppressed: str = ""
    part: str = ""  # the rule of what stands here, if it is not the finding's value but, say, the key id that goes with it


@dataclass(frozen=True)
class Finding:
    """One value that a rule found, with all the places where it stands."""

    rule: Rule
    value: bytes = field(repr=False)
    confidence: float
    fingerprint: str
    tag: str
    occurrences: tuple[Occurrence, ...]
    spellings: tuple[bytes, ...] = field(default=(), repr=False)  # other forms of the value, e.g. in capitals
    suppressed: str = ""  # the reason, if policy or the owner decided that it does not count
    blocking: bool = False

    @property
    def category(self) -> str:
        """``secret``, ``pii`` or ``proprietary``."""
        return self.rule.category

    @property
    def severity(self) -> Severity:
        """Severity as the rule states it."""
        return self.rule.severity


@dataclass(frozen=True)
class ScanResult:
    """What a scan answers."""

    target: str
    findings: tuple[Finding, ...]
    coverage: Coverage
    config_source: str = "defaults"
    seconds: float = 0.0
    suppressed_counts: dict[str, int] = field(default_factory=dict)

    @property
    def complete(self) -> bool:
        """True if everything was read."""
        return self.coverage.complete

    @property
    def blocking(self) -> tuple[Finding, ...]:
        """The findings that block."""
        return tuple(finding for finding in self.findings if finding.blocking)


# What the pipeline hands to detection: judge a candidate of a rule inside some text, see verify.judge.
Judge = Callable[[int, bytes, Sequence["Span"]], list[Verified]]


class Span(NamedTuple):
    """A match of a rule's pattern: the whole match and the value inside it."""

    start: int
    end: int
    value_start: int
    value_end: int
