"""Nothing that a target is called can act on a terminal or a CI log."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expurgate.report.escape import escape
from tests.support.cli import Cli
from tests.support.tokens import token

HOSTILE = {
    "escape sequence": b"a\x1b[31mred",
    "title": b"a\x1b]0;owned\x07",
    "right to left": "a\u202etxt.exe".encode(),
    "new line and command": b"a\n::error::owned",
    "command": b"::error file=x::owned",
    "azure": b"##vso[task.setvariable variable=x]y",
    "group": b"a ##[group]x",
    "not utf-8": b"a\xff\xfe",
    "line separator": "a\u2028::warning::x".encode(),
    "carriage return": b"safe\rhidden",
}


@pytest.mark.parametrize("name", HOSTILE.values(), ids=HOSTILE)
def test_reports_and_hooks_escape_names(name: bytes, tmp_path: Path, cli: Cli) -> None:
    folder = tmp_path / "target"
    folder.mkdir()
    with open(bytes(folder) + b"/" + name, "wb") as file:
        file.write(f"key = {token(1)}\n".encode())
    for options in ((), ("-vvv",), ("--show",), ("--format", "json"), ("--format", "sarif")):
        result = cli.run("scan", *options, folder)
        assert result.code == 1
        for line in (result.out + result.err).splitlines():
            assert line.isascii(), options
            assert all(byte >= 0x20 for byte in line)
            assert not line.strip().startswith(b"::")
            assert options[:1] == ("--format",) or b"##" not in line


@given(st.text())
def test_no_harmful_character_is_left(text: str) -> None:
    told = escape(text)
    assert not {unicodedata.category(char) for char in told} & {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
    assert "##" not in told
    assert not told.lstrip().startswith("::")


@given(st.text(alphabet=st.characters(categories=("L", "N", "P", "S", "Zs"), exclude_characters="#:")))
def test_other_text_stays(text: str) -> None:
    assert escape(text) == text
