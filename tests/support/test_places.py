"""The planted repository really holds what it says, and its blinding settings really blind."""

import os
import re
from pathlib import Path

import pytest

from tests.support.blinding import BLINDINGS, blind
from tests.support.places import LOCAL_ONLY, OPT_IN, duplicate, plant
from tests.support.repository import Repository, run_git
from tests.support.tokens import card, email, token


@pytest.fixture(scope="module")
def family(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("family")


@pytest.fixture(scope="module")
def planted(family: Path) -> dict[str, str]:
    return plant(family / "repo")


def everything(family: Path) -> bytes:
    """All objects of the family and all other files with their names; without NUL, so that UTF-16 reads as ASCII."""
    git_dirs = [head.parent for head in family.rglob("HEAD") if (head.parent / "objects").is_dir()]
    objects = [run_git(family, "--git-dir", str(git_dir), *_CAT) for git_dir in git_dirs]
    paths = [path for path in family.rglob("*") if path.is_file() and "objects" not in path.parts]
    files = [os.fsencode(path) + b"\n" + path.read_bytes() for path in paths]
    return b"\n".join([*objects, *files]).replace(b"\0", b"")


_CAT = ("cat-file", "--batch-all-objects", "--batch", "--unordered")


def test_tokens_are_valid_and_distinct() -> None:
    tokens = {token(n) for n in range(500)}
    assert len(tokens) == 500
    assert all(re.fullmatch("gh" + r"p_[A-Za-z0-9]{36}", each) for each in tokens)
    assert len({card(n) for n in range(500)}) == len({email(n) for n in range(500)}) == 500


def test_card_numbers_pass_luhn() -> None:
    for number in map(card, range(200)):
        digits = [int(d) for d in reversed(number)]
        assert sum(digits[0::2] + [sum(divmod(2 * d, 10)) for d in digits[1::2]]) % 10 == 0


def test_each_token_is_somewhere(family: Path, planted: dict[str, str]) -> None:
    content = everything(family)
    assert {place for place, value in planted.items() if value.encode() not in content} == set()


def test_tokens_of_history_are_in_objects_or_refs(family: Path, planted: dict[str, str]) -> None:
    repo = Repository(family / "repo")
    content = (repo.all_objects() + repo.git("for-each-ref")).replace(b"\0", b"")
    assert {place for place in planted.keys() - LOCAL_ONLY if planted[place].encode() not in content} == set()


def test_a_mirror_keeps_all_but_the_local_places(family: Path, planted: dict[str, str]) -> None:
    url = (family / "repo").as_uri()
    run_git(family, "-c", "protocol.file.allow=always", "clone", "-q", "--mirror", url, "mirror.git")
    mirror = Repository(family / "mirror.git")
    content = (mirror.all_objects() + mirror.git("for-each-ref")).replace(b"\0", b"")
    assert {place for place, value in planted.items() if value.encode() not in content} == LOCAL_ONLY


def test_the_delta_is_one(family: Path, planted: dict[str, str]) -> None:
    repo = Repository(family / "repo")
    rows = repo.git("cat-file", "--batch-all-objects", "--batch-check=%(objectname) %(deltabase)").decode().splitlines()
    deltas = [row.split()[0] for row in rows if set(row.split()[1]) != {"0"}]
    content = b"".join(repo.git("cat-file", "-p", oid) for oid in deltas)
    assert planted["packed as delta"].encode() in content


def test_opt_in_places_are_planted(planted: dict[str, str]) -> None:
    assert OPT_IN < LOCAL_ONLY < planted.keys()


def test_a_copy_is_a_repository_of_its_own(family: Path, planted: dict[str, str], tmp_path: Path) -> None:
    duplicate(family, tmp_path / "copy")
    listed = run_git(tmp_path / "copy" / "repo-linked", "worktree", "list", "--porcelain").decode()
    assert str(tmp_path / "copy" / "repo-linked") in listed
    assert str(family) not in listed
    assert planted


def test_settings_blind_the_porcelain(family: Path, planted: dict[str, str], tmp_path: Path) -> None:
    duplicate(family, tmp_path / "copy")
    repo = Repository(tmp_path / "copy" / "repo")
    seen = ("file at HEAD", "other branch", "packed as delta", "root commit")
    log = repo.git("log", "-p", "--all")
    assert all(planted[place].encode() in log for place in seen)
    blind(repo)
    repo.git("config", "--unset", "diff.orderFile")  # with it, log does not even begin
    blinded = repo.git("log", "-p", "--all").replace(b"\0", b"")
    assert not any(planted[place].encode() in blinded for place in seen)


@pytest.mark.parametrize("kind", BLINDINGS)
def test_blinding_changes_what_git_answers(kind: str, tmp_path: Path) -> None:
    repo = Repository.create(tmp_path / "repo")
    for number in range(2):
        repo.write("file.txt", f"{number}\n")
        repo.commit(f"commit {number}")
    repo.write("file.txt", "modified\n")
    before = [repo.attempt("log", "-p"), repo.attempt("status"), repo.git("rev-list", "--count", "HEAD")]
    BLINDINGS[kind](repo)
    after = [repo.attempt("log", "-p"), repo.attempt("status")]
    if after == before[:2]:
        assert kind in {"forged shallow", "work tree elsewhere"}
        changed = repo.git("rev-list", "--count", "HEAD") != before[2]
        assert changed or b"deleted" in repo.git("status")
