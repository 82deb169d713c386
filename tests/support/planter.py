"""Plants one valid token a place and remembers which."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tests.support.repository import Data, Repository
from tests.support.tokens import token

SIGNATURE = "Test Tagger <tagger@example.com> 1709294400 +0000"


@dataclass
class Planter:
    """A repository under construction; `planted` maps each place to its token."""

    repo: Repository
    planted: dict[str, str] = field(default_factory=dict)

    def take(self, place: str) -> str:
        """A new token, to be planted in `place` and nowhere else."""
        if place in self.planted:
            raise ValueError(f"{place} has its token already")
        self.planted[place] = token(len(self.planted))
        return self.planted[place]

    def text(self, place: str) -> str:
        """A few lines of text with the token of `place` in the second line."""
        return f"# {place}\nkey = {self.take(place)}\nend\n"

    def snapshot(self, files: Mapping[str, Data]) -> str:
        """A flat tree of files that no work tree ever held."""
        return self.repo.tree([("100644", self.repo.blob(data), name) for name, data in files.items()])

    def commit_tree(self, tree: str, parents: Sequence[str] = (), message: str = "work", **identity: str) -> str:
        """A commit that no ref and no reflog knows yet; identities as for `Repository.commit`."""
        options = [option for parent in parents for option in ("-p", parent)]
        env = {f"GIT_{key.upper()}": value for key, value in identity.items()}
        return self.repo.line("commit-tree", *options, "-F", "-", tree, input=message.encode(), env=env)

    def raw_commit(self, tree: str, extra: str, message: str = "raw") -> str:
        """A commit with extra header lines (each with its line end) after the committer."""
        person = "Test Author <author@example.com> 1709294400 +0000"
        text = f"tree {tree}\nauthor {person}\ncommitter {person}\n{extra}\n{message}\n"
        return self.repo.raw("commit", text.encode())

    def raw_tag(self, name: str, message: str, tagger: str = SIGNATURE) -> str:
        """An annotated tag of HEAD that no ref knows yet."""
        head = self.repo.oid("HEAD")
        return self.repo.raw("tag", f"object {head}\ntype commit\ntag {name}\ntagger {tagger}\n\n{message}\n".encode())

    def ref(self, name: str, oid: str, note: str = "") -> None:
        """Let a ref point to an object, with a reflog message."""
        self.repo.git("update-ref", *(["--create-reflog", "-m", note] if note else []), name, oid)
