"""Real commits and pushes through plain Git hooks: what brings a value is blocked, and nothing else is."""

import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.cli import Cli, Result
from tests.support.repository import Name, Repository, environment
from tests.support.tokens import email, token

SECRET = f"# made up\nkey = {token(1)}\n"
CLEAN = "# made up\nkey = None\n"


@dataclass(frozen=True)
class User:
    """Somebody who works in a repository with hooks."""

    repo: Repository
    cli: Cli

    def git(self, *args: Name, cwd: Path | None = None, env: Mapping[str, str] | None = None) -> Result:
        """Run git, its hooks in reach of the program; the result whatever it is."""
        home = self.repo.path.parent
        done = subprocess.run(
            ["git", *args],
            cwd=cwd or self.repo.path,
            env={**environment(home), **self.cli.environment(), **(env or {})},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=60,
            check=False,
        )
        return Result(done.returncode, done.stdout, done.stderr)

    def commit(self, *args: Name, cwd: Path | None = None, env: Mapping[str, str] | None = None) -> Result:
        """`git commit` with a harmless message."""
        return self.git("commit", "-m", "change", *args, cwd=cwd, env=env)

    @property
    def head(self) -> str:
        return self.git("rev-parse", "HEAD").out.decode().strip()


@pytest.fixture
def unborn(tmp_path: Path, cli: Cli) -> User:
    """In a repository without a commit, hooks installed."""
    repo = Repository.create(tmp_path / "repo")
    assert cli.run("install", cwd=repo.path).code == 0
    return User(repo, cli)


@pytest.fixture
def user(unborn: User) -> User:
    """In a repository with two clean files, hooks installed."""
    unborn.repo.write("config.py", CLEAN)
    unborn.repo.write("other.txt", "other\n")
    unborn.repo.commit("first")
    return unborn


def assert_blocked(result: Result, where: str, what: str = "commit", value: str = token(1)) -> None:
    """It says what, where and what to do, and does not say the value."""
    told = (result.out + result.err).decode(errors="replace")
    assert result.code != 0, told
    assert f"expurgate: {what} blocked: 1 finding\n" in told
    assert "critical: GitHub token [secret:" in told
    assert where in told
    assert "what to do:\n" in told
    assert "revoke it" in told
    assert "'expurgate: allow github-token -- reason'" in told
    assert "'expurgate baseline create'" in told
    assert value not in told
    assert "Traceback" not in told


def assert_passed(result: Result) -> None:
    told = (result.out + result.err).decode(errors="replace")
    assert result.code == 0, told
    assert "expurgate" not in told


def test_a_staged_secret_is_blocked(user: User) -> None:
    before = user.head
    user.repo.write("config.py", SECRET)
    user.repo.stage()
    assert_blocked(user.commit(), "    config.py:2:6  (index)\n")
    assert user.head == before


def test_a_clean_commit_passes(user: User) -> None:
    before = user.head
    user.repo.write("config.py", CLEAN + "# more\n")
    user.repo.stage()
    assert_passed(user.commit())
    assert user.head != before


def test_a_secret_that_is_not_staged_passes(user: User) -> None:
    user.repo.write("other.txt", "changed\n")
    user.repo.stage()
    user.repo.write("config.py", SECRET)
    user.repo.write("other.txt", SECRET)
    user.repo.write("untracked.txt", SECRET)
    assert_passed(user.commit())


@pytest.mark.parametrize("afterwards", ["cleaned", "deleted"])
def test_a_staged_secret_that_the_work_tree_no_longer_holds_is_blocked(afterwards: str, user: User) -> None:
    user.repo.write("config.py", SECRET)
    user.repo.stage()
    user.repo.write("config.py", CLEAN) if afterwards == "cleaned" else user.repo.remove("config.py")
    assert_blocked(user.commit(), "config.py:2:6")


def test_a_commit_of_one_file_is_judged_by_this_file(user: User) -> None:
    """Git makes a temporary index for it."""
    user.repo.write("config.py", SECRET)
    user.repo.stage()
    user.repo.write("other.txt", "changed\n")
    assert_passed(user.commit("other.txt"))
    assert_blocked(user.commit("config.py"), "config.py:2:6")
    assert_blocked(user.commit("-i", "other.txt"), "config.py:2:6")


def test_commit_all(user: User) -> None:
    user.repo.write("config.py", SECRET)
    assert_blocked(user.commit("-a"), "config.py:2:6")
    user.repo.write("config.py", CLEAN + "# more\n")
    assert_passed(user.commit("-a"))


def test_the_first_commit(unborn: User) -> None:
    unborn.repo.write("a.txt", SECRET)
    unborn.repo.stage()
    assert_blocked(unborn.commit(), "a.txt:2:6")
    unborn.repo.write("a.txt", CLEAN)
    unborn.repo.stage()
    assert_passed(unborn.commit())


def test_a_secret_that_is_committed_already_does_not_block(user: User) -> None:
    user.repo.write("old.txt", SECRET)
    user.repo.commit("old")
    user.repo.write("other.txt", "changed\n")
    user.repo.stage()
    assert_passed(user.commit())
    assert_passed(user.git("rm", "-q", "old.txt"))
    assert_passed(user.commit())


@pytest.mark.parametrize("resolution", [SECRET, CLEAN], ids=["secret", "clean"])
def test_the_commit_that_ends_a_merge(resolution: str, user: User) -> None:
    user.repo.git("checkout", "-q", "-b", "side")
    user.repo.write("config.py", "side\n")
    user.repo.commit("side")
    user.repo.git("checkout", "-q", "main")
    user.repo.write("config.py", "main\n")
    user.repo.commit("main")
    assert user.git("merge", "side").code == 1
    user.repo.write("config.py", resolution + "merged\n")
    user.repo.stage()
    assert_blocked(user.commit(), "config.py:2:6") if resolution == SECRET else assert_passed(user.commit())


def test_a_linked_worktree(user: User) -> None:
    linked = user.repo.path.with_name("linked")
    user.repo.git("worktree", "add", "-q", str(linked), "-b", "linked")
    user.repo.write("config.py", SECRET)  # staged in the other index
    user.repo.stage()
    tree = Repository(linked)
    tree.write("other.txt", "changed\n")
    tree.stage()
    assert_passed(user.commit(cwd=linked))
    tree.write("deep/linked.txt", SECRET)
    tree.stage()
    assert_blocked(user.commit(cwd=linked / "deep"), "deep/linked.txt:2:6")


def test_a_commit_from_a_folder_below_the_top(user: User) -> None:
    user.repo.write("deep/er/file.txt", SECRET)
    user.repo.stage()
    assert_blocked(user.commit(cwd=user.repo.path / "deep"), "deep/er/file.txt:2:6")
    result = user.cli.run("hook", "er/file.txt", cwd=user.repo.path / "deep")
    assert_blocked(result, "deep/er/file.txt:2:6")


def test_a_git_directory_elsewhere(user: User, tmp_path: Path) -> None:
    os.rename(user.repo.git_dir, tmp_path / "elsewhere")
    options = (f"--git-dir={tmp_path / 'elsewhere'}", f"--work-tree={user.repo.path}")
    user.repo.write("config.py", SECRET)
    assert_blocked(user.git(*options, "commit", "-am", "change"), "config.py:2:6")
    user.repo.write("config.py", CLEAN + "# more\n")
    assert_passed(user.git(*options, "commit", "-am", "change"))


def test_a_clone_that_borrows_objects(user: User, tmp_path: Path) -> None:
    """What is in the index may stand in the other store; that it is borrowed is no reason to block."""
    user.repo.git("clone", "-q", "--shared", ".", str(tmp_path / "clone"))
    clone = User(Repository(tmp_path / "clone"), user.cli)
    assert user.cli.run("install", cwd=clone.repo.path).code == 0
    clone.repo.write("more.txt", "more\n")
    clone.repo.stage()
    assert_passed(clone.commit())
    user.repo.blob(SECRET)
    clone.repo.write("more.txt", SECRET)
    clone.repo.stage()
    assert_blocked(clone.commit(), "more.txt:2:6")


@pytest.mark.parametrize(
    ("name", "shown"),
    [(b"two words.txt", "two words.txt"), (b"two\nlines.txt", r"two\x0alines.txt"), (b"caf\xe9.txt", "caf"), (b"-n.txt", "-n.txt")],
    ids=["space", "newline", "latin-1", "dash"],
)
def test_odd_names(name: bytes, shown: str, user: User) -> None:
    user.repo.write(name, SECRET)
    user.repo.stage()
    result = user.commit()
    assert_blocked(result, shown)
    assert b"two\nlines" not in result.err + result.out
    named = user.cli.run("hook", "--", os.fsdecode(name), cwd=user.repo.path)
    assert_blocked(named, shown)


def test_named_files_are_judged_as_they_stand_in_the_index(user: User) -> None:
    user.repo.write("secret.txt", SECRET)
    user.repo.commit("secret")
    user.repo.write("secret.txt", CLEAN)
    user.repo.write("config.py", SECRET)
    hook = user.cli.run("hook", "config.py", "other.txt", cwd=user.repo.path)
    assert (hook.code, hook.out) == (0, b"")
    assert_blocked(user.cli.run("hook", "config.py", "secret.txt", cwd=user.repo.path), "secret.txt:2:6  (index)")


def test_a_named_file_that_is_not_in_the_index_is_read_from_the_work_tree(user: User) -> None:
    user.repo.write("new.txt", SECRET)
    assert_blocked(user.cli.run("hook", "new.txt", cwd=user.repo.path), "new.txt:2:6  (worktree)")
    assert user.cli.run("hook", "no-such.txt", cwd=user.repo.path).code == 3


def test_what_is_below_the_threshold_passes(user: User) -> None:
    user.repo.write("config.py", f"author = {email(1)}\n")
    user.repo.stage()
    blocked = user.cli.run("hook", "--block-severity", "low", cwd=user.repo.path)
    assert blocked.code == 1
    assert b"commit blocked: 1 finding" in blocked.out
    assert_passed(user.commit())


def test_what_cannot_be_read_blocks(user: User) -> None:
    user.repo.write("bundle.zip", b"PK\x03\x04" + bytes(range(256)) * 4)
    user.repo.stage()
    result = user.commit()
    assert result.code != 0
    assert b"not everything could be read" in result.err
    assert b"not read: bundle.zip" in result.err
    user.repo.write(".expurgate.toml", 'accept_unread = ["archive"]\n')
    assert_passed(user.commit())


@pytest.mark.parametrize("where", ["secret", "clean"])
def test_the_message(where: str, user: User) -> None:
    message = f"change\n\nkey = {token(1)}\n" if where == "secret" else "change\n\nkey = None\n"
    result = user.git("commit", "--allow-empty", "-m", message)
    assert_blocked(result, "commit message:3:6") if where == "secret" else assert_passed(result)


def editor(path: Path, line: str) -> dict[str, str]:
    """An editor that puts a line on top of the message."""
    path.write_text(f'#!/bin/sh\n{{ echo "{line}"; cat "$1"; }} > "$1.new" && mv "$1.new" "$1"\n')
    path.chmod(0o755)
    return {"GIT_EDITOR": str(path)}


def test_the_diff_below_the_scissors_is_no_message(user: User, tmp_path: Path) -> None:
    user.repo.write("config.py", SECRET)
    user.repo.commit("old")
    user.repo.write("config.py", CLEAN)  # the diff shows the value that goes
    env = editor(tmp_path / "editor", "change")
    assert_passed(user.git("commit", "-a", "-v", env=env))
    user.repo.write("config.py", CLEAN + "# more\n")
    env = editor(tmp_path / "editor", f"key = {token(1)}")
    assert_blocked(user.git("commit", "-a", "-v", env=env), "commit message:1:6")


def test_a_message_that_only_talks_of_scissors_is_read_to_its_end(user: User) -> None:
    scissors = "# " + "-" * 24 + " >8 " + "-" * 24
    message = f"change\n\n{scissors}\nkey = {token(1)}\n"
    assert_blocked(user.git("commit", "--allow-empty", "--cleanup=verbatim", "-m", message), "commit message:4:6")
