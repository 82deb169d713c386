"""One canary for every way in which a repository can make whoever reads it run code.

A canary is a script or module that creates a file named after its vector, and otherwise does what git expects of it.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from tests.support.repository import Repository

HOOKS = ("post-index-change", "pre-commit", "post-checkout", "reference-transaction", "pre-push", "sendemail-validate")
MODULES = (
    "json",
    "tomli",
    "tomllib",
    "pathspec",
    "hyperscan",
    "numpy",
    "git",
    "logging",
    "argparse",
    "sitecustomize",
    "usercustomize",
    "expurgate",
)
_FILTERED = "trap/%s.txt"
_NO_CAPABILITIES = r"printf '0016git-filter-server\n000eversion=2\n00000000'; cat > /dev/null"
"""A long-running filter that git accepts and then does not use: gitattributes(5), "Long Running Filter Process"."""
_PLUGIN = """
from detect_secrets.plugins.base import RegexBasedDetector

class Canary(RegexBasedDetector):
    secret_type = "Canary"
    denylist = ()
"""


@dataclass
class Cage:
    """Where the canaries live; `armed` are the vectors that have one."""

    folder: Path
    armed: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        for name in ("fired", "bin", "hooks"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)

    def mark(self, vector: str) -> Path:
        """The file whose existence says that the vector fired."""
        self.armed.append(vector)
        return self.folder / "fired" / vector

    def script(self, vector: str, body: str = "exit 1", at: Path | None = None) -> str:
        """An executable that creates the mark, then runs `body`."""
        path = at or self.folder / "bin" / vector.replace(" ", "-")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"#!/bin/sh\n: > '{self.mark(vector)}'\n{body}\n")
        path.chmod(0o755)
        return str(path)

    def module(self, vector: str) -> str:
        """Python source that creates the mark when it is imported."""
        return f"open({str(self.mark(vector))!r}, 'w').close()\n"


def arm(repo: Repository, canary_dir: Path) -> list[str]:
    """Put every canary in place; the names of the vectors. None fires on the way.

    The work tree gets a folder `trap` and a new commit; call it before anything that makes the repository unusable.
    """
    cage = Cage(canary_dir)
    _trap_files(repo)
    _signed_commit(repo)
    _promised_blob(repo)
    _submodule(repo, cage)
    _embedded_bare(repo, cage)
    _python_modules(repo, cage)
    _baseline(repo, cage)
    _append_config(repo.git_dir / "config", [*_settings(cage), *_remotes(cage), *_included(repo, cage)])
    _hooks(cage)
    return cage.armed


def fired(canary_dir: Path) -> list[str]:
    """The vectors that ran."""
    return sorted(path.name for path in (canary_dir / "fired").iterdir())


def _trap_files(repo: Repository) -> None:
    """Tracked files under each driver and filter, modified since they were committed."""
    drivers = {"textconv": "diff=textconv", "command": "diff=command", "included": "filter=included"}
    filters = {"clean": "filter=plain", "process": "filter=process"}
    lines = [f"{name}.txt {attribute}\n" for name, attribute in (drivers | filters).items()]
    names = [_FILTERED % name for name in drivers | filters] + ["trap/plain.txt"]
    repo.write("trap/.gitattributes", "".join(lines))
    for name in names:
        repo.write(name, "first\n")
    repo.stage("trap")
    index = {"GIT_INDEX_FILE": str(repo.git_dir / "trap-index")}  # `git commit` would remove what is left of others
    repo.git("read-tree", "HEAD", env=index)
    repo.git("add", "trap", env=index)
    tree = repo.line("write-tree", env=index)
    (repo.git_dir / "trap-index").unlink()
    repo.git("update-ref", "HEAD", repo.line("commit-tree", "-p", "HEAD", "-m", "trap", tree))
    for name in names:
        repo.write(name, "second, modified\n")


def _signed_commit(repo: Repository) -> None:
    """HEAD becomes a commit with a signature to verify."""
    header, message = repo.git("cat-file", "commit", "HEAD").split(b"\n\n", 1)
    armour = "-----{} PGP SIGNATURE-----"
    signature = f"\ngpgsig {armour.format('BEGIN')}\n \n AAAA\n {armour.format('END')}"
    oid = repo.raw("commit", header + signature.encode() + b"\n\n" + message)
    repo.git("update-ref", "HEAD", oid)


def _promised_blob(repo: Repository) -> None:
    """A branch whose one file must be fetched from a promisor remote."""
    tree = repo.tree([("100644", "c0ffee" + "0" * (len(repo.oid("HEAD")) - 6), "promised.txt")])
    repo.git("update-ref", "refs/heads/promised", repo.line("commit-tree", "-m", "promised", tree))


def _settings(cage: Cage) -> Iterable[str]:
    """Programs that the configuration names."""
    yield f"[core]\n\tfsmonitor = {cage.script('core.fsmonitor')}\n\tpager = {cage.script('core.pager', 'cat')}"
    yield f"\thooksPath = {cage.folder / 'hooks'}"
    yield f"\tsshCommand = {cage.script('core.sshCommand')}"
    yield f"[diff]\n\texternal = {cage.script('diff.external', 'exit 0')}"
    yield f'[diff "command"]\n\tcommand = {cage.script("diff.command", "exit 0")}'
    yield f'[diff "textconv"]\n\ttextconv = {cage.script("diff.textconv", "echo hidden")}'
    clean, smudge = cage.script("filter.clean", "cat"), cage.script("filter.smudge", "cat")
    yield f'[filter "plain"]\n\tclean = {clean}\n\tsmudge = {smudge}'
    yield f'[filter "process"]\n\tprocess = {cage.script("filter.process", _NO_CAPABILITIES)}'
    yield f"[gpg]\n\tprogram = {cage.script('gpg.program')}\n[log]\n\tshowSignature = true"


def _remotes(cage: Cage) -> Iterable[str]:
    """Promisor remotes: whoever asks for a missing object fetches it from them, one after another."""
    ext, upload = cage.script("remote ext"), cage.script("remote uploadpack")
    yield "[core]\n\trepositoryFormatVersion = 1\n[extensions]\n\tpartialClone = ssh\n[protocol]\n\tallow = always"
    yield '[remote "ssh"]\n\turl = ssh://git@nordhavn.invalid/x\n\tpromisor = true'
    yield f'[remote "ext"]\n\turl = "ext::{ext}"\n\tpromisor = true'
    yield f'[remote "upload"]\n\turl = {cage.folder}\n\tuploadpack = {upload}\n\tpromisor = true'


def _included(repo: Repository, cage: Cage) -> Iterable[str]:
    """A file inside the work tree that the configuration includes."""
    program = cage.script("include.path", "cat")
    repo.write("trap/included.conf", f'[filter "included"]\n\tclean = {program}\n')
    yield f"[include]\n\tpath = {repo.path / 'trap' / 'included.conf'}"


def _hooks(cage: Cage) -> None:
    """Hooks where core.hooksPath points to."""
    for name in HOOKS:
        cage.script(f"hook {name}", "exit 0", at=cage.folder / "hooks" / name)


def _submodule(repo: Repository, cage: Cage) -> None:
    """A submodule whose own configuration has a program, and an update command for it in the superproject's."""
    inner = Repository.create(repo.path / "trap" / "module")
    inner.write("file.txt", "module\n")
    commit = inner.commit("module")
    modules = repo.git_dir / "modules" / "trap"
    modules.parent.mkdir(exist_ok=True)
    (inner.path / ".git").rename(modules)
    (inner.path / ".git").write_text("gitdir: ../../.git/modules/trap\n")
    text = '[submodule "trap"]\n\tpath = trap/module\n\turl = ./trap\n'
    repo.write(".gitmodules", (_read(repo.path / ".gitmodules")) + text)
    repo.git("update-index", "--add", "--cacheinfo", f"160000,{commit},trap/module")
    worktree = "[core]\n\tworktree = ../../../trap/module\n"
    _append_config(modules / "config", [worktree, f"\tfsmonitor = {cage.script('submodule config')}"])
    update = cage.script("submodule update")
    _append_config(repo.git_dir / "config", [f'[submodule "trap"]\n\tactive = true\n\tupdate = "!{update}"'])


def _embedded_bare(repo: Repository, cage: Cage) -> None:
    """A folder of the work tree that is itself a git directory."""
    bare = Repository.create(repo.path / "trap" / "bare", bare=True)
    bare.git("update-ref", "refs/heads/main", bare.line("commit-tree", "-m", "x", bare.tree([])))
    (bare.path / "config").write_text("[core]\n\trepositoryformatversion = 0\n\tbare = false\n\tworktree = ..\n")
    _append_config(bare.path / "config", [f"\tfsmonitor = {cage.script('embedded bare repository')}"])


def _python_modules(repo: Repository, cage: Cage) -> None:
    """Modules that a Python with this working directory on its path takes for others."""
    for name in MODULES:
        repo.write(f"{name}.py", cage.module(f"module {name}"))


def _baseline(repo: Repository, cage: Cage) -> None:
    """A baseline of detect-secrets that names a plug-in and a filter of its own."""
    plugin = repo.write("trap/plugin.py", cage.module("baseline plug-in") + _PLUGIN)
    chosen = repo.write("trap/filter.py", cage.module("baseline filter") + "def allow(secret):\n    return True\n")
    baseline = {
        "version": "1.5.0",
        "plugins_used": [{"name": "Canary", "path": plugin.as_uri()}],
        "filters_used": [{"path": f"{chosen.as_uri()}::allow"}],
        "results": {},
        "generated_at": "2024-03-01T12:00:00Z",
    }
    repo.write(".secrets.baseline", json.dumps(baseline))


def _append_config(config: Path, lines: Iterable[str]) -> None:
    config.write_text(_read(config) + "\n".join(lines) + "\n")


def _read(path: Path) -> str:
    return path.read_text() if path.exists() else ""
