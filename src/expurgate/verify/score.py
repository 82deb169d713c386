"""The learned score of generic secrets: a logistic regression over the features of a candidate, kept as JSON beside this file.

`bench/train.py` makes that file. ``bias + sum of weight * feature`` is the log-odds of the candidate being a secret. `means` are
the features' means over the candidates it was learned from; they serve to say what speaks for and against a candidate.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from expurgate.verify.candidate import Candidate
from expurgate.verify.features import FEATURES, features

_FILE = Path(__file__).with_name("score.json")
_TOLD = 8  # features that an explanation names


@cache
def _stored() -> tuple[float, tuple[float, ...], tuple[float, ...]]:
    """Bias, weights and means in the order of FEATURES."""
    stored = json.loads(_FILE.read_bytes())
    return (
        float(stored["bias"]),
        tuple(float(stored["weights"].get(name, 0.0)) for name in FEATURES),
        tuple(float(stored["means"].get(name, 0.0)) for name in FEATURES),
    )


def probability(found: Candidate) -> float:
    """How likely a candidate is a secret, 0 to 1."""
    bias, weights, _ = _stored()
    total = bias + sum(weight * number for weight, number in zip(weights, features(found), strict=True) if number)
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))


def reasons(found: Candidate) -> Iterator[str]:
    """What speaks most for and against a candidate: features with their numbers and what they add to the log-odds."""
    _, weights, means = _stored()
    numbers = features(found)
    rows = zip(FEATURES, numbers, weights, means, strict=True)
    parts = sorted(
        ((weight * (number - mean), name, number) for name, number, weight, mean in rows), key=lambda part: -abs(part[0])
    )
    for part, name, number in parts[:_TOLD]:
        yield f"score: {name} = {number:.3g} adds {part:+.2f}"
    yield f"score: {probability(found):.2f}"
