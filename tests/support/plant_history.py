"""Plants tokens in what refs reach: commits and their headers, tags, trees, names of refs, packs."""

import os
import random

from tests.support.planter import Planter

_WORDS = ("amber", "birch", "copper", "delta", "ember", "fjord", "granite", "harbour", "island", "juniper")


def prose(seed: int, lines: int) -> str:
    """Harmless text, the same for the same seed."""
    source = random.Random(seed)
    return "".join(" ".join(source.choices(_WORDS, k=9)) + "\n" for _ in range(lines))


def root_and_deleted(p: Planter) -> None:
    """Content that only the root commit and a middle commit hold."""
    p.repo.write("keep.txt", "kept\n")
    p.repo.write("root.txt", p.text("root commit"))
    p.repo.commit("root")
    p.repo.remove("root.txt")
    p.repo.write("deleted.txt", p.text("deleted in history"))
    p.repo.commit("second")
    p.repo.remove("deleted.txt")
    p.repo.commit("third")


def packed(p: Planter) -> None:
    """Versions of one file that a pack stores as deltas; then everything so far goes into that pack."""
    text = prose(1, 400).splitlines(keepends=True)
    for version in range(6):
        place = {1: "packed as delta", 5: "packed as base"}.get(version)
        line = f"key = {p.take(place)}\n" if place else "nothing here\n"
        text.insert(50 * version, line)
        p.repo.write("journal.txt", "".join(text))
        p.repo.commit(f"journal {version}")
        text[50 * version] = f"entry {version}\n"
    p.repo.write("journal.txt", "".join(text))
    p.repo.commit("journal cleaned")
    p.ref(f"refs/heads/packed/{p.take('branch name, packed')}", p.repo.oid("HEAD"))
    p.repo.git("repack", "-adq", "--window=20")
    p.repo.git("pack-refs", "--all")


def branches(p: Planter) -> None:
    """Another branch, and a merge whose content neither parent has."""
    head = p.repo.oid("HEAD")
    side = p.commit_tree(p.snapshot({"side.txt": p.text("other branch")}), [head], "side")
    p.ref("refs/heads/side", side)
    evil = p.commit_tree(p.snapshot({"merged.txt": p.text("merge only")}), [head, side], "Merge branch 'side'")
    after = p.commit_tree(p.snapshot({"merged.txt": "clean again\n"}), [evil], "after the merge")
    p.ref("refs/heads/merged", after)


def tags(p: Planter) -> None:
    """Tags: their message, their tagger, and a commit that only a tag holds."""
    p.ref("refs/tags/v1", p.raw_tag("v1", f"Release one\n\nbuilt with {p.take('tag message')}"))
    p.ref("refs/tags/v2", p.raw_tag("v2", "two", f"Bot <{p.take('tagger e-mail')}@example.com> 1709294400 +0000"))
    p.ref("refs/tags/v3", p.commit_tree(p.snapshot({"only.txt": p.text("tag-only commit")}), message="tagged"))
    nested = p.raw_tag("inner", f"inner\n\n{p.take('nested tag message')}")
    outer = p.repo.raw("tag", f"object {nested}\ntype tag\ntag outer\ntagger T <t@example.com> 1 +0000\n\nouter\n".encode())
    p.ref("refs/tags/outer", outer)


def commit_fields(p: Planter) -> None:
    """Messages and identities of commits."""
    tree = p.snapshot({"empty.txt": ""})
    chain = [
        p.commit_tree(tree, [], f"subject\n\nbody\n\nDeployed-with: {p.take('commit message')}"),
        p.commit_tree(tree, [], "a", author_name=f"Bot {p.take('author name')}"),
        p.commit_tree(tree, [], "b", author_email=f"{p.take('author e-mail')}@example.com"),
        p.commit_tree(tree, [], "c", committer_name=f"Bot {p.take('committer name')}"),
        p.commit_tree(tree, [], "d", committer_email=f"{p.take('committer e-mail')}@example.com"),
    ]
    for number, commit in enumerate(chain):
        p.ref(f"refs/heads/field/{number}", commit)


def commit_headers(p: Planter) -> None:
    """Headers that no porcelain shows: an unknown one, a signature, the tag of a merged tag."""
    tree, head = p.snapshot({"raw.txt": "raw\n"}), p.repo.oid("HEAD")
    armour = "-----{} PGP SIGNATURE-----"
    signature = f"gpgsig {armour.format('BEGIN')}\n Comment: {p.take('gpgsig header')}\n \n AAAA\n {armour.format('END')}\n"
    merged = f"mergetag object {head}\n type commit\n tag m\n tagger T <t@example.com> 1 +0000\n \n {p.take('mergetag')}\n"
    headers = [f"x-build {p.take('extra commit header')}\n", signature, merged]
    for number, header in enumerate(headers):
        p.ref(f"refs/heads/header/{number}", p.raw_commit(tree, header))


def names(p: Planter) -> None:
    """Names: of refs, files, folders, and what a symbolic link points to."""
    head = p.repo.oid("HEAD")
    p.ref(f"refs/heads/feature/{p.take('branch name')}", head)
    p.ref(f"refs/tags/build-{p.take('tag name')}", head)
    p.repo.write(f"named/file-{p.take('file name')}.txt", "named\n")
    p.repo.write(f"named/{p.take('directory name')}/readme.txt", "in a named folder\n")
    os.symlink(f"/srv/{p.take('symlink target')}/data", p.repo.path / "named" / "link")
    p.repo.commit("names")


def refs_to_anything(p: Planter) -> None:
    """Refs need not point to commits; notes are refs, too."""
    p.ref("refs/stray/blob", p.repo.blob(p.text("ref to a blob")))
    p.ref("refs/stray/tree", p.snapshot({"in-tree.txt": p.text("ref to a tree")}))
    p.repo.git("notes", "add", "-F", "-", "HEAD", input=p.text("git note").encode())


HISTORY = (root_and_deleted, packed, branches, tags, commit_fields, commit_headers, names, refs_to_anything)
