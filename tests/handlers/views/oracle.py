"""A second opinion: slackblocks, written by others, builds every block we emit."""

from collections.abc import Callable
from typing import Any

import slackblocks as theirs

Json = dict[str, Any]


def as_text(text: Json) -> Any:
    if text["type"] == "mrkdwn":
        return theirs.Markdown(text["text"], verbatim=text["verbatim"])
    return theirs.PlainText(text["text"], emoji=text["emoji"])


def _button(button: Json) -> Any:
    return theirs.Button(as_text(button["text"]), button["action_id"], value=button["value"], style=button.get("style"))


def _run(run: Json) -> Any:
    if run["type"] == "user":
        return theirs.RichTextUser(run["user_id"])
    if run["type"] == "channel":
        return theirs.RichTextChannel(run["channel_id"])
    if run["type"] == "link":
        return theirs.RichTextLink(run["url"], run["text"])
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
    options = [theirs.Option(as_text(one["text"]), one["value"]) for one in element["options"]]
    return theirs.StaticSelectMenu(element["action_id"], options, placeholder=as_text(element["placeholder"]))


def _section(block: Json) -> Any:
    accessory = _button(block["accessory"]) if "accessory" in block else None
    return theirs.SectionBlock(as_text(block["text"]), accessory=accessory)


def _side(button: Json) -> Any:
    return theirs.FeedbackButton(as_text(button["text"]), button["value"], button["accessibility_label"])


def _context_action(element: Json) -> Any:
    if element["type"] == "icon_button":
        text, action, value = as_text(element["text"]), element["action_id"], element["value"]
        return theirs.IconButton(
            text, element["icon"], action, value, visible_to_user_ids=element["visible_to_user_ids"]
        )
    return theirs.FeedbackButtons(
        _side(element["positive_button"]), _side(element["negative_button"]), element["action_id"]
    )


def _input(block: Json) -> Any:
    field = {name: value for name, value in block["element"].items() if name != "type"}
    given = {"block_id": block["block_id"], "hint": as_text(block["hint"]), "optional": block["optional"]}
    return theirs.InputBlock(as_text(block["label"]), theirs.PlainTextInput(**field), **given)


#: our block → theirs
BUILT: dict[str, Callable[[Json], Any]] = {
    "header": lambda block: theirs.HeaderBlock(as_text(block["text"])),
    "section": _section,
    "context": lambda block: theirs.ContextBlock([as_text(each) for each in block["elements"]]),
    "actions": lambda block: theirs.ActionsBlock([_pressable(each) for each in block["elements"]]),
    "rich_text": lambda block: theirs.RichTextBlock([_group(each) for each in block["elements"]]),
    "table": _table,
    "context_actions": lambda block: theirs.ContextActionsBlock([_context_action(each) for each in block["elements"]]),
    "input": _input,
    "data_table": _data_table,
    "data_visualization": _chart,
}


def built(blocks: list[Json]) -> list[Any]:
    return [BUILT[block["type"]](block) for block in blocks]


def said(value: Any) -> list[Any]:
    """Everything that is said or done in a payload, whatever is around it."""
    if isinstance(value, dict):
        own = [value[name] for name in ("text", "value", "action_id", "user_id", "style", "type") if name in value]
        inner = [value[name] for name in ("text", "elements", "rows", "accessory") if name in value]
        return [each for each in own if isinstance(each, str)] + [each for child in inner for each in said(child)]
    return [each for child in value for each in said(child)] if isinstance(value, list) else []
