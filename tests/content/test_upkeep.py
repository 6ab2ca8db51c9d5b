"""The index through damage, crashes, full disks and company: what is found is what the store has."""

import json
import logging
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path

import pytest

from content.documents import Document
from content.errors import IndexUnwritable
from content.index import Index
from content.library import Library
from content.passages import passages
from content.preparation import Prepared, checksum
from content.store import Store
from content.upkeep import FORMAT, Upkeep
from tests.conftest import SEEDS, Storage, index_all, open_library

CHIPS = Document("chips", "The firm makes new chips at home. It spent $3 billion on them.")
CLOUD = Document("cloud", "The cloud grew by 8% in 2025.", title="Cloud", published="2025-11-02")


def add(library: Library, *documents: Document) -> None:
    assert all(one.outcome for one in library.add(documents))
    library.refresh()


def found(library: Library, query: str) -> list[str]:
    return [hit.passage.document for hit in library.search(query).hits]


def rebuilt(caplog: pytest.LogCaptureFixture) -> int:
    """How often the log says that the index is built again, which is all it says."""
    lines = [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]
    assert all("building it again" in line for line in lines)
    return len(lines)


def searched(index: Path) -> Path:
    """The folder of the files that are searched."""
    return index / str(json.loads((index / "state.json").read_text())["files"])


def cut(file: Path, keep: float) -> None:
    file.write_bytes(file.read_bytes()[: int(file.stat().st_size * keep)])


def state(index: Path, **changed: object) -> None:
    file = index / "state.json"
    file.write_text(json.dumps(json.loads(file.read_text()) | changed))


def without_files(index: Path) -> None:
    for file in searched(index).iterdir():
        if file.is_file():
            file.unlink()


def as_the_first_version(index: Path) -> None:
    searched(index).rename(index / "tantivy")
    (index / "state.json").unlink()


def cut_files(index: Path, end: str, keep: float | None) -> None:
    """Cut the files whose names end like that; ``None`` removes them."""
    files = list(searched(index).glob(end if "/" in end else f"*{end}"))
    assert files
    for file in files:
        if keep is None:
            file.unlink()
        else:
            cut(file, keep)


#: tantivy's files by how their names end, those of a segment and its own, and those of the vocabulary
FILES = (".fast", ".fieldnorm", ".idx", ".pos", ".store", ".term", "meta.json", "words/*.words", "words/words.json")
CUTS = {"removed": None, "emptied": 0.0, "halved": 0.5, "clipped": 0.97}
DAMAGE: dict[str, Callable[[Path], object]] = {
    "no files": without_files,
    "no folder": lambda index: shutil.rmtree(searched(index)),
    "no state": lambda index: (index / "state.json").unlink(),
    "nonsense for a state": lambda index: (index / "state.json").write_text("nonsense"),
    "a list for a state": lambda index: (index / "state.json").write_text("[]"),
    "another store's": partial(state, store="another"),
    "an older format": partial(state, format=FORMAT - 1),
    "a newer format": partial(state, format=FORMAT + 1),
    "more than a format": partial(state, unheard_of=1),
    "ahead of the store": partial(state, applied=1_000),
    "files elsewhere": partial(state, files="nowhere"),
    "the first version's": as_the_first_version,
    "no vocabulary": lambda index: shutil.rmtree(searched(index) / "words"),
    "a managed list cut short": partial(cut_files, end=".managed.json", keep=0.5),
    **{f"{end} {how}": partial(cut_files, end=end, keep=keep) for end in FILES for how, keep in CUTS.items()},
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_a_damaged_index_is_built_again(
    tmp_path: Path, damage: Callable[[Path], object], caplog: pytest.LogCaptureFixture
) -> None:
    add(open_library(tmp_path), CHIPS, CLOUD)
    damage(tmp_path / "index")
    library = open_library(tmp_path)
    assert found(library, "chips") == ["chips"]
    assert library.search("clowd").understanding.understood_as == "cloud"
    assert rebuilt(caplog) == 1
    assert found(open_library(tmp_path), "cloud") == ["cloud"]
    assert rebuilt(caplog) == 1
    assert len([path for path in (tmp_path / "index").iterdir() if path.is_dir()]) == 1


def test_a_new_index_is_nothing_to_write_home_about(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    add(open_library(tmp_path), CHIPS)
    assert rebuilt(caplog) == 0


@pytest.mark.parametrize("damage", ["no files", "no folder", "no state", "another store's"])
def test_damaged_while_it_is_searched_it_is_built_again(
    tmp_path: Path, damage: str, caplog: pytest.LogCaptureFixture
) -> None:
    library = open_library(tmp_path)
    add(library, CHIPS)
    DAMAGE[damage](tmp_path / "index")
    assert found(library, "chips") == ["chips"]
    add(library, CLOUD)
    assert (found(library, "chips"), found(library, "cloud")) == (["chips"], ["cloud"])
    assert rebuilt(caplog) == 1


def test_removed_while_it_is_searched_it_is_made_again(tmp_path: Path) -> None:
    library = open_library(tmp_path)
    add(library, CHIPS)
    shutil.rmtree(tmp_path / "index")
    library.refresh()
    assert found(library, "chips") == ["chips"]
    assert searched(tmp_path / "index").is_dir()


def test_a_directory_of_another_store_is_taken_over(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    add(open_library(tmp_path / "one"), CHIPS)
    add(open_library(tmp_path / "other"), CLOUD)
    shutil.rmtree(tmp_path / "other" / "index")
    shutil.copytree(tmp_path / "one" / "index", tmp_path / "other" / "index")
    library = open_library(tmp_path / "other")
    assert (found(library, "chips"), found(library, "cloud")) == ([], ["cloud"])
    assert rebuilt(caplog) == 1


def test_a_store_put_back_from_a_copy_is_indexed_anew(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    library = open_library(tmp_path)
    add(library, CHIPS)
    copy = tmp_path / "copy.db"
    with closing(sqlite3.connect(tmp_path / "alibaba.db")) as database:
        database.execute(f"VACUUM INTO '{copy}'")
    add(library, CLOUD)
    for file in tmp_path.glob("alibaba.db*"):
        file.unlink()
    copy.rename(tmp_path / "alibaba.db")
    again = open_library(tmp_path)
    assert (found(again, "chips"), found(again, "cloud")) == (["chips"], [])
    assert rebuilt(caplog) == 1


WORKER = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from bot.database import engine
from content import formats
from content.library import Library
library = Library.open(Path(sys.argv[3]), engine(sys.argv[2]))
print("ready", flush=True)
sys.stdin.readline()
for one in library.add(formats.documents(Path(sys.argv[4]))):
    assert one.error is None, one.error
library.refresh()
print("done", flush=True)
"""


def begin(storage: Storage, corpus: Path, data: str = "data") -> "subprocess.Popen[str]":
    """A process that opens a library, waits for a word and then indexes."""
    arguments = [str(SEEDS.parent), storage.url, str(storage.directory / data), str(corpus)]
    return subprocess.Popen(
        [sys.executable, "-c", WORKER, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def start(storage: Storage, corpus: Path, data: str = "data") -> "subprocess.Popen[str]":
    """The same when it has opened the library."""
    process = begin(storage, corpus, data)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def go(process: "subprocess.Popen[str]") -> None:
    assert process.stdin is not None
    process.stdin.write("go\n")
    process.stdin.flush()


def corpus(folder: Path, version: int = 1, first: int = 0, count: int = 900) -> Path:
    """Many small documents in one file; every version says the same of the cloud and something of its own."""
    path = folder / f"corpus-{version}-{first}.jsonl"
    path.write_text(
        "\n".join(json.dumps({"id": f"d{n}", "text": written(n, version)}) for n in range(first, first + count))
    )
    return path


def written(n: int, version: int) -> str:
    return f"Word{n % 97} and cloud number {n} cost ${n} million in version{version}. It grew by {n % 9}%."


def snapshot(library: Library) -> object:
    hits = library.search("cloud word7", 50).hits
    return (
        [(hit.passage.document, hit.passage.text, round(hit.score, 5)) for hit in hits],
        library.sources(),
        library.figures().figures,
    )


def assert_whole(library: Library, versions: set[int], count: int = 900) -> None:
    """Every document is wholly of one version, and found as what it is."""
    hits = library.search("cloud", 10 * count).hits
    texts = {hit.passage.document: hit.passage.text for hit in hits}
    assert len(hits) == len(texts) == library.searched().documents
    for name, text in texts.items():
        assert text in {written(int(name[1:]), version) for version in versions}
    for version in versions:
        of_it = {name for name, text in texts.items() if f"version{version}." in text}
        assert set(found_all(library, f"version{version}", count)) == of_it
    assert {one.figures for one in library.sources()} <= {2}


def found_all(library: Library, query: str, count: int) -> list[str]:
    return [hit.passage.document for hit in library.search(query, 10 * count).hits if query in hit.passage.text]


@pytest.mark.parametrize("seed", [1, 2])
def test_killed_anywhere_and_run_again_the_result_is_the_same(storage: Storage, seed: int) -> None:
    """A first version, then a second over it, each killed at any instant and begun again."""
    chance = random.Random(seed)
    for version, kills in ((1, 2), (2, 3)):
        path = corpus(storage.directory, version)
        for _ in range(kills):
            with start(storage, path) as worker:
                go(worker)
                time.sleep(chance.uniform(0, 0.8))
                worker.send_signal(signal.SIGKILL)
            assert_whole(storage.library(), set(range(1, version + 1)))
        index_all(storage.library(), path)
    whole = open_library(storage.directory / "whole")
    index_all(whole, path)
    assert snapshot(storage.library()) == snapshot(whole)
    assert_whole(storage.library(), {2})


FULL = """
import resource, sys
sys.path.insert(0, sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]),) * 2)
from bot.cli import main
sys.exit(main(["index", sys.argv[2]]))
"""


@pytest.mark.parametrize(("before", "largest"), [(0, 300), (0, 5_000), (900, 300), (900, 5_000), (900, 20_000)])
def test_on_a_full_disk_the_truth_stays_whole_and_the_next_run_completes(
    storage: Storage, before: int, largest: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No file may grow larger than that: on SQLite the database is first to be, on PostgreSQL the index."""
    if before:
        index_all(storage.library(), corpus(storage.directory, 1))
    path = corpus(storage.directory, 2)
    monkeypatch.setenv("ALIBABA_DATABASE_URL", storage.url)
    monkeypatch.setenv("ALIBABA_DATA_DIR", str(storage.directory / "data"))
    command = [sys.executable, "-c", FULL, str(SEEDS.parent), str(path), str(largest)]
    done = subprocess.run(command, capture_output=True, text=True)
    complaint = " ".join(done.stderr.split())
    assert (done.returncode, done.stdout) == (1, "")
    assert complaint.startswith(("The search index in", "The database cannot be used: d")), complaint
    assert len(complaint) < 400
    assert_whole(storage.library(), {1, 2})
    index_all(storage.library(), path)
    whole = open_library(storage.directory / "whole")
    index_all(whole, path)
    assert snapshot(storage.library()) == snapshot(whole)


@pytest.mark.parametrize("directories", [("data", "data"), ("data", "another")], ids=["one directory", "two"])
@pytest.mark.parametrize("second", [0, 450], ids=["the same documents", "others"])
def test_two_processes_index_at_once(storage: Storage, directories: tuple[str, str], second: int) -> None:
    paths = [corpus(storage.directory, 1, first, 450) for first in (0, second)]
    workers = [start(storage, path, data) for path, data in zip(paths, directories, strict=True)]
    for worker in workers:
        go(worker)
    assert [worker.communicate(timeout=60)[0] for worker in workers] == ["done\n", "done\n"]
    whole = open_library(storage.directory / "whole")
    index_all(whole, *paths)
    for name in directories:
        assert snapshot(storage.library(name)) == snapshot(whole)


def test_two_processes_begin_on_one_directory(storage: Storage) -> None:
    """Neither database nor index is there when they do."""
    started = [begin(storage, SEEDS) for _ in range(3)]
    assert {worker.communicate("go\n", timeout=60)[0] for worker in started} == {"ready\ndone\n"}
    assert len(storage.library().sources()) == 4


@contextmanager
def writing(directory: Path) -> Iterator[None]:
    """Somebody else writes in an index directory."""
    with Upkeep(directory).alone(0) as alone:
        assert alone
        yield


def test_while_another_process_writes_questions_are_answered(tmp_path: Path) -> None:
    one = open_library(tmp_path)
    add(one, CHIPS)
    with writing(tmp_path / "index"):
        assert all(done.outcome for done in one.add([CLOUD]))
        one.refresh(patience=0)
        other = open_library(tmp_path)
        assert [found(library, "chips cloud") for library in (one, other)] == [["chips"]] * 2
    one.refresh(patience=0)
    other.refresh(patience=0)
    assert [found(library, "cloud") for library in (one, other)] == [["cloud"]] * 2


def test_a_lock_is_waited_for_while_there_is_patience(tmp_path: Path) -> None:
    with writing(tmp_path), Upkeep(tmp_path).alone(0.05) as alone:
        assert not alone
    with Upkeep(tmp_path).alone(0.05) as alone:
        assert alone


def test_an_interrupted_build_goes_on_where_it_was(storage: Storage, caplog: pytest.LogCaptureFixture) -> None:
    documents = [Document(f"d{n}", written(n, 1)) for n in range(5_500)]
    store = Store(storage.engine())
    store.put([Prepared(document, checksum(document), passages(document), ()) for document in documents])
    seen: list[tuple[int, int]] = []

    def interrupted(done: int, total: int) -> None:
        seen.append((done, total))
        raise KeyboardInterrupt

    index = Index(storage.directory / "fresh")
    with pytest.raises(KeyboardInterrupt):
        index.refresh(store, interrupted)
    index.refresh(store, lambda done, total: seen.append((done, total)))
    assert seen == [(5_000, 5_500), (500, 500)]
    assert snapshot(Library(store, index)) == snapshot(storage.library("whole"))
    assert rebuilt(caplog) == 1


@pytest.mark.parametrize("name", ["state.new", "b"])
def test_what_cannot_be_written_is_said_in_a_line(tmp_path: Path, name: str) -> None:
    """Something else stands where the index is to be written; what was found before is found still."""
    library = open_library(tmp_path)
    add(library, CHIPS)
    assert [one.outcome for one in library.add([Document("chips", "The firm sells phones.")])] == ["changed"]
    obstacle = tmp_path / "index" / name
    obstacle.mkdir() if name.endswith(".new") else obstacle.write_text("a file")
    with pytest.raises(IndexUnwritable, match=r"^The search index in .* cannot be written \(.*the same again\.$"):
        library.refresh()
    assert library.figures().figures == ()
    obstacle.rmdir() if obstacle.is_dir() else obstacle.unlink()
    library.refresh()
    assert (found(library, "chips"), found(library, "phones")) == ([], ["chips"])
