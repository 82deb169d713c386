"""Fixtures that several rooms share. What takes long to build is built once a session and copied."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.cli import Cli
from tests.support.damage import sample
from tests.support.places import duplicate, plant
from tests.support.repository import Repository


@dataclass(frozen=True)
class Planted:
    """A planted repository, the folder that it and its kin lie in, and the token of each place."""

    family: Path
    tokens: dict[str, str]

    @property
    def repo(self) -> Repository:
        return Repository(self.family / "repo")

    def copy(self, to: Path) -> "Planted":
        """The same in another folder, to be changed."""
        duplicate(self.family, to)
        return Planted(to, self.tokens)


@pytest.fixture(scope="session")
def cli(tmp_path_factory: pytest.TempPathFactory) -> Cli:
    """The program, with one cache for the session."""
    return Cli(tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="session")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Planted:
    """The planted repository; look, don't touch."""
    family = tmp_path_factory.mktemp("planted")
    return Planted(family, plant(family / "repo"))


@pytest.fixture(scope="session")
def _sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sample(tmp_path_factory.mktemp("sample") / "repo").path


@pytest.fixture
def clean(_sample: Path, tmp_path: Path) -> Repository:
    """A small repository without a finding, to be changed."""
    shutil.copytree(_sample, tmp_path / "repo", symlinks=True)
    return Repository(tmp_path / "repo")
