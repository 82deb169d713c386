"""Real Git repositories, built in a clean environment with fixed dates and identities."""

import os
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_DATE = "2024-03-01T12:00:00+00:00"
IDENTITY = {
    "GIT_AUTHOR_NAME": "Test Author",
    "GIT_AUTHOR_EMAIL": "author@example.com",
    "GIT_AUTHOR_DATE": _DATE,
    "GIT_COMMITTER_NAME": "Test Committer",
    "GIT_COMMITTER_EMAIL": "committer@example.com",
    "GIT_COMMITTER_DATE": _DATE,
}
Name = str | bytes
Data = str | bytes


def environment(home: Path) -> dict[str, str]:
    """The whole environment for a git process: nothing of the caller's but PATH, nothing of the machine's."""
    return {
        **IDENTITY,
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_TERMINAL_PROMPT": "0",
        "LC_ALL": "C.UTF-8",
        "TZ": "UTC",
    }


@dataclass(frozen=True)
class Repository:
    """A repository at `path`: a work tree, or a bare repository."""

    path: Path

    @classmethod
    def create(cls, path: Path, bare: bool = False, object_format: str = "sha1") -> "Repository":
        """Initialise a repository with the unborn branch `main`."""
        path.mkdir(parents=True, exist_ok=True)
        repo = cls(path)
        options = ["--bare"] if bare else []
        repo.git("init", "-q", "-b", "main", f"--object-format={object_format}", "--template=", *options)
        for folder in ("info", "hooks"):
            (repo.git_dir / folder).mkdir(exist_ok=True)
        return repo

    @property
    def git_dir(self) -> Path:
        inner = self.path / ".git"
        return inner if inner.is_dir() else self.path

    @property
    def objects(self) -> Path:
        return self.git_dir / "objects"

    def git(self, *args: Name, input: bytes | None = None, env: Mapping[str, str] | None = None) -> bytes:
        """Run git here; standard output. Raises `subprocess.CalledProcessError` with its messages on failure."""
        return run_git(self.path, *args, input=input, env=env)

    def attempt(self, *args: Name) -> int:
        """Run git here and return its exit code, whatever it is."""
        try:
            self.git(*args)
        except subprocess.CalledProcessError as error:
            return error.returncode
        return 0

    def line(self, *args: Name, input: bytes | None = None, env: Mapping[str, str] | None = None) -> str:
        """The same, for a command that prints one line: without the line end."""
        return self.git(*args, input=input, env=env).decode().strip()

    def write(self, name: Name, data: Data) -> Path:
        """Write a file of the work tree, with the folders above it."""
        path = self.path / os.fsdecode(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        return path

    def remove(self, name: Name) -> None:
        (self.path / os.fsdecode(name)).unlink()

    def stage(self, *names: Name) -> None:
        """Put files into the index; without names, everything in the work tree."""
        self.git("add", "--", *names) if names else self.git("add", "--all")

    def commit(self, message: Data, **identity: str) -> str:
        """Commit everything in the work tree, `author_name`, `committer_email` … as given; the new id."""
        self.stage()
        text = message.encode() if isinstance(message, str) else message
        env = {f"GIT_{key.upper()}": value for key, value in identity.items()}
        self.git("commit", "-q", "--allow-empty", "--no-verify", "-F", "-", input=text, env=env)
        return self.oid("HEAD")

    def oid(self, revision: str) -> str:
        return self.line("rev-parse", "--verify", revision)

    def blob(self, data: Data) -> str:
        """Write a blob that nothing refers to."""
        raw = data.encode() if isinstance(data, str) else data
        return self.line("hash-object", "-w", "--stdin", input=raw)

    def raw(self, kind: str, data: bytes) -> str:
        """Write an object of any kind from its raw bytes, unchecked."""
        return self.line("hash-object", "-t", kind, "-w", "--stdin", "--literally", input=data)

    def tree(self, entries: Sequence[tuple[str, str, Name]]) -> str:
        """Write a tree of (mode, object id, name)."""
        kinds = {"040000": b"tree", "160000": b"commit"}
        rows = [
            b"%s %s %s\t%s\0" % (mode.encode(), kinds.get(mode, b"blob"), oid.encode(), os.fsencode(name))
            for mode, oid, name in entries
        ]
        return self.line("mktree", "-z", "--missing", input=b"".join(rows))

    def all_objects(self) -> bytes:
        """The raw content of every object in the repository, reachable or not, one after another."""
        return self.git("cat-file", "--batch-all-objects", "--batch", "--unordered")


def run_git(path: Path, *args: Name, input: bytes | None = None, env: Mapping[str, str] | None = None) -> bytes:
    """Run git in a folder in the clean environment, changed by `env`; standard output."""
    done = subprocess.run(
        ["git", *args],
        cwd=path,
        input=input if input is not None else b"",
        env={**environment(path.parent / "home"), **(env or {})},
        capture_output=True,
        check=False,
    )
    if done.returncode:
        error = subprocess.CalledProcessError(done.returncode, args, done.stdout, done.stderr)
        error.add_note(done.stderr.decode(errors="replace"))
        raise error
    return done.stdout
