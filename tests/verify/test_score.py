"""Candidates, their features and the learned score."""

import json
import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expurgate import Config, scan_bytes
from expurgate.detect.examples import expand
from expurgate.model import Span
from expurgate.verify import score
from expurgate.verify.candidate import KINDS, Candidate, candidate
from expurgate.verify.features import FEATURES, NAMING, features, groups_of


def confidence(template: str, seed: str = "s") -> float:
    """The highest confidence of a generic finding in a text; 0 without one."""
    result = scan_bytes(expand(template, seed).text, Config(select=("generic-*", "url-password"), min_confidence=0.0))
    return max((finding.confidence for finding in result.findings), default=0.0)


def test_a_candidate_is_a_name_what_joins_and_a_value() -> None:
    value = b"open" + b"sesame9"
    line = b'    app.config["MAIL_PASSWORD"] = "' + value + b'"  # x'
    at = line.index(value)
    found = candidate("quoted", line, Span(line.index(b"PASSWORD"), at + 12, at, at + 11))
    assert found == Candidate("quoted", b"MAIL_PASSWORD", b'"] = "', value, b'    app.config["', b'"  # x')


def test_the_line_of_a_block_is_what_counts() -> None:
    text = b'first\n"name": "DB_PASSWORD",\n"value": "x7Gq"\nlast'
    at = text.index(b"x7Gq")
    found = candidate("entry", text, Span(text.index(b"PASSWORD"), at + 5, at, at + 4))
    assert (found.name, found.value, found.before, found.after) == (b"DB_PASSWORD", b"x7Gq", b'"name": "', b'"')


@given(st.sampled_from(KINDS), st.binary(max_size=30), st.binary(max_size=20), st.binary(min_size=1, max_size=60), st.binary())
def test_any_candidate_has_finite_features(kind: str, name: bytes, joint: bytes, value: bytes, rest: bytes) -> None:
    numbers = features(Candidate(kind, name, joint, value, rest, rest))
    assert len(numbers) == len(FEATURES)
    assert all(math.isfinite(number) for number in numbers)
    assert 0.0 <= score.probability(Candidate(kind, name, joint, value, rest, rest)) <= 1.0


def test_every_feature_has_its_own_name() -> None:
    assert len(set(FEATURES)) == len(FEATURES)


def test_the_stored_score_is_small_and_names_known_features() -> None:
    path = Path(score.__file__).with_name("score.json")
    stored = json.loads(path.read_bytes())
    assert set(stored["weights"]) <= set(FEATURES)
    assert path.stat().st_size < 10_000


def test_what_counts_is_told_in_numbers() -> None:
    found = Candidate("quoted", b"password", b' = "', b"x7Gq9zLkPw2vTr", b"", b'"')
    told = list(score.reasons(found))
    assert told[-1] == f"score: {score.probability(found):.2f}"
    assert all(" adds " in line for line in told[:-1])


@pytest.mark.parametrize(
    ("name", "groups"),
    [
        (b"DB_PASSWORD", {"password", "strong"}),
        (b"dbpass", {"password"}),
        (b"rootPass", {"password", "strong"}),
        (b"minipass", set()),
        (b"bypass", set()),
        (b"author", {"other"}),
        (b"oauthToken", {"auth", "token"}),
        (b"monkey", set()),
        (b"apiKey", {"api", "key", "strong"}),
    ],
)
def test_words_of_names(name: bytes, groups: set[str]) -> None:
    assert groups_of(name) >= groups
    assert bool(groups_of(name) & (NAMING - {"api"})) == bool(groups - {"other"})


FOUND = [
    'password = "{alnum:14}"',
    "api_key: '{alnum:32}'",
    '"client_secret": "{base64url:40}"',
    "DB_PASSWORD={alnum:12}!",
    'conn = "postgres://orders:{alnum:14}@db.internal:5432/orders"',
    "auth_token => '{hex:40}',",
]
LEFT_ALONE = [
    'password = "changeme"',
    'token = "${{SECRET_TOKEN}}"',
    "password = get_password()",
    'secret_name = "the-secret-name"',
    "token: string",
    'password_label = "Please enter your password"',
    '"key": "accessToken"',
    'url = "postgres://user:password@localhost/db"',
    'access_token = "access_token"',
    'minipass = "4.2.1"',
    'author = "jane-doe-1984"',
]


@pytest.mark.parametrize("template", FOUND)
def test_secrets_are_certain_enough_to_block(template: str) -> None:
    assert min(confidence(template, seed) for seed in "abcdef") >= 0.5


@pytest.mark.parametrize("template", LEFT_ALONE)
def test_what_is_none_is_not_reported(template: str) -> None:
    assert confidence(template) < 0.4
