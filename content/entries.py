"""What the index holds of a passage, and how it is asked: the one place that knows tantivy's schema."""

from dataclasses import dataclass

import tantivy
from tantivy import Occur, Query

from content.documents import Document, Passage
from content.words import passage_stems, passage_words, passage_writings


def _schema() -> tantivy.Schema:
    """Titles and bodies are indexed as stems: whoever re-scores a passage reads the very terms it was found by."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("document", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("version", tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("number", stored=True)
    builder.add_text_field("title", tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("body", tokenizer_name="whitespace", index_option="freq")
    builder.add_bytes_field("terms", stored=True)
    builder.add_text_field("word", tokenizer_name="whitespace", index_option="basic")
    builder.add_text_field("written", tokenizer_name="whitespace", index_option="basic")
    return builder.build()


SCHEMA = _schema()


@dataclass(frozen=True, slots=True)
class Entry:
    """A passage as the index has it, and its words."""

    document: tantivy.Document
    words: list[str]


def entry(header: Document, passage: Passage, version: str) -> Entry:
    """A passage made ready for the index; ``version`` names its document as it is now."""
    named = " ".join(filter(None, (header.title, passage.heading)))
    title, body = " ".join(passage_stems(named)), " ".join(passage_stems(passage.text))
    words = passage_words(f"{named} {passage.text}")
    made = tantivy.Document()
    made.add_text("document", passage.document)
    made.add_text("version", version)
    made.add_unsigned("number", passage.number)
    made.add_text("title", title)
    made.add_text("body", body)
    made.add_bytes("terms", f"{title} {body}".encode())
    made.add_text("word", " ".join(words))
    made.add_text("written", " ".join(passage_writings(passage.text)))
    return Entry(made, words)


def matching(weights: dict[str, float]) -> Query:
    """Passages with any of these stems in title or body, by BM25; the two count alike (EVIDENCE §1 has less title,
    but repeats it in the body).
    """
    terms = [
        Query.boost_query(Query.term_query(SCHEMA, field, term, "freq"), weight)
        for term, weight in weights.items()
        for field in ("body", "title")
    ]
    return Query.boolean_query([(Occur.Should, term) for term in terms])
