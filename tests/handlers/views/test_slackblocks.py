"""A second opinion: slackblocks, written by others, builds every block we emit and says the same."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import slackblocks as theirs

from content.documents import Place
from handlers.views import answer, home, notices, opinions, outgoing, pages, plainer, reader, tables, threads
from handlers.views.blocks import Message

Json = dict[str, Any]


def _text(text: Json) -> Any:
    if text["type"] == "mrkdwn":
        return theirs.Markdown(text["text"], verbatim=text["verbatim"])
    return theirs.PlainText(text["text"], emoji=text["emoji"])


def _button(button: Json) -> Any:
    return theirs.Button(_text(button["text"]), button["action_id"], value=button["value"], style=button.get("style"))


def _run(run: Json) -> Any:
    if run["type"] == "user":
        return theirs.RichTextUser(run["user_id"])
    return theirs.RichText(run["text"], **run.get("style", {}))


def _group(group: Json) -> Any:
    if group["type"] == "rich_text_list":
        return theirs.RichTextList(group["style"], [_group(each) for each in group["elements"]])
    kind = {"rich_text_section": theirs.RichTextSection, "rich_text_quote": theirs.RichTextQuote}[group["type"]]
    return kind([_run(each) for each in group["elements"]])


def _table(block: Json) -> Any:
    rows: list[list[Any]] = [[theirs.RawText(cell["text"]) for cell in row] for row in block["rows"]]
    return theirs.TableBlock(rows, [theirs.ColumnSettings(**each) for each in block["column_settings"]])


def _data_table(block: Json) -> Any:
    rows: list[list[Any]] = [[theirs.RawText(cell["text"]) for cell in row] for row in block["rows"]]
    return theirs.DataTableBlock(rows, block["caption"], block["page_size"])


def _chart(block: Json) -> Any:
    chart = block["chart"]
    series = [
        theirs.DataSeries(one["name"], [theirs.DataPoint(**point) for point in one["data"]]) for one in chart["series"]
    ]
    return theirs.DataVisualizationBlock(
        block["title"], theirs.BarChart(series, theirs.AxisConfig(**chart["axis_config"]))
    )


def _pressable(element: Json) -> Any:
    if element["type"] == "button":
        return _button(element)
    options = [theirs.Option(_text(one["text"]), one["value"]) for one in element["options"]]
    return theirs.StaticSelectMenu(element["action_id"], options, placeholder=_text(element["placeholder"]))


def _section(block: Json) -> Any:
    accessory = _button(block["accessory"]) if "accessory" in block else None
    return theirs.SectionBlock(_text(block["text"]), accessory=accessory)


def _side(button: Json) -> Any:
    return theirs.FeedbackButton(_text(button["text"]), button["value"], button["accessibility_label"])


def _context_action(element: Json) -> Any:
    if element["type"] == "icon_button":
        text, action, value = _text(element["text"]), element["action_id"], element["value"]
        return theirs.IconButton(
            text, element["icon"], action, value, visible_to_user_ids=element["visible_to_user_ids"]
        )
    return theirs.FeedbackButtons(
        _side(element["positive_button"]), _side(element["negative_button"]), element["action_id"]
    )


def _input(block: Json) -> Any:
    field = {name: value for name, value in block["element"].items() if name != "type"}
    given = {"block_id": block["block_id"], "hint": _text(block["hint"]), "optional": block["optional"]}
    return theirs.InputBlock(_text(block["label"]), theirs.PlainTextInput(**field), **given)


#: our block → theirs
BUILT: dict[str, Callable[[Json], Any]] = {
    "header": lambda block: theirs.HeaderBlock(_text(block["text"])),
    "section": _section,
    "context": lambda block: theirs.ContextBlock([_text(each) for each in block["elements"]]),
    "actions": lambda block: theirs.ActionsBlock([_pressable(each) for each in block["elements"]]),
    "rich_text": lambda block: theirs.RichTextBlock([_group(each) for each in block["elements"]]),
    "table": _table,
    "context_actions": lambda block: theirs.ContextActionsBlock([_context_action(each) for each in block["elements"]]),
    "input": _input,
    "data_table": _data_table,
    "data_visualization": _chart,
}


def _built(blocks: list[Json]) -> list[Any]:
    return [BUILT[block["type"]](block) for block in blocks]


def _said(value: Any) -> list[Any]:
    """Everything that is said or done in a payload, whatever is around it."""
    if isinstance(value, dict):
        own = [value[name] for name in ("text", "value", "action_id", "user_id", "style", "type") if name in value]
        inner = [value[name] for name in ("text", "elements", "rows", "accessory") if name in value]
        return [each for each in own if isinstance(each, str)] + [each for child in inner for each in _said(child)]
    return [each for child in value for each in _said(child)] if isinstance(value, list) else []


VIEWS: dict[str, Callable[[Any], Message]] = {
    "answer, private": lambda canned: answer.answer(canned.answer(), "how much?", private=True),
    "answer, public": lambda canned: answer.answer(canned.answer(wants_figure=False), "how much?", private=False),
    "answer, disagreeing": lambda canned: answer.answer(canned.disagreeing(), "how much?", private=True),
    "answer, corrected": lambda c: answer.answer(c.answer(understanding=c.corrected()), "modlescope", private=True),
    "nothing, missing": lambda canned: answer.nothing(canned.nothing("dividend")),
    "nothing, private": lambda canned: answer.answering(answer.nothing(canned.nothing("dividend")), "q"),
    "no summary": lambda canned: answer.no_summary(canned.nothing("zebra"), "zebra"),
    "too long": lambda canned: notices.unusable("Too long.", "word " * 500),
    "nothing": lambda canned: answer.nothing(canned.nothing()),
    "figures of an answer": lambda canned: tables.answer_table(canned.disagreeing()),
    "figures": lambda canned: tables.topic_table(canned.compared(), canned.documents()),
    "figures as a plain table": lambda canned: plainer.put(tables.topic_table(canned.compared(), ()), "table"),
    "figures as text": lambda canned: plainer.put(tables.topic_table(canned.compared(), ()), "text"),
    "no figures": lambda canned: tables.topic_table(canned.figures(), ()),
    "summary": lambda canned: pages.summary_page(canned.summary(), "summary bold", private=True),
    "sources": lambda canned: pages.sources_page(canned.documents(30)),
    "help": lambda canned: pages.help_page("/alibaba", canned.documents(), "how much for AI?"),
    "status": lambda canned: pages.status_page(canned.searched, canned.documents()),
    "what": lambda canned: pages.what_page("summary", "/alibaba", canned.documents()),
    "rated": lambda canned: opinions.rated(answer.nothing(canned.nothing()), "how much?", "U1"),
    "offering": lambda canned: answer.answer(canned.answer(), "how much?", False, ("What is Qwen?", "Who pays?")),
    "speakers": lambda canned: threads.speakers(canned.disagreeing()),
    "places": lambda canned: threads.places(canned.disagreeing()),
    "more": lambda canned: threads.more(canned.summary(), ()),
    "forgotten": lambda canned: threads.forgotten(3),
    "refusal": lambda canned: notices.refused("is_archived"),
    "apology": lambda canned: notices.sorry("k3f9"),
}


@pytest.mark.parametrize("name", sorted(VIEWS))
def test_messages(canned: Any, name: str) -> None:
    sent = outgoing.message(VIEWS[name](canned))
    made = theirs.Message("C1", sent["text"], _built(sent["blocks"]), unfurl_links=False, unfurl_media=False).to_dict()
    assert sent["blocks"]
    assert made["text"] == sent["text"]
    assert _said(made["blocks"]) == _said(sent["blocks"])


def test_a_public_url_too(canned: Any) -> None:
    cited = replace(canned.answer().sources[0], url="https://a.b/c?d=e&f=g")
    block = answer.source(cited, ())
    assert _said(theirs.Message("C1", "text", _built([block])).to_dict()["blocks"]) == _said([block])


def test_the_modal(canned: Any) -> None:
    view = reader.modal(canned.excerpt(url="https://a.b/c"), Place("bold", 3, ((0, 40),)))
    made = theirs.ModalView(_text(view["title"]), _built(view["blocks"]), close=_text(view["close"])).to_dict()
    assert (made["title"]["text"], made["close"]["text"]) == ("Read in context", "Close")
    assert _said(made["blocks"]) == _said(view["blocks"])


def test_the_form() -> None:
    view = opinions.form("C1:1.1", "how much?")
    made = theirs.ModalView(
        _text(view["title"]), _built(view["blocks"]), close=_text(view["close"]), submit=_text(view["submit"])
    )
    assert outgoing.checked("modal", view) == view
    assert made.to_dict()["submit"]["text"] == "Send"


def test_app_home(canned: Any) -> None:
    contents = home.Contents(canned.searched, canned.documents(30), canned.figures(canned.pledge), ("q",), "how?", "/a")
    view = home.home(contents)
    assert _said(theirs.HomeTabView(_built(view["blocks"])).to_dict()["blocks"]) == _said(view["blocks"])


def test_they_do_judge() -> None:
    with pytest.raises(theirs.InvalidUsageError):
        theirs.ModalView("Title", _built([{"type": "table", "rows": [[{"text": "a"}]], "column_settings": [{}]}]))
    with pytest.raises(theirs.InvalidUsageError):
        _built([{"type": "header", "text": {"type": "plain_text", "text": "x" * 151, "emoji": False}}])
