"""Decides on candidates: stand-ins are dropped, structure proves or disproves, what is left has a confidence."""

from __future__ import annotations

from collections.abc import Sequence

from expurgate.errors import ConfigError
from expurgate.model import Rule, Span, Verified
from expurgate.verify.placeholders import placeholder
from expurgate.verify.validators import VALIDATORS, Validator
from expurgate.verify.values import entropy

PROVEN = 0.99  # confidence when a validator proves the structure
# Validators whose True says no more than that a value looks random; it raises the confidence to SUPPORTED at most.
PLAUSIBLE = frozenset(("bearer-token", "generic-secret", "url-password"))
SUPPORTED = 0.8
DISPROVEN = 0.3  # factor on the confidence when one disproves it and the rule does not drop it
_KNOWN = 200_000  # confidences kept; dropped all at once when there are more


class Judge:
    """Judges the matches of one rule in a text; see ``model.Judge``."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._rules = rules
        self._validators = [_validators(rule) for rule in rules]
        self._known: dict[tuple[int, bytes], float] = {}  # most values stand in many lines

    def __call__(self, number: int, text: bytes, spans: Sequence[Span]) -> list[Verified]:
        """The spans that hold, with the range of their value in ``text``."""
        verdicts = []
        for span in spans:
            value = text[span.value_start : span.value_end]
            confidence = self._known.get((number, value))
            if confidence is None:
                confidence = self.confidence(number, value)
                if len(self._known) >= _KNOWN:
                    self._known.clear()
                self._known[number, value] = confidence
            if confidence > 0:
                verdicts.append(Verified(number, span.value_start, span.value_end, confidence, value))
        return verdicts

    def confidence(self, number: int, value: bytes) -> float:
        """How sure we are that a value of a rule is real; 0 if it is not."""
        rule = self._rules[number]
        if not value or (rule.min_entropy and entropy(value) < rule.min_entropy):
            return 0.0
        if rule.category != "proprietary" and placeholder(value):  # a notice is made of the words that stand-ins are made of
            return 0.0
        confidence = rule.confidence
        for name, validator in self._validators[number]:
            answer = validator(value)
            if answer:
                confidence = max(confidence, SUPPORTED if name in PLAUSIBLE else PROVEN)
            elif answer is False:
                if rule.invalid == "drop":
                    return 0.0
                confidence *= DISPROVEN
        return confidence


def _validators(rule: Rule) -> tuple[tuple[str, Validator], ...]:
    for name in rule.validate:
        if name not in VALIDATORS:
            raise ConfigError(f"{rule.origin}: rule {rule.id!r} names the unknown validator {name!r}")
    return tuple((name, VALIDATORS[name]) for name in rule.validate)
