"""Streams Git objects out of ``cat-file --batch`` into big buffers, each object once, and says of each what is new in it."""

from __future__ import annotations

import contextlib
import os
import subprocess
import tempfile
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import IO

from expurgate.git import CleanRoom
from expurgate.model import Batch, Copy, Coverage, Item
from expurgate.sources.fresh import copies

BUFFER = 1 << 20  # bytes of objects in one batch: what stays in the processor's cache is compared and searched faster
PIECE = 32 << 20  # an object larger than this comes in pieces
OVERLAP = 1 << 17  # bytes that a piece repeats of the one before it
_WORTH = 1 << 14  # bytes from which two versions are compared; smaller ones are searched sooner
_LINES = 2048  # object names written to git at once
_PIPE = 1 << 20

Family = list[bytes]


class ObjectReader:
    """Reads objects by name. What cannot be read is noted in ``coverage``, and reading goes on with the next one.

    A batch is valid until the next one is asked for: the buffer is used again.
    """

    def __init__(self, room: CleanRoom, coverage: Coverage) -> None:
        self._room = room
        self._coverage = coverage
        self._buffer = bytearray(BUFFER)
        self._have = 0  # bytes in the buffer
        self._dead = False  # git ended inside a huge object
        self._last = b""  # content of the last item of the batch before, for comparison
        self._last_kind = ""

    def read(self, families: Iterable[Family]) -> Iterator[Batch]:
        """All objects of the families, in order; after a failure of git, from the object after the culprit on."""
        names: Iterator[tuple[bytes, bool]] = ((name, number > 0) for family in families for number, name in enumerate(family))
        while True:
            with tempfile.TemporaryFile() as messages, _Conversation(self._room, names, messages) as git:
                self._have, self._last, self._dead = 0, b"", False
                yield from self._batches(git)
                git.finish()
                if not git.pending:
                    return
                culprit, _ = git.pending.popleft()
                self._coverage.skip(f"object {culprit.decode()}", self._room.scrub(_reason(messages)))
                names = chain(list(git.pending), names)

    def _batches(self, git: _Conversation) -> Iterator[Batch]:
        more = True
        while more:
            more = self._fill(git)
            batch, used, wanted = self._parse(git)
            if batch.items:
                yield batch
            self._keep(batch, used)
            if wanted > PIECE:
                yield from self._pieces(git)
                if self._dead:
                    return
            elif wanted > len(self._buffer):
                self._grow(wanted)
            elif wanted and not more:
                return  # git died inside an object

    def _fill(self, git: _Conversation) -> bool:
        """Read until the buffer is full; False at the end of the stream."""
        with memoryview(self._buffer) as view:
            while self._have < len(view):
                with view[self._have :] as rest:
                    got = os.readv(git.output, [rest])
                if not got:
                    return False
                self._have += got
        return True

    def _parse(self, git: _Conversation) -> tuple[Batch, int, int]:
        """The whole objects in the buffer, the bytes they take, and the size of the buffer that the next one wants."""
        buffer, have, pending = self._buffer, self._have, git.pending
        items: list[Item] = []
        at = wanted = 0
        counts = {"blob": [0, 0], "tree": [0, 0], "commit": [0, 0], "tag": [0, 0]}
        while at < have:
            newline = buffer.find(b"\n", at, min(have, at + 200))
            if newline < 0:
                wanted = 200
                break
            header = buffer[at:newline].decode().split(" ")
            if len(header) != 3:
                self._missing(pending)
                at = newline + 1
                continue
            name, kind, size = header[0], header[1], int(header[2])
            start = newline + 1
            end = start + size
            if end + 1 > have:
                wanted = end + 1 - at
                break
            linked = pending.popleft()[1]
            shared = self._compare(items, kind, start, end) if linked and size > _WORTH else ()
            items.append(Item(kind, name, start, end, shared))
            count = counts[kind]
            count[0] += 1
            count[1] += size
            at = end + 1
        for kind, (number, size) in counts.items():
            if number:
                self._coverage.count(kind, number, size)
        return Batch(buffer, items), at, wanted

    def _compare(self, items: list[Item], kind: str, start: int, end: int) -> tuple[Copy, ...]:
        if items:
            before = items[-1]
            if before.kind == kind and before.end - before.start > _WORTH:
                return copies(self._buffer, start, end, self._buffer, before.start, before.end)
        elif self._last_kind == kind and len(self._last) > _WORTH:
            return copies(self._buffer, start, end, self._last, 0, len(self._last))
        return ()

    def _missing(self, pending: deque[tuple[bytes, bool]]) -> None:
        name = pending.popleft()[0]
        self._coverage.skip(f"object {name.decode()}", "missing or corrupt: git cannot read it")

    def _keep(self, batch: Batch, used: int) -> None:
        """Move the unfinished rest to the front, and remember the last object for the next batch's first."""
        if batch.items:
            last = batch.items[-1]
            self._last, self._last_kind = bytes(self._buffer[last.start : last.end]), last.kind
        rest = self._have - used
        if used:
            self._buffer[:rest] = self._buffer[used : self._have]
        self._have = rest
        if len(self._buffer) > BUFFER and rest <= BUFFER:
            self._buffer = self._buffer[:BUFFER]

    def _grow(self, wanted: int) -> None:
        self._buffer = self._buffer + bytes(wanted - len(self._buffer))

    def _pieces(self, git: _Conversation) -> Iterator[Batch]:
        """The object at the front of the buffer, larger than PIECE, in overlapping pieces."""
        newline = self._buffer.find(b"\n", 0, 200)
        name, kind, text = self._buffer[:newline].decode().split(" ")
        size, offset, lines = int(text), 0, 0
        piece = bytearray(self._buffer[newline + 1 : self._have])
        while True:
            piece += _read(git.output, min(PIECE, size - offset) - len(piece))
            end = len(piece)
            if offset + end < size and end < PIECE:
                self._dead = True  # git died; the name is still pending
                return
            yield Batch(piece, [Item(kind, name, 0, end, (), offset, lines)])
            if offset + end >= size:
                break
            lines += piece.count(b"\n", 0, end - OVERLAP)
            offset += end - OVERLAP
            piece = piece[end - OVERLAP :]
        _read(git.output, 1)
        git.pending.popleft()
        self._coverage.count(kind, 1, size)
        self._have, self._last = 0, b""


class _Conversation:
    """One run of ``cat-file --batch``: a thread writes names, the caller reads ``output``; ``pending`` are unanswered names."""

    def __init__(self, room: CleanRoom, names: Iterator[tuple[bytes, bool]], messages: IO[bytes]) -> None:
        self.pending: deque[tuple[bytes, bool]] = deque()
        self._names = names
        self._process = room.start("cat-file", "--buffer", "--batch", stdin=subprocess.PIPE, stderr=messages)
        assert self._process.stdout and self._process.stdin
        self.output = self._process.stdout.fileno()
        _enlarge(self.output)
        self._writer = threading.Thread(target=self._write, daemon=True)

    def __enter__(self) -> _Conversation:
        self._writer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self.finish()

    def finish(self) -> None:
        """Wait for the end of git and of the writing."""
        assert self._process.stdout
        self._process.stdout.close()
        self._process.wait()
        self._writer.join()

    def _write(self) -> None:
        assert self._process.stdin
        with contextlib.suppress(BrokenPipeError), self._process.stdin as stdin:
            while part := list(islice(self._names, _LINES)):
                self.pending.extend(part)
                stdin.write(b"\n".join([name for name, _ in part]) + b"\n")


def _read(handle: int, size: int) -> bytes:
    """Exactly ``size`` bytes, or what there is before the end."""
    parts = []
    while size > 0 and (part := os.read(handle, min(size, 1 << 20))):
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def _enlarge(handle: int) -> None:
    """A larger pipe saves switches between git and us; where the system has no such call, the pipe stays as it is."""
    import fcntl

    if hasattr(fcntl, "F_SETPIPE_SZ"):
        with contextlib.suppress(OSError):
            fcntl.fcntl(handle, fcntl.F_SETPIPE_SZ, _PIPE)


def _reason(messages: IO[bytes]) -> str:
    """What git said when it died."""
    messages.seek(0)
    lines = [line for line in messages.read(65536).decode("utf-8", "replace").splitlines() if line.strip()]
    text = lines[-1] if lines else "git ended without a word"
    return "corrupt: " + text.removeprefix("fatal: ").removeprefix("error: ")
