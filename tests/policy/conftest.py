"""What tests of decisions share: a key, and a configuration whose cache is the session's."""

import pytest

from expurgate import Config


@pytest.fixture(autouse=True)
def _key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXPURGATE_KEY", "the key of all who work on it")


@pytest.fixture(scope="session")
def config(tmp_path_factory: pytest.TempPathFactory) -> Config:
    return Config(cache=tmp_path_factory.mktemp("cache"))
