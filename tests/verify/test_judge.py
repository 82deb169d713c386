"""What validators and stand-ins do to a rule's confidence."""

import pytest

from expurgate.detect.examples import expand
from expurgate.errors import ConfigError
from expurgate.model import Rule, Severity, Span
from expurgate.verify.judge import DISPROVEN, PROVEN, SUPPORTED, Judge


def confidence(value: bytes, category: str = "secret", **fields: object) -> float:
    rule = Rule("a-rule", "A rule", category, Severity.HIGH, "x", **{"confidence": 0.5, **fields})  # type: ignore[arg-type]
    return Judge([rule]).confidence(0, value)


def made(template: str) -> bytes:
    return expand(template, "s").text


def test_a_checksum_proves() -> None:
    assert confidence(made("{iban:DE}"), validate=("iban",)) == PROVEN
    assert confidence(made("DE00{digits:18}"), validate=("iban",)) == 0.5 * DISPROVEN
    assert confidence(made("DE00{digits:18}"), validate=("iban",), invalid="drop") == 0


@pytest.mark.parametrize("validator", ["generic-secret", "bearer-token", "url-password"])
def test_looking_random_supports_but_does_not_prove(validator: str) -> None:
    assert confidence(made("{alnum:40}"), validate=(validator,)) == SUPPORTED
    assert confidence(made("{alnum:40}"), validate=(validator,), confidence=0.9) == 0.9


def test_stand_ins_are_dropped_but_notices_are_made_of_such_words() -> None:
    text = b"your example"
    assert confidence(text) == confidence(text, "pii") == 0
    assert confidence(text, "proprietary") == 0.5


def test_low_entropy_is_dropped() -> None:
    assert confidence(made("{hex:32}"), min_entropy=3.0) == 0.5
    assert confidence(b"ab1" * 9 + b"cd", min_entropy=3.0) == 0


def test_the_value_is_judged_not_the_match() -> None:
    rule = Rule("a-rule", "A rule", "secret", Severity.HIGH, "x", confidence=0.5)
    (verdict,) = Judge([rule])(0, b"key = k7Pq9zLm1x;", [Span(0, 17, 6, 16)])
    assert (verdict.start, verdict.end, verdict.value) == (6, 16, b"k7Pq9zLm1x")


def test_unknown_validator() -> None:
    with pytest.raises(ConfigError, match="unknown validator"):
        confidence(b"x", validate=("no-such",))
