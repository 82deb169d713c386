"""The JSON report keeps its published contract."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.conftest import Planted
from tests.support.cli import Cli
from tests.support.repository import Repository

SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "report.schema.json").read_text("utf-8"))


def validate(document: dict[str, Any]) -> None:
    jsonschema.Draft202012Validator(SCHEMA).validate(document)


@pytest.mark.parametrize("options", [(), ("--show",), ("--staged",), ("--only", "index"), ("--only", "worktree", "--ignored")])
def test_reports_are_valid(options: tuple[str, ...], planted: Planted, cli: Cli) -> None:
    document = cli.run("scan", "--format", "json", *options, planted.repo.path).document
    validate(document)
    assert document["findings"]
    assert all(("value" in finding) == ("--show" in options) for finding in document["findings"])


def test_an_empty_report_is_valid(clean: Repository, cli: Cli) -> None:
    document = cli.run("scan", "--format", "json", clean.path).document
    validate(document)
    assert document["findings"] == []


def test_lines_say_the_same(planted: Planted, cli: Cli) -> None:
    whole = cli.run("scan", "--format", "json", planted.repo.path).document
    lines = [json.loads(line) for line in cli.run("scan", "--format", "jsonl", planted.repo.path).out.splitlines()]
    assert [line["finding"]["fingerprint"] for line in lines[:-1]] == [finding["fingerprint"] for finding in whole["findings"]]
    assert lines[-1]["summary"].keys() == whole.keys() - {"version", "findings"}


def test_what_is_unknown_is_refused(clean: Repository, cli: Cli) -> None:
    document = cli.run("scan", "--format", "json", clean.path).document
    with pytest.raises(jsonschema.ValidationError):
        validate(document | {"surprise": 1})
