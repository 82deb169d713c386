"""Configuration: where it is found, what overrules what, and one clear line for what is wrong with it."""

from pathlib import Path
from typing import Any

import pytest

from expurgate.config import ACCEPTED, Allow, Config, load
from expurgate.errors import ConfigError
from expurgate.model import Severity
from tests.support.cli import Cli
from tests.support.tokens import email, token

FILE = ".expurgate.toml"


def loaded(start: Path, explicit: Path | None = None, environ: dict[str, str] | None = None) -> Config:
    """Without the variables of whoever runs the tests."""
    return load(start, explicit, environ or {})


def refused(folder: Path, text: str, name: str = FILE) -> str:
    """The message for a configuration file with this text."""
    (folder / name).write_text(text)
    with pytest.raises(ConfigError) as caught:
        loaded(folder)
    message = str(caught.value)
    assert str(folder / name) in message
    return message


def test_defaults(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    config = loaded(tmp_path)
    assert config == Config()
    assert config.source == "defaults"
    assert config.accept_unread == ACCEPTED


def test_every_key(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("""
        select = ["secret"]
        ignore = ["github-*"]
        min_severity = "LOW"
        min_confidence = 0.3
        block_severity = "high"
        block_confidence = 1
        rules = ["rules", "/etc/rules"]
        ignore_paths = ["vendor/"]
        accept_unread = ["archive"]
        baseline = "decisions.json"
        key_file = "/run/key"
        [[allow]]
        paths = ["tests/"]
        reason = "made up"
        [[allow]]
        rules = ["pii"]
    """)
    expected = Config(
        select=("secret",),
        ignore=("github-*",),
        min_severity=Severity.LOW,
        min_confidence=0.3,
        block_severity=Severity.HIGH,
        block_confidence=1.0,
        rules=(tmp_path / "rules", Path("/etc/rules")),
        ignore_paths=("vendor/",),
        accept_unread=("archive",),
        baseline=tmp_path / "decisions.json",
        key_file=Path("/run/key"),
        allow=(Allow(("tests/",), (), "made up"), Allow((), ("pii",))),
        source=str(tmp_path / FILE),
        root=tmp_path,
    )
    assert loaded(tmp_path) == expected


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('min_sevrity = "high"', "unknown key 'min_sevrity'; did you mean 'min_severity'?"),
        ("selct = []", "unknown key 'selct'; did you mean 'select'?"),
        ("colour = 1", "unknown key 'colour'; known are accept_unread, allow, baseline"),
        ("only = []", "unknown key 'only'"),
        ('min_severity = "extreme"', "min_severity no severity 'extreme'; one of info, low, medium, high, critical"),
        ("min_severity = 3", "min_severity must be a text"),
        ("min_confidence = 1.1", "min_confidence must be a number from 0 to 1"),
        ("min_confidence = true", "min_confidence must be a number from 0 to 1"),
        ('select = "secret"', "select must be a list of texts"),
        ("ignore_paths = [1]", "ignore_paths must be a list of texts"),
        ('accept_unread = ["zip"]', "unknown format group 'zip'; known are archive, document"),
        ('allow = ["tests/"]', "allow must be written as [[allow]] tables"),
        ("[[allow]]\npath = ['x']", "allow has the unknown key 'path'; known are paths, reason, rules"),
        ("[[allow]]\nreason = 'x'", "allow needs paths, rules or both"),
        ("[[allow]]\npaths = 'x'", "allow must be a list of texts"),
        ("select = []\nignore = [\nx = 1\n", "not valid TOML"),
    ],
)
def test_what_is_wrong(text: str, told: str, tmp_path: Path) -> None:
    assert told in refused(tmp_path, text)


def test_malformed_toml_has_line_and_column(tmp_path: Path) -> None:
    assert "line 2, column 10" in refused(tmp_path, 'min_severity = "high"\nignore = = 3\n')


def test_pyproject(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    project = tmp_path / "pyproject.toml"
    project.write_text('[project]\nname = "expurgate"\n')
    assert loaded(tmp_path).source == "defaults"
    with pytest.raises(ConfigError, match=r"no \[tool\.expurgate\] table"):
        loaded(tmp_path, project)
    project.write_text('[tool.expurgate]\nmin_severity = "high"\n')
    assert (loaded(tmp_path).min_severity, loaded(tmp_path).source) == (Severity.HIGH, str(project))
    assert "did you mean 'ignore'?" in refused(tmp_path, "[tool.expurgate]\nignor = []\n", "pyproject.toml")
    assert "[tool.expurgate] table" in refused(tmp_path, "[tool]\nexpurgate = 3\n", "pyproject.toml")
    (tmp_path / FILE).write_text('min_severity = "low"\n')
    assert loaded(tmp_path).min_severity is Severity.LOW


def test_a_foreign_pyproject_is_nobodys_fault(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "pyproject.toml").write_text("this is = = no TOML\n")
    assert loaded(tmp_path).source == "defaults"


@pytest.mark.parametrize("top", ["work tree", "linked worktree", "bare repository", "no repository"])
def test_the_search_goes_up_to_the_top_of_the_repository(top: str, tmp_path: Path) -> None:
    (tmp_path / FILE).write_text('min_severity = "high"\n')
    repo = tmp_path / "repo"
    (repo / "deep" / "er").mkdir(parents=True)
    if top == "work tree":
        (repo / ".git").mkdir()
    elif top == "linked worktree":
        (repo / ".git").write_text("gitdir: elsewhere\n")
    elif top == "bare repository":
        (repo / "HEAD").write_text("ref: refs/heads/main\n")
        (repo / "objects").mkdir()
    above = loaded(repo / "deep" / "er")
    assert above.source == (str(tmp_path / FILE) if top == "no repository" else "defaults")
    (repo / FILE).write_text('min_severity = "low"\n')
    assert loaded(repo / "deep" / "er").source == str(repo / FILE)
    (repo / "deep" / FILE).write_text('min_severity = "medium"\n')
    assert loaded(repo / "deep" / "er").source == str(repo / "deep" / FILE)


@pytest.mark.parametrize(
    ("name", "text", "key", "value"),
    [
        ("EXPURGATE_MIN_SEVERITY", "critical", "min_severity", Severity.CRITICAL),
        ("EXPURGATE_MIN_CONFIDENCE", "0.75", "min_confidence", 0.75),
        ("EXPURGATE_SELECT", "secret, pii,", "select", ("secret", "pii")),
        ("EXPURGATE_IGNORE_PATHS", "a/,b/", "ignore_paths", ("a/", "b/")),
        ("EXPURGATE_ACCEPT_UNREAD", "archive", "accept_unread", ("archive",)),
        ("EXPURGATE_RULES", "x,/y", "rules", (Path("x"), Path("/y"))),
        ("EXPURGATE_BASELINE", "x.json", "baseline", Path("x.json")),
        ("EXPURGATE_KEY_FILE", "x.key", "key_file", Path("x.key")),
    ],
)
def test_the_environment_overrules_the_file(name: str, text: str, key: str, value: Any, tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(
        'min_severity = "low"\nmin_confidence = 0.1\nselect = []\nignore_paths = []\naccept_unread = []\nrules = []\n'
        'baseline = "own.json"\nkey_file = "own.key"\n'
    )
    assert getattr(loaded(tmp_path), key) != value
    assert getattr(loaded(tmp_path, environ={name: text}), key) == value
    assert loaded(tmp_path, environ={name: ""}) == loaded(tmp_path)


@pytest.mark.parametrize(
    ("name", "text"), [("MIN_SEVERITY", "extreme"), ("MIN_CONFIDENCE", "very"), ("MIN_CONFIDENCE", "2"), ("ACCEPT_UNREAD", "zip")]
)
def test_what_is_wrong_in_the_environment(name: str, text: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=f"^EXPURGATE_{name} "):
        loaded(tmp_path, environ={f"EXPURGATE_{name}": text})


def test_a_named_file(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text('min_severity = "low"\n')
    (tmp_path / "a.toml").write_text('min_severity = "high"\n')
    (tmp_path / "b.toml").write_text('min_severity = "critical"\n')
    named = {"EXPURGATE_CONFIG": str(tmp_path / "a.toml")}
    assert loaded(tmp_path, environ=named).min_severity is Severity.HIGH
    assert loaded(tmp_path, tmp_path / "b.toml", named).min_severity is Severity.CRITICAL
    with pytest.raises(ConfigError, match=r"no\.toml cannot be read"):
        loaded(tmp_path, tmp_path / "no.toml")
    with pytest.raises(ConfigError, match=r"no\.toml cannot be read"):
        loaded(tmp_path, environ={"EXPURGATE_CONFIG": str(tmp_path / "no.toml")})


def test_flag_over_environment_over_file(tmp_path: Path, cli: Cli) -> None:
    (tmp_path / "file.txt").write_text(f"key = {token(1)}\nmail = {email(1)}\n")
    (tmp_path / FILE).write_text('select = ["pii"]\n')

    def found(*args: str, **env: str) -> set[str]:
        result = cli.run("scan", "--format", "json", *args, tmp_path, env=env)
        return {finding["rule"] for finding in result.document["findings"]}

    assert found() == {"email-address"}
    assert found(EXPURGATE_SELECT="secret") == {"github-token"}
    assert found("--select", "email-*", EXPURGATE_SELECT="secret") == {"email-address"}
    assert found("--no-config") == {"github-token", "email-address"}


@pytest.mark.parametrize("form", ["text", "json", "jsonl"])
def test_reports_name_the_configuration(form: str, tmp_path: Path, cli: Cli) -> None:
    (tmp_path / FILE).write_text('ignore_paths = ["x"]\n')
    assert str(tmp_path / FILE).encode() in cli.run("scan", "--format", form, tmp_path).out
    assert str(tmp_path / FILE).encode() not in cli.run("scan", "--format", form, "--no-config", tmp_path).out
