"""Gathers matches into findings: one for each value of a rule family, with all its places."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from operator import attrgetter

from expurgate.model import Finding, Match, Occurrence, Rule
from expurgate.policy.identity import Key, canonical

_TAG = 4  # digits of a tag; more where two values would get the same one
_order = attrgetter("path", "kind", "author_date", "oid", "position")


@dataclass
class _Value:
    rule: Rule
    value: bytes = field(repr=False)
    confidence: float
    spellings: set[bytes] = field(default_factory=set, repr=False)
    places: list[Occurrence] = field(default_factory=list)


class Collector:
    """Takes matches with their places, from any number of sources; gives findings."""

    def __init__(self, rules: tuple[Rule, ...], applies: Callable[[Rule], bool], min_confidence: float = 0.0) -> None:
        self._rules = rules
        self._least = min_confidence
        self.weak = 0  # places that are less certain than that
        self._wanted = [applies(rule) for rule in rules]
        self.left_out = 0  # places of rules that are not wanted
        self._values: dict[tuple[str, bytes], _Value] = {}  # by family and canonical value …
        self._spelled: dict[tuple[int, bytes], _Value] = {}  # … and as they were found, by rule and value

    def wants(self, match: Match) -> bool:
        """True if findings of the match's rule are wanted at all, and this one is certain enough.

        That is asked of each place: a value that is a password in one may be a common word in another.
        """
        if not self._wanted[match.rule]:
            self.left_out += 1
            return False
        self.weak += match.confidence < self._least
        return match.confidence >= self._least

    def add(self, match: Match, places: Iterable[Occurrence]) -> None:
        """Note a match and where it stands."""
        rule = self._rules[match.rule]
        value = match.whole or match.value
        found = self._spelled.get((match.rule, value))
        if found is None:
            key = (rule.family, canonical(rule, value))
            found = self._values.get(key)
            if found is None:
                found = self._values[key] = _Value(rule, value, match.confidence)
            self._spelled[match.rule, value] = found
        if match.confidence > found.confidence:
            found.rule, found.confidence = rule, match.confidence
        if match.value != found.value:
            found.spellings.add(match.value)
        found.places += places

    def findings(self, key: Key) -> Iterator[Finding]:
        """All findings, the worst first; places in the order of their paths. Tags hold for this run only."""
        run = secrets.token_bytes(16)
        taken: set[str] = set()
        marked = [(key.fingerprint(family, value), found) for (family, value), found in self._values.items()]
        for mark, found in sorted(marked, key=lambda m: (-m[1].rule.severity, -m[1].confidence, m[1].rule.id, m[0])):
            if not found.places:
                continue
            digest = hmac.digest(run, mark.encode(), "sha256").hex()
            size = next(size for size in range(_TAG, 33) if digest[:size] not in taken)
            taken.add(digest[:size])
            tag = f"{found.rule.category}:{digest[:size]}"
            places = sorted(found.places, key=_order)
            found.places.clear()
            unique = tuple(place for place, before in zip(places, (None, *places), strict=False) if place != before)
            yield Finding(found.rule, found.value, found.confidence, mark, tag, unique, tuple(sorted(found.spellings)))
