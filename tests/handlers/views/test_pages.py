"""Help, sources, summary, status, notices."""

import json
from dataclasses import replace
from typing import Any

import pytest

from content.documents import CitedFigure, Quotation, Searched
from handlers.views import notices, outgoing, pages, parts
from tests.handlers.conftest import source


def _shown(message: Any) -> str:
    return json.dumps(outgoing.message(message)["blocks"], ensure_ascii=False)


def test_help_teaches_with_the_documents_there_are(canned: Any) -> None:
    message = pages.help_page("/ask", canned.documents(), "how much for AI?")
    shown = _shown(message)
    for words in ("/ask how much for AI?", "/ask figures cloud", "/ask summary A Bold Pivot", "/ask sources"):
        assert f'"{words}"' in shown
    assert "Mention me in a channel" in shown
    assert "I read: A Bold Pivot · plain1" in shown
    assert message.text.endswith("Try: /ask how much for AI?")


def test_help_without_the_command_teaches_without_it(canned: Any) -> None:
    message = pages.help_page("", canned.documents(), "how much for AI?", "Hello!")
    shown = _shown(message)
    for words in ("how much for AI?", "figures cloud", "summary A Bold Pivot", "sources", "status"):
        assert f'"{words}"' in shown
    assert "In a channel or a thread, mention me" in shown
    assert message.text.startswith("Hello! I answer")


@pytest.mark.parametrize("adds", [True, False])
def test_help_tells_of_adding_only_whom_it_is_for(canned: Any, adds: bool) -> None:
    assert ('"/ask add https://…"' in _shown(pages.help_page("/ask", canned.documents(), None, adds=adds))) is adds


@pytest.mark.parametrize(
    ("title", "called"),
    [("T" * 50, "T" * 50), ("In a move that signals the coming of age for the industry", "bold"), (None, "bold")],
)
def test_a_long_title_is_called_by_its_id(canned: Any, title: str | None, called: str) -> None:
    documents = [replace(canned.documents()[0], title=title)]
    for message in (pages.help_page("", documents, None), pages.what_page("summary", "", documents)):
        assert f'"summary {called}"' in _shown(message)
    assert pages.help_page("", documents, None).text.endswith(f"Try: summary {called}")


def test_a_long_title_is_shown_short(canned: Any) -> None:
    documents = [replace(canned.documents()[0], title="In a move that signals the coming of age for the industry")]
    shown = _shown(pages.help_page("", documents, None))
    assert "I read: In a move that signals the coming of age for the…" in shown


@pytest.mark.parametrize(("count", "dots"), [(0, False), (5, False), (6, True)])
def test_help_names_five_documents(canned: Any, count: int, dots: bool) -> None:
    shown = _shown(pages.help_page("/ask", canned.documents(count), None))
    assert ("I read:" in shown) is bool(count)
    assert ("· …" in shown) is dots


def test_sources_say_what_is_known_of_each(canned: Any) -> None:
    message = pages.sources_page(canned.documents())
    assert message.text == "I read 2 documents, newest first: A Bold Pivot; plain1"
    texts = [block["text"]["text"] for block in message.blocks]
    assert texts[1] == "A Bold Pivot · Reuters · 2026-05 · 9 passages · 3 figures · sponsored"
    assert texts[2] == "plain1 · 1 passage · 0 figures"


@pytest.mark.parametrize(
    ("labels", "leads"), [((), True), (("press release", "1 sponsored passage"), True), (("sponsored",), False)]
)
def test_nobody_is_led_to_a_document_that_is_all_advertising(canned: Any, labels: tuple[str, ...], leads: bool) -> None:
    listed = pages.listed_document(replace(canned.documents()[0], labels=labels))
    assert ("https://a.b/bold" in listed["text"]["text"]) is leads


def test_a_summary_says_how_its_topic_was_read(canned: Any) -> None:
    found = canned.summary(document=None, topic="what is ModelScope", understanding=canned.corrected())
    assert "you wrote “modlescope”" in _shown(pages.summary_page(found, "summary modlescope", private=True))


def test_no_sources_is_said() -> None:
    assert pages.sources_page(()).text == "There are no documents yet."


@pytest.mark.parametrize(
    ("count", "part", "listed", "said", "more"),
    [
        (20, 0, 20, "I read 20 documents", None),
        (21, 0, 20, "Documents 1–20 of 21", "1 sources"),
        (21, 1, 1, "Documents 21–21 of 21", None),
        (500, 1, 20, "Documents 21–40 of 500", "2 sources"),
        (500, 99, 20, "Documents 481–500 of 500", None),
    ],
)
def test_sources_come_twenty_at_a_time(
    canned: Any, count: int, part: int, listed: int, said: str, more: str | None
) -> None:
    message = pages.sources_page(canned.documents(count), part)
    assert sum(block["type"] == "section" for block in message.blocks) == listed
    assert said in _shown(message)
    assert (f'"value": "{more}"' in _shown(message)) is bool(more)
    assert ('"More"' in _shown(message)) is bool(more)


@pytest.mark.parametrize(
    ("fields", "title"),
    [
        ({}, "Summary: A Bold Pivot"),
        ({"document": None, "topic": "Qwen"}, "Summary: Qwen"),
        ({"document": "gone"}, "Summary: gone"),
    ],
)
def test_a_summary_quotes_and_cites(canned: Any, fields: dict[str, Any], title: str) -> None:
    message = pages.summary_page(canned.summary(**fields), "summary bold", private=True)
    assert message.blocks[0]["text"]["text"] == title
    assert [block["type"] for block in message.blocks] == ["header", "rich_text", "context", "section", "actions"]
    assert message.blocks[2]["elements"][0]["text"] == "Figures: more than $52 billion [1]"
    assert message.text.endswith("Reuters.” [1]")


def test_a_long_summary_ends_at_a_sentence_and_goes_on(canned: Any) -> None:
    told = tuple(Quotation(letter * 400, n, 0, 400) for n, letter in enumerate("abcde", 1))
    sources = tuple(source(n) for n in range(1, 6))
    found = canned.summary(summary=told, sources=sources, figures=(CitedFigure(canned.pledge, 5),))
    parts = [_shown(pages.summary_page(found, "summary bold", private=True, part=n)) for n in range(4)]
    quoted = [[each.text[0] for each in told if each.text in shown] for shown in parts]
    assert quoted == [["a", "b"], ["c", "d"], ["e"], ["e"]]
    cited = [[n for n in range(1, 6) if f'"[{n}] A Bold Pivot' in shown] for shown in parts]
    assert cited == [[1, 2], [3, 4], [5], [5]]
    assert ["continued" in shown for shown in parts] == [False, True, True, True]
    assert ["Figures:" in shown for shown in parts] == [False, False, True, True]
    assert ['"More"' in shown for shown in parts] == [True, True, False, False]
    assert ["Share to channel" in shown for shown in parts] == [True, False, False, False]
    assert '"value": "1 summary bold"' in parts[0]


@pytest.mark.parametrize(
    ("lengths", "taken"), [((5000,), [1]), ((5000, 1, 1), [1, 2]), ((1, 999, 1), [2, 1]), ((), [0])]
)
def test_a_part_has_a_sentence_however_long(lengths: tuple[int, ...], taken: list[int]) -> None:
    shown = [parts.told_in(lengths, lengths, n) for n in range(len(taken))]
    assert [len(each.items) for each in shown] == taken
    assert [each.is_last for each in shown] == [n == len(taken) - 1 for n in range(len(taken))]


def test_words_that_fit_into_no_button_have_no_more(canned: Any) -> None:
    assert parts.rest(parts.page_of("abc", 0, 2), "q" * 1999) == []


def test_a_pressed_more_is_gone_and_an_empty_row_with_it(canned: Any) -> None:
    told = tuple(Quotation(letter * 400, 1, 0, 400) for letter in "abc")
    for private, left in ((True, ["share"]), (False, [])):
        page = pages.summary_page(canned.summary(summary=told), "summary bold", private)
        blocks = parts.without_more(page).blocks
        rows = [block["elements"] for block in blocks if block["type"] == "actions"]
        assert [each["action_id"] for row in rows for each in row] == left
        assert [block for block in page.blocks if block["type"] != "actions"] == [
            block for block in blocks if block["type"] != "actions"
        ]


def test_a_public_summary_cannot_be_shared(canned: Any) -> None:
    message = pages.summary_page(canned.summary(), "summary bold", private=False)
    assert "actions" not in [block["type"] for block in message.blocks]


@pytest.mark.parametrize(
    ("searched", "line"),
    [
        (Searched(2, "2026-05"), "I am here. I search 2 documents with 3 figures; the newest is of 2026-05."),
        (Searched(1), "I am here. I search 1 document with 3 figures."),
        (Searched(12345), "I am here. I search 12,345 documents with 3 figures."),
    ],
)
def test_status(canned: Any, searched: Searched, line: str) -> None:
    assert pages.status_page(searched, canned.documents()).text == line


def test_a_verb_without_a_topic_offers_some(canned: Any) -> None:
    shown = _shown(pages.what_page("summary", "/ask", canned.documents()))
    assert "/ask summary A Bold Pivot" in shown
    assert _shown(pages.what_page("summary", "/ask", ()))


def test_an_overlong_title_is_cut_everywhere(canned: Any) -> None:
    documents = (replace(canned.documents()[0], title="word " * 2000),) * 20
    for message in (
        pages.sources_page(documents),
        pages.help_page("/a", documents, None),
        pages.what_page("summary", "/a", documents),
    ):
        assert outgoing.message(message)


@pytest.mark.parametrize("code", ["not_in_channel", "is_archived", "missing_scope", "thread_not_found", "new_code"])
def test_a_refusal_in_words(code: str) -> None:
    message = notices.refused(code)
    assert outgoing.message(message)
    assert (code.replace("_", "") in message.text.replace("\u2060", "").replace("_", "")) is (code == "new_code")


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("🤷", "No word."),
        ("q " * 150, "No word."),
        ("<!channel> " * 40, "No word. It began: “&lt;!channel&gt; "),
        ("word " * 500, "No word. It began: “word word"),
    ],
)
def test_a_question_that_is_too_long_is_given_back(words: str, text: str) -> None:
    message = notices.unusable("No word.", words.strip())
    assert message.text.startswith(text)
    assert ("It began" in message.text) is ("It began" in text)
    assert ("“" in _shown(message)) is ("It began" in text)


def test_an_apology_names_its_reference() -> None:
    assert "(reference k3f9)" in notices.sorry("k3f9").text
