"""The page of all rules, in Markdown: what docs/builtin-rules.md is made by."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from expurgate.model import Rule

_CATEGORIES = (("secret", "Secrets"), ("pii", "Personal data"), ("proprietary", "Proprietary markers"))
_HEAD = """# Built-in rules

Made from the rules by `expurgate rules docs`. How a rule is written is in [rules.md](rules.md); `expurgate rules show ID` prints
one whole, `expurgate rules explain FILE:LINE` says what the rules make of a line. *Proof* names what decides besides the pattern:
validators, the least entropy in bits a character, or the learned score.
"""


def render(rules: Sequence[Rule]) -> Iterator[str]:
    """The lines of the page: a table for each category, by provider."""
    yield from _HEAD.splitlines()
    for category, title in _CATEGORIES:
        own = [rule for rule in rules if rule.category == category]
        providers = {rule.provider for rule in own if rule.provider}
        yield ""
        yield f"## {title}: {len(own)} rules" + (f", {len(providers)} providers and formats" if providers else "")
        yield ""
        yield "| provider or format | rule | finds | severity | proof |"
        yield "|---|---|---|---|---|"
        for rule in sorted(own, key=lambda rule: (rule.provider.lower() or "~", rule.id)):
            cells = (rule.provider or "any", f"[{rule.id}]({rule.references[0]})" if rule.references else rule.id, rule.title)
            yield "| " + " | ".join((*map(_cell, cells), rule.severity.name.lower(), _proof(rule))) + " |"


def _proof(rule: Rule) -> str:
    parts = [*rule.validate]
    if rule.min_entropy:
        parts.append(f"entropy {rule.min_entropy:g}")
    if rule.score:
        parts.append("learned score")
    return ", ".join(parts)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
