"""What Slack accepts: every length, count and block type, as one table of rules (:mod:`handlers.views.rules`).

Where Slack's own limit is unsure the lower number stands here.
"""

from collections.abc import Mapping
from typing import Final, Literal

from handlers.views.rules import Rule, any_of, choice, items, kind, not_with, number, text, url

Surface = Literal["message", "modal", "home"]

SELECTS: Final = tuple(f"{kind}_select" for kind in ("static", "external", "users", "conversations", "channels"))
PICKERS: Final = (*SELECTS, *(f"multi_{select}" for select in SELECTS), "datepicker", "timepicker", "datetimepicker")
CHOOSERS: Final = (*PICKERS, "checkboxes", "radio_buttons")
INTERACTIVE: Final = ("button", "workflow_button", "overflow", *CHOOSERS)
TYPED_INPUTS: Final = tuple(f"{kind}_input" for kind in ("plain_text", "rich_text", "email_text", "url_text", "number"))
RICH_PARTS: Final = ("text", "link", "user", "usergroup", "channel", "emoji", "date", "broadcast", "team", "color")
RICH_GROUPS: Final = ("rich_text_section", "rich_text_list", "rich_text_quote", "rich_text_preformatted")
CELLS: Final = ("raw_text", "raw_number", "rich_text")

CONFIRM: Final = (
    text("confirm.title!.text!", 100),
    text("confirm.text!.text!", 300),
    text("confirm.confirm!.text!", 30),
    text("confirm.deny!.text!", 30),
)
ACTION: Final = (text("action_id", 255), *CONFIRM)
PLACEHOLDER: Final = (kind("placeholder", "plain_text"), text("placeholder.text!", 150))


def _options(most: int, root: str = "options") -> tuple[Rule, ...]:
    texts = (text(f"{root}[].text!.text!", 75), text(f"{root}[].value!", 150), text(f"{root}[].description.text", 75))
    return (items(root, most), *texts)


PICK: Final = (*ACTION, *PLACEHOLDER)
OPTIONS_PICK: Final = (
    *PICK,
    any_of("options", "option_groups"),
    not_with("options", "option_groups"),
    *_options(100),
    items("option_groups", 100),
    text("option_groups[].label!.text!", 75),
)
RICH: Final = (items("elements!", 1000, 0), kind("elements![]", *RICH_PARTS))

#: the one table: type of a block, element or text object → what must hold for it
SHAPES: Final[Mapping[str, tuple[Rule, ...]]] = {
    # text objects
    "plain_text": (text("text!", 3000),),
    "mrkdwn": (text("text!", 3000),),
    "raw_text": (text("text!", 3000),),
    "raw_number": (number("value!", -1e308, 1e308),),
    # blocks
    "section": (
        any_of("text", "fields"),
        kind("text", "plain_text", "mrkdwn"),
        items("fields", 10),
        kind("fields[]", "plain_text", "mrkdwn"),
        text("fields[].text!", 2000),
        kind("accessory", "image", *INTERACTIVE),
    ),
    "header": (kind("text!", "plain_text"), text("text!.text!", 150)),
    "divider": (),
    "markdown": (text("text!", 12_000),),
    "context": (items("elements!", 10), kind("elements![]", "image", "plain_text", "mrkdwn")),
    "context_actions": (items("elements!", 5), kind("elements![]", "feedback_buttons", "icon_button")),
    "actions": (items("elements!", 25), kind("elements![]", *INTERACTIVE, "rich_text_input")),
    "image": (
        any_of("image_url", "slack_file"),
        not_with("image_url", "slack_file"),
        url("image_url"),
        text("alt_text!", 2000),
        text("title.text", 2000),
    ),
    "input": (
        kind("label!", "plain_text"),
        text("label!.text!", 2000),
        kind("hint", "plain_text"),
        text("hint.text", 2000),
        kind("element!", *TYPED_INPUTS, *CHOOSERS, "file_input"),
    ),
    "video": (
        text("alt_text!", 2000),
        text("title!.text!", 199),
        text("author_name", 49),
        text("description.text", 200),
        url("video_url!"),
        url("thumbnail_url!"),
    ),
    "file": (text("external_id!", 255), choice("source!", "remote")),
    "rich_text": (items("elements!", 100, 0), kind("elements![]", *RICH_GROUPS)),
    "table": (
        items("rows!", 100),
        items("rows![]", 20),
        kind("rows![][]", *CELLS),
        items("column_settings", 20),
        choice("column_settings[].align", "left", "center", "right"),
    ),
    "data_table": (
        text("caption!", 255),
        items("rows!", 201, 2),
        items("rows![]", 20),
        kind("rows![][]", *CELLS),
        number("page_size", 1, 100),
        number("row_header_column_index", 0, 19),
    ),
    "data_visualization": (text("title!", 50), kind("chart!", "pie", "bar", "area", "line")),
    "alert": (text("text!.text!", 200), choice("level", "default", "info", "warning", "error", "success")),
    "card": (
        text("title.text", 150),
        text("subtitle.text", 150),
        text("body.text", 200),
        text("subtext.text", 200),
        items("actions", 3),
    ),
    "carousel": (items("elements!", 10), kind("elements![]", "card")),
    "container": (text("title!.text!", 150), text("subtitle.text", 150), items("child_blocks!", 10)),
    "task_card": (text("title!", 255), choice("status!", "in_progress", "complete", "error")),
    "plan": (text("title!", 255), items("tasks", 50)),
    # charts
    "pie": (items("segments!", 12), text("segments![].label!", 20), number("segments![].value!", 1e-300, 1e308)),
    **dict.fromkeys(
        ("bar", "area", "line"),
        (
            items("series!", 12),
            text("series![].name!", 20),
            items("series![].data!", 20),
            text("series![].data![].label!", 20),
            number("series![].data![].value!", -1e308, 1e308),
            items("axis_config!.categories!", 20),
            text("axis_config!.categories![]", 20),
            text("axis_config!.x_label", 50),
            text("axis_config!.y_label", 50),
        ),
    ),
    # elements
    "button": (
        *ACTION,
        kind("text!", "plain_text"),
        text("text!.text!", 75),
        text("value", 2000),
        url("url"),
        text("accessibility_label", 75),
        text("agent_prompt", 4000),
        choice("style", "primary", "danger"),
    ),
    "workflow_button": (kind("text!", "plain_text"), text("text!.text!", 75), text("accessibility_label", 75)),
    "feedback_buttons": (
        text("action_id", 255),
        text("positive_button!.text!.text!", 75),
        text("positive_button!.value!", 2000),
        text("negative_button!.text!.text!", 75),
        text("negative_button!.value!", 2000),
    ),
    "icon_button": (
        *ACTION,
        choice("icon!", "trash"),
        text("text!.text!", 75),
        text("value", 2000),
        items("visible_to_user_ids", 10),
    ),
    "overflow": (*ACTION, *_options(5, "options!"), url("options[].url")),
    "checkboxes": (*ACTION, *_options(10, "options!")),
    "radio_buttons": (*ACTION, *_options(10, "options!")),
    **dict.fromkeys(PICKERS, PICK),
    "static_select": OPTIONS_PICK,
    "multi_static_select": OPTIONS_PICK,
    **dict.fromkeys(TYPED_INPUTS, PICK),
    "plain_text_input": (*PICK, number("min_length", 0, 3000), number("max_length", 1, 3000)),
    "file_input": (text("action_id", 255), number("max_files", 1, 10)),
    # rich text
    "rich_text_section": RICH,
    "rich_text_quote": RICH,
    "rich_text_preformatted": RICH,
    "rich_text_list": (
        items("elements!", 1000),
        kind("elements![]", "rich_text_section"),
        choice("style!", "bullet", "ordered"),
        number("indent", 0, 8),
    ),
    "text": (text("text!", 12_000),),
    "link": (url("url!"), text("text", 3000)),
    "user": (text("user_id!", 255),),
    "channel": (text("channel_id!", 255),),
    "emoji": (text("name!", 255),),
}

_EVERYWHERE: Final = {
    "actions",
    "card",
    "context",
    "divider",
    "header",
    "image",
    "input",
    "rich_text",
    "section",
    "video",
}
_TABLES: Final = {"table", "data_table", "data_visualization", "carousel", "container"}
#: which blocks each surface shows
BLOCKS: Final[Mapping[Surface, frozenset[str]]] = {
    "message": frozenset(_EVERYWHERE | _TABLES | {"context_actions", "file", "markdown", "plan", "task_card"}),
    "modal": frozenset(_EVERYWHERE | {"alert"}),
    "home": frozenset(_EVERYWHERE | _TABLES),
}

_VIEW: Final = (
    items("blocks!", 100),
    text("private_metadata", 3000, 0),
    text("callback_id", 255, 0),
    text("external_id", 255, 0),
)
#: what goes around the blocks
ENVELOPES: Final[Mapping[Surface, tuple[Rule, ...]]] = {
    "message": (
        text("text!", 4000),
        items("blocks", 50, 0),
        items("attachments", 100, 0),
        text("metadata.event_type!", 255),
    ),
    "modal": (
        choice("type!", "modal"),
        *(text(f"{field}.text!", 24) for field in ("title!", "close", "submit")),
        *(kind(field, "plain_text") for field in ("title", "close", "submit")),
        *_VIEW,
    ),
    "home": (choice("type!", "home"), *_VIEW),
}

#: cumulative limits of one payload: block type → most of it, most characters of all of them together
TOTALS: Final[Mapping[str, tuple[int, int]]] = {
    "markdown": (50, 12_000),
    "table": (1, 10_000),
    "data_table": (50, 20_000),
    "data_visualization": (2, 20_000),
}
#: a message with more text than this in its blocks risks ``msg_blocks_too_long``; data tables have their own total
MESSAGE_TEXT: Final = 12_000
METADATA: Final = 8_000
