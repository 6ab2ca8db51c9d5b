"""The small parts of the local Slack that need no server."""

import socket
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from bot.playground.compose import read, wire
from bot.playground.delivery import Ack, Parcel, Post, decoded
from bot.playground.faults import NO_FAULT, Faults
from bot.playground.grants import Grant, Grants
from bot.playground.payloads import position, presses
from bot.playground.scene import look, partner
from bot.playground.server import FakeSlack
from bot.playground.signed import signature
from bot.playground.workspace import PEOPLE, PLACES, Message, Workspace

DAY = 86_400.0
NOON = 1_779_000_000.0


class Clock:
    """A clock that is turned by hand."""

    def __init__(self, now: float = NOON) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now


def button(action: str, **more: Any) -> Mapping[str, Any]:
    return {"type": "button", "action_id": action, "text": {"type": "plain_text", "text": action}, **more}


# composing


@pytest.mark.parametrize(
    ("text", "thread", "kind", "words"),
    [
        ("/alibaba how much?", False, "command", "how much?"),
        ("/alibaba", False, "command", ""),
        ("/alibaba  two  spaces ", False, "command", "two  spaces"),
        ("/alibaba x", True, "refused", "/alibaba is not supported in threads. Sorry!"),
        (" /alibaba x", False, "message", "/alibaba x"),
        ("a < b & c", False, "message", "a &lt; b &amp; c"),
        ("@alibaba-bot hello @ben", False, "message", "<@UALIBABA> hello <@UBEN>"),
        ("@Alibaba-Bot, hello", False, "message", "<@UALIBABA>, hello"),
        (
            "mail@alibaba-bot.com @alibaba-bots @alibaba",
            False,
            "message",
            "mail@alibaba-bot.com @alibaba-bots @alibaba",
        ),
        ("<!channel> <@UANA>", False, "message", "&lt;!channel&gt; &lt;@UANA&gt;"),
    ],
)
def test_what_a_typed_line_becomes(text: str, thread: bool, kind: str, words: str) -> None:
    typed = read(text, "/alibaba", PEOPLE, in_thread=thread)
    assert (typed.kind, typed.text) == (kind, words)


def test_another_command_is_refused_in_slackbots_words() -> None:
    typed = read("/giphy cat", "/alibaba", PEOPLE, in_thread=False)
    assert typed.kind == "refused"
    assert typed.text.startswith("/giphy is not a valid command.")


def test_nobody_to_mention() -> None:
    assert wire("@Ana", []) == "@Ana"


# what is granted for a while


def test_grants_end_by_use_and_by_time() -> None:
    clock = Clock()
    grants = Grants(clock)
    grants.trigger("t", "UANA")
    assert isinstance(grants.use("t"), Grant)
    assert grants.use("t") == "used"
    grants.trigger("late", "UANA")
    clock.now += 3.01
    assert grants.use("late") == "expired"
    assert grants.use("never issued") == "unknown"


def test_faults_are_taken_in_order_and_run_out() -> None:
    faults = Faults()
    faults.error("m", "a")
    faults.status("m", 500, times=2)
    taken = [faults.take("m") for _ in range(4)]
    assert [(fault.error, fault.status) for fault in taken] == [("a", 200), (None, 500), (None, 500), (None, 200)]
    assert taken[3] is NO_FAULT
    assert faults.take("other") is NO_FAULT


# delivering


class Lazy:
    """A transport that acknowledges the n-th attempt, and notes what it was told."""

    def __init__(self, good: int, refusal: Ack) -> None:
        self.good, self.refusal = good, refusal
        self.told: list[tuple[int, str]] = []

    async def send(self, parcel: Parcel, attempt: int, reason: str) -> Ack:
        self.told.append((attempt, reason))
        return Ack(200, 0.0) if len(self.told) >= self.good else self.refusal


@pytest.mark.parametrize(
    ("kind", "good", "refusal", "told"),
    [
        ("events_api", 1, Ack(500, 0.0), [(0, "")]),
        ("events_api", 2, Ack(500, 0.0), [(0, ""), (1, "http_error")]),
        ("events_api", 9, Ack(0, 3.0, trouble="http_timeout"), [(0, ""), (1, "http_timeout"), (2, "http_timeout")]),
        ("events_api", 9, Ack(404, 0.0, retry=False), [(0, "")]),
        ("slash_commands", 9, Ack(500, 0.0), [(0, "")]),
        ("interactive", 9, Ack(0, 3.0), [(0, "")]),
    ],
)
async def test_only_events_are_sent_again(kind: Any, good: int, refusal: Ack, told: list[tuple[int, str]]) -> None:
    lazy = Lazy(good, refusal)
    delivery = await Post(pauses=(0.0, 0.0)).deliver(Parcel(kind, "x", {}), lazy)
    assert lazy.told == told
    assert delivery.attempts == len(told)
    assert delivery.ok == (len(told) >= good)


async def test_a_redelivery_is_one_attempt_that_says_so() -> None:
    lazy = Lazy(9, Ack(500, 0.0))
    delivery = await Post().deliver(Parcel("events_api", "x", {}), lazy, first=1)
    assert (lazy.told, delivery.attempts) == ([(1, "http_timeout")], 1)


def test_the_signature_is_slacks() -> None:
    """Reckoned independently: the hex digest of HMAC-SHA256 over ``v0:1531420618:token=x`` with this secret."""
    headers = signature("8f742231b10e8888abcd99yyyzzz85a5", b"token=x", 1531420618)
    assert headers["X-Slack-Request-Timestamp"] == "1531420618"
    assert headers["X-Slack-Signature"] == "v0=3eeaac3070533b0f5536145f88159d8e50277d9f01e4865f87e2d749f4789397"


@pytest.mark.parametrize(
    ("body", "kind", "value"),
    [("{}", "application/json", {}), ("{", "application/json", "{"), ("{}", "text/plain", "{}")],
)
def test_bodies_are_json_where_they_say_so(body: str, kind: str, value: object) -> None:
    assert decoded(body, kind) == value


# pressing


BLOCKS: list[dict[str, Any]] = [
    {"type": "section", "block_id": "b1", "accessory": button("read", value="1")},
    {"type": "section", "block_id": "b2", "accessory": button("read", value="2")},
    {
        "type": "actions",
        "block_id": "b3",
        "elements": [
            {"type": "overflow", "action_id": "more", "options": [{"value": "x"}, {"value": "y"}]},
            button("share", style="primary"),
        ],
    },
    {
        "type": "context_actions",
        "block_id": "b4",
        "elements": [
            {
                "type": "feedback_buttons",
                "action_id": "liked",
                "positive_button": {"text": {"type": "plain_text", "text": "Good"}, "value": "y"},
                "negative_button": {"text": {"type": "plain_text", "text": "Bad"}, "value": "n"},
            }
        ],
    },
    {"type": "context", "block_id": "b5", "elements": [{"type": "mrkdwn", "text": "x"}]},
]


def test_everything_that_can_be_pressed_is_found_in_order() -> None:
    found = [
        (press.action_id, press.action.get("value") or press.action.get("selected_option")) for press in presses(BLOCKS)
    ]
    assert found == [
        ("read", "1"),
        ("read", "2"),
        ("more", {"value": "x"}),
        ("more", {"value": "y"}),
        ("share", None),
        ("liked", "y"),
        ("liked", "n"),
    ]


@pytest.mark.parametrize(
    ("block", "action", "choice", "index"),
    [("b1", "read", 0, 0), ("b2", "read", 0, 1), ("b3", "more", 1, 1), ("b4", "liked", 1, 1)],
)
def test_a_press_on_the_page_is_placed(block: str, action: str, choice: int, index: int) -> None:
    assert position(BLOCKS, block, action, choice) == index


@pytest.mark.parametrize(("block", "action"), [("b9", "read"), ("b1", "gone")])
def test_a_press_on_what_is_gone(block: str, action: str) -> None:
    with pytest.raises(LookupError):
        position(BLOCKS, block, action, 0)


# the workspace and what is seen of it


def test_timestamps_rise_even_when_the_clock_does_not() -> None:
    workspace = Workspace(Clock())
    stamps = [workspace.new_ts() for _ in range(3)]
    assert sorted(set(stamps)) == stamps
    assert stamps[0].startswith(str(int(NOON)))


def test_blocks_and_elements_get_names_where_they_have_none() -> None:
    bare = {"type": "actions", "elements": [{"type": "button"}, button("mine")]}
    (named,) = Workspace(Clock()).name_blocks([bare])
    elements: Any = named["elements"]
    first, second = elements
    assert named["block_id"]
    assert first["action_id"]
    assert second["action_id"] == "mine"
    assert bare == {"type": "actions", "elements": [{"type": "button"}, button("mine")]}


def _posted(workspace: Workspace, user: str, **more: Any) -> Message:
    return workspace.post(replace(Message(workspace.new_ts(), "CGENERAL", user, "x"), **more))


def test_days_names_and_runs_of_messages() -> None:
    clock = Clock(NOON - 2 * DAY)
    workspace = Workspace(clock)
    _posted(workspace, "UANA")
    clock.now = NOON - 60
    _posted(workspace, "UANA")
    _posted(workspace, "UANA")
    _posted(workspace, "UBEN")
    _posted(workspace, "UBEN", ephemeral_to="UANA")
    clock.now = NOON + 400
    _posted(workspace, "UBEN")
    rows = look(workspace, "UANA", "CGENERAL", None).rows
    assert [row.compact for row in rows] == [False, False, True, False, False, False]
    assert [row.day is not None for row in rows] == [True, True, False, False, False, False]
    assert rows[1].day == "Today"
    assert len(look(workspace, "UBEN", "CGENERAL", None).rows) == 5


def test_a_thread_is_counted_under_its_message_and_shown_beside() -> None:
    workspace = Workspace(Clock())
    root = _posted(workspace, "UANA")
    _posted(workspace, "UALIBABA", thread_ts=root.ts)
    _posted(workspace, "UBEN", thread_ts=root.ts)
    _posted(workspace, "UALIBABA", thread_ts=root.ts)
    scene = look(workspace, "UANA", "CGENERAL", root.ts)
    replies = scene.rows[0].replies
    assert replies is not None
    assert (replies.count, [user.id for user in replies.authors]) == (3, ["UALIBABA", "UBEN"])
    assert replies.last.startswith("today at ")
    assert len(scene.rows) == 1
    assert len(scene.thread_rows) == 4
    assert all(row.day is None and row.replies is None for row in scene.thread_rows)


def test_what_the_app_is_doing_stands_where_it_is_done() -> None:
    workspace = Workspace(Clock())
    root = _posted(workspace, "UANA")
    workspace.set_status("CGENERAL", root.ts, "is reading…")
    assert look(workspace, "UANA", "CGENERAL", root.ts).thread_status == "is reading…"
    assert look(workspace, "UANA", "CGENERAL", None).status == "is reading…"
    workspace.set_status("CGENERAL", root.ts, "")
    assert look(workspace, "UANA", "CGENERAL", root.ts).thread_status == ""


def test_reactions_are_counted() -> None:
    workspace = Workspace(Clock())
    root = _posted(workspace, "UANA")
    for name, user in (("eyes", "UANA"), ("eyes", "UBEN"), ("+1", "UBEN")):
        assert workspace.react(root.ts, name, user, add=True)
    assert not workspace.react(root.ts, "eyes", "UANA", add=True)
    assert look(workspace, "UANA", "CGENERAL", None).rows[0].reactions == (("eyes", 2), ("+1", 1))


async def test_changes_are_waited_for() -> None:
    workspace = Workspace(Clock())
    assert await workspace.changes.after(0, 0.01) == 0
    workspace.changes.bump()
    assert await workspace.changes.after(0, 5.0) == 1


@pytest.mark.parametrize(("port", "status"), [("closed", 0), ("silent", 0)])
async def test_an_app_that_is_not_there_is_silence(slack: Any, port: str, status: int) -> None:
    """Nobody listens, or somebody listens and never answers."""
    listening = socket.create_server(("127.0.0.1", 0))
    slack.request_url = f"http://127.0.0.1:{listening.getsockname()[1]}/slack/events"
    if port == "closed":
        listening.close()
    delivery = await slack.slash("x")
    listening.close()
    assert (delivery.status, delivery.attempts) == (status, 1)
    assert delivery in slack.failures


async def test_a_taken_port_is_an_os_error(slack: Any) -> None:
    taken = int(slack.url.rpartition(":")[2])
    with pytest.raises(OSError, match="in use"):
        await FakeSlack().start(port=taken)


def test_a_direct_conversation_is_named_by_the_other_side() -> None:
    users = {user.id: user for user in PEOPLE}
    assert [partner(place, users).id for place in PLACES if place.is_im] == ["UALIBABA", "UALIBABA"]
