"""Every canary can fire: for each vector a command that makes it, and none before."""

import os
import pty
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.canaries import HOOKS, MODULES, arm, fired
from tests.support.repository import Repository, environment

Act = Callable[[Repository], object]


def git(*args: str) -> Act:
    return lambda repo: repo.attempt(*args)


def paged(repo: Repository) -> None:
    """`git log` whose output is a terminal."""
    leader, follower = pty.openpty()
    env = {**environment(repo.path.parent / "home"), "TERM": "xterm"}
    subprocess.run(["git", "log", "-1"], cwd=repo.path, env=env, stdout=follower, stderr=follower, check=False)
    os.close(follower)
    os.close(leader)


def status_inside(folder: str) -> Act:
    return lambda repo: Repository(repo.path / folder).attempt("status")


def python(name: str) -> Act:
    """Import a module with the repository on Python's path, as `python -m` has it."""
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": "."}
    command = [sys.executable, "-c", f"import {name}"]
    return lambda repo: subprocess.run(command, cwd=repo.path, env=env, capture_output=True, check=False)


def detect_secrets(repo: Repository) -> None:
    command = [sys.executable, "-m", "detect_secrets", "scan", "--baseline", ".secrets.baseline"]
    subprocess.run(command, cwd=repo.path, capture_output=True, check=False)


FIRES: dict[str, Act] = {
    "core.fsmonitor": git("status"),
    "core.pager": paged,
    "core.sshCommand": git("log", "-p", "-1", "promised"),
    "diff.external": git("diff"),
    "diff.command": git("diff"),
    "diff.textconv": git("log", "-p"),
    "filter.clean": git("diff"),
    "filter.smudge": git("checkout", "--force", "--", "trap/clean.txt"),
    "filter.process": git("diff"),
    "gpg.program": git("log", "-p"),
    "remote ext": git("fetch", "ext"),
    "remote uploadpack": git("fetch", "upload"),
    "include.path": git("diff"),
    "submodule config": git("status"),
    "submodule update": git("submodule", "update", "--init", "--force", "trap/module"),
    "embedded bare repository": status_inside("trap/bare"),
    "hook post-index-change": git("update-index", "--force-write-index"),
    "hook pre-commit": git("commit", "-m", "x"),
    "hook post-checkout": git("checkout", "-q", "-b", "another"),
    "hook reference-transaction": git("update-ref", "refs/heads/new", "HEAD"),
    "hook pre-push": git("push", "elsewhere", "main"),
    "hook sendemail-validate": git("hook", "run", "sendemail-validate"),
    "baseline plug-in": detect_secrets,
    "baseline filter": detect_secrets,
    **{f"module {name}": python(name) for name in MODULES},
}


@pytest.fixture
def armed(tmp_path: Path) -> Repository:
    repo = Repository.create(tmp_path / "repo")
    repo.write("file.txt", "text\n")
    repo.commit("first")
    Repository.create(tmp_path / "elsewhere", bare=True)
    repo.git("remote", "add", "elsewhere", str(tmp_path / "elsewhere"))
    assert sorted(arm(repo, tmp_path / "canaries")) == sorted(FIRES)
    return repo


def test_nothing_fires_by_itself(armed: Repository) -> None:
    assert fired(armed.path.parent / "canaries") == []
    assert set(HOOKS) == {name.removeprefix("hook ") for name in FIRES if name.startswith("hook ")}


@pytest.mark.parametrize("vector", FIRES)
def test_fires(vector: str, armed: Repository) -> None:
    if vector.startswith("baseline"):
        pytest.importorskip("detect_secrets")
    FIRES[vector](armed)
    assert vector in fired(armed.path.parent / "canaries")
