"""Objects arrive whole, once, in any size, and what a damaged store withholds is named."""

import hashlib
from pathlib import Path

import pytest

from expurgate.git import CleanRoom
from expurgate.model import Coverage
from expurgate.sources import catalogue, files, objects
from expurgate.sources.objects import ObjectReader
from tests.support.repository import Repository


def contents(repo: Repository, coverage: Coverage) -> dict[str, bytes]:
    """What the reader hands over, pieces put together; every copy it claims is checked."""
    found: dict[str, bytes] = {}
    with CleanRoom([repo.path / ".git" / "objects"]) as room:
        before = b""
        for batch in ObjectReader(room, coverage).read(catalogue.read(room).families):
            for item in batch.items:
                data = bytes(batch.data[item.start : item.end])
                for copy in item.copies:
                    assert data[copy.start : copy.end] == before[copy.source : copy.source + copy.end - copy.start]
                whole = found.get(item.name, b"")
                assert whole[item.offset :] == data[: len(whole) - item.offset], "pieces overlap with the same bytes"
                assert item.lines == whole[: item.offset].count(b"\n")
                found[item.name] = whole[: item.offset] + data
                before = data
    return found


def oid(data: bytes) -> str:
    return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small buffers, so that small objects meet every border."""
    monkeypatch.setattr(objects, "BUFFER", 1 << 12)
    monkeypatch.setattr(objects, "PIECE", 1 << 14)
    monkeypatch.setattr(objects, "OVERLAP", 1 << 9)
    monkeypatch.setattr(objects, "_WORTH", 600)


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("packed", [False, True])
def test_every_object_in_every_size(tmp_path: Path, packed: bool) -> None:
    repo = Repository.create(tmp_path / "repo")
    sizes = [0, 1, 4000, 4030, 4040, 4047, 4048, 4049, 4095, 4096, 4097, 8192, 16383, 16384, 16385, 32768, 50000]
    blobs = [(b"%d line\n" % number * size)[:size] for number, size in enumerate(sizes)]
    for number, blob in enumerate(blobs):
        repo.write(f"f{number}", blob)
    repo.commit("all")
    if packed:
        repo.git("repack", "-adq")
    coverage = Coverage()
    found = contents(repo, coverage)
    assert {oid(blob): blob for blob in blobs}.items() <= found.items()
    assert coverage.kinds == {"blob": len(set(blobs)), "tree": 1, "commit": 1}
    assert coverage.bytes == sum(map(len, found.values()))
    assert coverage.complete


@pytest.mark.usefixtures("small")
def test_versions_name_what_they_share(tmp_path: Path) -> None:
    repo = Repository.create(tmp_path / "repo")
    lines = [b"line %d of a file that changes in one place only\n" % number for number in range(60)]
    for number in range(20):
        lines[number * 3] = b"changed\n"
        repo.write("file", b"".join(lines))
        repo.commit(str(number))
    repo.git("repack", "-adfq", "--depth=50")
    with CleanRoom([repo.path / ".git" / "objects"]) as room:
        shared = sum(
            copy.end - copy.start
            for batch in ObjectReader(room, Coverage()).read(catalogue.read(room).families)
            for item in batch.items
            for copy in item.copies
        )
    contents(repo, Coverage())
    assert shared > 20 * 1500


def test_reading_goes_on_after_a_corrupt_object(tmp_path: Path) -> None:
    repo = Repository.create(tmp_path / "repo")
    blobs = [b"content number %d\n" % number * 50 for number in range(30)]
    for number, blob in enumerate(blobs):
        repo.write(f"f{number}", blob)
    repo.commit("all")
    bad = [oid(blobs[3]), oid(blobs[17]), oid(blobs[29])]
    for name in bad:
        path = repo.path / ".git" / "objects" / name[:2] / name[2:]
        raw = path.read_bytes()
        path.chmod(0o644)
        path.write_bytes(raw[: len(raw) // 2] + b"\xff\xff" + raw[len(raw) // 2 + 2 :])
    coverage = Coverage()
    found = contents(repo, coverage)
    assert {oid(blob) for blob in blobs} - found.keys() == set(bad)
    assert sorted(skip.where for skip in coverage.skipped) == sorted(f"object {name}" for name in bad)
    assert all("corrupt" in skip.reason for skip in coverage.skipped)


def test_streams_in_pieces(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(files, "PIECE", 1000)
    monkeypatch.setattr(files, "OVERLAP", 100)
    for size in (0, 1, 899, 900, 999, 1000, 1001, 1899, 1900, 1901, 5000):
        text = bytes(range(1, 251)) * 20
        (tmp_path / "stream").write_bytes(text[:size])
        coverage, whole = Coverage(), b""
        with open(tmp_path / "stream", "rb") as stream:
            for batch in files.pieces(stream, "stream", "-", coverage):
                (item,) = batch.items
                whole = whole[: item.offset] + bytes(batch.data[item.start : item.end])
                assert item.lines == text[: item.offset].count(b"\n")
        assert whole == text[:size]
        assert (coverage.bytes, coverage.kinds) == (size, {"stream": 1})
