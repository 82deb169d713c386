"""Ways in which a repository can be damaged or incomplete, each done to a repository built by `sample`."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

from tests.support.plant_history import prose
from tests.support.repository import Repository, run_git

_GONE = "0123456789abcdef0123456789abcdef01234567"


def sample(path: Path) -> Repository:
    """A clean repository: half of it in a pack with deltas, half in loose objects; nothing in it is a finding."""
    repo = Repository.create(path)
    for version in range(4):
        repo.write("packed.txt", prose(5, 200) + prose(6 + version, 20))
        repo.write(f"folder/old-{version}.txt", prose(20 + version, 60))
        repo.commit(f"packed {version}")
    repo.git("repack", "-adq")
    for version in range(4):
        repo.write(f"loose/{version}.txt", prose(30 + version, 200))
        repo.commit(f"loose {version}")
    return repo


def corrupt_loose_object(path: Path) -> None:
    """A byte in the middle of a loose blob is another."""
    _flip(_loose(Repository(path), "HEAD:loose/1.txt"))


def truncated_loose_object(path: Path) -> None:
    """A loose blob ends too early."""
    _truncate(_loose(Repository(path), "HEAD:loose/1.txt"))


def empty_loose_object(path: Path) -> None:
    """A loose blob has no bytes, as after a power cut."""
    _overwrite(_loose(Repository(path), "HEAD:loose/1.txt"), b"")


def corrupt_loose_commit(path: Path) -> None:
    """A byte in the middle of a loose commit is another."""
    _flip(_loose(Repository(path), "HEAD~1"))


def corrupt_loose_tree(path: Path) -> None:
    """A byte in the middle of a loose tree is another."""
    _flip(_loose(Repository(path), "HEAD~1:loose"))


def missing_blob(path: Path) -> None:
    """A blob of the last commit is not there."""
    _loose(Repository(path), "HEAD:loose/2.txt").unlink()


def missing_tree(path: Path) -> None:
    """A folder of the last commit is not there."""
    _loose(Repository(path), "HEAD:loose").unlink()


def missing_commit(path: Path) -> None:
    """A parent is not there, and the repository does not claim to be shallow."""
    _loose(Repository(path), "HEAD~2").unlink()


def corrupt_pack(path: Path) -> None:
    """A byte of a blob's compressed data in the pack is another."""
    repo = Repository(path)
    oid, offset, size = _largest_packed_blob(repo)
    assert oid
    _flip(_pack(repo, ".pack"), at=offset + size // 2)


def truncated_pack(path: Path) -> None:
    """The pack ends too early."""
    _truncate(_pack(Repository(path), ".pack"))


def pack_without_index(path: Path) -> None:
    """The pack's index is lost: git no longer knows that the pack is there."""
    _pack(Repository(path), ".idx").unlink()


def index_without_pack(path: Path) -> None:
    """The pack is lost, its index is not."""
    _pack(Repository(path), ".pack").unlink()


def corrupt_pack_index(path: Path) -> None:
    """The pack's index is garbage."""
    index = _pack(Repository(path), ".idx")
    _overwrite(index, b"JUNK" * (index.stat().st_size // 4))


def shallow_clone(path: Path) -> None:
    """A clone of the last commit only."""
    _replace_by_clone(path, "--depth=1")


def partial_clone(path: Path) -> None:
    """A clone without blobs, whose remote is gone."""
    Repository(path).git("config", "uploadpack.allowFilter", "true")
    _replace_by_clone(path, "--filter=blob:none", "--no-checkout")


def truncated_index(path: Path) -> None:
    """.git/index ends too early."""
    _truncate(path / ".git" / "index")


def corrupt_index(path: Path) -> None:
    """.git/index does not begin like one."""
    index = path / ".git" / "index"
    _overwrite(index, b"JUNK" + index.read_bytes()[4:])


def unreadable_file(path: Path) -> None:
    """An untracked file may not be read (by others than root)."""
    Repository(path).write("unreadable.txt", "private\n").chmod(0)


def unreadable_object(path: Path) -> None:
    """A loose object may not be read (by others than root)."""
    _loose(Repository(path), "HEAD:loose/1.txt").chmod(0)


def garbage_in_objects(path: Path) -> None:
    """What an interrupted fetch leaves behind: it may hold anything."""
    objects = path / ".git" / "objects"
    (objects / "pack" / "tmp_pack_a1b2c3").write_bytes(b"PACK\0\0\0\2" + bytes(range(256)))
    (objects / "17" / "").mkdir(exist_ok=True)
    (objects / "17" / "tmp_obj_x9y8z7").write_bytes(b"garbage")


def missing_alternates(path: Path) -> None:
    """The repository that this one borrows objects from is gone."""
    (path / ".git" / "objects" / "info").mkdir(exist_ok=True)
    (path / ".git" / "objects" / "info" / "alternates").write_text(f"{path.parent}/no-such-repository/objects\n")


def dangling_ref(path: Path) -> None:
    """A branch points to an object that is not there."""
    (path / ".git" / "refs" / "heads" / "broken").write_text(f"{_GONE}\n")


def corrupt_ref(path: Path) -> None:
    """A branch's file holds no object id, as after a power cut."""
    (path / ".git" / "refs" / "heads" / "broken").write_bytes(b"\0" * 41)


def broken_head(path: Path) -> None:
    """HEAD is neither a ref nor an object id."""
    (path / ".git" / "HEAD").write_text("garbage\n")


def missing_submodule(path: Path) -> None:
    """A submodule that was never fetched."""
    repo = Repository(path)
    repo.git("update-index", "--add", "--cacheinfo", f"160000,{_GONE},vendor/library")
    repo.write(".gitmodules", '[submodule "library"]\n\tpath = vendor/library\n\turl = ../library.git\n')
    repo.stage(".gitmodules")
    repo.git("commit", "-q", "-m", "submodule")


DAMAGES: dict[str, Callable[[Path], None]] = {
    function.__name__.replace("_", " "): function
    for function in (
        corrupt_loose_object,
        truncated_loose_object,
        empty_loose_object,
        corrupt_loose_commit,
        corrupt_loose_tree,
        missing_blob,
        missing_tree,
        missing_commit,
        corrupt_pack,
        truncated_pack,
        pack_without_index,
        index_without_pack,
        corrupt_pack_index,
        shallow_clone,
        partial_clone,
        truncated_index,
        corrupt_index,
        unreadable_file,
        unreadable_object,
        garbage_in_objects,
        missing_alternates,
        dangling_ref,
        corrupt_ref,
        broken_head,
        missing_submodule,
    )
}
"""Each takes the path of a copy of `sample` and damages it in place."""

NEEDS_PERMISSIONS = frozenset({"unreadable file", "unreadable object"})
"""Damages that a process which `reads_everything` does not notice."""


def reads_everything(folder: Path) -> bool:
    """True if permissions do not bind this process, as is usual for root."""
    probe = folder / "probe"
    probe.touch(mode=0)
    try:
        return os.access(probe, os.R_OK)
    finally:
        probe.unlink()


def _loose(repo: Repository, revision: str) -> Path:
    oid = repo.oid(revision)
    return repo.objects / oid[:2] / oid[2:]


def _pack(repo: Repository, suffix: str) -> Path:
    (path,) = (repo.objects / "pack").glob(f"*{suffix}")
    return path


def _largest_packed_blob(repo: Repository) -> tuple[str, int, int]:
    """Id, offset and compressed size of the largest blob in the pack that is no delta."""
    rows = repo.git("verify-pack", "-v", str(_pack(repo, ".idx"))).decode().splitlines()
    whole = [row.split() for row in rows if len(row.split()) == 5 and row.split()[1] == "blob"]
    oid, _, _, size, offset = max(whole, key=lambda row: int(row[3]))
    return oid, int(offset), int(size)


def _replace_by_clone(path: Path, *options: str) -> None:
    clone = path.with_name(path.name + "-clone")
    run_git(path.parent, "-c", "protocol.file.allow=always", "clone", "-q", *options, path.as_uri(), str(clone))
    shutil.rmtree(path)
    clone.rename(path)


def _flip(file: Path, at: int | None = None) -> None:
    data = bytearray(file.read_bytes())
    data[len(data) // 2 if at is None else at] ^= 0xFF
    _overwrite(file, bytes(data))


def _truncate(file: Path) -> None:
    _overwrite(file, file.read_bytes()[: file.stat().st_size // 2])


def _overwrite(file: Path, data: bytes) -> None:
    """Replace the file itself: objects are read-only, and copies may share them through hard links."""
    temporary = file.with_name(file.name + ".new")
    temporary.write_bytes(data)
    os.replace(temporary, file)
