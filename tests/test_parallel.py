"""However many processes read a store, the findings are the same."""

import threading
from dataclasses import replace
from pathlib import Path

import pytest

import expurgate
from expurgate import parallel
from expurgate.config import Config
from tests.support.repository import Repository
from tests.support.tokens import email, token

COMMITS = 1200


def stream() -> bytes:
    """A fast-import stream: each commit changes one file; every hundredth brings a secret, the next one takes it out."""
    parts = []
    for number in range(COMMITS):
        secret = token(number) if number % 100 == 50 else "none"
        data = f"line one\nkey = {secret}\nnumber {number}\n".encode()
        message = f"commit {number}\n".encode()
        person = f"Dev <{email(number % 7)}> {1700000000 + number} +0100"
        parts.append(f"commit refs/heads/main\nauthor {person}\ncommitter {person}\ndata {len(message)}\n".encode() + message)
        parts.append(b"M 100644 inline src/file%d.txt\ndata %d\n%b\n" % (number % 5, len(data), data))
    return b"".join(parts)


@pytest.fixture(scope="module")
def repo(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    repo = Repository.create(tmp_path_factory.mktemp("many") / "repo")
    repo.git("fast-import", "--quiet", input=stream())
    return repo


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Config:
    monkeypatch.setenv("EXPURGATE_KEY", "a key for tests only, of no worth")
    return Config(cache=tmp_path, only=("history",))


def told(result: expurgate.ScanResult) -> list[object]:
    return [(f.rule.id, f.fingerprint, f.confidence, f.occurrences) for f in result.findings]


def test_one_and_many_find_the_same(repo: Repository, config: Config) -> None:
    alone = expurgate.scan(repo.path, config)
    for jobs in (2, 3):
        result = expurgate.scan(repo.path, replace(config, jobs=jobs))
        assert told(result) == told(alone)
        assert (result.coverage.kinds, result.coverage.bytes) == (alone.coverage.kinds, alone.coverage.bytes)
    secrets = [finding for finding in alone.findings if finding.category == "secret"]
    assert {finding.value.decode() for finding in secrets} == {token(number) for number in range(50, COMMITS, 100)}
    assert alone.complete


def test_processes_that_are_not_forked(repo: Repository, config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on systems without fork, and in programs with threads."""
    monkeypatch.setattr(threading, "active_count", lambda: 2)
    assert told(expurgate.scan(repo.path, replace(config, jobs=2))) == told(expurgate.scan(repo.path, config))


def test_a_process_that_dies_is_no_clean_scan(repo: Repository, config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "_work", lambda *_: None)
    result = expurgate.scan(repo.path, replace(config, jobs=2))
    assert not result.complete
    assert any("process" in skip.reason for skip in result.coverage.skipped)


def test_one_value_in_many_versions_is_one_finding(repo: Repository, config: Config) -> None:
    result = expurgate.scan(repo.path, replace(config, jobs=2))
    (person,) = [finding for finding in result.findings if finding.value.decode() == email(3)]
    commits = {place.commit for place in person.occurrences}
    assert len(commits) == len(range(3, COMMITS, 7))
    assert {place.field for place in person.occurrences} == {"author", "committer"}
