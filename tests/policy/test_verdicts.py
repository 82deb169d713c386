"""Which findings are wanted, which are shown, and which block."""

from dataclasses import replace

import pytest

import expurgate
from expurgate import Config, Rule, Severity
from expurgate.policy.verdicts import named, unknown
from tests.support.tokens import email, token

TEXT = f"key = {token(1)}\nmail = {email(1)}\n".encode()
RULE = Rule("acme-api-key", "Acme key", "secret", Severity.HIGH, "x")


@pytest.mark.parametrize("pattern", ["acme-api-key", "acme-*", "*", "acme-[ab]pi-key", "secret"])
def test_patterns_that_mean_a_rule(pattern: str) -> None:
    assert named([pattern], RULE)
    assert named(["other", pattern], RULE)
    assert unknown([pattern], [RULE]) == []


@pytest.mark.parametrize("pattern", ["acme", "acme-api", "ACME-*", "pii", "sec*", "", "key"])
def test_patterns_that_do_not(pattern: str) -> None:
    assert not named([pattern], RULE)
    assert unknown([pattern, "secret"], [RULE]) == [pattern]


@pytest.mark.parametrize(
    ("changes", "blocking"),
    [
        ({}, ["github-token"]),
        ({"block_severity": Severity.LOW}, ["email-address", "github-token"]),
        ({"block_severity": Severity.CRITICAL}, ["github-token"]),
        ({"block_severity": Severity.LOW, "block_confidence": 1.0}, []),
    ],
)
def test_what_blocks(changes: dict[str, Severity | float], blocking: list[str], config: Config) -> None:
    result = expurgate.scan_bytes(TEXT, replace(config, **changes))  # type: ignore[arg-type]
    assert sorted(finding.rule.id for finding in result.findings) == ["email-address", "github-token"]
    assert sorted(finding.rule.id for finding in result.blocking) == blocking


def test_what_is_too_uncertain_is_left_out_and_counted(config: Config) -> None:
    result = expurgate.scan_bytes(TEXT, replace(config, min_confidence=1.0))
    assert result.findings == ()
    assert result.suppressed_counts == {"places below min_confidence": 2}
