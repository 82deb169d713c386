"""Whatever a built-in rule's pattern matches, the database of all rules reports inside the match.

Hyperscan searches, Python's `re` decides. Where the first is silent the second is never asked, so the two are compared on strings
made from each pattern, with little and with much round them.
"""

from pathlib import Path

import pytest

from expurgate.detect import engine, rules
from expurgate.detect.engine import Engine
from expurgate.model import Rule, Severity
from expurgate.probes import missed, texts

FILES = [(str(path), path.read_bytes()) for path in rules.rule_files([Path(__file__).parents[2] / "rules"])]
RULES = rules.load(FILES)
COUNT = 120  # texts for each rule


@pytest.fixture(scope="module")
def database() -> Engine:
    return engine.build(RULES)


@pytest.mark.parametrize("number", range(len(RULES)), ids=[rule.id for rule in RULES])
def test_hyperscan_reports_what_the_pattern_matches(database: Engine, number: int) -> None:
    assert list(missed(database, number, COUNT)) == []


@pytest.mark.parametrize("number", range(len(RULES)), ids=[rule.id for rule in RULES])
def test_made_texts_match_often_enough(database: Engine, number: int) -> None:
    pattern = database.pattern(number)
    assert sum(bool(pattern.search(text)) for text in texts(RULES[number].pattern, COUNT, "often")) >= COUNT // 10


def rule(pattern: str, anchor: str = "") -> Rule:
    return Rule("made-up", "Made up", "secret", Severity.LOW, pattern, anchor=anchor)


def test_texts_depend_on_the_seed_only() -> None:
    pattern = r"(?i)key[ =]{1,3}(?P<value>[a-f0-9]{8,40}|x[^\s-]?)\b"
    assert list(texts(pattern, 20, "a")) == list(texts(pattern, 20, "a")) != list(texts(pattern, 20, "b"))


def test_an_anchor_outside_some_matches_is_seen() -> None:
    built = engine.build([rule(r"acme_[a-z0-9]{8}", r"acme_[a-z]{4}")])
    assert list(missed(built, 0, 40))


def test_an_anchor_that_ends_outside_the_match_is_seen() -> None:
    built = engine.build([rule(r"acme_[a-z]{8}", r"acme_[a-z]{8};\n")])
    assert list(missed(built, 0, 40))


def test_the_shape_that_hyperscan_misses_is_seen() -> None:
    """docs/rules.md warns of it: a repeat of 16 or more after a short literal, when it matches nothing."""
    built = engine.build([rule(r"""\(["'][\w.\-]{0,24}TOKEN""")])
    if "5.4." not in str(built._database.info()):
        pytest.skip("seen in Hyperscan 5.4 only")
    assert list(missed(built, 0, 40))


@pytest.mark.parametrize(
    "pattern",
    [
        r"(?i)tok[0-9]{2}(?:-[a-z]{3}){2,4}", r"^[ \t]{0,4}#x\W\d\S$", r"(?x) a\ b | c [^a-z] d",
        r"\bid_(?i:ab)c+?", r"é{2}[^\x00]ü", r"(?s)a.b", r"x\D\w\s{1,3}y",
    ],
)  # fmt: skip
def test_sound_patterns_are_not_accused(pattern: str) -> None:
    built = engine.build([rule(pattern)] if "+" not in pattern else [rule(pattern, r"id_[Aa][Bb]c")])
    assert list(missed(built, 0, 200)) == []
    assert any(built.pattern(0).search(text) for text in texts(pattern, 200, "s"))
