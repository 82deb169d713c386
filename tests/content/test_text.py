"""Text in wide encodings is found, and every place leads back to its bytes."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

import expurgate
from expurgate.config import GROUPS, Config
from expurgate.content import formats, gitobject, text
from tests.support.tokens import token

LINES = "first line\nзвонок 漢字 key = {}\nlast line\n"
ENCODINGS = {
    "utf-16-le with mark": lambda t: codecs.BOM_UTF16_LE + t.encode("utf-16-le"),
    "utf-16-be with mark": lambda t: codecs.BOM_UTF16_BE + t.encode("utf-16-be"),
    "utf-32-le with mark": lambda t: codecs.BOM_UTF32_LE + t.encode("utf-32-le"),
    "utf-32-be with mark": lambda t: codecs.BOM_UTF32_BE + t.encode("utf-32-be"),
    "utf-16-le": lambda t: t.encode("utf-16-le"),
    "utf-16-be": lambda t: t.encode("utf-16-be"),
    "in a binary file": lambda t: b"\x7fELF\x01\x02\xff" * 50 + t.encode("utf-16-le") + b"\xff\xfe\x00\x01" * 50,
    "at an odd offset": lambda t: b"\x7fELF\x01\x02\xff\xee" * 51 + b"x" + t.encode("utf-16-be") + b"\xff\x00" * 50,
}


@pytest.mark.parametrize("name", ENCODINGS)
def test_secrets_in_wide_text(name: str) -> None:
    value = token(3)
    plain = LINES.format(value)
    data = ENCODINGS[name](plain)
    result = expurgate.scan_bytes(data, Config(select=("secret",)), "f")
    (finding,) = result.findings
    (place,) = finding.occurrences
    encoding = "utf-32" if "32" in name else "utf-16"
    order = "le" if "le" in name or "binary" in name else "be"
    assert finding.value.decode() == value
    if encoding == "utf-16" and not name.startswith(("in", "at")):
        assert data[place.position.byte_start : place.position.byte_end].decode(f"{encoding}-{order}") == value
        assert (place.position.line, place.position.column) == (2, plain.splitlines()[1].index(value))
    found = data[place.position.byte_start : place.position.byte_end].replace(b"\0", b"")
    assert found.decode() == value


def test_text_that_starts_with_nul() -> None:
    result = expurgate.scan_bytes(b"\0\0\0" + f"key = {token(4)}".encode(), Config(select=("secret",)))
    assert [finding.value.decode() for finding in result.findings] == [token(4)]
    assert len(result.findings[0].occurrences) == 1


@given(st.binary(max_size=300))
def test_units_never_fail(raw: bytes) -> None:
    for unit in text.units(raw):
        if unit.text:
            start, end = unit.place(0, len(unit.text))
            assert 0 <= start <= end <= len(raw) + 4


@pytest.mark.parametrize(
    ("head", "group"),
    [
        (b"PK\x03\x04rest", "archive"),
        (b"%PDF-1.7\n", "document"),
        (b"\x89PNG\r\n\x1a\n...", "image"),
        (b"plain text", None),
        (b"PK", None),
    ],
)
def test_formats(head: bytes, group: str | None) -> None:
    found = formats.opaque(b"xx" + head, 2, 2 + len(head))
    assert (found.group if found else None) == group


def test_every_group_can_be_accepted() -> None:
    assert {kind.group for _, kind in formats._TABLE} == set(GROUPS)


def test_what_cannot_be_read_makes_a_scan_incomplete() -> None:
    data = b"PK\x03\x04" + bytes(100)
    assert not expurgate.scan_bytes(data, Config()).complete
    accepted = expurgate.scan_bytes(data, Config(accept_unread=("archive",)))
    assert accepted.complete
    assert len(accepted.coverage.accepted) == 1


COMMIT = (
    b"tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904\nauthor A <a@b.c> 0 +0000\ncommitter C <c@d.e> 0 +0000\n"
    b"gpgsig -----BEGIN\n x\n -----END\nextra value\n\nsubject\n\nbody\n"
)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        (b"4b82", None),
        (b"a@b.c", "author"),
        (b"c@d.e", "committer"),
        (b"-----END", "gpgsig"),
        (b"value", "extra"),
        (b"body", "message"),
    ],
)
def test_parts_of_a_commit(text: bytes, part: str | None) -> None:
    start = COMMIT.index(text)
    assert gitobject.part("commit", COMMIT, start, start + len(text), 20) == part


def test_parts_of_a_tree() -> None:
    tree = b"100644 first name\0" + b"name" * 5 + b"40000 folder\0" + bytes(20)
    assert gitobject.part("tree", tree, 8, 12, 20) == "first name"
    assert gitobject.part("tree", tree, 20, 24, 20) is None
    assert gitobject.part("tree", tree, tree.index(b"folder"), tree.index(b"folder") + 6, 20) == "folder"


def test_dates() -> None:
    assert gitobject.author_date(b"author A <a@b.c> 1700000000 -0330\n") == "2023-11-14T18:43:20-03:30"
    assert gitobject.author_date(b"author A <a@b.c> 99999999999999 +0000\n") == ""
    assert gitobject.author_date(b"no author") == ""
