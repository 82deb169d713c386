"""Plants tokens in files: odd encodings, names, sizes and attributes, all committed at HEAD."""

from tests.support.plant_history import prose
from tests.support.planter import Planter
from tests.support.repository import Name

_ATTRIBUTES = "*.nodiff -diff\n*.dat binary\n*.hidden diff=hidden -text\n"
_ODD_NAMES: dict[str, Name] = {
    "file named with a newline": "odd/new\nline.txt",
    "file named with ESC": b"odd/esc\x1b[31mred\x07.txt",
    "file named with non-UTF-8 bytes": b"odd/latin-\xe9\xff.txt",
    "file named with RLO": "odd/rlo-\u202etxt.exe",
    "file named as a workflow command": "odd/\n::error file=a,line=1::b",
}
_SKIPPED_BY_OTHERS = {
    "lock file": "package-lock.json",
    "minified file": "dist/app.min.js",
    "vendored file": "node_modules/left/index.js",
    "test file": "tests/fixtures/data.txt",
    "image by name": "assets/logo.svg",
}


def plain(p: Planter) -> None:
    """Ordinary files at HEAD, and those that other scanners leave out by name."""
    p.repo.write(".gitignore", "/ignored/\n*.ignored\n")
    p.repo.write(".gitattributes", _ATTRIBUTES)
    p.repo.write("src/config.py", p.text("file at HEAD"))
    p.repo.write("run.sh", p.text("executable")).chmod(0o755)
    for place, name in _SKIPPED_BY_OTHERS.items():
        p.repo.write(name, p.text(place))


def encodings(p: Planter) -> None:
    """The same kind of text in other bytes."""
    p.repo.write("text/crlf.txt", p.text("CRLF file").replace("\n", "\r\n"))
    p.repo.write("text/cr.txt", p.text("CR file").replace("\n", "\r"))
    p.repo.write("text/utf8-bom.txt", b"\xef\xbb\xbf" + p.text("UTF-8 with BOM").encode())
    p.repo.write("text/utf16le.txt", b"\xff\xfe" + p.text("UTF-16LE with BOM").encode("utf-16-le"))
    p.repo.write("text/utf16be.txt", b"\xfe\xff" + p.text("UTF-16BE with BOM").encode("utf-16-be"))
    p.repo.write("text/utf16le-bare.txt", p.text("UTF-16LE without BOM").encode("utf-16-le"))
    p.repo.write("text/utf16be-bare.txt", p.text("UTF-16BE without BOM").encode("utf-16-be"))
    p.repo.write("text/latin1.txt", b"caf\xe9\n" + p.text("Latin-1 file").encode())
    p.repo.write("text/nul.txt", b"\0\0\0\0" + p.text("NUL-prefixed text").encode())
    p.repo.write("text/no-newline.txt", f"key = {p.take('no line end')}")


def attributes(p: Planter) -> None:
    """Files that attributes take out of every diff."""
    p.repo.write("attributes/a.nodiff", p.text("file marked -diff"))
    p.repo.write("attributes/b.dat", p.text("file marked binary"))
    p.repo.write("attributes/c.hidden", p.text("file with a diff driver"))


def sizes(p: Planter) -> None:
    """One line of 2 MiB, and a file that is stored in pieces because it is over core.bigFileThreshold."""
    filler = prose(2, 16000).replace("\n", " ")
    p.repo.write("size/line.txt", f"{filler} {p.take('long line')} {filler}\n")
    p.repo.write("size/big.txt", prose(3, 4000) + p.text("over bigFileThreshold") + prose(4, 4000))
    p.repo.git("-c", "core.bigFileThreshold=64k", "add", "size/big.txt")


def odd_names(p: Planter) -> None:
    """Names that break lines, terminals, decoders and build logs."""
    for place, name in _ODD_NAMES.items():
        p.repo.write(name, p.text(place))


def files(p: Planter) -> None:
    """All of them in one commit."""
    for plant in (plain, encodings, attributes, sizes, odd_names):
        plant(p)
    p.repo.git("add", "--force", "node_modules")
    p.repo.commit("files")
