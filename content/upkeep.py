"""How the index of a directory follows the store, one process at a time, through crashes and damage.

    lock            held by the one process that writes
    state.json      what is searched: which store up to which change, in which format, in which folder
    building.json   the same of an index that is being built anew and not searched yet
    a/ b/           tantivy's files: the one that is searched, and the one in the making
    a/words/        the vocabulary that goes with it

An index that does not fit (another store, another format, files missing or cut short) is built anew from the
truth beside the old one, which is searched until the new one takes its place. A change whose document is indexed
in its present version is passed over, so a crash anywhere only means that the last changes are looked at again.
tantivy counts replaced passages in its statistics until they are merged away: where any were replaced, a small
index, and a large one now and then, is built anew too, so that scores do not depend on history.
"""

import fcntl
import json
import logging
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import IO

import tantivy
from tantivy import Query

from content.entries import SCHEMA, entry
from content.errors import IndexUnwritable
from content.lexicon import Lexicon
from content.store import Change, Store
from content.vocabulary import Frequency

log = logging.getLogger(__name__)

#: Raised when the schema or an analyzer changes: older indexes are then built anew.
FORMAT = 6
#: Changes applied in one commit, and documents of them read at a time.
_BATCH, _READ = 5_000, 1_000
_WRITER_MEMORY = 64_000_000
#: New words up to which they are taken in one by one; of more, all words of the index are taken anew.
_FEW_WORDS = 20_000
#: Where a vocabulary is that has to be made from all words.
_NOTHING_LEARNED = -1
#: Passages up to which an index is built anew whenever something was replaced (70 ms).
_SMALL = 2_000
#: The share of replaced passages from which a larger one is.
_WORN = 0.2
#: Between a document's id and its digest in the index: in no id, as control characters are cleaned away.
_VERSION_SEPARATOR = "\x1f"
#: Seconds between two looks at a lock that somebody else holds.
_LOOK = 0.01

#: Called with how many of how many documents are done.
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class State:
    """What an index holds."""

    format: int
    store: str
    #: the folder of its files
    files: str
    #: the last change that is in it
    applied: int = 0
    #: documents replaced or removed since it was built
    replaced: int = 0

    def fits(self, store: str) -> bool:
        """Whether this program can search it for that store."""
        return (self.format, self.store) == (FORMAT, store)


class Upkeep:
    """The directory of an index. Reading it is safe at any time, :meth:`update` only while :meth:`alone`."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._current = directory / "state.json"
        self._building = directory / "building.json"

    def state(self) -> State | None:
        """What is searched; ``None`` when nothing is, or when what is there cannot be made sense of."""
        return _read(self._current)

    def opened(self, state: State | None) -> tantivy.Index | None:
        """The index as it is now; ``None`` when any of its files is missing or cut short."""
        try:
            return self._opened(state) if state else None
        except (ValueError, OSError) as error:
            log.debug("the search index cannot be opened: %s", error)
            return None

    def _opened(self, state: State) -> tantivy.Index | None:
        index = _opened(self._directory / state.files)
        return (
            index if self.lexicon(state, partial(index.searcher().doc_freq, "word")).complete(state.applied) else None
        )

    def lexicon(self, state: State, frequency: Frequency) -> Lexicon:
        """The vocabulary that goes with an index."""
        return Lexicon(self._directory / state.files / "words", frequency)

    @contextmanager
    def alone(self, patience: float | None) -> Iterator[bool]:
        """Write while no other process does: false when one still does after so many seconds (``None``: wait on).

        The system frees the lock when its holder dies.
        """
        self._directory.mkdir(parents=True, exist_ok=True)
        with (self._directory / "lock").open("w") as file:
            yield _locked(file, patience)

    def update(self, run: "Run") -> None:
        """Apply what the store has and the index has not.

        Raises :class:`IndexUnwritable`; what was searched before is then searched still.
        """
        try:
            self._update(run, run.store.identity)
        except (ValueError, OSError) as error:  # tantivy has no errors of its own: all are ValueError
            raise IndexUnwritable(
                f"The search index in {self._directory} cannot be written ({error}). The documents are safe: make "
                "room on the disk and run the same again."
            ) from error

    def _update(self, run: "Run", identity: str) -> None:
        state = self.state()
        index = self.opened(state) if state and state.fits(identity) else None
        if state is None or index is None or state.applied > run.store.last_change():
            if self._current.exists() or any(self._directory.glob("*/")):
                log.warning("the search index is damaged or not that of these documents; building it again")
            self._build(run, identity, state)
        elif not self._follow(run, index, state):
            self._build(run, identity, state)

    def _follow(self, run: "Run", index: tantivy.Index, state: State) -> bool:
        """Apply the changes in place; false when the index had better be built anew."""
        begun, target = state.applied, run.store.last_change()
        with _editing(index, run) as editing:
            for last, stale in _pages(editing, begun):
                state = replace(state, applied=last, replaced=state.replaced + len(stale.replaced))
                if stale.replaced and editing.worn(state.replaced):
                    return False
                editing.apply(stale)
            self._finish(editing, begun, replace(state, applied=max(state.applied, target)))
        return True

    def _build(self, run: "Run", identity: str, old: State | None) -> None:
        """Build anew, going on where a build was interrupted, and put it in the old one's place."""
        target = run.store.last_change()
        index, state = self._begun(identity, "b" if old and old.files == "a" else "a")
        with _editing(index, run) as editing:
            for last, stale in _pages(editing, state.applied):
                editing.apply(stale)
                state = replace(state, applied=last, replaced=state.replaced + len(stale.replaced))
                _write(self._building, state)
            self._finish(editing, _NOTHING_LEARNED, replace(state, applied=max(state.applied, target)))
            self._building.unlink(missing_ok=True)
        self._tidy(state.files)

    def _finish(self, editing: "_Editing", begun: int, state: State) -> None:
        """Learn the words of the changes after ``begun``, and have it all searched."""
        editing.index.reload()
        searcher, few = editing.index.searcher(), len(editing.learned) <= _FEW_WORDS
        lexicon = self.lexicon(state, partial(searcher.doc_freq, "word"))
        learned = (begun, editing.learned) if few else (_NOTHING_LEARNED, ())
        lexicon.learn(learned[0], state.applied, learned[1], lambda: dict(searcher.terms_with_prefix("word", "")))
        _write(self._current, state)
        editing.run.show()

    def _begun(self, identity: str, files: str) -> tuple[tantivy.Index, State]:
        state = _read(self._building)
        if state and state.fits(identity) and state.files == files:
            with suppress(ValueError, OSError):
                return _opened(self._directory / files), state
        self._building.unlink(missing_ok=True)
        folder = self._directory / files
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        return _ready(tantivy.Index(SCHEMA, path=str(folder))), State(FORMAT, identity, files)

    def _tidy(self, files: str) -> None:
        """Remove what no state names. Who still searches it has it open and goes on."""
        for folder in self._directory.glob("*/"):
            if folder.name != files:
                shutil.rmtree(folder, ignore_errors=True)


@dataclass(frozen=True, slots=True)
class Run:
    """What is wanted of an update."""

    store: Store
    progress: Progress | None
    #: called when the result can be searched
    show: Callable[[], object]


@dataclass(frozen=True, slots=True)
class _Stale:
    """What is to be done to an index: documents it has in another version, and those to be written."""

    replaced: Sequence[str]
    written: Sequence[str]


@dataclass(frozen=True, slots=True)
class _Editing:
    """An index and the one writer it may have."""

    index: tantivy.Index
    writer: tantivy.IndexWriter
    run: Run
    #: the words of what was written, and a few more than are counted when there are many
    learned: set[str] = field(default_factory=set)

    def stale(self, changes: Sequence[Change]) -> _Stale:
        """What of these changes the index does not have yet."""
        self.index.reload()
        searcher = self.index.searcher()
        if not searcher.num_docs:
            return _Stale((), [change.document for change in changes if change.digest is not None])
        missing = [
            change
            for change in changes
            if change.digest is None or not _has(searcher, "version", _version(change.document, change.digest))
        ]
        replaced = [change.document for change in missing if _has(searcher, "document", change.document)]
        return _Stale(replaced, [change.document for change in missing if change.digest is not None])

    def worn(self, replaced: int) -> bool:
        """Whether an index in which so many documents were replaced is to be built anew."""
        passages = self.index.searcher().num_docs
        return passages <= _SMALL or replaced > _WORN * passages

    def apply(self, stale: _Stale) -> None:
        """Replace what the index holds of documents by what the store holds of them, which may be nothing by now."""
        for name in stale.replaced:
            self.writer.delete_documents_by_term("document", name)
        for at in range(0, len(stale.written), _READ):
            self._write(stale.written[at : at + _READ])
        self.writer.commit()

    def _write(self, documents: Sequence[str]) -> None:
        for found in self.run.store.contents(documents):
            for passage in found.passages:
                made = entry(found.header, passage, _version(found.header.id, found.digest))
                self.writer.add_document(made.document)
                if len(self.learned) <= _FEW_WORDS:
                    self.learned.update(made.words)


@contextmanager
def _editing(index: tantivy.Index, run: Run) -> Iterator[_Editing]:
    """A writer that is let go of in any case: while it lives, the index can have no other."""
    writer = index.writer(heap_size=_WRITER_MEMORY, num_threads=1)
    try:
        yield _Editing(index, writer, run)
    finally:
        writer.wait_merging_threads()


def _pages(editing: _Editing, applied: int) -> Iterator[tuple[int, _Stale]]:
    """The changes in order, a commit's worth at a time, each with the last number that is then applied."""
    run = editing.run
    done, total = 0, run.store.pending(applied) if run.progress else 0
    while changes := run.store.changes(applied, _BATCH):
        applied, done = changes[-1].number, done + len(changes)
        yield applied, editing.stale(changes)
        if run.progress:
            run.progress(done, max(done, total))


def _version(document: str, digest: str) -> str:
    return _VERSION_SEPARATOR.join((document, digest))


def _has(searcher: tantivy.Searcher, field: str, term: str) -> bool:
    query = Query.term_query(SCHEMA, field, term, "basic")
    return bool(searcher.search(query, 1, count=False).hits)


def _opened(folder: Path) -> tantivy.Index:
    """Raises ``ValueError`` or ``OSError`` when a file is missing or cut short.

    Most files are read when the index is opened; those with the positions only when a field is first looked at.
    """
    index = _ready(tantivy.Index.open(str(folder)))
    for name in ("document", "version", "title", "body", "word", "written"):
        index.searcher().doc_freq(name, "")
    return index


def _ready(index: tantivy.Index) -> tantivy.Index:
    """Ready to be searched: it shows what is new when it is told to, not half a second later by itself."""
    index.config_reader("manual")
    index.reload()
    return index


def _read(file: Path) -> State | None:
    try:
        return State(**json.loads(file.read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None  # missing, or not ours


def _write(file: Path, state: State) -> None:
    fresh = file.with_suffix(".new")
    fresh.write_text(json.dumps(asdict(state)), "utf-8")
    fresh.replace(file)


def _locked(file: IO[str], patience: float | None) -> bool:
    if patience is None:
        fcntl.flock(file, fcntl.LOCK_EX)
        return True
    for left in range(int(patience / _LOOK), -1, -1):
        with suppress(BlockingIOError):
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        time.sleep(_LOOK if left else 0)
    return False
