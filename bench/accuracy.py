"""Runs the product on a built half of CredData and prints how right its findings are.

    python bench/accuracy.py ROOT [--split dev] [--by-category] [--by-repository] [--by-rule] [--min-confidence 0..1]

ROOT is the folder that the data set's builder wrote. Only secrets that are reported and not suppressed count. No value is printed.
"""

from __future__ import annotations

import argparse
import statistics
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import creddata
import expurgate
from creddata import Counted, Hit, Item, Measure
from expurgate import Config

_BINS = (0.0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.01)


def main() -> int:
    """Scan, count and print."""
    options = _options()
    items = creddata.load(options.root, options.split)
    config = Config(select=("secret",), inline=False)
    if options.min_confidence is not None:
        config = replace(config, min_confidence=options.min_confidence)
    hits = list(scan(creddata.folder(options.root, options.split), config))
    counted = creddata.count(items, hits)
    print(f"{'':28} {'true':>5} {'TP':>5} {'FP':>5} {'FN':>5} {'prec.':>6} {'recall':>6} {'F1':>6}")
    for name, wanted in creddata.sets():
        show(name, creddata.measure(items, counted, wanted))
    print(f"findings on lines without a label: {len(counted.unlabelled)}")
    _reliability(items, hits)
    if options.by_category:
        _by_category(items, counted)
    if options.by_repository:
        _by_repository(items, counted)
    if options.by_rule:
        _by_rule(items, hits, counted)
    return 0


def scan(folder: Path, config: Config) -> Iterator[Hit]:
    """The places of all secrets below a folder that are reported."""
    for finding in expurgate.scan(folder, config).findings:
        for place in finding.occurrences:
            if place.kind == "file" and not finding.suppressed:
                yield Hit(place.path, place.position.line, place.position.end_line, finding.rule.id, finding.confidence)


def show(name: str, counts: Measure) -> None:
    """One line of the table."""
    found, wrong, missed = counts
    numbers = f"{found + missed:5} {found:5} {wrong:5} {missed:5}"
    print(f"{name[:28]:28} {numbers} {counts.precision:6.3f} {counts.recall:6.3f} {counts.f1:6.3f}")


def _reliability(items: list[Item], hits: list[Hit]) -> None:
    """Of labelled places with a confidence between two bounds, how many are true."""
    print("\nconfidence     places  said   true")
    for low, high in pairwise(_BINS):
        chosen = [hit for hit in hits if low <= hit.confidence < high]
        good = bad = 0
        for hit in chosen:
            counted = creddata.count([item for item in items if item.path == hit.path], [hit])
            good += bool(counted.found)
            bad += bool(counted.wrong)
        if good + bad:
            said = statistics.mean(hit.confidence for hit in chosen)
            print(f"{low:.2f} to {min(high, 1):.2f} {good + bad:7}  {said:.2f}   {good / (good + bad):.2f}")


def _by_category(items: list[Item], counted: Counted) -> None:
    print()
    names = Counter(name for item in items for name in item.true_categories)
    for name, _ in names.most_common():
        show(name, creddata.measure(items, counted, lambda categories, name=name: name in categories))  # type: ignore[misc]


def _by_repository(items: list[Item], counted: Counted) -> None:
    print()
    (wanted,) = (wanted for name, wanted in creddata.sets() if name == "secrets")
    rows = [(name, creddata.measure(items, counted, wanted, name)) for name in sorted({item.repository for item in items})]
    for name, counts in rows:
        show(name, counts)
    values = sorted(counts.f1 for _, counts in rows if counts.found + counts.missed >= 10)
    quarter = statistics.quantiles(values, n=4)
    print(
        f"F1 of the {len(values)} repositories with ten or more secrets: quartiles {', '.join(f'{value:.2f}' for value in quarter)}"
    )


def _by_rule(items: list[Item], hits: list[Hit], counted: Counted) -> None:
    unlabelled = Counter(hit.rule for hit in counted.unlabelled)
    good: Counter[str] = Counter()
    bad: Counter[str] = Counter()
    for hit in hits:
        one = creddata.count([item for item in items if item.path == hit.path], [hit])
        good[hit.rule] += bool(one.found)
        bad[hit.rule] += bool(one.wrong)
    print(f"\n{'rule':34} {'true':>5} {'false':>5} {'unlabelled':>10}")
    for name, _ in (good + bad + unlabelled).most_common():
        print(f"{name:34} {good[name]:5} {bad[name]:5} {unlabelled[name]:10}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("root", type=Path)
    parser.add_argument("--split", default="dev")
    parser.add_argument("--by-category", action="store_true")
    parser.add_argument("--by-repository", action="store_true")
    parser.add_argument("--by-rule", action="store_true")
    parser.add_argument("--min-confidence", type=float)
    return parser.parse_args()


if __name__ == "__main__":
    raise SystemExit(main())
