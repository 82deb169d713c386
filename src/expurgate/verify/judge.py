"""Decides on candidates: stand-ins are dropped, structure proves or disproves, what is left has a confidence."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from expurgate.errors import ConfigError
from expurgate.model import Rule, Span, Step, Verified
from expurgate.verify.candidate import KINDS, NAMED, USERS, Candidate, candidate, user
from expurgate.verify.placeholders import WORDED, placeholder
from expurgate.verify.validators import VALIDATORS, Validator
from expurgate.verify.values import entropy

PROVEN = 0.99  # confidence when a validator proves the structure
# Validators whose True says no more than that a value looks random; it raises the confidence to SUPPORTED at most.
PLAUSIBLE = frozenset(("bearer-token", "generic-secret", "url-password"))
SUPPORTED = 0.8
DISPROVEN = 0.5  # factor on the confidence when one disproves it and the rule does not drop it
FLOOR = 0.25  # a lower score is not worth a candidate
_KNOWN = 200_000  # confidences kept; dropped all at once when there are more

Note = Callable[[str, float], None]  # told what a stage says, and the confidence after it


def _quiet(_text: str, _confidence: float) -> None:
    """Nobody asked why."""


class Judge:
    """Judges the matches of one rule in a text; see ``model.Judge``."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self.rules = rules
        self._validators = [_validators(rule) for rule in rules]
        self._known: dict[tuple[int, bytes], float] = {}  # most values stand in many lines

    def __call__(self, number: int, text: bytes, spans: Sequence[Span]) -> list[Verified]:
        """The spans that hold, with the range of their value in ``text``."""
        kind = self.rules[number].score
        verdicts = []
        for span in spans:
            value = text[span.value_start : span.value_end]
            confidence = self.scored(number, candidate(kind, text, span)) if kind else self._remembered(number, value)
            if confidence > 0:
                verdicts.append(Verified(number, span.value_start, span.value_end, confidence, value))
        return verdicts

    def _remembered(self, number: int, value: bytes) -> float:
        confidence = self._known.get((number, value))
        if confidence is None:
            confidence = self.confidence(number, value)
            if len(self._known) >= _KNOWN:
                self._known.clear()
            self._known[number, value] = confidence
        return confidence

    def steps(self, number: int, text: bytes, span: Span) -> list[Step]:
        """What each stage says of a span, in order; the last one has the confidence that results."""
        steps: list[Step] = []

        def note(said: str, confidence: float) -> None:
            steps.append(Step(said, confidence))

        kind = self.rules[number].score
        if kind:
            self.scored(number, candidate(kind, text, span), note)
        else:
            self.confidence(number, text[span.value_start : span.value_end], note)
        return steps

    def confidence(self, number: int, value: bytes, note: Note = _quiet) -> float:
        """How sure we are that a value of a rule is real; 0 if it is not."""
        rule = self.rules[number]
        note(f"the rule's own confidence is {rule.confidence:.2f}", rule.confidence)
        if not value or (rule.min_entropy and (bits := entropy(value)) < rule.min_entropy):
            note(f"entropy {bits:.2f} is less than {rule.min_entropy} bits a character" if value else "the value is empty", 0.0)
            return 0.0
        # A notice is made of the words that stand-ins are made of.
        if rule.category != "proprietary" and (reason := placeholder(value)):
            note(f"a stand-in: {reason}", 0.0)
            return 0.0
        return self._validated(number, value, rule.confidence, note)

    def scored(self, number: int, found: Candidate, note: Note = _quiet, floor: float = FLOOR) -> float:
        """How sure we are of a candidate whose rule is judged by the learned score."""
        from expurgate.verify import score  # the hook needs it only where there is such a candidate

        reason = placeholder(found.value)
        if found.kind == "url" and reason and user(found).lower() in USERS:
            note(f"a stand-in: {reason}, behind a user called so", 0.0)
            return 0.0
        if reason in {None, WORDED}:
            reason = _says_itself(found) or reason
        if reason and reason != WORDED:
            note(f"a stand-in: {reason}", 0.0)
            return 0.0
        confidence = score.probability(found)
        if note is not _quiet:
            for said in score.reasons(found):
                note(said, confidence)
        if confidence < floor:
            note(f"a score below {floor} is dropped", 0.0)
            return 0.0
        return self._validated(number, found.value, confidence, note)

    def _validated(self, number: int, value: bytes, confidence: float, note: Note) -> float:
        for name, validator in self._validators[number]:
            answer = validator(value)
            if answer and not (name in PLAUSIBLE and self.rules[number].score):  # the learned score knows that already
                confidence = max(confidence, SUPPORTED if name in PLAUSIBLE else PROVEN)
                note(f"validator {name!r}: {'looks right' if name in PLAUSIBLE else 'proven'}", confidence)
            elif answer is False:
                drop = self.rules[number].invalid == "drop"
                confidence = 0.0 if drop else confidence * DISPROVEN
                note(f"validator {name!r}: disproven" + (", and the rule drops such values" if drop else ""), confidence)
                if drop:
                    return 0.0
            else:
                note(f"validator {name!r}: {'looks right' if answer else 'no opinion'}", confidence)
        return confidence


def _says_itself(found: Candidate) -> str:  # noqa: PLR0911 - a list of reasons
    """Why a candidate is none whatever its score: its name names no secret, or its value is the name once more, or no text."""
    from expurgate.verify.features import NAMING, groups_of

    if found.kind in NAMED and not groups_of(found.name) & NAMING:
        return "its name names no secret"
    if re.fullmatch(rb"[+\-]?[0-9]{0,9}\.[0-9]+(?:[eE][+\-]?[0-9]+)?", found.value):
        return "the value is a number"
    if found.kind == "bare" and re.match(rb"[{<]|\$[{(]", found.after):
        return "the value goes on in a template"
    if found.kind == "statement" and found.value.lower() in {b"password", b"passwd", b"pass", b"pwd"}:
        return "the value says what it is"
    if found.kind == "url" and user(found).lower() == found.value.lower():
        return "the password is the user's name"
    name, value = (re.sub(rb"[^a-z0-9]", b"", text.lower()) for text in (found.name, found.value))
    if len(value) >= 9 and name.endswith(value):
        return "the value repeats its name"
    try:
        found.value.decode()
    except UnicodeDecodeError:
        return "the value is no text"
    return ""


def _validators(rule: Rule) -> tuple[tuple[str, Validator], ...]:
    for name in rule.validate:
        if name not in VALIDATORS:
            raise ConfigError(f"{rule.origin}: rule {rule.id!r} names the unknown validator {name!r}")
    if rule.score and rule.score not in KINDS:
        raise ConfigError(f"{rule.origin}: rule {rule.id!r} has the unknown score {rule.score!r}; one of {', '.join(KINDS)}")
    return tuple((name, VALIDATORS[name]) for name in rule.validate)
