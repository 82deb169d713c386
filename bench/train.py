"""Learns the score of generic secrets from a built half of CredData, and says how it does on repositories it has not seen.

    python bench/train.py ROOT [--split dev] [--background FOLDER] [--write] [--folds N] [--rounds N]

Needs numpy. All matches of rules with a `score` are candidates. One that overlaps a value labelled T is a secret; one on a line
with other labels, or with none, is not (unlabelled lines count less: some hold secrets that nobody labelled). The score is a
logistic regression with ridge penalty over the features of expurgate.verify.features, fitted by Newton's method.

The labelled files are those where somebody found something, so they hold far more secrets than others. --background names a
folder with whole work trees of the same repositories (in folders called owner+name): what the rules match there counts as no
secret, with a small weight, unless it is a value that was seen to be one.

Cross-validation is by repository: in each fold the score is learned without the repositories that it is measured on.
--write stores the score learned from all repositories in src/expurgate/verify/score.json. No value is printed.
"""

from __future__ import annotations

import argparse
import json
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

import creddata
from creddata import Hit, Item, Measure
from expurgate.config import Config
from expurgate.detect.matcher import Matcher
from expurgate.pipeline import open_engine
from expurgate.verify import judge as judge_room
from expurgate.verify import score
from expurgate.verify.candidate import Candidate, candidate
from expurgate.verify.features import FEATURES, features

RIDGE = 20.0
UNLABELLED = 0.7  # weight of a candidate on a line that nobody labelled
BACKGROUND = 0.1  # weight of a candidate in the work trees
_LARGEST = 1 << 20  # bytes of a file there
_THRESHOLDS = (0.25, 0.3, 0.35, 0.4, 0.45, 0.5)


class Data(NamedTuple):
    """Candidates (a row of features, label, weight and repository each) with their places, and the hits of all other rules."""

    rows: Any
    labels: Any
    weights: Any
    repositories: list[str]
    places: list[Hit | None]  # None in the background
    fixed: list[Hit]


def main() -> int:
    """Learn, measure, store."""
    options = _options()
    items = creddata.load(options.root, options.split)
    data = collect(creddata.folder(options.root, options.split), items, options.background)
    print(f"{len(data.labels)} candidates, {int(data.labels.sum())} of them secrets; {len(FEATURES)} features")
    weights, bias, means = fit(data.rows, data.labels, data.weights)
    _print("fitted", items, data, predict(data.rows, weights, bias))
    rounds = [validate(data, options.folds, number) for number in range(options.rounds)]
    for number, predicted in enumerate(rounds, 1):
        _print(f"unseen {number}", items, data, predicted)
    if options.write:
        store(weights, bias, means)
    return 0


def collect(folder: Path, items: list[Item], background: Path | None = None) -> Data:
    """Everything that the rules match in the labelled files, and what they judge by its looks in the background."""
    engine = open_engine(Config())
    judge = judge_room.Judge(engine.rules)
    matcher = Matcher(engine, judge)
    by_path: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        by_path[item.path].append(item)
    rows, labels, weights, repositories, fixed = [], [], [], [], []
    places: list[Hit | None] = []
    real: set[bytes] = set()
    for path, own in sorted(by_path.items()):
        text = (folder / path).read_bytes()
        starts = [0, *(at + 1 for at, char in enumerate(text) if char == 10)]
        for number, base, part, span in matcher.spans(text):
            rule = engine.rules[number]
            low, high = base + span.value_start, base + span.value_end
            first, last = bisect_right(starts, low), bisect_right(starts, high - 1)
            hit = Hit(path, first, last, rule.id, 0.0)
            if rule.category != "secret":
                continue
            if not rule.score:
                fixed.append(hit._replace(confidence=judge.confidence(number, part[span.value_start : span.value_end])))
                continue
            found = candidate(rule.score, part, span)
            line = text[starts[first - 1] : high].decode(errors="replace")
            left = len(text[starts[first - 1] : low].decode(errors="replace"))
            label, weight = _label(own, first, last, left, len(line))
            if label is None or judge.scored(number, found, floor=0.0) == 0.0:
                continue
            if label:
                real.add(found.value)
            rows.append(features(found))
            labels.append(label)
            weights.append(weight)
            repositories.append(own[0].repository)
            places.append(hit)
    for repository, found in _background(background, matcher, judge) if background else ():
        if found.value not in real:
            rows.append(features(found))
            labels.append(0)
            weights.append(BACKGROUND)
            repositories.append(repository)
            places.append(None)
    return Data(np.array(rows), np.array(labels, float), np.array(weights), repositories, places, fixed)


def _background(top: Path, matcher: Matcher, judge: judge_room.Judge) -> Iterator[tuple[str, Candidate]]:
    """Each candidate once: the same line often stands in many files."""
    seen: set[tuple[str, Candidate]] = set()
    for path in sorted(path for path in top.rglob("*") if path.is_file() and not path.is_symlink()):
        repository = path.relative_to(top).parts[0].replace("+", "/")
        if path.stat().st_size > _LARGEST:
            continue
        for number, _, part, span in matcher.spans(path.read_bytes()):
            kind = judge.rules[number].score
            found = candidate(kind, part, span) if kind else None
            if found and (repository, found) not in seen and judge.scored(number, found, floor=0.0):
                seen.add((repository, found))
                yield repository, found


def _label(items: list[Item], first: int, last: int, left: int, right: int) -> tuple[int | None, float]:
    """What the labels say of a value (None: nothing certain), and how much it counts."""
    met = [label for item in items if item.first <= last and item.last >= first for label in item.labels]
    true = [label for label in met if label.truth == "T"]
    if any(_overlaps(label, left, right) for label in true):
        return 1, 1.0
    if true and not any(_overlaps(label, left, right) for label in met):
        return None, 0.0  # another value of a line with a real one
    return 0, 1.0 if met else UNLABELLED


def _overlaps(label: creddata.Label, left: int, right: int) -> bool:
    if label.start < 0:
        return True
    return right > label.start and (label.end < 0 or left < label.end)


def fit(rows: Any, labels: Any, weights: Any) -> tuple[Any, float, Any]:
    """Weights, bias and means of a ridge logistic regression on standardised features, for features as they are."""
    means, spread = rows.mean(axis=0), rows.std(axis=0)
    spread[spread == 0] = 1.0
    scaled = np.hstack([(rows - means) / spread, np.ones((len(rows), 1))])
    penalty = np.full(scaled.shape[1], RIDGE)
    penalty[-1] = 0.0
    solution = np.zeros(scaled.shape[1])
    for _ in range(30):
        chance = 1 / (1 + np.exp(-np.clip(scaled @ solution, -30, 30)))
        slope = scaled.T @ (weights * (labels - chance)) - penalty * solution
        curve = (scaled * (weights * chance * (1 - chance))[:, None]).T @ scaled + np.diag(penalty + 1e-9)
        step = np.linalg.solve(curve, slope)
        solution += step
        if np.abs(step).max() < 1e-6:
            break
    plain = solution[:-1] / spread
    return plain, float(solution[-1] - plain @ means), means


def predict(rows: Any, weights: Any, bias: float) -> Any:
    """The chance of each row to be a secret."""
    return 1 / (1 + np.exp(-np.clip(rows @ weights + bias, -30, 30)))


def validate(data: Data, folds: int, seed: int) -> Any:
    """Predictions for each candidate by a score that has not seen its repository."""
    chance = np.random.default_rng(seed)
    names = sorted(set(data.repositories))
    chance.shuffle(names)
    fold_of = {name: place % folds for place, name in enumerate(names)}
    fold = np.array([fold_of[name] for name in data.repositories])
    predicted = np.zeros(len(fold))
    for number in range(folds):
        seen = fold != number
        weights, bias, _ = fit(data.rows[seen], data.labels[seen], data.weights[seen])
        predicted[~seen] = predict(data.rows[~seen], weights, bias)
    return predicted


def measured(items: list[Item], data: Data, predicted: Any, threshold: float) -> tuple[dict[str, Measure], int]:
    """Counts by set of categories, and the number of unlabelled findings, if everything from a threshold on is reported."""
    hits = [place for place, chance in zip(data.places, predicted, strict=True) if place and chance >= threshold]
    hits += [hit for hit in data.fixed if hit.confidence >= threshold]
    counted = creddata.count(items, hits)
    return {name: creddata.measure(items, counted, wanted) for name, wanted in creddata.sets()}, len(counted.unlabelled)


def _print(name: str, items: list[Item], data: Data, predicted: Any) -> None:
    for threshold in _THRESHOLDS:
        counts, unlabelled = measured(items, data, predicted, threshold)
        own, strict = counts["secrets"], counts["strict"]
        print(
            f"{name:9} from {threshold:.2f}: secrets P {own.precision:.3f} R {own.recall:.3f} F1 {own.f1:.3f}"
            f"   strict F1 {strict.f1:.3f}   unlabelled {unlabelled}"
        )


def store(weights: Any, bias: float, means: Any) -> None:
    """Write the score where the product reads it, rounded to what matters."""
    known = {name: float(f"{weight:.4g}") for name, weight in zip(FEATURES, weights, strict=True) if abs(weight) > 1e-9}
    middle = {name: float(f"{mean:.3g}") for name, mean in zip(FEATURES, means, strict=True) if name in known}
    stored = {"bias": round(bias, 4), "weights": known, "means": middle}
    Path(score.__file__).with_name("score.json").write_text(json.dumps(stored, indent=0) + "\n")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("root", type=Path)
    parser.add_argument("--split", default="dev")
    parser.add_argument("--background", type=Path)
    parser.add_argument("--folds", type=int, default=10)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--write", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    raise SystemExit(main())
