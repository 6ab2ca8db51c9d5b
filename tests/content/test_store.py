"""The truth on both databases: what is written is there whole, and whoever follows its changes misses none."""

import random
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, event, text

from content.documents import Document
from content.passages import passages
from content.preparation import Prepared, checksum, prepare
from content.store import Change, Store
from tests.conftest import Storage

CHIPS = Document("chips", "The firm makes new chips at home.\n\nIt spent $3 billion on them.", title="Chips")
CLOUD = Document("cloud", "The cloud grew by 8% in 2025.", publisher="CNBC", published="2025-11-02")
PHONES = replace(CHIPS, text="The firm sells 3 million phones.")


@pytest.fixture
def store(storage: Storage) -> Store:
    return Store(storage.engine())


def put(store: Store, *documents: Document) -> list[str]:
    return list(store.put([prepare(document) for document in documents]))


def test_outcomes_stand_in_the_order_given(store: Store) -> None:
    assert put(store, CHIPS) == ["added"]
    assert put(store, CLOUD, CHIPS) == ["added", "unchanged"]
    assert put(store, CLOUD, PHONES, Document("new", "Text.")) == ["unchanged", "changed", "added"]
    assert put(store) == []


def test_a_document_comes_back_as_it_was(store: Store) -> None:
    put(store, CHIPS, CLOUD)
    assert [store.document(one.id) for one in (CHIPS, CLOUD)] == [CHIPS, CLOUD]
    assert store.document("nothing") is None
    assert store.passages_of("chips") == passages(CHIPS)
    assert store.headers(["cloud", "nothing"]) == {"cloud": replace(CLOUD, text="")}
    assert store.checksums(["chips", "nothing"]) == {"chips": checksum(CHIPS)}
    assert (store.count(), store.newest()) == (2, "2025-11-02")


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1, max_size=60))
@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_comes_back_as_it_was(store: Store, anything: str) -> None:
    document = Document(f"id {anything}", anything, title=anything, author=anything)
    put(store, document)
    assert store.document(document.id) == document
    assert store.remove([document.id]) == (document.id,)


def test_figures_are_found_by_their_passages(store: Store) -> None:
    put(store, CHIPS, CLOUD)
    chips, cloud = store.passages_of("chips"), store.passages_of("cloud")
    found = store.figures_within([*cloud, *chips])
    assert {key: [figure.text for figure in figures] for key, figures in found.items()} == {
        ("cloud", 1): ["8%"],
        ("chips", 1): [],
        ("chips", 2): ["$3 billion"],
    }
    assert store.figures_within([]) == {}


def test_what_is_replaced_or_removed_leaves_nothing_behind(store: Store) -> None:
    put(store, CHIPS, CLOUD)
    put(store, PHONES)
    assert [(one.document, one.text) for one in store.figures()] == [("chips", "3 million phones"), ("cloud", "8%")]
    assert [one.text for one in store.passages_of("chips")] == [PHONES.text]
    assert store.remove(["nothing", "chips", "chips"]) == ("chips",)
    assert [one.document for one in store.sources()] == ["cloud"]
    assert {one.document for one in store.figures()} == {"cloud"}
    assert store.passages([("chips", 1), ("cloud", 1)]).keys() == {("cloud", 1)}


def test_everything_is_listed_in_one_order_on_every_database(store: Store) -> None:
    ids = ["b", "a-1", "B", "a", "ä", "a1", "A", "阿", "_", "1"]
    put(store, *(Document(name, "It cost $3 billion and $4 million.") for name in ids))
    assert [one.document for one in store.sources()] == sorted(ids)
    assert [(one.document, one.start) for one in store.figures()] == [
        (name, at) for name in sorted(ids) for at in (8, 23)
    ]
    assert [found.header.id for found in store.contents(ids)] == sorted(ids)


@pytest.mark.parametrize("count", [1, 199, 200, 201, 1_001])
def test_many_at_once(store: Store, count: int) -> None:
    ids = [f"d{number:04}" for number in range(count)]
    prepared = [prepare(Document(name, f"The {name} costs ${number} million.")) for number, name in enumerate(ids)]
    assert store.put(prepared) == ["added"] * count
    assert store.put(prepared) == ["unchanged"] * count
    assert list(store.checksums(ids)) == ids
    assert store.headers(ids).keys() == set(ids)
    assert [found.header.id for found in store.contents(ids)] == ids
    assert len(store.passages([(name, 1) for name in ids])) == count
    assert [change.number for change in store.changes(0, count)] == list(range(1, count + 1))
    assert store.remove(ids) == tuple(ids)
    assert (store.count(), store.last_change(), store.pending(0)) == (0, 2 * count, count)


def test_all_of_a_batch_or_none(store: Store) -> None:
    broken = prepare(CLOUD)
    with pytest.raises(Exception, match=r"UNIQUE|unique"):
        store.put([prepare(CHIPS), replace(broken, passages=broken.passages * 2)])
    assert (store.count(), store.last_change(), store.changes(0, 9)) == (0, 0, [])


def test_contents_are_what_there_is_to_search(store: Store) -> None:
    put(store, CHIPS, CLOUD)
    found = {one.header.id: one for one in store.contents(["cloud", "chips", "nothing"])}
    assert list(found) == ["chips", "cloud"]
    assert found["chips"].header == replace(CHIPS, text="")
    assert found["chips"].checksum == checksum(CHIPS)
    assert found["chips"].passages == passages(CHIPS)


def test_a_document_has_one_change_the_last(store: Store) -> None:
    put(store, CHIPS, CLOUD)
    assert store.changes(0, 9) == [Change(1, "chips", checksum(CHIPS)), Change(2, "cloud", checksum(CLOUD))]
    put(store, PHONES, CLOUD)
    store.remove(["cloud"])
    assert store.changes(0, 9) == [Change(3, "chips", checksum(PHONES)), Change(4, "cloud", None)]
    assert (store.pending(0), store.pending(3), store.pending(4)) == (2, 1, 0)
    assert (store.changes(0, 1), store.changes(4, 9)) == ([Change(3, "chips", checksum(PHONES))], [])
    put(store, CLOUD)
    assert store.changes(3, 9) == [Change(5, "cloud", checksum(CLOUD))]


def test_changes_do_not_grow_with_writes(store: Store) -> None:
    for number in range(30):
        put(store, replace(CHIPS, text=f"Version {number}."))
    assert (store.last_change(), store.pending(0)) == (30, 1)


def test_a_store_has_a_name_of_its_own(on_postgres: Storage, on_sqlite: Storage) -> None:
    assert Store(on_sqlite.engine()).identity == Store(on_sqlite.engine()).identity
    assert Store(on_sqlite.engine()).identity != Store(on_postgres.engine()).identity


@contextmanager
def held(engine: Engine, fails: bool = False) -> Iterator[tuple[threading.Event, threading.Event]]:
    """Hold what this engine commits next: ``(reached, release)``."""
    reached, release = threading.Event(), threading.Event()

    def hold(_connection: object) -> None:
        reached.set()
        assert release.wait(20)
        if fails:
            raise RuntimeError("the process died")

    event.listen(engine, "commit", hold)
    yield reached, release
    release.set()


def first(store: Store) -> object:
    return store.put([prepare(CHIPS)])


def taken_out(store: Store) -> object:
    return store.remove(["old"])


@pytest.mark.parametrize("one", [first, taken_out])
@pytest.mark.parametrize("fails", [False, True], ids=["commits", "dies"])
def test_a_number_is_never_seen_after_a_higher_one(
    storage: Storage, one: Callable[[Store], object], fails: bool
) -> None:
    """One writer has its number and has not committed; another that writes elsewhere comes after it all the same."""
    reader = Store(storage.engine())
    put(reader, Document("old", "Old news."))
    slow, fast = storage.engine(), Store(storage.engine())
    with ThreadPoolExecutor(2) as threads, held(slow, fails) as (reached, release):
        begun: Future[object] = threads.submit(one, Store(slow))
        assert reached.wait(10)
        other = threads.submit(fast.put, [prepare(CLOUD)])
        with pytest.raises(TimeoutError):
            other.result(0.3)
        assert (reader.last_change(), reader.changes(1, 9)) == (1, [])
        release.set()
        assert other.result(20) == ["added"]
        assert isinstance(begun.exception(20), RuntimeError) is fails
    assert [change.number for change in reader.changes(1, 9)] == ([2] if fails else [2, 3])
    assert reader.changes(1, 9)[-1].document == "cloud"


def test_of_two_that_write_one_document_the_second_sees_the_first(storage: Storage) -> None:
    slow, fast = storage.engine(), Store(storage.engine())
    with ThreadPoolExecutor(2) as threads, held(slow) as (reached, release):
        begun = threads.submit(Store(slow).put, [prepare(CHIPS)])
        assert reached.wait(10)
        other = threads.submit(fast.put, [prepare(CHIPS), prepare(CLOUD)])
        release.set()
        assert (begun.result(20), other.result(20)) == (["added"], ["unchanged", "added"])


class Follower:
    """Keeps a copy of the digests by the changes alone, a few at a time."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._seen = 0
        self.copy: dict[str, str] = {}

    def follow(self) -> bool:
        changes = self._store.changes(self._seen, 3)
        for change in changes:
            assert change.number > self._seen
            self._seen = change.number
            if change.checksum is None:
                self.copy.pop(change.document, None)
            else:
                self.copy[change.document] = change.checksum
        return bool(changes)


def write(store: Store, chance: random.Random) -> None:
    for _ in range(25):
        names = chance.sample("abcdefgh", 3)
        if chance.random() < 0.3:
            store.remove(names)
        else:
            store.put([prepare(Document(name, f"Version {chance.random()}.")) for name in names])


def test_who_follows_the_changes_of_many_writers_misses_none(storage: Storage) -> None:
    """They write, replace and remove the same documents in any order; nobody waits for another forever."""
    follower, done = Follower(Store(storage.engine())), threading.Event()

    def follow() -> None:
        while not done.wait(0.005):  # as bots do: one that looks without a pause keeps the others off the processor
            follower.follow()

    with ThreadPoolExecutor(5) as threads:
        following = threads.submit(follow)
        writers = [threads.submit(write, Store(storage.engine()), random.Random(seed)) for seed in range(4)]
        try:
            assert [writer.result(60) for writer in writers] == [None] * 4
        finally:
            done.set()
        following.result(10)
    while follower.follow():
        pass
    store = Store(storage.engine())
    assert follower.copy == store.checksums(list("abcdefgh"))
    assert store.pending(0) <= 8


def test_a_writer_that_dies_leaves_nothing(storage: Storage) -> None:
    engine = storage.engine()
    with held(engine, fails=True) as (_, release):
        release.set()
        with pytest.raises(RuntimeError):
            Store(engine).put([prepare(CHIPS)])
    store = Store(storage.engine())
    assert (store.count(), store.changes(0, 9)) == (0, [])


def test_prepared_documents_know_their_digest() -> None:
    made: Prepared = prepare(CHIPS)
    assert made.checksum == checksum(CHIPS) != checksum(PHONES)
    assert [figure.text for figure in made.figures] == ["$3 billion"]


def test_what_is_taken_apart_anew_keeps_what_its_file_told(storage: Storage) -> None:
    told = Document("told", "chips\n\nThe firm makes them at home.", suggested="2026-05-14", headings=(0,))
    store = Store(storage.engine())
    put(store, told)
    with storage.engine().begin() as db:
        db.execute(text("DELETE FROM passages"))
        db.execute(text("UPDATE documents SET prepared = 1, inferred = '2020'"))
    assert put(store, CHIPS) == ["added"]
    assert (store.renew(9), store.renew(9)) == (1, 0)
    assert [passage.heading for passage in store.passages_of("told")] == ["chips"]
    assert store.headers(["told"])["told"].inferred == "2026-05-14"
    assert put(store, told, CHIPS) == ["unchanged", "unchanged"]
    assert put(store, replace(told, headings=())) == ["changed"]


@pytest.mark.parametrize(
    ("changes", "inferred"),
    [
        ({}, "2026-05-14"),
        ({"text": "BEIJING, 3 June 2025 — Chips"}, "2025-06-03"),
        ({"url": "https://news.example/2026/05/13/chips"}, "2026-05-13"),
        ({"published": "2024"}, None),
    ],
)
def test_a_suggested_date_counts_where_nothing_surer_is_there(changes: dict[str, str], inferred: str | None) -> None:
    told = Document("told", "Chips are made.", suggested="2026-05-14")
    assert prepare(replace(told, **changes)).document.inferred == inferred  # type: ignore[arg-type]


def test_errors_do_not_show_texts(storage: Storage) -> None:
    store = Store(storage.engine())
    with storage.engine().begin() as db:
        db.execute(text("DROP TABLE passages"))
    with pytest.raises(Exception, match="passages") as caught:
        put(store, CHIPS)
    assert "chips at home" not in str(caught.value)
