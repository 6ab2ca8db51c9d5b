"""Advertising is found by its signs, and nothing else is; what it says is nobody's evidence."""

import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.documents import Answer, Document, NothingFound, Passage, Place, Summary
from content.library import Library
from content.passages import passages
from content.provenance import judged, label, without_addresses
from tests.conftest import Storage

HERE = Path(__file__).parent
CASES: dict[str, list[str]] = tomllib.loads((HERE / "sponsored.toml").read_text("utf-8"))
TOLD_APART: dict[str, dict[str, list[str]]] = tomllib.loads((HERE / "told_apart.toml").read_text("utf-8"))
NEWS = "Alibaba’s cloud grew by 8% last quarter, with chips of Nvidia and models on Hugging Face."
END = "That is all that is known so far."
AD = "Need servers? Check out AcmeServers.com, the leading provider of 400 kinds of refurbished racks."


def found(document: Document) -> dict[str, str | None]:
    """Every passage of a document and the evidence against it."""
    return {one.text: one.sponsored for one in judged(document, passages(document))}


def article(*paragraphs: str, **stated: Any) -> Document:
    return replace(Document("d", "\n\n".join(paragraphs), title="Alibaba’s cloud grows"), **stated)


@pytest.mark.parametrize("text", CASES["caught"])
def test_caught(text: str) -> None:
    assert found(article(NEWS, f"“{NEWS}”", END, text))[text]


@pytest.mark.parametrize("text", CASES["fair"])
def test_fair(text: str) -> None:
    assert set(found(article(NEWS, text, END)).values()) == {None}


@pytest.mark.parametrize("text", [text for cases in TOLD_APART.values() for text in cases["free"]])
def test_what_only_looks_like_advertising_is_left_alone_wherever_it_stands(text: str) -> None:
    for told in ((text, NEWS, END), (NEWS, text, END), (NEWS, END, text)):
        assert set(found(article(*told)).values()) == {None}


@pytest.mark.parametrize(("cases", "floor"), [("seen", 0.97), ("unseen", 0.76)])
def test_most_advertising_is_found(cases: str, floor: float) -> None:
    paid = TOLD_APART[cases]["paid"]
    assert sum(any(found(article(NEWS, f"“{NEWS}”", text, END)).values()) for text in paid) / len(paid) >= floor


def test_a_report_that_was_presented_is_answered_from(library: Library) -> None:
    told = "This report was presented by the finance minister to parliament on Monday."
    list(library.add([Document("rail", f"{told}\n\nAcme Rail lost $40 million in 2025.\n\n{END}", title="Rail")]))
    library.refresh()
    answer = library.ask("How much did Acme Rail lose?")
    assert isinstance(answer, Answer)
    assert answer.figures[0].figure.text == "$40 million"


@pytest.mark.parametrize(
    ("document", "sponsored"),
    [
        (article("## Presented by Joe Tsai", NEWS, END), set()),
        (article(SHOWN := "## Presented by Orbit Telecom", NEWS, END), {SHOWN, NEWS, END}),
        (article(NEWS, END, title="Promoted by Jack Ma"), set()),
        (article(NEWS, END, title="Sponsored-content rules grow tighter"), set()),
        (article(NEWS, END, title="Paid for by taxpayers"), set()),
        (article("Advertisement – continue reading below", NEWS, END), set()),
        (article("Sponsored content", NEWS, END), {NEWS, END}),
        (article("Sponsored by Acme Hosting", NEWS, END), {NEWS, END}),
        (article(SAID := "Sponsored content, paid for by RentaQwen Ltd.", NEWS, END), {SAID, NEWS, END}),
        (article("Sponsored", "Alibaba’s cloud grows", NEWS, END), {NEWS, END}),
        (article("Advertisement", "Alibaba’s cloud grows", NEWS, END), set()),
        (article("The cloud grows", "By Acme", NEWS), set()),
        (article(TITLE := "Alibaba’s cloud grows", PAID := "Sponsored by Acme.", NEWS), {TITLE, PAID, NEWS}),
        (article(NEWS, END, sponsored="by Acme"), {NEWS, END}),
        (article(NEWS, END, title="Sponsored: the cloud"), {NEWS, END}),
        (article(NEWS, END, publisher="Partner content"), {NEWS, END}),
        (article(NEWS, END, author="Forbes BrandVoice", publisher="BrandVoice"), {NEWS, END}),
        (article(NEWS, END, url="https://news.example/paid-post/cloud"), {NEWS, END}),
        (article(NEWS, END, url="https://news.example/state-sponsored-hackers"), set()),
        (article(NEWS, END, url="https://[news"), set()),
        (article(NEWS, "This article was sponsored by Acme."), {NEWS, "This article was sponsored by Acme."}),
        (article(NEWS, PART := "This report was paid for by the European Union.", END), {PART}),
        (article(NEWS, "Sponsored stories", END), {END}),
        (article(NEWS, "Advertisement", END), set()),
        (article(NEWS, END, publisher="PR Newswire"), set()),
        (article(NEWS, "About Acme", END, publisher="PR Newswire"), {END}),
        (article(NEWS, "About Acme", END, publisher="Reuters"), set()),
    ],
)
def test_labels_say_what_they_cover(document: Document, sponsored: set[str]) -> None:
    evidence = found(document)
    assert {text for text in (NEWS, END, *evidence) if evidence.get(text)} == sponsored


@pytest.mark.parametrize(
    ("document", "is_a"),
    [
        (article(NEWS), None),
        (article(NEWS, publisher="PR Newswire"), "press release"),
        (article(NEWS, url="https://www.businesswire.com/news/1"), "press release"),
        (article(f"HANGZHOU, May 14, 2026 /PRNewswire/ -- {NEWS}"), "press release"),
        (article(f"{NEWS} A press release would say more."), None),
        (article(NEWS, publisher="Sponsored content"), "sponsored"),
        (Document("empty", ""), None),
    ],
)
def test_what_a_document_is(document: Document, is_a: str | None) -> None:
    assert label(document, judged(document, passages(document))) == is_a


def test_the_evidence_is_in_words() -> None:
    evidence = str(found(article(NEWS, AD))[AD])
    assert "praises a supplier (“leading provider”)" in evidence
    assert "address" in evidence


@pytest.mark.parametrize(
    "document",
    [
        article(NEWS, AD),
        article(NEWS, "Sponsored: racks of AcmeServers.com"),
        article(NEWS, title="Sponsored: racks of AcmeServers.com"),
        article(NEWS, "## Sponsored: racks of AcmeServers.com", END),
    ],
)
def test_the_evidence_leads_nowhere(document: Document) -> None:
    evidence = [said for said in found(document).values() if said]
    assert evidence
    assert [said for said in evidence if ".com" in said] == []


@pytest.mark.parametrize(
    ("text", "sponsored", "shown"),
    [
        ("Go to www.acme.com/a?b=c now.", "…", "Go to (address left out) now."),
        ("See https://acme.io, or acme.co.", "…", "See (address left out), or (address left out)."),
        ("See https://acme.io.", None, "See https://acme.io."),
    ],
)
def test_no_address_of_whoever_paid_is_shown(text: str, sponsored: str | None, shown: str) -> None:
    assert without_addresses(Passage("d", 1, 0, len(text), text, sponsored=sponsored)) == shown


@given(st.text(max_size=300))
def test_any_text_is_judged(text: str) -> None:
    document = article(NEWS, text)
    assert [one.text for one in judged(document, passages(document))] == [one.text for one in passages(document)]


def test_the_seeds_have_one_sponsored_passage(seeds: Library) -> None:
    assert {one.document: one.labels for one in seeds.sources() if one.labels} == {
        "quiet-ai-revolution": ("1 sponsored passage",)
    }
    assert [hit.passage.number for hit in seeds.search("panel PCs").hits if hit.passage.sponsored] == [9]
    excerpt = seeds.excerpt(Place("quiet-ai-revolution", 9))
    assert excerpt
    assert "leading US supplier" in str(excerpt.passage.sponsored)


@pytest.mark.parametrize(
    "question",
    [
        "Who is the leading US supplier of industrial panel PCs?",
        "Where do businesses turn to for reliable computing hardware?",
        "What are rugged displays?",
    ],
)
def test_nothing_is_answered_from_it(seeds: Library, question: str) -> None:
    answer = seeds.ask(question)
    assert isinstance(answer, NothingFound) or all(source.paragraph != 9 for source in answer.sources)


@pytest.mark.parametrize("name", ["quiet-ai-revolution", "industrial hardware", "supplier", "displays"])
def test_nothing_of_it_is_summed_up(seeds: Library, name: str) -> None:
    summary = seeds.summarize(name)
    said = " ".join(one.text for one in summary.summary) if isinstance(summary, Summary) else ""
    assert "supplier" not in said
    assert "rugged" not in said


def test_a_document_that_is_nothing_else_is_summed_up_by_name_only(library: Library) -> None:
    list(library.add([article(NEWS, END, publisher="Sponsored content", url="https://acme.example/racks")]))
    library.refresh()
    summary = library.summarize("d")
    assert isinstance(summary, Summary)
    assert [one.text for one in summary.summary] == [NEWS, END]
    assert {(source.label, source.link) for source in summary.sources} == {("sponsored", None)}
    assert isinstance(library.summarize("cloud chips"), NothingFound)
    assert isinstance(library.ask("How much did Alibaba’s cloud grow last quarter?"), NothingFound)
    assert library.sources()[0].labels == ("sponsored",)


def test_its_figures_are_nobodys(library: Library) -> None:
    list(library.add([article(NEWS, AD)]))
    library.refresh()
    assert [figure.text for figure in library.figures().figures] == ["8%"]
    assert isinstance(library.ask("How many kinds of racks does AcmeServers have?"), NothingFound)


def test_what_a_document_states_outlives_that_it_is_taken_apart_anew(storage: Storage) -> None:
    list(storage.library().add([article(NEWS, END, sponsored="by Acme at acme.com")]))
    with storage.bare().begin() as db:
        db.exec_driver_sql("UPDATE documents SET prepared = 0, label = NULL")
    library = storage.library()
    assert [one.labels for one in library.sources()] == [("sponsored",)]
    excerpt = library.excerpt(Place("d", 1))
    assert excerpt
    assert excerpt.passage.sponsored == "belongs to a document that states “sponsored” as “by Acme at …”"


def test_documents_of_an_earlier_version_are_judged_when_they_are_next_opened(storage: Storage) -> None:
    documents = [replace(article(NEWS, AD), id=f"d{n:02}") for n in range(25)]
    list(storage.library().add(documents))
    with storage.bare().begin() as db:
        db.exec_driver_sql("UPDATE documents SET prepared = 0")
        db.exec_driver_sql("UPDATE passages SET sponsored = NULL")
    library = storage.library()
    assert sum(bool(one.labels) for one in library.sources()) == 20
    library.refresh(patience=0)
    assert {one.labels for one in library.sources()} == {("1 sponsored passage",)}
    assert {one.outcome for one in library.add(documents)} == {"unchanged"}
