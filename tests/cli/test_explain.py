"""`expurgate rules explain`: why something is reported or not, stage by stage, without its value."""

import json
import re
from pathlib import Path

from tests.support import tokens
from tests.support.cli import Cli
from tests.support.repository import Repository


def explained(cli: Cli, place: object, *more: str | Path) -> str:
    result = cli.run("rules", "explain", str(place), *more)
    assert (result.code, result.err) == (0, b""), result.messages
    return result.out.decode()


def test_what_is_found_and_what_is_dropped(cli: Cli, tmp_path: Path) -> None:
    value = tokens.password()
    file = tmp_path / "settings.py"
    file.write_text(f'import os\npassword = "{value}"\npassword = "changeme"\n# nothing\n')
    told = explained(cli, f"{file}:2", "--target", tmp_path)
    assert "generic-secret: Secret in an assignment" in told
    assert re.search(r"^    0\.\d\d  score: \S+ = \S+ adds [+-]\d", told, re.MULTILINE)
    assert "-> reported, blocks" in told
    assert value not in told
    told = explained(cli, f"{file}:3", "--target", tmp_path)
    assert "a stand-in: says that it is a stand-in" in told
    assert "-> dropped" in told
    assert "no rule matches anything here" in explained(cli, f"{file}:4", "--target", tmp_path)


def test_a_decision_of_the_owner(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "a.py"
    file.write_text(f'password = "{tokens.password()}"  # expurgate: allow generic-secret -- of a test server\n')
    assert "-> reported, does not count: inline: of a test server" in explained(cli, f"{file}:1", "--target", tmp_path)


def test_an_object_and_a_fingerprint(cli: Cli, tmp_path: Path) -> None:
    value = tokens.password()
    repository = Repository.create(tmp_path / "work")
    repository.write("conf/app.ini", f"[db]\npassword = {value}\n")
    repository.stage()
    repository.commit("one")
    repository.remove("conf/app.ini")
    oid = repository.oid("HEAD:conf/app.ini")
    told = explained(cli, f"{oid}:2", "--target", repository.path)
    assert "generic-secret-unquoted" in told
    result = cli.run("scan", repository.path, "--format", "json", "--select", "generic-secret*")
    fingerprint = json.loads(result.out)["findings"][0]["fingerprint"]
    assert explained(cli, fingerprint, "--target", repository.path) == told


def test_wrong_places(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("one\n")
    for place, said in (
        (f"{file}:99", "has 2 lines"),
        (f"{tmp_path / 'none.txt'}:1", "no file and no object"),
        (f"{file}:x", "is not FILE:LINE"),
        (str(file), "is not FILE:LINE"),
        ("0" * 32, "no finding has the fingerprint"),
    ):
        result = cli.run("rules", "explain", place, "--target", tmp_path)
        assert result.code == 2, place
        assert said in result.messages
        assert result.messages.count("\n") == 1


def test_the_page_of_rules_is_current(cli: Cli) -> None:
    page = Path(__file__).parents[2] / "docs/builtin-rules.md"
    assert cli.run("rules", "docs").out.decode() == page.read_text()
    told = re.search(r"## Secrets: (\d+) rules, (\d+) providers and formats", page.read_text())
    assert told
    assert int(told[1]) >= 450
    assert int(told[2]) >= 300
