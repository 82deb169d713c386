"""The hooks as the pre-commit framework runs them, by what .pre-commit-hooks.yaml says of them."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from textwrap import indent

import pytest

from tests.cli.test_hook import CLEAN, SECRET, User, assert_blocked
from tests.support.cli import Cli, Result, command
from tests.support.repository import Name, Repository
from tests.support.tokens import token

TOP = Path(__file__).parents[2]
IDS = ["expurgate", "expurgate-commit-msg", "expurgate-pre-push"]
STAGES = ["pre-commit", "commit-msg", "pre-push"]
PACKAGE = ["src", "rules", "pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml"]


def local() -> str:
    """A configuration with the published hooks, run by this Python instead of an environment of their own."""
    program = shlex.join(command())
    hooks = (TOP / ".pre-commit-hooks.yaml").read_text()
    hooks, entries = re.subn(r"(?m)^  entry: expurgate ", lambda _: f"  entry: {program} ", hooks)
    hooks, languages = re.subn(r"(?m)^  language: python$", "  language: system", hooks)
    assert entries == languages == len(IDS)
    assert re.findall(r"(?m)^- id: (.*)$", hooks) == IDS
    return "repos:\n- repo: local\n  hooks:\n" + indent(hooks, "  ")


def precommit(repo: Repository, cli: Cli, *args: Name, env: Mapping[str, str] | None = None) -> Result:
    """Run pre-commit in a repository."""
    whole = {**cli.environment(), "PRE_COMMIT_HOME": str(cli.home / "pre-commit"), **(env or {})}
    done = subprocess.run(
        [sys.executable, "-m", "pre_commit", *args], cwd=repo.path, env=whole, capture_output=True, timeout=500, check=False
    )
    return Result(done.returncode, done.stdout, done.stderr)


def equip(repo: Repository, cli: Cli, configuration: str) -> User:
    """A user in a repository with this pre-commit configuration, its hooks installed."""
    repo.write(".pre-commit-config.yaml", configuration)
    repo.write("config.py", CLEAN)
    repo.write("other.txt", "other\n")
    repo.commit("first")
    types = [f"--hook-type={stage}" for stage in STAGES]
    result = precommit(repo, cli, "install", *types)
    assert result.code == 0, result.messages
    return User(repo, cli)


@pytest.fixture
def user(tmp_path: Path, cli: Cli) -> User:
    return equip(Repository.create(tmp_path / "repo"), cli, local())


def assert_stopped(result: Result, hook: str, where: str, what: str = "commit") -> None:
    told = (result.out + result.err).decode()
    assert f"- hook id: {hook}\n- exit code: 1\n" in told, told
    assert_blocked(result, where, what)


def assert_ran(result: Result, *hooks: str) -> None:
    """These hooks passed, and none failed or was left out for want of files."""
    told = (result.out + result.err).decode()
    assert result.code == 0, told
    assert re.findall(r"(?m)^expurgate \(([a-z ]+)\)\.+Passed$", told) == list(hooks), told


def test_the_published_hooks_are_valid() -> None:
    done = subprocess.run([sys.executable, "-m", "pre_commit", "validate-manifest", TOP / ".pre-commit-hooks.yaml"], check=False)
    assert done.returncode == 0


def test_commits(user: User) -> None:
    user.repo.write("config.py", SECRET)
    user.repo.stage()
    assert_stopped(user.commit(), "expurgate", "config.py:2:6  (index)")
    user.repo.write("config.py", CLEAN + "# more\n")
    user.repo.stage()
    assert_ran(user.commit(), "staged content", "commit message")


def test_a_secret_that_is_not_staged_passes(user: User) -> None:
    user.repo.write("other.txt", "changed\n")
    user.repo.stage()
    user.repo.write("config.py", SECRET)
    user.repo.write("other.txt", SECRET)
    assert_ran(user.commit(), "staged content", "commit message")
    assert (user.repo.path / "other.txt").read_text() == SECRET


@pytest.mark.parametrize("afterwards", ["cleaned", "deleted"])
def test_a_staged_secret_that_the_work_tree_no_longer_holds_is_blocked(afterwards: str, user: User) -> None:
    user.repo.write("config.py", SECRET)
    user.repo.stage()
    user.repo.write("config.py", CLEAN) if afterwards == "cleaned" else user.repo.remove("config.py")
    assert_stopped(user.commit(), "expurgate", "config.py:2:6")


def test_a_commit_of_one_file(user: User) -> None:
    user.repo.write("config.py", SECRET)
    user.repo.stage()
    user.repo.write("other.txt", "changed\n")
    assert_ran(user.commit("other.txt"), "staged content", "commit message")
    assert_stopped(user.commit("config.py"), "expurgate", "config.py:2:6")


def test_a_symbolic_link(user: User) -> None:
    (user.repo.path / "link").symlink_to(f"https://me:{token(1)}@host.test/")
    user.repo.stage()
    assert_stopped(user.commit(), "expurgate", "link:1:")


@pytest.mark.parametrize("name", ["two words.txt", "two\nlines.txt", "--no-config", "--ignore=secret", "-v"])
def test_names_are_no_options(name: str, user: User) -> None:
    user.repo.write(name, SECRET)
    user.repo.stage()
    assert_stopped(user.commit(), "expurgate", name.replace("\n", r"\x0a") + ":2:6")


def test_files_and_all_files(user: User) -> None:
    user.repo.write("old.txt", SECRET)
    user.repo.commit("old")
    user.repo.write("config.py", SECRET)  # not staged
    run = ("run", "expurgate")
    assert_stopped(precommit(user.repo, user.cli, *run, "--all-files"), "expurgate", "old.txt:2:6")
    assert_stopped(precommit(user.repo, user.cli, *run, "--files", "old.txt", "other.txt"), "expurgate", "old.txt:2:6")
    assert_ran(precommit(user.repo, user.cli, *run, "--files", "config.py", "other.txt"), "staged content")
    manual = precommit(user.repo, user.cli, "run", "--hook-stage", "manual", "--all-files")
    assert_stopped(manual, "expurgate", "old.txt:2:6")


def test_the_message(user: User) -> None:
    result = user.git("commit", "--allow-empty", "-m", f"change\n\nkey = {token(1)}\n")
    assert_stopped(result, "expurgate-commit-msg", "commit message:3:6")
    user.repo.write("other.txt", "changed\n")
    assert_ran(user.git("commit", "-a", "-m", "change\n\nkey = None\n"), "staged content", "commit message")


@pytest.fixture
def pusher(user: User) -> User:
    Repository.create(user.repo.path.with_name("remote.git"), bare=True)
    user.repo.git("remote", "add", "origin", "../remote.git")
    return user


def test_the_first_push_is_read_whole(pusher: User) -> None:
    """pre-commit names no range here, and its list of files knows nothing of the past."""
    pusher.repo.write("old.txt", SECRET)
    pusher.repo.commit("old")
    pusher.repo.remove("old.txt")
    pusher.repo.commit("gone")
    assert_stopped(pusher.git("push", "origin", "main"), "expurgate-pre-push", "old.txt:2:6", "push")
    by_hand = precommit(pusher.repo, pusher.cli, "run", "--hook-stage", "pre-push", "--all-files")
    assert_stopped(by_hand, "expurgate-pre-push", "old.txt:2:6", "push")
    pusher.repo.git("reset", "-q", "--hard", "HEAD~2")
    assert_ran(pusher.git("push", "origin", "main"), "pushed commits")


def test_later_pushes(pusher: User) -> None:
    assert pusher.git("push", "-q", "--no-verify", "origin", "main").code == 0
    pusher.repo.commit(f"no file is changed\n\nkey = {token(1)}\n")
    assert_stopped(pusher.git("push", "origin", "main"), "expurgate-pre-push", " message", "push")
    assert_stopped(pusher.git("push", "origin", "main:side"), "expurgate-pre-push", " message", "push")
    pusher.repo.git("reset", "-q", "--hard", "HEAD~1")
    pusher.repo.commit("no file is changed")
    assert_ran(pusher.git("push", "origin", "main:side"), "pushed commits")
    assert_ran(pusher.git("push", "origin", "main"), "pushed commits")


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    """What pre-commit needs of this project, as a repository of its own."""
    repo = Repository.create(tmp_path_factory.mktemp("checkout") / "expurgate")
    for name in PACKAGE:
        if (TOP / name).is_dir():
            shutil.copytree(TOP / name, repo.path / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(TOP / name, repo.path / name)
    repo.commit("checkout")
    return repo


def installing(cli: Cli) -> dict[str, str]:
    """For pip its settings on this machine; nothing of the project on Python's path."""
    settings = {name: value for name, value in os.environ.items() if name.startswith("PIP_") or name.lower().endswith("_proxy")}
    files = [os.path.expanduser("~/.config/pip/pip.conf"), os.path.expanduser("~/.pip/pip.conf")]
    own = next((name for name in files if os.path.exists(name)), "")
    return {**({"PIP_CONFIG_FILE": own} if own else {}), **settings, "PYTHONPATH": ""}


@pytest.mark.slow
def test_installed_by_pre_commit(checkout: Repository, tmp_path: Path, cli: Cli) -> None:
    ids = "".join(f"  - id: {name}\n" for name in IDS)
    configuration = f"repos:\n- repo: {checkout.path}\n  rev: {checkout.oid('HEAD')}\n  hooks:\n{ids}"
    user = equip(Repository.create(tmp_path / "repo"), cli, configuration)
    env = installing(cli) | {"PRE_COMMIT_HOME": str(cli.home / "pre-commit")}
    user.repo.write("config.py", SECRET)
    user.repo.stage()
    assert_stopped(user.commit(env=env), "expurgate", "config.py:2:6  (index)")
    user.repo.write("config.py", CLEAN + "# more\n")
    user.repo.stage()
    user.repo.write("config.py", SECRET)
    assert_ran(user.commit(env=env), "staged content", "commit message")


@pytest.mark.slow
def test_tried_from_a_checkout(checkout: Repository, tmp_path: Path, cli: Cli) -> None:
    repo = Repository.create(tmp_path / "repo")
    repo.write("config.py", SECRET)
    repo.write("other.txt", "other\n")
    repo.stage()
    trial = ("try-repo", str(checkout.path), "expurgate", "--all-files")
    assert_stopped(precommit(repo, cli, *trial, env=installing(cli)), "expurgate", "config.py:2:6  (index)")
