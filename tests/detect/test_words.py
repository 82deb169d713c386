"""Words that a pattern requires, and which patterns a line may match."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expurgate import pipeline
from expurgate.config import Config
from expurgate.detect.rules import LEADS
from expurgate.detect.words import Index, required
from expurgate.probes import texts


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        (r"(?i)acme[\w.]{0,12}(?:key|token)=(?P<value>[a-f0-9]{32})", {b"acme"}),
        (r"[Aa]cme_[0-9]+", {b"acme_"}),
        (r"(?:alpha|beta9)=[0-9]", {b"alpha", b"beta9"}),
        (r"(?:ab|beta)=[0-9]{4}", None),
        (r"x(?:acme)?[0-9]", None),
        (r"(?:acme){1,2}", {b"acme"}),
    ],
)
def test_required(pattern: str, words: set[bytes] | None) -> None:
    assert required(pattern) == (frozenset(words) if words else None)


def test_the_index_names_what_may_match() -> None:
    index = Index([(3, [b"acme", b"foo"]), (1, [b"zulu"]), (7, [b"acmeco"])])
    assert index.find(b"MY_ACME_KEY=1") == (3,)
    assert index.find(b"acmeCo and Zulu") == (1, 3, 7)
    assert index.find(b"xfoo") == (3,)
    assert index.find(b"ac me zul") == ()


@given(st.binary(max_size=80))
def test_any_line_has_an_answer(line: bytes) -> None:
    assert set(Index([(0, [b"key"]), (1, [b"token"])]).find(line)) <= {0, 1}


def test_no_built_in_rule_matches_without_one_of_its_words() -> None:
    engine = pipeline.open_engine(Config())
    followers = [rule for rule in engine.rules if rule.follows in LEADS]
    assert len(followers) > 200
    for rule in followers[::7]:
        words = required(rule.pattern)
        assert words
        pattern = re.compile(rule.pattern.encode(), re.MULTILINE)
        for text in texts(rule.pattern, 20, rule.id):
            for found in pattern.finditer(text):
                assert any(word in found[0].lower() for word in words), rule.id
