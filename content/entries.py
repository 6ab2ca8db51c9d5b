"""What the index holds of a passage, and how it is asked: the one place that knows tantivy's schema."""

import tantivy
from tantivy import Occur, Query

from content.documents import Document, Passage
from content.forms import vocabulary_forms
from content.words import folding_analyzer, passage_stems


def _schema() -> tantivy.Schema:
    """Titles and bodies are indexed as stems: whoever re-scores a passage reads the very terms it was found by."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("document", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("version", tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("number", stored=True)
    builder.add_text_field("title", tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("body", tokenizer_name="whitespace", index_option="freq")
    builder.add_bytes_field("terms", stored=True)
    builder.add_text_field("word", tokenizer_name="folding", index_option="basic")
    return builder.build()


SCHEMA = _schema()


def registered(index: tantivy.Index) -> tantivy.Index:
    """tantivy does not keep tokenizers with the index: they are registered on every open."""
    index.register_tokenizer("folding", folding_analyzer())
    return index


def entry(header: Document, passage: Passage, version: str) -> tantivy.Document:
    """A passage as the index has it; ``version`` names its document as it is now."""
    named = " ".join(filter(None, (header.title, passage.heading)))
    title, body = " ".join(passage_stems(named)), " ".join(passage_stems(passage.text))
    made = tantivy.Document()
    made.add_text("document", passage.document)
    made.add_text("version", version)
    made.add_unsigned("number", passage.number)
    made.add_text("title", title)
    made.add_text("body", body)
    made.add_bytes("terms", f"{title} {body}".encode())
    made.add_text("word", vocabulary_forms(f"{named} {passage.text}"))
    return made


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
