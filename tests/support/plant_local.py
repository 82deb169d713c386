"""Plants tokens in what only this clone holds: unreachable objects, index, work trees, submodules, files of .git."""

import os
import shutil

from tests.support.planter import Planter
from tests.support.repository import Repository


def stash(p: Planter) -> None:
    """A stash with all its three commits."""
    p.repo.write("keep.txt", p.text("stash, staged"))
    p.repo.stage("keep.txt")
    p.repo.write("keep.txt", p.text("stash"))
    p.repo.write("untracked-stash.txt", p.text("stash, untracked"))
    p.repo.git("stash", "push", "-q", "--include-untracked")


def reflogs(p: Planter) -> None:
    """A commit that only a reflog holds, and a reflog's own message."""
    p.repo.write("reset.txt", p.text("reflog-only commit"))
    p.repo.commit("to be reset")
    p.repo.git("reset", "-q", "--hard", "HEAD~1")
    p.ref("refs/heads/noted", p.repo.oid("HEAD"), f"deploy: with {p.take('reflog message')}")


def dangling(p: Planter) -> None:
    """Objects that nothing refers to."""
    p.repo.blob(p.text("dangling blob"))
    p.commit_tree(p.snapshot({"empty.txt": ""}), [], f"lost\n\n{p.take('dangling commit')}")
    p.raw_tag("lost", p.take("dangling tag"))
    p.repo.tree([("100644", p.repo.blob("named\n"), f"entry-{p.take('unreachable tree entry')}.txt")])


def submodule(p: Planter) -> None:
    """A submodule: its history under .git/modules and its own work tree."""
    library = Repository.create(p.repo.path.with_name("library-source"))
    library.write("lib.txt", p.text("submodule history"))
    library.commit("first")
    library.write("lib.txt", "clean\n")
    library.commit("second")
    p.repo.git("-c", "protocol.file.allow=always", "submodule", "add", "-q", str(library.path), "vendor/library")
    p.repo.commit("submodule")
    shutil.rmtree(library.path)
    p.repo.write("vendor/library/local.txt", p.text("submodule, untracked file"))


def nested_repository(p: Planter) -> None:
    """A repository in the work tree that is no submodule."""
    nested = Repository.create(p.repo.path / "third-party" / "embedded")
    nested.write("gone.txt", p.text("embedded repository, history"))
    nested.write("inside.txt", p.text("embedded repository, file"))
    nested.commit("embedded")
    nested.remove("gone.txt")
    nested.commit("gone")


def linked_worktree(p: Planter) -> None:
    """A second work tree beside the first, with an index of its own."""
    linked = p.repo.path.with_name(p.repo.path.name + "-linked")
    p.repo.git("worktree", "add", "-q", "--detach", str(linked), "HEAD")
    other = Repository(linked)
    other.write("staged.txt", p.text("linked worktree, index"))
    other.stage("staged.txt")
    other.write("staged.txt", "clean\n")
    other.write("untracked.txt", p.text("linked worktree, untracked file"))


def index(p: Planter) -> None:
    """Content and names that are staged and nowhere else."""
    p.repo.write("staged.txt", p.text("index"))
    p.repo.stage("staged.txt")
    p.repo.write("staged.txt", "clean\n")
    name = f"staged-{p.take('file name in the index')}.txt"
    p.repo.write(name, "staged\n")
    p.repo.stage(name)
    p.repo.remove(name)


def worktree(p: Planter) -> None:
    """Files that git does not know, or believes to be unchanged."""
    p.repo.write("untracked.txt", p.text("untracked file"))
    p.repo.write("untracked/deep/er/file.txt", p.text("untracked file in a folder"))
    p.repo.write("ignored/file.txt", p.text("ignored"))
    p.repo.write("keep.txt", p.text("modified file"))
    for place, option, name in (
        ("modified, assume-unchanged", "--assume-unchanged", "attributes/a.nodiff"),
        ("modified, skip-worktree", "--skip-worktree", "attributes/b.dat"),
    ):
        p.repo.git("update-index", option, name)
        p.repo.write(name, p.text(place))
    same_size_and_time(p)


def same_size_and_time(p: Planter) -> None:
    """A file whose size and time say that it is unchanged."""
    path = p.repo.path / "run.sh"
    old, status = p.planted["executable"], path.stat()
    path.write_text(path.read_text().replace(old, p.take("modified, same size and time")))
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


def git_directory(p: Planter) -> None:
    """Files of .git that people and tools leave credentials in."""
    url = f"https://build:{p.take('URL in .git/config')}@git.nordhavn-maskin.dk/app.git"
    p.repo.git("config", "remote.origin.url", url)
    for place, name in {
        "COMMIT_EDITMSG": "COMMIT_EDITMSG",
        "MERGE_MSG": "MERGE_MSG",
        "description": "description",
        "info/exclude": "info/exclude",
        "hook script": "hooks/pre-push",
        "FETCH_HEAD": "FETCH_HEAD",
    }.items():
        (p.repo.git_dir / name).write_text(p.text(f".git: {place}").replace("\nend", "\n# end").replace("\nkey", "\n# key"))


def alternate(p: Planter) -> None:
    """An object in another repository that this one borrows from."""
    other = Repository.create(p.repo.path.with_name(p.repo.path.name + "-alternate"), bare=True)
    other.blob(p.text("alternate"))
    (p.repo.objects / "info").mkdir(exist_ok=True)
    (p.repo.objects / "info" / "alternates").write_text(f"{other.objects}\n")


LOCAL = (
    stash,
    reflogs,
    dangling,
    submodule,
    linked_worktree,
    nested_repository,
    index,
    worktree,
    git_directory,
    alternate,
)
