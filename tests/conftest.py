"""What every test may use: the library of the seeds, and an environment without anybody's settings."""

import os
from pathlib import Path

import pytest

from bot.database import engine
from content import formats
from content.library import Library

SEEDS = Path(__file__).parent.parent / "seeds"


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No setting and no proxy of the machine reaches a test; data goes where the test's files go."""
    for name in list(os.environ):
        if name.startswith(("ALIBABA_", "SLACK_")) or name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("ALIBABA_DATA_DIR", str(tmp_path / "data"))


def open_library(data_dir: Path) -> Library:
    """A library in a directory of its own, on SQLite."""
    data_dir.mkdir(parents=True, exist_ok=True)
    return Library.open(data_dir, engine(f"sqlite:///{data_dir / 'alibaba.db'}"))


def index_all(library: Library, *paths: Path) -> None:
    """Index files and folders; every one must be readable."""
    for path in paths:
        assert [one for one in library.add(formats.documents(path)) if one.error] == []
    library.refresh()


@pytest.fixture(scope="session")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The four articles, indexed once; tests only read it."""
    library = open_library(tmp_path_factory.mktemp("seeds"))
    index_all(library, SEEDS)
    return library


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """An empty library."""
    return open_library(tmp_path / "library")
