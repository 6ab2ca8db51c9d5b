"""Databases of every age: made, upgraded step by step, left alone when they are newer than the program."""

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, MetaData, inspect, text
from sqlalchemy.exc import DatabaseError

from bot import database, history, memory, migrations, subscriptions
from bot.cli import main
from bot.memory import LEASE, Memory
from content import tables
from content.documents import Document
from content.preparation import prepare
from content.store import Change, Store
from handlers.payloads import Privately, Question, write_question
from tests.conftest import SEEDS, Storage

NOW = 1_700_000_000.0
FIRST = (Path(__file__).parent / "first_schema.sql").read_text("utf-8")
CHIPS = prepare(Document("chips", "The firm makes chips. It spent $3 billion on them.", title="Chips"))
QUESTION = Question("command", "what is Qwen?", "U1", Privately("http://slack/1"))
#: the first version's data: a document written, another written and removed, the first written again
ROWS = (
    "INSERT INTO store (id, identity, last_change) VALUES (1, 'first', 4)",
    "INSERT INTO changes (number, document) VALUES (1, 'chips'), (2, 'gone'), (3, 'gone'), (4, 'chips')",
    "INSERT INTO documents (id, digest, text, title, published) "
    f"VALUES ('chips', '{CHIPS.checksum}', 'The firm', 'Chips', '2026')",
    "INSERT INTO passages VALUES ('chips', 1, 0, 8, 'The firm', NULL)",
    "INSERT INTO figures (document, start, \"end\", text, kind, sentence) VALUES ('chips', 0, 2, '$3', 'money', '$3')",
)
CLAIM = "INSERT INTO claims VALUES ('T1', NULL, 'command', :payload, 'pending', 1700000000000)"


def first(storage: Storage, *left_out: str, rows: tuple[str, ...] = ROWS) -> Engine:
    """A database as the first version made it, without some of its tables."""
    made = storage.bare()
    script = FIRST.replace("SERIAL", "INTEGER")
    statements = [part.strip() for part in script.partition("\n")[2].split(";") if part.strip()]
    with made.begin() as db:
        for statement in statements:
            if not any(f"CREATE TABLE {name} " in statement or f" ON {name} " in statement for name in left_out):
                db.exec_driver_sql(statement)
        for row in rows:
            db.exec_driver_sql(row)
        if "claims" not in left_out:
            db.execute(text(CLAIM), {"payload": json.dumps(write_question(QUESTION))})
    return made


def differences(engine: Engine) -> list[object]:
    """What sets the tables of a database apart from those the code declares."""
    declared = MetaData()
    for metadata in (tables.METADATA, memory.METADATA, history.METADATA, subscriptions.METADATA):
        for table in metadata.sorted_tables:
            table.to_metadata(declared)
    with engine.connect() as db:
        return list(compare_metadata(MigrationContext.configure(db), declared))


def test_an_empty_database_gets_the_tables_the_code_declares(storage: Storage) -> None:
    assert differences(storage.engine()) == []


@pytest.mark.parametrize("left_out", [(), ("claims",)], ids=["all tables", "never served"])
def test_a_store_of_the_first_version_is_upgraded(storage: Storage, left_out: tuple[str, ...]) -> None:
    first(storage, *left_out)
    engine = storage.engine()
    assert differences(engine) == []
    upgraded = Store(engine)
    assert (upgraded.identity, upgraded.last_change()) == ("first", 4)
    assert upgraded.changes(0, 9) == [Change(3, "gone", None), Change(4, "chips", CHIPS.checksum)]
    assert [passage.text for passage in upgraded.passages_of("chips")] == ["The firm"]
    assert [figure.text for figure in upgraded.figures()] == ["$3"]
    assert upgraded.headers(["chips"])["chips"].published == "2026"
    assert upgraded.put([CHIPS]) == ["unchanged"]
    assert [job.question for job in Memory(engine).take_up(NOW, NOW - 1)] == [QUESTION] * (not left_out)


def test_what_the_first_version_stored_is_taken_apart_anew(storage: Storage) -> None:
    text = "Servers cost $3 billion.\n\nLooking for servers? Order yours today, with free shipping."
    servers = prepare(Document("servers", text, title="Chips"))
    rows = (
        ROWS[0],
        "INSERT INTO changes (number, document) VALUES (4, 'servers')",
        f"INSERT INTO documents (id, digest, text, title) VALUES ('servers', '{servers.checksum}', '{text}', 'Chips')",
        f"INSERT INTO passages VALUES ('servers', 1, 0, {len(text)}, '{text}', NULL)",
    )
    first(storage, rows=rows)
    library = storage.library()
    (source,) = library.sources()
    assert (source.passages, source.figures, source.labels) == (2, 1, ("1 sponsored passage",))
    assert [one.outcome for one in library.add([servers.document])] == ["unchanged"]
    assert library.digest(0).documents == 0
    assert [hit.passage.number for hit in library.search("servers").hits if hit.passage.sponsored] == [2]


def test_a_store_of_the_first_version_killed_before_its_row_was_written_gets_one(storage: Storage) -> None:
    first(storage, rows=())
    assert len(Store(storage.engine()).identity) == 32


@pytest.mark.parametrize("revision", sorted(migrations.known()))
def test_a_store_of_every_step_is_upgraded(storage: Storage, revision: str) -> None:
    with storage.bare().begin() as db:
        migrations.upgrade(db, revision)
        assert database.revision(db) == revision
    engine = storage.engine()
    assert differences(engine) == []
    assert Store(engine).put([CHIPS]) == ["added"]


def test_the_newest_step_is_the_one_the_program_looks_for() -> None:
    assert max(migrations.known()) == database.NEWEST


def test_opening_again_changes_nothing(storage: Storage) -> None:
    identity = Store(storage.engine()).identity
    assert Store(storage.engine()).identity == identity


def test_an_upgrade_that_fails_leaves_everything_as_it_was(storage: Storage) -> None:
    before = first(storage)
    with before.begin() as db:
        db.execute(text("ALTER TABLE claims ADD COLUMN leased INTEGER"))  # the last thing the next step makes
    with pytest.raises(DatabaseError, match="leased"):
        storage.engine()
    with before.connect() as db:
        assert db.execute(text("SELECT count(*) FROM changes")).scalar() == 4
    assert not inspect(before).has_table("alembic_version")


def newer(storage: Storage) -> None:
    with storage.engine().begin() as db:
        db.execute(text("UPDATE alembic_version SET version_num = '9999'"))


def test_a_newer_store_is_left_alone(storage: Storage) -> None:
    newer(storage)
    with pytest.raises(database.NewerDatabase, match=r"newer version .* revision 9999, .* knows"):
        storage.engine()


@pytest.mark.parametrize("command", [["sources"], ["ask", "what is Qwen?"], ["index"]], ids=lambda words: words[0])
def test_a_newer_store_ends_a_command_in_one_line(
    storage: Storage, command: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    newer(storage)
    monkeypatch.setenv("ALIBABA_DATABASE_URL", storage.url)
    assert main(command) == 1
    output, errors = capsys.readouterr()
    assert output == ""
    assert "newer version of alibaba-bot" in " ".join(errors.split())
    assert "Traceback" not in errors


def test_many_may_open_a_new_database_at_once(storage: Storage) -> None:
    with ThreadPoolExecutor(8) as threads:
        identities = set(threads.map(lambda _: Store(storage.engine()).identity, range(8)))
    assert len(identities) == 1


OPEN = """
import sys
sys.path.insert(0, sys.argv[1])
sys.stdin.readline()
from bot.database import engine
from content.store import Store
print(Store(engine(sys.argv[2])).identity, "alembic" in sys.modules)
"""


def opened(storage: Storage, processes: int) -> set[tuple[str, ...]]:
    """What that many processes, let go at once, say of the store."""
    arguments = [sys.executable, "-c", OPEN, str(SEEDS.parent), storage.url]
    started = [
        subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(processes)
    ]
    with ThreadPoolExecutor(processes) as threads:
        outputs = list(threads.map(lambda process: process.communicate("go\n", timeout=60)[0], started))
    return {tuple(output.split()) for output in outputs}


def test_many_processes_may_open_a_new_database_at_once(storage: Storage) -> None:
    assert len({identity for identity, _ in opened(storage, 4)}) == 1


def test_an_upgraded_database_is_opened_without_loading_alembic(storage: Storage) -> None:
    identity = Store(storage.engine()).identity
    assert opened(storage, 1) == {(identity, "False")}


def test_a_file_that_is_no_database_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "alibaba.db").write_bytes(b"this is no database, whatever its name says" * 100)
    with pytest.raises(DatabaseError):
        database.engine(f"sqlite:///{tmp_path / 'alibaba.db'}")


def test_sqlite_is_set_up_to_be_shared(on_sqlite: Storage) -> None:
    names = ("journal_mode", "busy_timeout", "synchronous", "foreign_keys")
    with on_sqlite.engine().connect() as db:
        read = [db.execute(text(f"PRAGMA {name}")).scalar() for name in names]
    assert read == ["wal", 10000, 1, 1]


def test_an_engine_in_memory_needs_no_folder() -> None:
    engine = database.engine("sqlite://")
    assert Memory(engine).take_up(NOW, NOW - LEASE) == ()
    assert Store(engine).put([CHIPS]) == ["added"]
    engine.dispose()
