"""Claims: taken once, moved on once, forgotten in time; from any thread and several engines."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text

from bot.memory import LEASE, Memory
from handlers.payloads import InConversation, Privately, Question
from handlers.services import Job, State
from tests.conftest import Storage, unfinished

NOW = 1_700_000_000.0
QUESTION = Question("mention", "what is “Qwen”? <!channel>", "U1", InConversation("C1", "1.1", "1.1"))


@pytest.fixture
def memory(storage: Storage) -> Memory:
    return Memory(storage.engine())


def another(memory: Memory) -> Memory:
    """Another process on the same database."""
    return Memory(memory.engine)


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
    assert another(memory).take_up(NOW, NOW - 1, gone=[memory.worker]) == (job,)


def test_where_the_progress_is_told_comes_back(memory: Memory) -> None:
    for key, message in (("Ev1", "C1:1.1"), ("Ev2", "C1:2.2")):
        memory.claim(_job(key, message), NOW)
    for where in ("sending", "2.2"):
        memory.progressed(_job("Ev1"), where)
    another(memory).progressed(_job("Ev2"), "not its own")
    left = another(memory).take_up(NOW, NOW - 1, gone=[memory.worker])
    assert [(job.question, job.progress) for job in left] == [(QUESTION, "2.2"), (QUESTION, None)]


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


def test_a_claim_moves_only_by_its_worker(memory: Memory) -> None:
    memory.claim(_job(), NOW)
    assert not another(memory).advance("Ev1", "pending", "posting")
    assert memory.advance("Ev1", "pending", "posting")


def test_what_is_taken_up_comes_oldest_first_and_young_only(memory: Memory) -> None:
    for age, key in enumerate(["Ev3", "Ev1", "Ev2"]):
        memory.claim(_job(key, None), NOW - age)
    memory.claim(_job("Ev0", None, "done"), NOW)
    other = another(memory)
    assert [job.key for job in other.take_up(NOW + LEASE, NOW - 2)] == ["Ev1", "Ev3"]
    assert other.take_up(NOW + LEASE, NOW - 2) == ()


@pytest.mark.parametrize(
    ("later", "gone", "taken"),
    [
        (0, [], False),
        (LEASE - 1, ["somebody"], False),
        (LEASE, [], True),
        (0, ["somebody", "first"], True),
    ],
)
def test_a_claim_is_taken_up_when_nobody_works_it(memory: Memory, later: float, gone: list[str], taken: bool) -> None:
    Memory(memory.engine, "first").claim(_job(), NOW)
    assert bool(memory.take_up(NOW + later, NOW - 1, gone)) is taken
    assert memory.advance("Ev1", "pending", "posting") is taken


def test_nobody_takes_up_what_is_his_own(memory: Memory) -> None:
    memory.claim(_job(), NOW)
    assert memory.take_up(NOW + LEASE, NOW - 1, [memory.worker]) == ()


def test_a_lease_is_renewed_while_the_job_is_young(memory: Memory) -> None:
    memory.claim(_job("old", None), NOW - 10)
    memory.claim(_job("young", None), NOW)
    memory.renew(NOW + LEASE, since=NOW - 1)
    assert [job.key for job in another(memory).take_up(NOW + LEASE, NOW - 60)] == ["old"]


def test_what_is_released_is_free(memory: Memory) -> None:
    memory.claim(_job(), NOW)
    memory.release()
    assert [job.key for job in another(memory).take_up(NOW, NOW - 1)] == ["Ev1"]


def test_a_claim_of_the_first_schema_has_no_worker_and_is_free(memory: Memory) -> None:
    memory.claim(_job(), NOW)
    with memory.engine.begin() as connection:
        connection.execute(text("UPDATE claims SET worker = NULL, leased = 0"))
    assert [job.key for job in memory.take_up(NOW, NOW - 1)] == ["Ev1"]


def test_of_many_that_take_up_one_gets_each(storage: Storage) -> None:
    many = [Memory(storage.engine()) for _ in range(4)]
    dead = Memory(many[0].engine)
    for number in range(20):
        dead.claim(_job(f"Ev{number}", None), NOW)
    with ThreadPoolExecutor(4) as threads:
        taken = list(threads.map(lambda memory: memory.take_up(NOW + LEASE, NOW - 1), many))
    assert sorted(job.key for jobs in taken for job in jobs) == sorted(f"Ev{number}" for number in range(20))


@pytest.mark.parametrize(
    ("before", "left"),
    [(NOW - 1, ["old", "now", "new"]), (NOW, ["now", "new"]), (NOW + 1, ["new"]), (NOW + 2, [])],
)
def test_forgetting(memory: Memory, before: float, left: list[str]) -> None:
    for key, made in (("old", NOW - 1), ("now", NOW), ("new", NOW + 1)):
        memory.claim(_job(key, None), made)
    assert memory.forget(before) == 3 - len(left)
    assert list(unfinished(memory.engine)) == left


def test_of_many_threads_and_engines_one_gets_the_claim(storage: Storage) -> None:
    others = [Memory(storage.engine()), Memory(storage.engine())]
    with ThreadPoolExecutor(8) as threads:
        claimed = list(threads.map(lambda i: others[i % 2].claim(_job(f"Ev{i % 5}", None), NOW), range(100)))
    assert sum(claimed) == 5


def test_errors_do_not_show_what_people_asked(memory: Memory) -> None:
    with memory.engine.begin() as connection:
        connection.execute(text("DROP TABLE claims"))
    with pytest.raises(Exception, match="claims") as caught:
        memory.claim(_job(), NOW)
    assert "Qwen" not in str(caught.value)
