"""Do letters read like words? A table of letter pairs answers without a dictionary."""

from __future__ import annotations

import re

# For each letter, those that follow it in words: the pairs with a share of at least 0.06 % among 17,000 pairs in 3,384 different
# words of source code and its prose. They make up 95 % of the pairs in words and 39 % of the pairs in random letters.
_FOLLOWERS = (
    b"bcdfgiklmnprstuvy aeijlosu acefhikloprstu adeilorsu acdefgilmnpqrstvwx aefilostu aeghinorsu aeiort abcdefglmnoprstvz s eis "
    b"abcdeilostuy abeimoprsu acdefgilmnopstuv abcdfgiklmnoprstuvw aehiloprstu u acdefgiklmnorstuvy acefghiklmnoprstuyz "
    b"acehilmorstuy abcefgilmnprst aeio aehinorst cipt inps e"
).split()
_PAIRS = frozenset(bytes((97 + place, follower)) for place, row in enumerate(_FOLLOWERS) for follower in row)
_RUNS = rb"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[A-Z]+"


def word_share(value: bytes) -> float:
    """The share of a value's characters that stand in word-like runs of letters (three or more), 0 to 1."""
    covered = sum(len(run) for run in re.findall(_RUNS, value) if wordlike(run))
    return covered / len(value) if value else 0.0


def wordlike(run: bytes) -> bool:
    """Whether letters read like a word: three or more, and at most one pair in five (one in a short word) is unusual."""
    if len(run) < 3:
        return False
    text = run.lower()
    odd = sum(text[at : at + 2] not in _PAIRS for at in range(len(text) - 1))
    return odd <= max(len(run) // 5, 0 if len(run) < 4 else 1)
