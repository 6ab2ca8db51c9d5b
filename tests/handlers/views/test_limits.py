"""Every limit at its edge: as much as allowed passes, one more is named with its place."""

from collections.abc import Callable
from typing import Any

import pytest
import slackblocks
from hypothesis import given
from hypothesis import strategies as st

from handlers.views.limits import Surface, check
from handlers.views.shapes import BLOCKS, SHAPES

Payload = dict[str, Any]


def plain(text: str) -> Payload:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Payload:
    return {"type": "mrkdwn", "text": text}


def button(**changes: Any) -> Payload:
    return {"type": "button", "action_id": "a", "text": plain("Go"), **changes}


def message(*blocks: Payload, **changes: Any) -> Payload:
    return {"text": "What it says", "blocks": list(blocks), **changes}


def view(*blocks: Payload, kind: str = "modal", **changes: Any) -> Payload:
    title = {"title": plain("Title")} if kind == "modal" else {}
    return {"type": kind, **title, "blocks": list(blocks or [section("x")]), **changes}


def section(text: str) -> Payload:
    return {"type": "section", "text": mrkdwn(text)}


def actions(*elements: Payload) -> Payload:
    return {"type": "actions", "elements": list(elements)}


def field(label: str = "Why?", **element: Any) -> Payload:
    return {
        "type": "input",
        "label": plain(label),
        "element": {"type": "plain_text_input", "action_id": "w", **element},
    }


def option(text: str = "A", value: str = "a") -> Payload:
    return {"text": plain(text), "value": value}


def select(count: int, **changes: Any) -> Payload:
    return {"type": "static_select", "action_id": "s", "options": [option() for _ in range(count)], **changes}


def cell(text: str = "x") -> Payload:
    return {"type": "raw_text", "text": text}


def table(rows: int, columns: int = 1, text: str = "x") -> Payload:
    return {"type": "table", "rows": [[cell(text) for _ in range(columns)] for _ in range(rows)]}


def data_table(rows: int, columns: int = 1, text: str = "x", **changes: Any) -> Payload:
    return {**table(rows, columns, text), "type": "data_table", "caption": "c", **changes}


def feedback(label: str, value: str = "v") -> Payload:
    good = {"text": plain(label), "value": value}
    buttons = {"type": "feedback_buttons", "action_id": "f", "positive_button": good, "negative_button": good}
    return {"type": "context_actions", "elements": [buttons]}


def confirm(title: int = 1, text: int = 1, yes: int = 1) -> Payload:
    return {"title": plain("t" * title), "text": plain("x" * text), "confirm": plain("y" * yes), "deny": plain("n")}


def chart(**changes: Any) -> Payload:
    axes = {"categories": ["a"], **changes}
    bars = {"type": "bar", "series": [series(*axes["categories"])]}
    return {"type": "data_visualization", "title": "t", "chart": {**bars, "axis_config": axes}}


def series(*labels: str, name: str = "s") -> Payload:
    return {"name": name, "data": [{"label": label, "value": 1} for label in labels]}


def charted(*rows: Payload) -> Payload:
    """A chart of two categories with these series."""
    drawn = chart(categories=["a", "b"])
    return {**drawn, "chart": {**drawn["chart"], "series": list(rows)}}


def image(**changes: Any) -> Payload:
    return {"type": "image", "image_url": "https://example.org/a.png", "alt_text": "a", **changes}


def rich(*elements: Payload) -> Payload:
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": list(elements)}]}


def overflow(count: int) -> Payload:
    return {"type": "overflow", "action_id": "o", "options": [option() for _ in range(count)]}


def checkboxes(count: int) -> Payload:
    return {"type": "checkboxes", "action_id": "c", "options": [option() for _ in range(count)]}


#: what grows, the most of it, the place of the problem when there is one more
EDGES: list[tuple[str, Surface, Callable[[int], Payload], int, str]] = [
    ("fallback text", "message", lambda n: message(text="x" * n), 4000, "text"),
    ("blocks of a message", "message", lambda n: message(*[{"type": "divider"}] * n), 50, "blocks"),
    ("blocks of a modal", "modal", lambda n: view(*[{"type": "divider"}] * n), 100, "blocks"),
    ("blocks of a home", "home", lambda n: view(*[{"type": "divider"}] * n, kind="home"), 100, "blocks"),
    ("block_id", "message", lambda n: message({"type": "divider", "block_id": "x" * n}), 255, "blocks[0].block_id"),
    ("section", "message", lambda n: message(section("x" * n)), 3000, "blocks[0].text.text"),
    (
        "fields",
        "message",
        lambda n: message({"type": "section", "fields": [mrkdwn("x")] * n}),
        10,
        "blocks[0].fields",
    ),
    (
        "field",
        "message",
        lambda n: message({"type": "section", "fields": [mrkdwn("x" * n)]}),
        2000,
        "blocks[0].fields[0].text",
    ),
    ("header", "message", lambda n: message({"type": "header", "text": plain("x" * n)}), 150, "blocks[0].text.text"),
    ("markdown", "message", lambda n: message({"type": "markdown", "text": "x" * n}), 12_000, "blocks[0].text"),
    ("two markdowns", "message", lambda n: message(*[{"type": "markdown", "text": "x" * n}] * 2), 6000, "blocks"),
    ("text in all", "message", lambda n: message(*[section("x" * 2000)] * 5, section("x" * n)), 2000, "blocks"),
    (
        "context",
        "message",
        lambda n: message({"type": "context", "elements": [plain("x")] * n}),
        10,
        "blocks[0].elements",
    ),
    (
        "actions",
        "message",
        lambda n: message(actions(*[button(action_id=f"a{i}") for i in range(n)])),
        25,
        "blocks[0].elements",
    ),
    (
        "action_id",
        "message",
        lambda n: message(actions(button(action_id="x" * n))),
        255,
        "blocks[0].elements[0].action_id",
    ),
    (
        "button",
        "message",
        lambda n: message(actions(button(text=plain("x" * n)))),
        75,
        "blocks[0].elements[0].text.text",
    ),
    ("button value", "message", lambda n: message(actions(button(value="x" * n))), 2000, "blocks[0].elements[0].value"),
    (
        "button url",
        "message",
        lambda n: message(actions(button(url="https://" + "x" * (n - 8)))),
        3000,
        "blocks[0].elements[0].url",
    ),
    (
        "button label",
        "message",
        lambda n: message(actions(button(accessibility_label="x" * n))),
        75,
        "blocks[0].elements[0].accessibility_label",
    ),
    (
        "confirm title",
        "message",
        lambda n: message(actions(button(confirm=confirm(title=n)))),
        100,
        "blocks[0].elements[0].confirm.title.text",
    ),
    (
        "confirm text",
        "message",
        lambda n: message(actions(button(confirm=confirm(text=n)))),
        300,
        "blocks[0].elements[0].confirm.text.text",
    ),
    (
        "confirm button",
        "message",
        lambda n: message(actions(button(confirm=confirm(yes=n)))),
        30,
        "blocks[0].elements[0].confirm.confirm.text",
    ),
    ("options", "message", lambda n: message(actions(select(n))), 100, "blocks[0].elements[0].options"),
    (
        "option",
        "message",
        lambda n: message(actions(select(0, options=[option("x" * n)]))),
        75,
        "blocks[0].elements[0].options[0].text.text",
    ),
    (
        "option value",
        "message",
        lambda n: message(actions(select(0, options=[option(value="x" * n)]))),
        150,
        "blocks[0].elements[0].options[0].value",
    ),
    (
        "placeholder",
        "message",
        lambda n: message(actions(select(1, placeholder=plain("x" * n)))),
        150,
        "blocks[0].elements[0].placeholder.text",
    ),
    ("overflow", "message", lambda n: message(actions(overflow(n))), 5, "blocks[0].elements[0].options"),
    ("checkboxes", "message", lambda n: message(actions(checkboxes(n))), 10, "blocks[0].elements[0].options"),
    (
        "feedback",
        "message",
        lambda n: message(feedback("x" * n)),
        75,
        "blocks[0].elements[0].positive_button.text.text",
    ),
    (
        "feedback value",
        "message",
        lambda n: message(feedback("x", "v" * n)),
        2000,
        "blocks[0].elements[0].positive_button.value",
    ),
    ("alt text", "message", lambda n: message(image(alt_text="x" * n)), 2000, "blocks[0].alt_text"),
    (
        "image url",
        "message",
        lambda n: message(image(image_url="https://" + "x" * (n - 8))),
        3000,
        "blocks[0].image_url",
    ),
    ("rows", "message", lambda n: message(table(n)), 100, "blocks[0].rows"),
    ("columns", "message", lambda n: message(table(1, n)), 20, "blocks[0].rows[0]"),
    ("text of a table", "message", lambda n: message(table(10, 1, "x" * n)), 1000, "blocks"),
    ("tables", "message", lambda n: message(*[table(1)] * n), 1, "blocks"),
    ("data rows", "message", lambda n: message(data_table(n)), 201, "blocks[0].rows"),
    ("data columns", "message", lambda n: message(data_table(2, n)), 20, "blocks[0].rows[0]"),
    ("data text", "message", lambda n: message(data_table(10, 1, "x" * n)), 2000, "blocks"),
    ("data page", "message", lambda n: message(data_table(2, page_size=n)), 100, "blocks[0].page_size"),
    ("charts", "message", lambda n: message(*[chart()] * n), 2, "blocks"),
    ("chart title", "message", lambda n: message({**chart(), "title": "x" * n}), 50, "blocks[0].title"),
    (
        "chart categories",
        "message",
        lambda n: message(chart(categories=[f"c{i}" for i in range(n)])),
        20,
        "blocks[0].chart.axis_config.categories",
    ),
    (
        "chart category",
        "message",
        lambda n: message(chart(categories=["x" * n])),
        20,
        "blocks[0].chart.axis_config.categories[0]",
    ),
    ("title", "modal", lambda n: view(title=plain("x" * n)), 24, "title.text"),
    ("submit", "modal", lambda n: view(submit=plain("x" * n)), 24, "submit.text"),
    ("close", "modal", lambda n: view(close=plain("x" * n)), 24, "close.text"),
    ("private_metadata", "modal", lambda n: view(private_metadata="x" * n), 3000, "private_metadata"),
    ("callback_id", "modal", lambda n: view(callback_id="x" * n), 255, "callback_id"),
    ("external_id", "home", lambda n: view(kind="home", external_id="x" * n), 255, "external_id"),
    ("label", "modal", lambda n: view(field("x" * n), submit=plain("Go")), 2000, "blocks[0].label.text"),
    (
        "longest input",
        "modal",
        lambda n: view(field(max_length=n), submit=plain("Go")),
        3000,
        "blocks[0].element.max_length",
    ),
    ("alert", "modal", lambda n: view({"type": "alert", "text": plain("x" * n)}), 200, "blocks[0].text.text"),
    (
        "metadata",
        "message",
        lambda n: message(metadata={"event_type": "e", "event_payload": {"x": "x" * (n - 47)}}),
        8000,
        "metadata",
    ),
]


@pytest.mark.parametrize(
    ("surface", "grow", "most", "path"), [edge[1:] for edge in EDGES], ids=[edge[0] for edge in EDGES]
)
def test_the_most_passes_and_one_more_is_named(
    surface: Surface, grow: Callable[[int], Payload], most: int, path: str
) -> None:
    assert check(surface, grow(most)) == ()
    problems = check(surface, grow(most + 1))
    assert path in {problem.path for problem in problems}
    assert all(problem.message for problem in problems)


@pytest.mark.parametrize(
    ("surface", "payload", "path"),
    [
        ("message", {}, "text"),
        ("message", {"text": ""}, "text"),
        ("message", {"text": None, "blocks": []}, "text"),
        ("message", message(metadata={"event_payload": {}}), "metadata.event_type"),
        ("message", message({}), "blocks[0]"),
        ("message", message({"type": ["section"]}), "blocks[0]"),
        ("message", {"text": "x", "blocks": "section"}, "blocks"),
        ("message", {"text": "x", "blocks": [None, 3]}, "blocks[1]"),
        ("message", message({"type": "section"}), "blocks[0]"),
        ("message", message({"type": "section", "text": mrkdwn("")}), "blocks[0].text.text"),
        ("message", message({"type": "section", "text": "bare"}), "blocks[0].text"),
        ("message", message({"type": "header"}), "blocks[0].text"),
        ("message", message({"type": "header", "text": mrkdwn("x")}), "blocks[0].text"),
        ("message", message(actions()), "blocks[0].elements"),
        ("message", message(actions({"type": "plain_text_input"})), "blocks[0].elements[0]"),
        ("message", message(actions(button(text=mrkdwn("x")))), "blocks[0].elements[0].text"),
        ("message", message(actions(button(style="loud"))), "blocks[0].elements[0].style"),
        ("message", message(actions(button(url="javascript:alert(1)"))), "blocks[0].elements[0].url"),
        ("message", message(actions(button(), button())), "blocks[0]"),
        ("message", message(actions(select(1, option_groups=[{}]))), "blocks[0].elements[0]"),
        ("message", message(actions({"type": "static_select", "action_id": "s"})), "blocks[0].elements[0]"),
        ("message", message(actions({"type": "overflow", "action_id": "o"})), "blocks[0].elements[0].options"),
        (
            "message",
            message({"type": "divider", "block_id": "b"}, {"type": "divider", "block_id": "b"}),
            "blocks",
        ),
        ("message", message(image(slack_file={"id": "F1"})), "blocks[0]"),
        ("message", message({"type": "image", "alt_text": "a"}), "blocks[0]"),
        ("message", message({"type": "image", "image_url": "https://e.org/a"}), "blocks[0].alt_text"),
        ("message", message({"type": "context", "elements": [button()]}), "blocks[0].elements[0]"),
        ("message", message(table(0)), "blocks[0].rows"),
        ("message", message(table(1, text="")), "blocks[0].rows[0][0].text"),
        ("message", message({"type": "table", "rows": [[plain("x")]]}), "blocks[0].rows[0][0]"),
        ("message", message(data_table(1)), "blocks[0].rows"),
        ("message", message(data_table(2, caption=None)), "blocks[0].caption"),
        ("message", message({**data_table(2), "rows": [[cell()], [cell(), cell()]]}), "blocks[0].rows"),
        ("message", message({**data_table(2), "rows": [[rich()], [cell()]]}), "blocks[0].rows[0]"),
        (
            "message",
            message({**data_table(2), "rows": [[cell()], [{"type": "raw_number", "value": True}]]}),
            "blocks[0].rows[1][0].value",
        ),
        ("message", message(data_table(2, row_header_column_index=1)), "blocks[0].row_header_column_index"),
        ("message", message(charted(series("a"))), "blocks[0].chart.series[0].data"),
        ("message", message(charted(series("a", "b", "b"))), "blocks[0].chart.series[0].data"),
        ("message", message(charted(series("a", "b"), series("a", "x", name="t"))), "blocks[0].chart.series[1].data"),
        ("message", message(charted(series("a", "b"), series("a", "b"))), "blocks[0].chart"),
        ("message", message(chart(categories=["a", "a"])), "blocks[0].chart"),
        (
            "message",
            message(charted({"name": "s", "data": [{"label": "a", "value": "1"}, {"label": "b", "value": 1}]})),
            "blocks[0].chart.series[0].data[0].value",
        ),
        ("message", message(rich({"type": "link", "url": "javascript:x"})), "blocks[0].elements[0].elements[0].url"),
        ("message", message(rich({"type": "script"})), "blocks[0].elements[0].elements[0]"),
        ("message", message({"type": "rich_text", "elements": [section("x")]}), "blocks[0].elements[0]"),
        ("message", message({"type": "task_card", "title": "t", "status": "pending"}), "blocks[0].status"),
        ("modal", view(field()), "submit"),
        ("modal", view(kind="home"), "type"),
        ("modal", {"type": "modal", "blocks": [section("x")]}, "title"),
        ("modal", view(title=mrkdwn("x")), "title"),
        ("modal", {"type": "modal", "title": plain("T")}, "blocks"),
        ("home", view(), "type"),
    ],
)
def test_what_is_missing_or_misshapen_is_named(surface: Surface, payload: Payload, path: str) -> None:
    assert path in {problem.path for problem in check(surface, payload)}


@pytest.mark.parametrize(
    ("name", "surfaces"),
    [
        ("section", {"message", "modal", "home"}),
        ("markdown", {"message"}),
        ("context_actions", {"message"}),
        ("table", {"message", "home"}),
        ("data_table", {"message", "home"}),
        ("carousel", {"message", "home"}),
        ("alert", {"modal"}),
        ("auth_provider", set()),
        ("marquee", set()),
    ],
)
def test_where_a_block_is_shown(name: str, surfaces: set[Surface]) -> None:
    payloads: dict[Surface, Payload] = {
        "message": message({"type": name}),
        "modal": view({"type": name}),
        "home": view({"type": name}, kind="home"),
    }
    refused = {
        surface
        for surface, payload in payloads.items()
        if any("not shown" in p.message for p in check(surface, payload))
    }
    assert refused == payloads.keys() - surfaces


@pytest.mark.parametrize(
    "payload",
    [
        message(),
        message(section("x"), actions(button(value="1"), button(action_id="b", style="primary"))),
        message(actions(button(action_id="read")), actions(button(action_id="read"))),
        message(feedback("Good")),
        message(actions({"type": "datepicker", "action_id": "d"})),
        message(rich({"type": "text", "text": "x", "style": {"bold": True}}, {"type": "user", "user_id": "U1"})),
        message(table(2, 2), data_table(3, 3, row_header_column_index=2)),
        message(charted(series("a", "b"), series("b", "a", name="t"))),
        message(metadata={"event_type": "job", "event_payload": {"id": "7"}}),
    ],
)
def test_ordinary_messages_pass(payload: Payload) -> None:
    assert check("message", payload) == ()


def test_every_block_on_a_surface_has_its_rules() -> None:
    assert frozenset().union(*BLOCKS.values()) <= SHAPES.keys()


def _accepts(build: Callable[[], object]) -> bool:
    try:
        build()
    except slackblocks.InvalidUsageError:
        return False
    return True


#: the same thing built by an independent library that knows the limits too
TWINS: list[tuple[Callable[[int], Payload], Callable[[int], object], int]] = [
    (lambda n: section("x" * n), lambda n: slackblocks.SectionBlock("x" * n), 3000),
    (lambda n: {"type": "header", "text": plain("x" * n)}, lambda n: slackblocks.HeaderBlock("x" * n), 150),
    (lambda n: {"type": "markdown", "text": "x" * n}, lambda n: slackblocks.MarkdownBlock("x" * n), 12_000),
    (lambda n: actions(button(text=plain("x" * n))), lambda n: slackblocks.Button("x" * n, "a"), 75),
    (lambda n: actions(button(value="x" * n)), lambda n: slackblocks.Button("x", "a", value="x" * n), 2000),
    (
        lambda n: {"type": "context", "elements": [mrkdwn("x")] * n},
        lambda n: slackblocks.ContextBlock([slackblocks.Text("x")] * n),
        10,
    ),
    (lambda n: table(n), lambda n: slackblocks.TableBlock([[slackblocks.RawText("x")]] * n), 100),
    (lambda n: data_table(n), lambda n: slackblocks.DataTableBlock([[slackblocks.RawText("x")]] * n, "c"), 201),
    (lambda n: data_table(2, n), lambda n: slackblocks.DataTableBlock([[slackblocks.RawText("x")] * n] * 2, "c"), 20),
]


@pytest.mark.parametrize(("ours", "theirs", "edge"), TWINS)
@given(data=st.data())
def test_an_independent_library_agrees(
    ours: Callable[[int], Payload], theirs: Callable[[int], object], edge: int, data: st.DataObject
) -> None:
    size = data.draw(st.integers(1, 3) | st.integers(edge - 2, edge + 3))
    assert (check("message", message(ours(size))) == ()) == _accepts(lambda: theirs(size))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.sampled_from(sorted(SHAPES)),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["type", "text", "elements", "rows", "options", "value", "accessory", "chart"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=20,
)


@given(surface=st.sampled_from(["message", "modal", "home"]), blocks=JSON, metadata=JSON)
def test_any_shape_is_judged_and_never_fails(surface: Surface, blocks: object, metadata: object) -> None:
    payload = {"text": "x", "blocks": blocks, "metadata": metadata}
    assert check(surface, payload) == check(surface, payload)
