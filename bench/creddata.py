"""A labelled half of CredData as its builder lays it out, and how findings are counted against it.

Below the folder ROOT lie `labels_SPLIT.csv` and the labelled files in `data/SPLIT/`. The unit is an *item*: one (path, first
line, last line) of the labels. It is positive if a label on it says T. A finding hits the items whose lines it overlaps; it is
wrong if it hits items and none of them is positive, and *unlabelled* if it hits none.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

# Categories that say what a thing is called, not what opens it: they are left out of the set "secrets".
IDENTIFIERS = frozenset(("UUID", "Nonce", "Salt", "AWS S3 Bucket", "Firebase Domain", "Tencent WeChat API App ID"))
# Tokens of providers and private keys: the set "strict".
STRICT = frozenset(
    (
        "PEM Private Key",
        "BASE64 Private Key",
        "BASE64 encoded PEM Private Key",
        "JWK",
        "NKEY Seed",
        "JSON Web Token",
        "AWS Client ID",
        "AWS Multi",
        "Azure Access Token",
        "Google API Key",
        "Google Multi",
        "Google OAuth Access Token",
        "Google OAuth Refresh Token",
        "Slack Token",
        "Stripe Credentials",
        "Twilio Credentials",
        "MailGun API Key",
        "Github Classic Token",
        "Grafana Provisioned API Key",
        "Grafana Service Account Token",
        "Grafana Access Policy Token",
        "Docker Swarm Token",
        "Postman Credentials",
        "Perplexity API Key",
        "Anthropic API Key",
        "Salesforce Credentials",
        "Akamai Credentials",
        "Facebook Access Token",
        "Jira / Confluence PAT token",
        "NTLM Token",
    )
)


class Label(NamedTuple):
    """One labelled value. Columns are in characters, -1 where they are not known or the value spans lines."""

    truth: str
    start: int
    end: int


@dataclass
class Item:
    """What the labels say of one place."""

    path: str
    first: int
    last: int
    repository: str
    positive: bool = False
    categories: set[str] = field(default_factory=set)
    true_categories: set[str] = field(default_factory=set)
    labels: list[Label] = field(default_factory=list)


class Hit(NamedTuple):
    """One place of a finding: path below the data folder, lines from 1."""

    path: str
    first: int
    last: int
    rule: str
    confidence: float


class Measure(NamedTuple):
    """Counts of one set of categories."""

    found: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        """Share of the labelled findings that are true."""
        return self.found / (self.found + self.wrong) if self.found else 0.0

    @property
    def recall(self) -> float:
        """Share of the true items that are found."""
        return self.found / (self.found + self.missed) if self.found else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of both."""
        return 2 * self.found / (2 * self.found + self.wrong + self.missed) if self.found else 0.0


class Counted(NamedTuple):
    """Which items were found, which were hit wrongly, and the findings on lines that nobody labelled."""

    found: set[int]
    wrong: set[int]
    unlabelled: list[Hit]


def folder(root: Path, split: str) -> Path:
    """Where the labelled files are."""
    return root / "data" / split


def load(root: Path, split: str) -> list[Item]:
    """The items of a half."""
    items: dict[tuple[str, int, int], Item] = {}
    with open(root / f"labels_{split}.csv", newline="") as file:
        for row in csv.DictReader(file):
            key = (row["path"], int(row["line_start"]), int(row["line_end"]))
            item = items.setdefault(key, Item(*key, row["repo"]))
            categories = set(row["category"].split(":"))
            item.categories |= categories
            if row["truth"] == "T":
                item.positive = True
                item.true_categories |= categories
            single = key[1] == key[2]
            item.labels.append(
                Label(row["truth"], *(int(row[c]) if row[c] and single else -1 for c in ("value_start", "value_end")))
            )
    return list(items.values())


def count(items: list[Item], hits: Iterable[Hit]) -> Counted:
    """Hold findings against the items."""
    by_path: dict[str, list[tuple[int, Item]]] = defaultdict(list)
    for number, item in enumerate(items):
        by_path[item.path].append((number, item))
    found: set[int] = set()
    wrong: set[int] = set()
    unlabelled: dict[tuple[str, int], Hit] = {}
    for hit in hits:
        met = [(number, item) for number, item in by_path[hit.path] if hit.first <= item.last and hit.last >= item.first]
        good = {number for number, item in met if item.positive}
        found |= good
        if not good:
            wrong |= {number for number, _ in met}
        if not met:
            unlabelled.setdefault((hit.path, hit.first), hit)
    return Counted(found, wrong, list(unlabelled.values()))


def measure(items: list[Item], counted: Counted, wanted: Callable[[set[str]], bool], repository: str = "") -> Measure:
    """Counts of the items whose categories are wanted (of one repository, if one is named)."""
    found = wrong = missed = 0
    for number, item in enumerate(items):
        if repository and item.repository != repository:
            continue
        if item.positive and wanted(item.true_categories):
            found += number in counted.found
            missed += number not in counted.found
        elif not item.positive and wanted(item.categories):
            wrong += number in counted.wrong
    return Measure(found, wrong, missed)


def sets() -> Iterator[tuple[str, Callable[[set[str]], bool]]]:
    """The sets of categories that are reported."""
    yield "all", lambda _: True
    yield "secrets", lambda categories: bool(categories - IDENTIFIERS)
    yield "strict", lambda categories: bool(categories & STRICT)
