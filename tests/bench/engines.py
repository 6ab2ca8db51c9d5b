"""The engines that are measured side by side: each builds an index in a folder and answers queries from it."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import tantivy
from rapidfuzz import fuzz, process
from tantivy import Occur, Query

from bot.database import engine
from content.documents import Document
from content.library import Library
from content.words import words

#: A query and how many are asked for → what was found, best first: documents of ours, of others passages by number.
Search = Callable[[str, int], list[str]]
Build = Callable[[Path, Iterable[Document]], None]
Open = Callable[[Path], Search]


def library(folder: Path) -> Library:
    """Ours, opened as the commands do."""
    folder.mkdir(exist_ok=True)
    return Library.open(folder, engine(f"sqlite:///{folder / 'alibaba.db'}"))


def build_ours(folder: Path, documents: Iterable[Document]) -> None:
    """Everything a document goes through: passages, figures, the store, the index, the vocabulary."""
    made = library(folder)
    for _ in made.add(documents):
        pass
    made.refresh()


def open_ours(folder: Path) -> Search:
    """With the texts of what is found."""
    opened = library(folder)
    opened.warm()
    return lambda query, most: [hit.passage.document for hit in opened.search(query, most).hits]


def _passages(documents: Iterable[Document]) -> Iterator[str]:
    return (f"{document.title} {passage}" for document in documents for passage in document.text.split("\n"))


_STEMS = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple()).filter(tantivy.Filter.lowercase())
_STEMMING = _STEMS.filter(tantivy.Filter.stemmer("english")).build()


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder().add_unsigned_field("number", stored=True)
    return builder.add_text_field("body", tokenizer_name="en_stem", index_option="freq").build()


def build_tantivy(folder: Path, documents: Iterable[Document]) -> None:
    """BM25 over stems, numbers stored; two threads."""
    folder.mkdir()
    writer = tantivy.Index(_schema(), path=str(folder)).writer(128_000_000, num_threads=2)
    for number, text in enumerate(_passages(documents)):
        made = tantivy.Document()
        made.add_unsigned("number", number)
        made.add_text("body", text)
        writer.add_document(made)
    writer.commit()
    writer.wait_merging_threads()


def open_tantivy(folder: Path) -> Search:
    """Any of the stems, with the numbers of what is found."""
    searcher, schema = tantivy.Index.open(str(folder)).searcher(), _schema()

    def search(query: str, most: int) -> list[str]:
        terms = [Query.term_query(schema, "body", term, "freq") for term in _STEMMING.analyze(query)]
        wanted = Query.boolean_query([(Occur.Should, term) for term in terms])
        hits = searcher.search(wanted, most, count=False).hits
        return [str(searcher.doc(place)["number"][0]) for _, place in hits]

    return search


def build_fts5(folder: Path, documents: Iterable[Document]) -> None:
    """SQLite's full-text search with Porter's stems."""
    folder.mkdir()
    with closing(sqlite3.connect(folder / "fts.db")) as db:
        db.execute("CREATE VIRTUAL TABLE passages USING fts5(body, tokenize='porter', content='')")
        rows = ((number, text) for number, text in enumerate(_passages(documents)))
        db.executemany("INSERT INTO passages (rowid, body) VALUES (?, ?)", rows)
        db.commit()


def open_fts5(folder: Path) -> Search:
    """Any of the words, by BM25."""
    db = sqlite3.connect(folder / "fts.db")
    select = "SELECT rowid FROM passages WHERE passages MATCH ? ORDER BY rank LIMIT ?"

    def search(query: str, most: int) -> list[str]:
        wanted = " OR ".join(f'"{word.text}"' for word in words(query))
        return [str(number) for (number,) in db.execute(select, (wanted, most))]

    return search


def build_bm25s(folder: Path, documents: Iterable[Document]) -> None:
    """bm25s without stems, as it comes."""
    bm25s = import_module("bm25s")
    made = bm25s.BM25()
    made.index(bm25s.tokenize(list(_passages(documents)), show_progress=False), show_progress=False)
    made.save(str(folder))


def open_bm25s(folder: Path) -> Search:
    """Memory-mapped."""
    bm25s = import_module("bm25s")
    opened = bm25s.BM25.load(str(folder), mmap=True)

    def search(query: str, most: int) -> list[str]:
        tokens = bm25s.tokenize([query], show_progress=False, return_ids=False)
        return list(map(str, opened.retrieve(tokens, k=most, show_progress=False)[0][0]))

    return search


def build_rapidfuzz(folder: Path, documents: Iterable[Document]) -> None:
    """The texts."""
    folder.mkdir()
    (folder / "passages").write_text("\n".join(_passages(documents)), "utf-8")


def open_rapidfuzz(folder: Path) -> Search:
    """token_set_ratio over all."""
    texts = (folder / "passages").read_text("utf-8").split("\n")

    def search(query: str, most: int) -> list[str]:
        found = process.extract(query, texts, scorer=fuzz.token_set_ratio, limit=most)
        return [str(number) for _, _, number in found]

    return search


#: name → build, open, and the passages from which it is left out
ENGINES: dict[str, tuple[Build, Open, int]] = {
    "ours": (build_ours, open_ours, 10**9),
    "tantivy": (build_tantivy, open_tantivy, 10**9),
    "SQLite FTS5": (build_fts5, open_fts5, 10**9),
    "bm25s": (build_bm25s, open_bm25s, 10**6 if find_spec("bm25s") else 0),
    "rapidfuzz": (build_rapidfuzz, open_rapidfuzz, 10**5),
}
