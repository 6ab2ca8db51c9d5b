"""Tables and charts for workspaces that do not take them."""

import json
from typing import Any

import pytest

from handlers.views.blocks import Form, Message, bar_chart, data_table, header
from handlers.views.plainer import plainer, put

CHART = bar_chart("t", [("a", 1.0)], "n", "x", "y")
TABLE = data_table("Figures", [("Figure", "About"), ("$5 billion", "AI"), ("7 %", "")], 100)
MESSAGE = Message("text", (header("Figures"), CHART, TABLE))
PLAIN = Message("text", (header("Figures"),))


def _kinds(message: Message | None) -> list[str]:
    return [block["type"] for block in message.blocks] if message else ["nothing"]


@pytest.mark.parametrize(
    ("form", "kinds"),
    [
        ("data", ["header", "data_visualization", "data_table"]),
        ("table", ["header", "table"]),
        ("text", ["header", "rich_text"]),
    ],
)
def test_a_message_is_put_in_each_form(form: Form, kinds: list[str]) -> None:
    lowered = put(MESSAGE, form)
    assert (_kinds(lowered), lowered.form, lowered.text) == (kinds, form, "text")


@pytest.mark.parametrize("form", ["data", "table"])
def test_nothing_becomes_richer_again(form: Form) -> None:
    assert put(put(MESSAGE, "text"), form) == put(MESSAGE, "text")


def test_as_text_a_row_is_a_line_without_its_empty_cells() -> None:
    block = put(MESSAGE, "text").blocks[1]
    lines = ["".join(run["text"] for run in line["elements"]) for line in block["elements"][0]["elements"]]
    assert lines == ["$5 billion · AI", "7 %"]
    assert '"bold": true' in json.dumps(block)


@pytest.mark.parametrize(
    ("message", "steps"),
    [
        (MESSAGE, [["header", "table"], ["header", "rich_text"], [], ["nothing"]]),
        (put(MESSAGE, "table"), [["header", "rich_text"], [], ["nothing"]]),
        (PLAIN, [[], ["nothing"]]),
        (Message("text", ()), [["nothing"]]),
    ],
)
def test_each_refusal_leads_to_the_next_form_that_differs(message: Message, steps: list[list[str]]) -> None:
    tried: Any = message
    for step in steps:
        tried = plainer(tried)
        assert _kinds(tried) == step
