"""bench/accuracy.py counts as the data set's authors do, on a half of three files made here."""

import csv
import re
import subprocess
import sys
from pathlib import Path

from tests.support import tokens

COLUMNS = ("path", "repo", "line_start", "line_end", "truth", "value_start", "value_end", "key", "pattern", "category", "id")


def test_found_wrong_missed_and_unlabelled(tmp_path: Path) -> None:
    folder = tmp_path / "data" / "dev" / "r1"
    folder.mkdir(parents=True)
    found, wrong, unlabelled = (f'password = "{tokens.password(n)}"\n' for n in range(3))
    (folder / "a.py").write_text(found + "x = 1\n" + wrong + "y = 2\n" + unlabelled)
    (folder / "b.py").write_text("nothing = here\n")
    rows = [
        ("r1/a.py", 1, "T", "Password"),
        ("r1/a.py", 3, "F", "Password"),
        ("r1/b.py", 1, "T", "Token"),
        ("r1/b.py", 1, "T", "UUID"),
    ]
    with open(tmp_path / "labels_dev.csv", "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for number, (path, line, truth, category) in enumerate(rows):
            writer.writerow((path, "acme/one", line, line, truth, "", "", "", "", category, number))
    program = Path(__file__).parents[1] / "bench" / "accuracy.py"
    command = [sys.executable, str(program), str(tmp_path), "--by-category"]
    told = subprocess.run(command, capture_output=True, text=True, check=True, timeout=100).stdout
    numbers = {line.split()[0]: line.split()[1:5] for line in told.splitlines() if re.match(r"[A-Za-z]+ +\d", line)}
    assert numbers["secrets"] == ["2", "1", "1", "1"]  # true, found, wrong, missed
    assert numbers["strict"] == ["0", "0", "0", "0"]
    assert numbers["Token"] == ["1", "0", "0", "1"]
    assert "findings on lines without a label: 1\n" in told
    for number in range(3):
        assert tokens.password(number) not in told
