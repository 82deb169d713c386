"""Values made as the examples of rules are."""

from expurgate.detect.examples import expand


def made(template: str, seed: str = "s") -> bytes:
    """What a template of docs/rules.md gives; another seed gives other characters."""
    return expand(template, seed).text
