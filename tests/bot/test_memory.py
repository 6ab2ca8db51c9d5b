"""Claims: taken once, moved on once, forgotten in time; from any thread and several engines."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from bot.database import engine
from bot.memory import Memory
from handlers.payloads import InConversation, Privately, Question
from handlers.services import Job, State

NOW = 1_700_000_000.0
QUESTION = Question("mention", "what is “Qwen”? <!channel>", "U1", InConversation("C1", "1.1", "1.1"))


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Memory]:
    made = Memory(engine(f"sqlite:///{tmp_path / 'deep' / 'er' / 'alibaba.db'}"))
    made.create()
    yield made
    made.engine.dispose()


def _job(key: str = "Ev1", message: str | None = "C1:1.1", state: State = "pending") -> Job:
    return Job(key, QUESTION, message, state)


@pytest.mark.parametrize(
    ("second", "claimed"),
    [
        (_job("Ev1", "C1:1.1"), False),
        (_job("Ev1", "C1:2.2"), False),
        (_job("Ev2", "C1:1.1"), False),
        (_job("Ev2", "C1:2.2"), True),
        (_job("Ev2", None), True),
    ],
)
def test_a_request_is_claimed_once_by_its_key_and_by_its_message(memory: Memory, second: Job, claimed: bool) -> None:
    assert memory.claim(_job(), NOW)
    assert memory.claim(second, NOW) is claimed


def test_requests_without_a_message_do_not_meet(memory: Memory) -> None:
    assert memory.claim(_job("T1", None), NOW)
    assert memory.claim(_job("T2", None), NOW)


@pytest.mark.parametrize("to", [InConversation("C1", None, "1.1"), Privately("http://slack/1", "1.1")])
def test_what_is_claimed_comes_back_as_it_was(memory: Memory, to: InConversation | Privately) -> None:
    job = Job("Ev1", Question("direct", "figures\n<cloud>", "U1", to), "C1:1.1")
    memory.claim(job, NOW)
    assert memory.unfinished(NOW - 1) == (job,)


@pytest.mark.parametrize(
    ("start", "before", "after", "moved"),
    [
        ("pending", "pending", "posting", True),
        ("posting", "posting", "done", True),
        ("posting", "pending", "posting", False),
        ("done", "posting", "done", False),
        ("pending", "posting", "done", False),
    ],
)
def test_a_claim_moves_only_from_where_it_is(
    memory: Memory, start: State, before: State, after: State, moved: bool
) -> None:
    memory.claim(_job(state=start), NOW)
    assert memory.advance("Ev1", before, after) is moved


def test_an_unknown_claim_does_not_move(memory: Memory) -> None:
    assert not memory.advance("Ev9", "pending", "posting")


def test_the_unfinished_come_oldest_first_and_young_only(memory: Memory) -> None:
    for age, key in enumerate(["Ev3", "Ev1", "Ev2"]):
        memory.claim(_job(key, None), NOW - age)
    memory.claim(_job("Ev0", None, "done"), NOW)
    assert [job.key for job in memory.unfinished(NOW - 2)] == ["Ev1", "Ev3"]


@pytest.mark.parametrize(
    ("before", "left"),
    [(NOW - 1, ["old", "now", "new"]), (NOW, ["now", "new"]), (NOW + 1, ["new"]), (NOW + 2, [])],
)
def test_forgetting(memory: Memory, before: float, left: list[str]) -> None:
    for key, made in (("old", NOW - 1), ("now", NOW), ("new", NOW + 1)):
        memory.claim(_job(key, None), made)
    assert memory.forget(before) == 3 - len(left)
    assert [job.key for job in memory.unfinished(0)] == left


def test_the_tables_may_be_there_already(memory: Memory) -> None:
    memory.claim(_job(), NOW)
    memory.create()
    assert len(memory.unfinished(0)) == 1


def test_many_may_make_the_tables_at_once(tmp_path: Path) -> None:
    made = [Memory(engine(f"sqlite:///{tmp_path / 'fresh.db'}")) for _ in range(8)]
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(Memory.create, made))
    assert made[0].claim(_job(), NOW)
    for memory in made:
        memory.engine.dispose()


def test_a_database_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "alibaba.db").write_bytes(b"this is no database, whatever its name says" * 100)
    broken = Memory(engine(f"sqlite:///{tmp_path / 'alibaba.db'}"))
    with pytest.raises(DatabaseError):
        broken.create()
    broken.engine.dispose()


def test_of_many_threads_and_engines_one_gets_the_claim(memory: Memory) -> None:
    others = [memory, Memory(engine(str(memory.engine.url)))]
    with ThreadPoolExecutor(8) as threads:
        claimed = list(threads.map(lambda i: others[i % 2].claim(_job(f"Ev{i % 5}", None), NOW), range(100)))
    assert sum(claimed) == 5
    others[1].engine.dispose()


def test_sqlite_is_set_up_to_be_shared(memory: Memory) -> None:
    with memory.engine.connect() as connection:
        read = {name: connection.execute(text(f"PRAGMA {name}")).scalar() for name in ("journal_mode", "busy_timeout")}
        flags = [connection.execute(text(f"PRAGMA {name}")).scalar() for name in ("synchronous", "foreign_keys")]
    assert read == {"journal_mode": "wal", "busy_timeout": 10000}
    assert flags == [1, 1]


def test_an_engine_in_memory_needs_no_folder() -> None:
    made = Memory(engine("sqlite://"))
    made.create()
    assert made.claim(_job(), NOW)
    made.engine.dispose()


def test_errors_do_not_show_what_people_asked(memory: Memory) -> None:
    with memory.engine.begin() as connection:
        connection.execute(text("DROP TABLE claims"))
    with pytest.raises(Exception, match="claims") as caught:
        memory.claim(_job(), NOW)
    assert "Qwen" not in str(caught.value)
