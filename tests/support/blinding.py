"""Settings of a repository that hide content from whoever reads it through Git's porcelain."""

import os

from tests.support.repository import Repository

_CONFIG = {
    "core.bigFileThreshold": "1",
    "core.checkStat": "minimal",
    "core.trustctime": "false",
    "core.fileMode": "false",
    "core.quotePath": "false",
    "color.ui": "always",
    "color.diff": "always",
    "diff.algorithm": "histogram",
    "diff.context": "0",
    "diff.hidden.binary": "true",
    "diff.hidden.textconv": "true",
    "diff.ignoreSubmodules": "all",
    "diff.noprefix": "true",
    "diff.orderFile": "no-such-file",
    "diff.srcPrefix": "../../",
    "i18n.logOutputEncoding": "UTF-16",
    "log.diffMerges": "off",
    "log.date": "format:",
    "log.showRoot": "false",
    "status.showUntrackedFiles": "no",
    "transfer.hideRefs": "refs",
}
_ATTRIBUTES = "* -diff\n"
_SCANNER_IGNORES = {
    ".gitleaksignore": "*\n",
    ".gitleaks.toml": "[allowlist]\npaths = ['''.*''']\n",
    ".betterleaks.toml": "[allowlist]\npaths = ['''.*''']\n",
    ".ignore": "*\n",
    ".rgignore": "*\n",
}


def blind(repo: Repository) -> None:
    """Apply every blinding setting that leaves the repository usable."""
    forge_attributes(repo)
    forge_replacements(repo)
    forge_grafts(repo)
    for name, text in _SCANNER_IGNORES.items():
        repo.write(name, text)
    for key, value in _CONFIG.items():
        repo.git("config", key, value)


def forge_attributes(repo: Repository) -> None:
    """No file has a diff: by the local attributes file and by the one that the configuration names."""
    (repo.git_dir / "info" / "attributes").write_text(_ATTRIBUTES)
    attributes = repo.git_dir / "more-attributes"
    attributes.write_text(_ATTRIBUTES)
    repo.git("config", "core.attributesFile", str(attributes))
    excludes = repo.git_dir / "all-excluded"
    excludes.write_text("*\n")
    repo.git("config", "core.excludesFile", str(excludes))


def forge_replacements(repo: Repository) -> None:
    """Each blob of HEAD seems to be an empty one, and the tip of `side` seems to be HEAD."""
    empty = repo.blob("")
    rows = repo.git("ls-tree", "-r", "-z", "HEAD").split(b"\0")[:-1]
    fields = [row.split(b"\t")[0].split() for row in rows]
    blobs = {oid.decode() for mode, kind, oid in fields if kind == b"blob"} - {empty}
    edits = [f"create refs/replace/{oid} {empty}\n" for oid in sorted(blobs)]
    if repo.attempt("rev-parse", "--verify", "side") == 0:
        edits.append(f"create refs/replace/{repo.oid('side')} {repo.oid('HEAD')}\n")
    repo.git("update-ref", "--stdin", input="".join(edits).encode())


def forge_grafts(repo: Repository) -> None:
    """HEAD seems to have no parents."""
    (repo.git_dir / "info" / "grafts").write_text(repo.oid("HEAD") + "\n")


def forge_shallow(repo: Repository) -> None:
    """The repository claims to be a shallow clone that ends at each branch tip; nothing is missing."""
    tips = repo.git("for-each-ref", "--format=%(objectname)", "refs/heads").decode().split()
    (repo.git_dir / "shallow").write_text("".join(f"{oid}\n" for oid in sorted(set(tips))))


def forge_format(repo: Repository) -> None:
    """A format that no git knows, so that git refuses the repository."""
    repo.git("config", "core.repositoryFormatVersion", "99")
    config = repo.git_dir / "config"
    config.write_text(config.read_text() + "[extensions]\n\tnoSuchExtension = true\n")


def forge_bare(repo: Repository) -> None:
    """The repository claims to have no work tree."""
    repo.git("config", "core.bare", "true")


def forge_worktree(repo: Repository) -> None:
    """The work tree claims to be elsewhere."""
    elsewhere = repo.git_dir / "elsewhere"
    elsewhere.mkdir()
    repo.git("config", "core.worktree", os.fspath(elsewhere))


BLINDINGS = {
    "settings": blind,
    "forged shallow": forge_shallow,
    "unknown format": forge_format,
    "bare": forge_bare,
    "work tree elsewhere": forge_worktree,
}
"""Each makes one kind of blind repository; none removes a byte."""
