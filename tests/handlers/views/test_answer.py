"""An answer as people see it, and the honest no."""

import json
from dataclasses import replace
from typing import Any

import pytest

from content.documents import Copy, Correction, Nearest, Understanding
from handlers.payloads import read_place
from handlers.views import answer as answers
from handlers.views import outgoing
from handlers.views.blocks import Message

ON = "Ask in other words, or look around: sources lists the documents, figures shows all figures."


def _text(message: Message) -> str:
    """Everything a reader sees, in order."""
    return " ".join(_texts([*message.blocks]))


def _texts(value: Any) -> list[str]:
    if isinstance(value, dict):
        own = [value["text"]] if isinstance(value.get("text"), str) else []
        return own + [text for name, child in value.items() if name != "value" for text in _texts(child)]
    return [text for child in value for text in _texts(child)] if isinstance(value, list | tuple) else []


def _pressable(message: Message) -> list[str]:
    rows = (block["elements"] for block in message.blocks if block["type"] == "actions")
    return [button["action_id"] for row in rows for button in row]


def test_the_figure_asked_for_comes_first(canned: Any) -> None:
    message = answers.answer(canned.answer(), "how much?", private=True)
    head = message.blocks[0]
    assert head["type"] == "header"
    assert head["text"]["text"] == "More than $52 billion · over the next three years · Reuters"
    assert message.text.startswith("More than $52 billion")


def test_without_a_question_for_a_number_there_is_no_headline(canned: Any) -> None:
    message = answers.answer(canned.answer(wants_figure=False), "how much?", private=True)
    assert [block["type"] for block in message.blocks] == ["rich_text", "section", "actions", "context"]


def test_every_sentence_is_quoted_with_its_source(canned: Any) -> None:
    message = answers.answer(canned.answer(), "how much?", private=False)
    found = next(block for block in message.blocks if block["type"] == "rich_text")
    quoted = found["elements"][0]
    assert quoted["type"] == "rich_text_quote"
    assert "".join(run["text"] for run in quoted["elements"]).endswith("as reported by Reuters.” [1]")


def test_a_source_says_where_it_stands_and_opens_there(canned: Any) -> None:
    found = canned.answer()
    made = answers.source(found.sources[0], found.summary)
    assert made["text"]["text"] == "[1] A Bold Pivot · 2026-05 · paragraph 3"
    where = read_place(made["accessory"]["value"])
    assert where
    assert (where.document, where.paragraph) == ("bold", 3)
    assert where.marked == ((0, len(found.summary[0].text)),)
    assert where.fingerprint == found.sources[0].fingerprint


def test_a_title_links_to_the_document_that_has_an_address(canned: Any) -> None:
    cited = replace(canned.answer().sources[0], link="https://a.b/c", title="<!channel> *now*", publisher="Reuters")
    text = answers.source(cited, ())["text"]
    assert text["type"] == "mrkdwn"
    assert text["text"].startswith("<https://a.b/c|[1] &lt;!channel&gt; ")
    assert text["text"].endswith("> · Reuters · 2026-05 · paragraph 3")


def test_a_document_with_an_endless_name_has_no_button(canned: Any) -> None:
    cited = replace(canned.answer().sources[0], document="d" * 2000, title=None)
    assert "accessory" not in answers.source(cited, ())


@pytest.mark.parametrize(
    ("private", "has_figures", "buttons"),
    [
        (True, True, ["share", "show_figures"]),
        (True, False, ["share"]),
        (False, True, ["show_figures"]),
        (False, False, []),
    ],
)
def test_only_a_private_answer_can_be_shared(canned: Any, private: bool, has_figures: bool, buttons: list[str]) -> None:
    found = canned.answer() if has_figures else canned.answer(figures=())
    assert _pressable(answers.answer(found, "how much?", private)) == buttons


@pytest.mark.parametrize(("words", "buttons"), [("q" * 2000, 2), ("q" * 2001, 0)])
def test_a_question_too_long_for_a_button_has_none(canned: Any, words: str, buttons: int) -> None:
    message = answers.answer(canned.answer(), words, private=True)
    assert len(_pressable(message)) == buttons
    assert outgoing.message(message)


def test_how_it_was_understood_is_said(canned: Any) -> None:
    message = answers.answer(canned.answer(understanding=canned.corrected()), "what is modlescope", private=True)
    assert "Showing results for  ModelScope  (you wrote “modlescope”)" in _text(message)


def test_two_corrections_are_said_together(canned: Any) -> None:
    read = Understanding("q", (Correction("modlescope", "modelscope"), Correction("plegde", "pledge")), "r")
    shown = _text(answers.answer(canned.answer(understanding=read), "q", private=True))
    assert "modelscope, pledge  (you wrote “modlescope”, “plegde”)" in shown


def test_what_was_searched_stands_at_the_foot(canned: Any) -> None:
    message = answers.answer(canned.answer(), "q", private=True)
    assert message.blocks[-1]["elements"][0]["text"] == "4 documents searched · newest 2026-05"


@pytest.mark.parametrize(
    ("missing", "documents", "foot"),
    [
        (("CEO",), 4, "4 documents searched · newest 2026-05 · none mentions CEO"),
        (("CEO", "today"), 1, "1 document searched · newest 2026-05 · it does not mention CEO or today"),
    ],
)
def test_an_answer_tells_which_words_no_document_has(canned: Any, missing: Any, documents: int, foot: str) -> None:
    found = canned.answer(understanding=Understanding("q", (), None, missing))
    searched = replace(canned.searched, documents=documents)
    message = answers.answer(replace(found, searched=searched), "q", private=True)
    assert message.blocks[-1]["elements"][0]["text"] == foot


def test_more_sources_than_a_message_holds_are_counted(canned: Any) -> None:
    many = tuple(replace(canned.answer().sources[0], n=n) for n in range(1, 13))
    message = answers.answer(canned.answer(sources=many), "q", private=True)
    assert sum(block["type"] == "section" for block in message.blocks) == 8
    assert "and 4 more sources" in _text(message)


@pytest.mark.parametrize(
    ("missing", "documents", "line"),
    [
        (("dividend",), 4, f"I found no answer in 4 documents: none mentions dividend. {ON}"),
        (("dividend", "IPO"), 4, f"I found no answer in 4 documents: none mentions dividend or IPO. {ON}"),
        (("a", "b", "c"), 1, f"I found no answer in 1 document: it does not mention a, b or c. {ON}"),
        ((), 4, f"I found no answer in 4 documents. {ON}"),
        ((), 1, f"I found no answer in 1 document. {ON}"),
        (("dividend",), 0, "There are no documents yet, so there is nothing to answer from."),
    ],
)
def test_nothing_found_says_what_is_missing(canned: Any, missing: Any, documents: int, line: str) -> None:
    searched = replace(canned.searched, documents=documents)
    message = answers.nothing(canned.nothing(*missing, searched=searched, nearest=()))
    assert message.text == line
    assert _text(message).replace("  ", " ").replace(" .", ".").startswith(line)


@pytest.mark.parametrize(
    ("question", "word", "said"),
    [
        ("risks of Baidu last year?", "last", "none mentions last year."),
        ("What did Acme sell next quarter?", "next", "none mentions next quarter."),
        ("the last word", "last", "none mentions last."),
        ("the dividend year", "dividend", "none mentions dividend."),
    ],
)
def test_what_only_tells_which_is_missing_with_its_noun(canned: Any, question: str, word: str, said: str) -> None:
    understanding = replace(canned.corrected(), understood_as=question, missing=(word,))
    assert said in answers.nothing(canned.nothing(understanding=understanding)).text


@pytest.mark.parametrize(
    ("name", "documents", "line"),
    [
        ("zebra", 4, "I found nothing about “zebra” in 4 documents: sources lists the documents, figures shows all"),
        ("z " * 200, 1, "I found nothing about “z z z"),
        ("zebra", 0, "There are no documents yet"),
    ],
)
def test_no_summary_says_what_there_is_to_do(canned: Any, name: str, documents: int, line: str) -> None:
    found = canned.nothing(name, searched=replace(canned.searched, documents=documents), nearest=())
    message = answers.no_summary(found, name)
    assert message.text.startswith(line)
    assert len(message.text) < 300
    assert outgoing.message(message)


def test_no_summary_says_how_it_was_understood(canned: Any) -> None:
    found = canned.nothing(understanding=canned.corrected())
    assert "(you wrote “modlescope”)" in _text(answers.no_summary(found, "modlescope"))


def test_a_question_in_another_language_is_told_so(canned: Any) -> None:
    asked = Understanding("¿Qué es el dividendo?", missing=("Qué", "es", "el", "dividendo"))
    message = answers.nothing(canned.nothing(understanding=asked))
    assert "I know only the words of the documents, so please ask in their language." in message.text


def test_nothing_found_names_the_nearest_and_cites_nothing(canned: Any) -> None:
    message = answers.nothing(canned.nothing("dividend"))
    line = "Ask in other words, or read one of the closest:"
    assert f"{line} A Bold Pivot Summary plain Summary" in _text(message)
    assert message.text.endswith(f"{line} A Bold Pivot and plain.")
    assert "[1]" not in json.dumps(message.blocks)
    assert [block["type"] for block in message.blocks] == ["rich_text", "section", "section", "context"]
    pressable = [block["accessory"] for block in message.blocks if "accessory" in block]
    assert [(each["action_id"], each["value"]) for each in pressable] == [("summarize", "bold"), ("summarize", "plain")]


@pytest.mark.parametrize(("name", "buttons"), [("d" * 2000, 1), ("d" * 2001, 0), ("", 0)])
def test_a_document_that_fits_into_no_button_has_none(canned: Any, name: str, buttons: int) -> None:
    message = answers.nothing(canned.nothing(nearest=(Nearest(name, "Title"),)))
    assert sum("accessory" in block for block in message.blocks) == buttons
    assert outgoing.message(message)


def test_only_what_quotes_can_be_shared(canned: Any) -> None:
    assert answers.quotes(answers.answer(canned.answer(), "q", private=True))
    assert not answers.quotes(answers.nothing(canned.nothing("dividend")))
    assert not answers.quotes(Message("", ()))


@pytest.mark.parametrize(
    ("words", "shown"),
    [("how much?", "“how much?”"), ("two\nlines", "“two lines”"), ("<!channel>", "“<!channel>”"), ("q" * 200, "…”")],
)
def test_the_question_stands_small_above_its_answer(words: str, shown: str) -> None:
    message = answers.answering(Message("The answer", ()), words)
    assert message.blocks[0]["type"] == "context"
    assert message.blocks[0]["elements"][0]["text"].endswith(shown)
    assert message.blocks[0]["elements"][0]["type"] == "plain_text"
    assert "<" not in message.text
    assert message.text.endswith("” – The answer")


def test_nothing_found_says_how_it_was_understood(canned: Any) -> None:
    assert "(you wrote “modlescope”)" in _text(answers.nothing(canned.nothing(understanding=canned.corrected())))


def test_missing_words_are_bold(canned: Any) -> None:
    line = answers.nothing(canned.nothing("dividend")).blocks[0]["elements"][0]["elements"]
    assert line[1] == {"type": "text", "text": "dividend", "style": {"bold": True}}


@pytest.mark.parametrize(
    ("fields", "rest"),
    [
        ({"published": None, "inferred": "2025"}, " · about 2025 (inferred) · paragraph 3"),
        ({"label": "press release"}, " · 2026-05 · press release · paragraph 3"),
        ({"also_in": (Copy("two", "T", "The Second"),)}, " · 2026-05 · paragraph 3 · also in The Second"),
        ({"also_in": (Copy("two", None, None), Copy("x", "T", None))}, " · 2026-05 · paragraph 3 · also in two and T"),
        (
            {"also_in": tuple(Copy(name, None, None) for name in "abcde")},
            " · 2026-05 · paragraph 3 · also in a, b, c and 2 more",
        ),
    ],
)
def test_a_source_says_what_it_is_and_who_copied_it(canned: Any, fields: dict[str, Any], rest: str) -> None:
    cited = replace(canned.answer().sources[0], **fields)
    assert answers.source(cited, ())["text"]["text"] == f"[1] A Bold Pivot{rest}"


def test_a_title_leads_to_where_its_sentence_can_be_read(canned: Any) -> None:
    cited = replace(canned.answer().sources[0], link="https://bot.example/read/bold?p=3&by=0#p3")
    assert answers.source(cited, ())["text"]["text"].startswith("<https://bot.example/read/bold?p=3&amp;by=0#p3|[1] A")
