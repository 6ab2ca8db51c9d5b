"""Whatever a document or a person says: nothing live, nothing Slack refuses, in anything the bot sends."""

import re
from collections.abc import Iterator
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from content.digests import Difference, Digest, NewDocument, NewFigure, Side, Teller
from content.documents import (
    Answer,
    CitedFigure,
    Copy,
    Correction,
    Disagreement,
    Excerpt,
    Figure,
    FigureTable,
    Nearest,
    NothingFound,
    Passage,
    Place,
    Quotation,
    Searched,
    Source,
    SourceDocument,
    Summary,
    Understanding,
)
from handlers.views import answer, digest, notices, outgoing, pages, reader, tables, threads
from handlers.views.blocks import Form, Message
from handlers.views.limits import check
from handlers.views.plainer import put

HOSTILE = (
    "<!channel>",
    "<!here|now>",
    "<@U123>",
    "<#C123|general>",
    "<!subteam^S1>",
    "<https://evil.example|your bank>",
    "&lt;!channel&gt;",
    "*bold* _it_ ~no~ `code` ```block```",
    "> quoted",
    "|>",
    "\u202egnp.exe",
    "\x00\x1b[31m",
    "\ud800",
    "<" * 300,
    "&" * 3000,
    "a" * 4000,
    "word " * 900,
    "\u2060",
    "",
    " ",
    "\n",
)
said = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(max_size=40),
    st.tuples(st.sampled_from(HOSTILE), st.text(max_size=9)).map("".join),
)
maybe = st.none() | said
address = st.none() | said | said.map(lambda text: f"https://a.b/{text}")
place = st.integers(0, 10_000)

figure = st.builds(
    Figure,
    said,
    place,
    place,
    st.none(),
    st.none(),
    maybe,
    st.just("money"),
    maybe,
    maybe,
    maybe,
    maybe,
    st.none(),
    said,
    said,
)
cited = st.builds(CitedFigure, figure, st.integers(1, 3))
source = st.builds(Source, st.integers(1, 3), said, maybe, maybe, maybe, address, st.integers(1), said, place, place)
quotation = st.builds(Quotation, said, st.integers(1, 3), place, place)
understanding = st.builds(
    Understanding,
    said,
    st.lists(st.builds(Correction, said, said), max_size=3).map(tuple),
    maybe,
    st.lists(said, max_size=4).map(tuple),
)
searched = st.builds(Searched, st.integers(0, 10**9), maybe)
passage = st.builds(Passage, said, st.integers(1, 9), place, place, said, maybe)
documents = st.lists(
    st.builds(SourceDocument, said, maybe, maybe, maybe, address, place, place, st.lists(said, max_size=2).map(tuple)),
    max_size=30,
)


def tuples(of: st.SearchStrategy[Any], least: int = 0, most: int = 4) -> st.SearchStrategy[Any]:
    return st.lists(of, min_size=least, max_size=most).map(tuple)


differing = st.builds(Disagreement, said, st.just("contradicts"), st.just((0, 1)), said)


@st.composite
def answered(draw: Any) -> Answer:
    numbers = draw(tuples(cited, 2))
    return Answer(
        draw(understanding),
        0.5,
        draw(tuples(quotation, 1, 3)),
        numbers,
        draw(tuples(differing, 0, 2)),
        draw(tuples(source, 1, 10)),
        draw(searched),
        draw(st.booleans()),
    )


def _nodes(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        for child in value.values():
            yield from _nodes(child)
    elif isinstance(value, list | tuple):
        for child in value:
            yield from _nodes(child)


LINK = re.compile(r"<https?://[^<>|\s]+\|", re.IGNORECASE)


def harmless(payload: dict[str, Any]) -> None:
    """What Slack parses holds nothing live; what it does not parse holds no control characters."""
    parsed = [node["text"] for node in _nodes(payload) if node.get("type") == "mrkdwn"]
    for text in [*parsed, str(payload.get("text", ""))] if "blocks" in payload else parsed:
        assert "<" not in LINK.sub("", text, count=1)
    assert not re.search(r"<", payload["text"]) if isinstance(payload.get("text"), str) else True
    for node in _nodes(payload):
        assert node.get("type") not in ("broadcast", "user", "usergroup", "channel", "markdown")
        if isinstance(node.get("text"), str) and "value" not in node:
            assert not re.search(r"[\x00-\x08\x0b-\x1f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", node["text"])


def sent(view: Message) -> None:
    payload = outgoing.message(view) if view.text else outgoing.message(Message("-", view.blocks))
    assert check("message", payload) == ()
    harmless(payload)


hostile = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@hostile
@given(answered(), said, st.booleans())
def test_answers(found: Answer, words: str, private: bool) -> None:
    sent(answer.answer(found, words, private))
    sent(tables.answer_table(found))


@hostile
@given(st.builds(NothingFound, understanding, st.just(0.0), tuples(st.builds(Nearest, said, maybe)), searched), said)
def test_nothing_found(found: NothingFound, words: str) -> None:
    sent(answer.nothing(found))
    sent(answer.no_summary(found, words))
    sent(answer.answering(answer.nothing(found), words))


@hostile
@given(
    st.builds(FigureTable, maybe, understanding, tuples(figure, 3, 40), tuples(differing), st.just(((0, 1, 2),))),
    documents,
    st.integers(0, 5),
    st.sampled_from(get_args(Form)),
)
def test_figures(found: FigureTable, known: list[SourceDocument], page: int, form: Form) -> None:
    sent(put(tables.topic_table(found, known, page), form))
    sent(threads.tellers(found, known))


@hostile
@given(st.builds(Summary, maybe, maybe, tuples(quotation, 1), tuples(cited), tuples(source, 1, 9)), said)
def test_summaries(found: Summary, words: str) -> None:
    sent(pages.summary_page(found, words, private=True))
    sent(threads.more(found))
    sent(notices.notice(threads.unclear(words, words, words)))


copy = st.builds(Copy, said, maybe, maybe)
side = st.builds(Side, figure, st.none() | quotation)
item = st.one_of(
    st.builds(NewDocument, st.integers(1, 9), quotation, tuples(st.builds(Teller, said, maybe, maybe, tuples(copy)))),
    st.builds(NewFigure, st.integers(1, 9), side),
    st.builds(Difference, st.integers(1, 9), st.just("changed"), st.just("changed"), said, tuples(side, 1)),
)


@hostile
@given(st.builds(Digest, st.just(0), place, place, tuples(item, 0, 30), tuples(source, 1, 3)), said)
def test_digests(found: Digest, since: str) -> None:
    for view in (digest.digest(found, since), *digest.more(found)):
        sent(view)


@hostile
@given(documents, searched, said)
def test_pages(known: list[SourceDocument], what: Searched, word: str) -> None:
    for view in (
        pages.help_page("/alibaba", known, word, word),
        pages.help_page("", known, None),
        pages.sources_page(known),
        pages.holding_page(known),
        pages.status_page(what, known),
        pages.what_page("summary", "/alibaba", known),
        notices.notice(word),
        notices.unusable(word, word),
        notices.refused(word),
    ):
        sent(view)


@hostile
@given(
    st.builds(Excerpt, maybe, address, maybe, maybe, tuples(passage), passage, tuples(passage)),
    tuples(st.tuples(place, place)),
)
def test_the_reader(excerpt: Excerpt, marked: Any) -> None:
    view = reader.modal(excerpt, Place("d", 3, marked))
    assert outgoing.checked("modal", view)
    harmless(view)


@pytest.mark.parametrize("words", HOSTILE)
def test_the_question_in_a_button_comes_back_as_it_was(canned: Any, words: str) -> None:
    message = answer.answer(canned.answer(), words, private=True)
    values = [node["value"] for node in _nodes(message.blocks) if node.get("action_id") == "share"]
    assert values == ([words] if 0 < len(words) <= 2000 else [])
