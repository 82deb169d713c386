"""``python -P -m expurgate``; -P keeps modules in the working directory from being imported."""

from expurgate.cli.main import entry

if __name__ == "__main__":
    entry()
