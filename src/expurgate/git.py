"""The only door to the git program: a clean room in which nothing of the target is configuration.

Git runs with an empty bare repository of ours as GIT_DIR. The target's object store is visible through links to its packs
and its fan-out directories, without ``info/`` (alternates, commit-graph). So neither the target's configuration, attributes,
replace refs, grafts, hooks nor a forged commit-graph is ever read, and nothing can be fetched.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from expurgate.errors import GitError

_UNFIT = re.compile(r"[\x00-\x20\x7f]")  # in names of references that git would not have made
_FAN_OUT = re.compile(r"[0-9a-f]{2}\Z")
_CONFIG = """[core]
	repositoryformatversion = {version}
	bare = true
	commitGraph = false
	multiPackIndex = false
	deltaBaseCacheLimit = 48m
[extensions]{extensions}
"""


def environment(room: Path) -> dict[str, str]:
    """The whole environment of a git process in the clean room ``room``: no user or system configuration, no network."""
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(room),
        "LC_ALL": "C",
        "GIT_DIR": str(room),
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_ATTR_NOSYSTEM": "1",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_ALLOW_PROTOCOL": "none",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_TERMINAL_PROMPT": "0",
        **{name: os.environ[name] for name in ("TMPDIR", "SYSTEMROOT", "TEMP", "TMP") if name in os.environ},
    }


class CleanRoom:
    """A context in which git reads objects of one or more object directories, and nothing else of their repository."""

    def __init__(self, object_directories: Sequence[Path], sha256: bool = False) -> None:
        self._directories = [Path(os.path.abspath(path)) for path in object_directories]
        self.hex_size = 64 if sha256 else 40
        self._processes: list[subprocess.Popen[bytes]] = []
        self._unreadable: list[str] = []
        self._room = Path(tempfile.mkdtemp(prefix="expurgate-"))
        try:
            self._furnish()
        except OSError:
            self.close()
            raise

    def __enter__(self) -> CleanRoom:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def __getstate__(self) -> dict[str, Any]:
        """The room as another process may use it: it starts processes of its own and does not take the room down."""
        return self.__dict__ | {"_processes": []}

    def close(self) -> None:
        """End what still runs and take the room down."""
        for process in self._processes:
            if process.poll() is None:
                process.kill()
                process.wait()
        shutil.rmtree(self._room, ignore_errors=True)

    @property
    def empty_tree(self) -> str:
        """The id of the tree without entries, which git knows without storing it."""
        if self.hex_size == 40:
            return "4b825dc642cb6eb9a060e54bf8d69288fbee4904"
        return "6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321"

    def start(
        self,
        *arguments: str,
        stdin: int | IO[Any] = subprocess.DEVNULL,
        stdout: int | IO[Any] = subprocess.PIPE,
        stderr: int | IO[Any] = subprocess.DEVNULL,
        work_tree: Path | None = None,
        index: Path | None = None,
    ) -> subprocess.Popen[bytes]:
        """Start git with ``arguments``, its output in a pipe unless told otherwise.

        It sees a work tree or an index only where one is given.
        """
        places = {"GIT_WORK_TREE": work_tree, "GIT_INDEX_FILE": index}
        command = ["git", "-c", "core.hooksPath=" + os.devnull, *arguments]
        try:
            process = subprocess.Popen(
                command,
                stdin=stdin,
                stdout=stdout,
                stderr=stderr,
                env=environment(self._room) | {name: os.path.abspath(path) for name, path in places.items() if path},
                cwd=work_tree or self._room,
                bufsize=0 if stdin == subprocess.PIPE else -1,
            )
        except FileNotFoundError:
            raise GitError("the program git is not on PATH; install git and try again") from None
        self._processes.append(process)
        return process

    def run(
        self, *arguments: str, stdin: bytes = b"", work_tree: Path | None = None, index: Path | None = None
    ) -> tuple[int, bytes, str]:
        """Run git to its end: exit status, output, and the messages it printed."""
        process = self.start(*arguments, stdin=subprocess.PIPE, stderr=subprocess.PIPE, work_tree=work_tree, index=index)
        output, messages = process.communicate(stdin)
        self._processes.remove(process)
        return process.returncode, output, self.scrub(messages.decode("utf-8", "replace"))

    def scrub(self, message: str) -> str:
        """A message of git without the paths of the clean room, which is gone when somebody reads it."""
        return message.replace(f"{self._room}/", "").replace(str(self._room), "")

    def furnish_refs(self, references: Sequence[tuple[str, str]]) -> None:
        """Let git resolve names: references that were read from the target, each with its object id."""
        lines = [f"{oid} {name}\n" for name, oid in references if name.startswith("refs/") and not _UNFIT.search(name)]
        (self._room / "packed-refs").write_text(
            "".join(sorted(lines, key=lambda line: line[self.hex_size :])), errors="surrogateescape"
        )
        head = next((oid for name, oid in references if name == "HEAD"), "")
        if head:
            (self._room / "HEAD").write_text(head + "\n")

    def furnish_shallow(self, commits: Sequence[str]) -> None:
        """Let git stop at the commits where a shallow clone ends."""
        (self._room / "shallow").write_text("".join(f"{oid}\n" for oid in commits))

    @property
    def unreadable(self) -> list[str]:
        """Object directories that could not be listed, with the reason."""
        return list(self._unreadable)

    def _furnish(self) -> None:
        sha256 = self.hex_size == 64
        (self._room / "HEAD").write_text("ref: refs/heads/none\n")
        extensions = "\n\tobjectFormat = sha256" if sha256 else ""
        (self._room / "config").write_text(_CONFIG.format(version=int(sha256), extensions=extensions))
        (self._room / "refs").mkdir()
        for number, directory in enumerate(self._directories):
            problem = _link_store(directory, self._room / ("objects" if number == 0 else f"objects-{number}"))
            if problem:
                self._unreadable.append(problem)
        if len(self._directories) > 1:
            (self._room / "objects" / "info").mkdir()
            others = "".join(f"../objects-{n}\n" for n in range(1, len(self._directories)))
            (self._room / "objects" / "info" / "alternates").write_text(others)
        elif not self._directories:
            (self._room / "objects").mkdir()


def _link_store(source: Path, store: Path) -> str:
    """Link what git needs of an object directory; what is wrong with it, or an empty text."""
    store.mkdir()
    try:
        names = os.listdir(source)
    except OSError as error:
        return f"{source}: {error.strerror}"
    for name in names:
        if name == "pack" or _FAN_OUT.match(name):
            os.symlink(source / name, store / name)
    return ""
