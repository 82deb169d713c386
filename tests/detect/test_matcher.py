"""What is inherited from an earlier version is exactly what a search of the whole new version finds."""

from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expurgate.detect.engine import Engine, build
from expurgate.detect.matcher import Matcher
from expurgate.detect.windows import LINE
from expurgate.model import Batch, Copy, Item, Matches, Rule, Severity
from expurgate.sources import fresh
from expurgate.verify.judge import Judge


def rule(name: str, pattern: str, **more: object) -> Rule:
    return Rule(name, name, "secret", Severity.HIGH, pattern, family=name, **more)  # type: ignore[arg-type]


RULES = (
    rule("token", r"\btok_[a-z]{8}\b"),
    rule("assigned", r"(?i)key ?= ?(?P<value>[a-z0-9]{6,40})(?:$|[^a-z0-9])"),
    rule("block", r"(?s)BEGIN\n(?P<value>[^-]{0,3000}?)\nEND", anchor=r"BEGIN\n", multiline=True),
    rule("long", r"long:[a-z]{10,}\.[a-z]{5,}", anchor=r"\blong:[a-z]{10}"),
    rule("start", r"^first [a-z]{4}$"),
    rule("numbered", r"(?i)key ?= ?(?P<value>[0-9]{6,12})\b", follows="assigned"),
    rule("endless", r"(?i)key ?= ?(?P<value>[a-z0-9]{41,2000})(?:$|[^a-z0-9])", follows="led", anchor=r"[a-z0-9]{30}"),
    rule("led", r"(?i)key ?= ?[a-z0-9]{10}"),
)


@pytest.fixture(scope="module")
def engine() -> Engine:
    return build(RULES)


def found(matches: list[Matches]) -> list[tuple[object, ...]]:
    return sorted(
        (group.name, match.rule, match.value, match.position, match.suppressed) for group in matches for match in group.found
    )


PIECES = st.sampled_from(
    [
        b"tok_qwjzkvbx",
        b"tok_qwjzkvbxx ",
        b"key = q8w7e6r5t4\n",
        b"KEY=zz99yy88",
        b"key = 4857392\n",
        b"key = " + b"q8w7e6r5" * 40 + b"\n",
        b"key=" + b"z9" * 21,
        b"BEGIN\nq1w2e3\nr4t5\nEND\n",
        b"BEGIN\n",
        b"\nEND",
        b"long:qwjzkvbxpl.mnbvcx ",
        b"long:qwjzkvbxpl",
        b"first qxzv\n",
        b"\nfirst qxzv",
        b"\n",
        b" ",
        b"x" * (LINE + 40),
        b"word other thing; " * 20,
        b"# expurgate: allow token -- known\n",
        b"# expurgate: allow * \n",
        b"# expurgate: \n",
        b"caf\xc3\xa9 ",
        b"\xff\x00",
    ]
)
TEXTS = st.lists(PIECES, max_size=14).map(b"".join)


@st.composite
def versions(draw: st.DrawFn) -> tuple[bytes, bytes, tuple[Copy, ...]]:
    """Two texts, and true copies between them: the new one is put together of pieces of the old one and of new text."""
    old = draw(TEXTS)
    new, copies = b"", list[Copy]()
    for _ in range(draw(st.integers(0, 4))):
        new += draw(TEXTS)
        start = draw(st.integers(0, len(old)))
        end = draw(st.integers(start, len(old)))
        if end > start:
            if copies and copies[-1].end == len(new) and copies[-1].source + copies[-1].end - copies[-1].start == start:
                before = copies.pop()
                copies.append(Copy(before.start, len(new) + end - start, before.source))
            else:
                copies.append(Copy(len(new), len(new) + end - start, start))
            new += old[start:end]
    new += draw(TEXTS)
    return old, new, (*copies, Copy(len(new), len(new), len(old))) if copies else ()


def examine(engine: Engine, texts: list[bytes], copies: list[tuple[Copy, ...]], together: bool) -> list[tuple[object, ...]]:
    """All matches of versions read one after the other, in one batch or in one for each."""
    matcher = Matcher(engine, Judge(engine.rules))
    data, items = b"", []
    for number, (text, own) in enumerate(zip(texts, copies, strict=True)):
        items.append(Item("blob", str(number), len(data), len(data) + len(text), own))
        data += text + b"\nheader " + str(number).encode() + b"\n"
    if together:
        return found(matcher.feed(Batch(data, items)))
    return found([match for item in items for match in matcher.feed(Batch(data, [item]))])


@settings(max_examples=400, deadline=None)
@given(versions(), st.booleans())
def test_inheriting_is_exact(engine: Engine, version: tuple[bytes, bytes, tuple[Copy, ...]], together: bool) -> None:
    old, new, copies = version
    assert examine(engine, [old, new], [(), copies], together) == examine(engine, [old, new], [(), ()], together)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 4000), st.integers(0, 300), TEXTS), min_size=1, max_size=5), TEXTS)
def test_compared_versions_give_the_same(engine: Engine, edits: list[tuple[int, int, bytes]], tail: bytes) -> None:
    """The real comparison, with its thresholds lowered, over a chain of edits."""
    text = (b"some line of code that nobody cares for\n" * 40 + tail) * 2
    texts = [text]
    for at, cut, new in edits:
        text = text[:at] + new + text[at + cut :]
        texts.append(text)
    small, fresh._SMALL = fresh._SMALL, 64
    try:
        copies = [(), *(fresh.copies(b, 0, len(b), a, 0, len(a)) for a, b in pairwise(texts))]
    finally:
        fresh._SMALL = small
    assert examine(engine, texts, copies, True) == examine(engine, texts, [()] * len(texts), True)


@settings(max_examples=300, deadline=None)
@given(TEXTS, TEXTS, TEXTS)
def test_copies_are_true(head: bytes, middle: bytes, tail: bytes) -> None:
    old, new = head + middle + tail, head + tail + middle[::-1] + tail
    shared = fresh.copies(new, 0, len(new), old, 0, len(old))
    for copy in shared:
        assert new[copy.start : copy.end] == old[copy.source : copy.source + copy.end - copy.start]
    for before, after in pairwise(shared):
        assert before.end <= after.start
        assert after.start != before.end or after.source != before.source + before.end - before.start or after.start == after.end
    assert not shared or shared[-1] == Copy(len(new), len(new), len(old))


def lone(engine: Engine, text: bytes) -> Iterator[tuple[str, bytes, int, int, str]]:
    for group in Matcher(engine, Judge(engine.rules)).feed(Batch(text, [Item("file", "f", 0, len(text))])):
        for match in group.found:
            yield engine.rules[match.rule].id, match.value, match.position.line, match.position.column, match.suppressed


def test_columns_are_characters(engine: Engine) -> None:
    text = "ä tok_qwjzkvbx\nüü€ tok_zqwjkvbx".encode()
    assert list(lone(engine, text)) == [("token", b"tok_qwjzkvbx", 1, 2, ""), ("token", b"tok_zqwjkvbx", 2, 4, "")]


def test_in_a_very_long_line_every_match_is_whole(engine: Engine) -> None:
    text = b" ".join([b"tok_qwjzkvbx", b"y" * 700, b"tok_zqwjkvbx" * 1, b"z" * 130, b"tok_abqwjkvx"] * 3)
    assert [value for _, value, *_ in lone(engine, text)] == [b"tok_qwjzkvbx", b"tok_zqwjkvbx", b"tok_abqwjkvx"] * 3


def test_no_match_over_the_border_of_items(engine: Engine) -> None:
    data = b"tok_qwjz" + b"kvbx tok_zqwjkvbx"
    items = [Item("file", "a", 0, 8), Item("file", "b", 8, len(data))]
    groups = Matcher(engine, Judge(engine.rules)).feed(Batch(data, items))
    assert [(group.name, [match.value for match in group.found]) for group in groups] == [("b", [b"tok_zqwjkvbx"])]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("tok_qwjzkvbx  # expurgate: allow token -- a sample", "a sample"),
        ("# expurgate: allow token\ntok_qwjzkvbx", "no reason given"),
        ("# expurgate: allow to* -- stars\ntok_qwjzkvbx", "stars"),
        ("/* expurgate: allow assigned,token -- two */\ntok_qwjzkvbx", "two"),
        ("# expurgate: allow token\n\ntok_qwjzkvbx", ""),
        ("tok_qwjzkvbx\n# expurgate: allow token", ""),
        ("# expurgate: allow assigned\ntok_qwjzkvbx", ""),
        ("# expurgate: allowed token\ntok_qwjzkvbx", ""),
    ],
)
def test_directives(engine: Engine, text: str, reason: str) -> None:
    assert [suppressed for *_, suppressed in lone(engine, text.encode())] == [reason]


def test_many_hits_of_a_wide_rule_stay_cheap(engine: Engine) -> None:
    """84 kB of block headers once cost a window of 64 kB each; now a window is judged where the hit is."""
    text = b"BEGIN\n" * 14000
    assert list(lone(engine, text)) == []
