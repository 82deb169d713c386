"""Plain Git hooks: where they are written, what they leave alone, and real pushes through them."""

import os
from pathlib import Path

import pytest

from tests.cli.test_hook import CLEAN, SECRET, User, assert_blocked, assert_passed
from tests.support.cli import Cli
from tests.support.repository import Repository
from tests.support.tokens import token

STAGES = ["commit-msg", "pre-commit", "pre-push"]
FOREIGN = "#!/bin/sh\nexit 0\n"


@pytest.fixture
def repo(tmp_path: Path) -> Repository:
    repo = Repository.create(tmp_path / "repo")
    repo.write("deep/file.txt", CLEAN)
    repo.commit("first")
    return repo


def hooks(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def test_three_hooks_that_can_be_run(repo: Repository, cli: Cli) -> None:
    result = cli.run("install", cwd=repo.path / "deep")
    folder = repo.git_dir / "hooks"
    assert (result.code, hooks(folder)) == (0, STAGES)
    assert all(os.access(folder / stage, os.X_OK) for stage in STAGES)
    assert all(f"wrote {folder / stage}" in result.out.decode() for stage in STAGES)
    assert cli.run("install", cwd=repo.path).code == 0  # over its own


def test_only_the_stage_that_is_asked_for(repo: Repository, cli: Cli) -> None:
    assert cli.run("install", "--stage", "pre-push", cwd=repo.path).code == 0
    assert hooks(repo.git_dir / "hooks") == ["pre-push"]


@pytest.mark.parametrize("absolute", [True, False])
def test_core_hooks_path_is_respected(absolute: bool, repo: Repository, cli: Cli) -> None:
    folder = repo.path / "own hooks"
    repo.git("config", "core.hooksPath", str(folder) if absolute else "own hooks")
    assert cli.run("install", cwd=repo.path / "deep").code == 0
    assert hooks(folder) == STAGES
    assert hooks(repo.git_dir / "hooks") == []
    user = User(repo, cli)
    repo.write("deep/file.txt", SECRET)
    assert_blocked(user.commit("-a"), "deep/file.txt:2:6")


def test_a_linked_worktree_shares_the_hooks(repo: Repository, cli: Cli) -> None:
    repo.git("worktree", "add", "-q", "../linked")
    assert cli.run("install", cwd=repo.path.with_name("linked")).code == 0
    assert hooks(repo.git_dir / "hooks") == STAGES


def test_an_existing_hook_is_left_alone(repo: Repository, cli: Cli) -> None:
    hook = repo.git_dir / "hooks" / "pre-push"
    hook.write_text(FOREIGN)
    result = cli.run("install", cwd=repo.path)
    assert result.code == 2
    assert len(result.messages.splitlines()) == 1
    assert str(hook) in result.messages
    assert "--force" in result.messages
    assert hooks(hook.parent) == ["pre-push"]
    assert hook.read_text() == FOREIGN


def test_force_keeps_a_copy_and_remove_puts_it_back(repo: Repository, cli: Cli) -> None:
    folder = repo.git_dir / "hooks"
    (folder / "pre-push").write_text(FOREIGN)
    assert cli.run("install", "--force", cwd=repo.path).code == 0
    assert hooks(folder) == sorted([*STAGES, "pre-push.before-expurgate"])
    assert (folder / "pre-push.before-expurgate").read_text() == FOREIGN
    assert cli.run("install", "--remove", cwd=repo.path).code == 0
    assert hooks(folder) == ["pre-push"]
    assert (folder / "pre-push").read_text() == FOREIGN


def test_force_does_not_lose_an_earlier_copy(repo: Repository, cli: Cli) -> None:
    folder = repo.git_dir / "hooks"
    (folder / "pre-push").write_text(FOREIGN)
    (folder / "pre-push.before-expurgate").write_text("earlier")
    assert cli.run("install", "--force", cwd=repo.path).code == 2
    assert hooks(folder) == ["pre-push", "pre-push.before-expurgate"]
    assert (folder / "pre-push.before-expurgate").read_text() == "earlier"


def test_remove_leaves_foreign_hooks(repo: Repository, cli: Cli) -> None:
    assert cli.run("install", cwd=repo.path).code == 0
    hook = repo.git_dir / "hooks" / "pre-commit"
    hook.write_text(FOREIGN)
    result = cli.run("install", "--remove", cwd=repo.path)
    assert (result.code, hooks(hook.parent)) == (0, ["pre-commit"])
    assert f"left {hook}" in result.out.decode()
    repo.write("deep/file.txt", SECRET)
    assert_passed(User(repo, cli).commit("-a"))


@pytest.fixture
def pusher(repo: Repository, cli: Cli) -> User:
    """In a repository with a bare remote that has its first commit, hooks installed."""
    Repository.create(repo.path.with_name("remote.git"), bare=True)
    repo.git("remote", "add", "origin", "../remote.git")
    repo.git("push", "-q", "origin", "main")
    assert cli.run("install", "--stage", "pre-push", cwd=repo.path).code == 0
    return User(repo, cli)


def add(user: User, name: str, text: str, message: str = "change") -> str:
    user.repo.write(name, text)
    return user.repo.commit(message)


def test_push_of_a_new_branch(pusher: User) -> None:
    pusher.repo.git("checkout", "-q", "-b", "side")
    commit = add(pusher, "side.txt", SECRET)
    assert_blocked(pusher.git("push", "-q", "origin", "side"), f"side.txt:2:6  (commit {commit[:12]}, ", "push")
    pusher.repo.git("reset", "-q", "--hard", "main")
    add(pusher, "side.txt", CLEAN)
    assert_passed(pusher.git("push", "-q", "origin", "side"))


def test_push_of_an_update_with_a_secret_that_is_gone_at_its_end(pusher: User) -> None:
    add(pusher, "new.txt", SECRET)
    pusher.repo.remove("new.txt")
    pusher.repo.commit("gone")
    assert_blocked(pusher.git("push", "-q", "origin", "main"), "new.txt:2:6", "push")


def test_push_of_a_secret_in_a_message(pusher: User) -> None:
    add(pusher, "new.txt", CLEAN, f"change\n\nkey = {token(1)}\n")
    assert_blocked(pusher.git("push", "-q", "origin", "main"), " message", "push")


def test_what_the_remote_has_does_not_block(pusher: User) -> None:
    add(pusher, "old.txt", SECRET)
    assert pusher.git("push", "-q", "--no-verify", "origin", "main").code == 0
    add(pusher, "new.txt", CLEAN)
    assert_passed(pusher.git("push", "-q", "origin", "main"))
    pusher.repo.git("branch", "other")
    assert_passed(pusher.git("push", "-q", "origin", "other"))


def test_what_another_remote_has_does_block(pusher: User) -> None:
    """A private remote may have what must not go to a public one."""
    add(pusher, "old.txt", SECRET)
    assert pusher.git("push", "-q", "--no-verify", "origin", "main").code == 0
    Repository.create(pusher.repo.path.with_name("public.git"), bare=True)
    pusher.repo.git("remote", "add", "public", "../public.git")
    assert_blocked(pusher.git("push", "-q", "public", "main"), "old.txt:2:6", "push")
    assert_blocked(pusher.git("push", "-q", "../public.git", "main"), "old.txt:2:6", "push")


def test_push_of_several_branches(pusher: User) -> None:
    add(pusher, "new.txt", CLEAN)
    pusher.repo.git("checkout", "-q", "-b", "side")
    add(pusher, "side.txt", SECRET)
    assert_blocked(pusher.git("push", "-q", "origin", "main", "side"), "side.txt:2:6", "push")
    assert_passed(pusher.git("push", "-q", "origin", "main"))


def test_deleting_a_branch_passes(pusher: User) -> None:
    add(pusher, "old.txt", SECRET)
    assert pusher.git("push", "-q", "--no-verify", "origin", "main:side").code == 0
    add(pusher, "new.txt", SECRET)
    assert_passed(pusher.git("push", "-q", "origin", ":side"))


def test_push_of_tags(pusher: User) -> None:
    pusher.repo.git("tag", "light")
    pusher.repo.git("tag", "-a", "-m", "release", "clean")
    assert_passed(pusher.git("push", "-q", "origin", "light", "clean"))
    pusher.repo.git("tag", "-a", "-m", f"release\n\nkey = {token(1)}\n", "secret")
    assert_blocked(pusher.git("push", "-q", "origin", "secret"), "tag ", "push")


def test_push_over_what_is_not_known_here(pusher: User) -> None:
    """Others moved the branch: its commit is not in this clone, and cannot be left out."""
    other = pusher.repo.path.with_name("other")
    pusher.repo.git("clone", "-q", "../remote.git", str(other))
    Repository(other).write("theirs.txt", CLEAN)
    Repository(other).commit("theirs")
    Repository(other).git("push", "-q", "origin", "main")
    add(pusher, "new.txt", CLEAN)
    assert_passed(pusher.git("push", "-q", "--force", "origin", "main"))
    Repository(other).git("push", "-q", "--force", "origin", "main")
    add(pusher, "new.txt", SECRET)
    assert_blocked(pusher.git("push", "-q", "--force", "origin", "main"), "new.txt:2:6", "push")


def test_push_from_a_bare_repository(pusher: User, tmp_path: Path) -> None:
    add(pusher, "old.txt", SECRET)
    pusher.repo.git("clone", "-q", "--bare", ".", str(tmp_path / "bare.git"))
    bare = Repository(tmp_path / "bare.git")
    assert pusher.cli.run("install", cwd=bare.path).code == 0
    assert_blocked(pusher.git("push", "-q", "../remote.git", "main", cwd=bare.path), "old.txt:2:6", "push")


@pytest.mark.parametrize("lines", [b"", b"\n"])
def test_nothing_to_push(lines: bytes, pusher: User) -> None:
    result = pusher.cli.run("hook", "--stage", "pre-push", cwd=pusher.repo.path, input=lines)
    assert (result.code, result.out, result.err) == (0, b"", b"")


def test_lines_that_are_not_gits(pusher: User) -> None:
    result = pusher.cli.run("hook", "--stage", "pre-push", cwd=pusher.repo.path, input=b"refs/heads/main\n")
    assert result.code == 2
    assert len(result.messages.splitlines()) == 1


def test_the_range_that_pre_commit_names(pusher: User) -> None:
    before = pusher.head
    add(pusher, "new.txt", SECRET)
    between = pusher.head
    add(pusher, "newer.txt", CLEAN)
    for start, blocked in ((before, True), (between, False), ("0" * 40, True)):
        env = {"PRE_COMMIT": "1", "PRE_COMMIT_FROM_REF": start, "PRE_COMMIT_TO_REF": pusher.head}
        result = pusher.cli.run("hook", "--stage", "pre-push", cwd=pusher.repo.path, env=env)
        assert_blocked(result, "new.txt:2:6", "push") if blocked else assert_passed(result)
