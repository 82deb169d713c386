"""The public names: that they are there, what they take and answer, and that they are typed."""

import dataclasses
import inspect
import io
import subprocess
import sys
from importlib import resources
from pathlib import Path

import pytest

import expurgate
from expurgate import Config, Coverage, ExpurgateError, Finding, Occurrence, Position, Rule, ScanResult, Severity, Skipped
from tests.support.repository import Repository
from tests.support.tokens import email, token


@pytest.fixture(autouse=True)
def _key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXPURGATE_KEY", "the key of all who work on it")


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> Config:
    return Config(cache=tmp_path_factory.mktemp("cache"))


@pytest.fixture
def repo(tmp_path: Path) -> Repository:
    repo = Repository.create(tmp_path / "repo")
    repo.write("file.txt", f"key = {token(1)}\n")
    repo.commit(f"change\n\nmail = {email(1)}\n")
    return repo


def test_the_public_names() -> None:
    assert expurgate.__all__ == sorted(expurgate.__all__)
    named = (Config, Coverage, ExpurgateError, Finding, Occurrence, Position, Rule, ScanResult, Severity, Skipped)
    assert {*(each.__name__ for each in named), "scan", "scan_bytes"} == set(expurgate.__all__)
    assert all(getattr(expurgate, name).__doc__ for name in expurgate.__all__)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        expurgate.nothing  # noqa: B018 - the access is what is tested


@pytest.mark.parametrize("name", ["scan", "scan_bytes"])
def test_functions_are_typed_and_documented(name: str) -> None:
    signature = inspect.signature(getattr(expurgate, name), eval_str=True)
    assert signature.return_annotation is ScanResult
    assert all(parameter.annotation is not parameter.empty for parameter in signature.parameters.values())
    first, second, *others = signature.parameters.values()
    assert first.default is first.empty
    assert (second.name, second.default) == ("config", None)
    assert all(other.default is not other.empty for other in others)


def test_the_package_says_that_it_is_typed() -> None:
    assert resources.files("expurgate").joinpath("py.typed").is_file()


def test_importing_it_is_cheap() -> None:
    """A hook must start quickly: nothing is loaded before it is used."""
    code = "import expurgate, sys; print(sorted(name for name in sys.modules if name.startswith(('expurgate.', 'hyperscan'))))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout == b"[]\n"


def test_scan(repo: Repository, config: Config) -> None:
    result = expurgate.scan(repo.path, config)
    assert isinstance(result, ScanResult)
    assert (result.target, result.complete, result.config_source) == (str(repo.path), True, "defaults")
    assert [finding.rule.id for finding in result.findings] == ["github-token", "email-address"]
    assert [finding.rule.id for finding in result.blocking] == ["github-token"]
    (first, second) = result.findings
    assert (first.value, first.category, first.severity) == (token(1).encode(), "secret", Severity.CRITICAL)
    assert {place.kind for place in first.occurrences} == {"blob", "index", "worktree"}
    assert all(isinstance(place, Occurrence) and isinstance(place.position, Position) for place in first.occurrences)
    assert any(place.commit == repo.oid("HEAD") for place in second.occurrences)
    assert result.coverage.kinds["commit"] == 1
    assert result.coverage.bytes > 0


def test_scan_takes_a_text_too_and_finds_the_configuration(
    repo: Repository, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    repo.write(".expurgate.toml", 'select = ["pii"]\n')
    result = expurgate.scan(str(repo.path))
    assert [finding.rule.id for finding in result.findings] == ["email-address"]
    assert result.config_source == str(repo.path / ".expurgate.toml")


def test_scan_of_standard_input(config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(token(1).encode())))
    (finding,) = expurgate.scan("-", config).findings
    assert finding.occurrences[0].kind == "stream"


def test_progress(repo: Repository, config: Config) -> None:
    seen: list[tuple[int, int, int]] = []
    expurgate.scan(repo.path, config, lambda *numbers: seen.append(numbers))
    done, total, size = seen[-1]
    assert done == total == 3  # commit, tree, blob
    assert size > 0


def test_errors_have_one_root(tmp_path: Path, config: Config) -> None:
    with pytest.raises(ExpurgateError, match="no such file or folder"):
        expurgate.scan(tmp_path / "nothing", config)
    with pytest.raises(ExpurgateError, match="means no rule"):
        expurgate.scan_bytes(b"", dataclasses.replace(config, select=("nothing",)))


def test_scan_bytes(config: Config) -> None:
    result = expurgate.scan_bytes(f"first\nkey = {token(1)}".encode(), config, "notes.txt", "attachment")
    (finding,) = result.findings
    (place,) = finding.occurrences
    assert (result.target, place.kind, place.path) == ("notes.txt", "attachment", "notes.txt")
    assert place.position == Position(12, 52, 2, 6, 2, 46)
    assert result.coverage.kinds == {"attachment": 1}
    assert expurgate.scan_bytes(b"nothing", config).findings == ()


def test_what_cannot_be_read_is_a_value(config: Config) -> None:
    result = expurgate.scan_bytes(b"PK\x03\x04" + bytes(100), config, "bundle.zip")
    assert not result.complete
    (skipped,) = result.coverage.skipped
    assert isinstance(skipped, Skipped)
    assert "bundle.zip" in skipped.where
    assert skipped.reason


def test_values_are_frozen(config: Config) -> None:
    (finding,) = expurgate.scan_bytes(token(1).encode(), config).findings
    for value in (config, finding, finding.rule):
        with pytest.raises(dataclasses.FrozenInstanceError):
            value.rule = None  # type: ignore[union-attr, misc]
