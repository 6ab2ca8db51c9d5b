"""Exactly one reply: the decisions of delivery, against an edge that does what a table says."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, cast

import pytest

from content.library import Indexed
from handlers.delivery import METADATA, Delivery
from handlers.payloads import InConversation, Kind, Privately, Question
from handlers.reply import Reply
from handlers.services import SENDING, Job, OutcomeUnknown, Refused, Services, SlackFailure, State
from handlers.views.blocks import Message, data_table, paragraph, rich, run
from handlers.views.notices import INTERRUPTED
from tests.handlers.conftest import Notebook

REPLY = Reply(Message("The answer", (rich(paragraph(run("The answer"))),)))
LOST = OutcomeUnknown("timeout")
PRIVATE, PUBLIC = Privately("http://slack/1"), InConversation("C1", "1.1", "1.1")


@dataclass
class Edge:
    """Slack as delivery sees it: fails in the order given, then works, and notes what was shown."""

    failures: list[SlackFailure | None] = field(default_factory=list)
    #: what looking finds, in order
    found: list[bool | SlackFailure | None] = field(default_factory=list)
    shown: list[Mapping[str, Any]] = field(default_factory=list)
    told: list[Mapping[str, Any]] = field(default_factory=list)
    mute: bool = False
    asked_before: int = 0
    #: what people said in the thread
    said: tuple[str, ...] = ()
    #: where the progress stands, and how often that was looked for
    progress_at: str | None = None
    looked: int = 0
    #: where it was told of, as the claims have it
    noted: list[str] = field(default_factory=list)
    statuses: list[str] = field(default_factory=list)

    async def post(self, message: Mapping[str, Any]) -> str:
        self._next()
        self.shown.append(message)
        return "9.9"

    async def status(self, place: InConversation, words: str) -> None:
        self._next()
        self.statuses.append(f"{place.thread} {words}")

    async def before(self, place: InConversation) -> tuple[str, ...]:
        self.asked_before += 1
        return self.said

    async def remove(self, channel: str, ts: str) -> None:
        raise AssertionError("delivery removes nothing")

    async def update(self, channel: str, ts: str, message: Mapping[str, Any]) -> None:
        self._next()
        self.shown.append({"channel": channel, "ts": ts, **message})

    async def posted(self, job: Job) -> bool | None:
        found = self.found.pop(0)
        if isinstance(found, SlackFailure):
            raise found
        return found

    async def progress(self, job: Job) -> str | None:
        self.looked += 1
        return self.progress_at

    async def tell(self, message: Mapping[str, Any]) -> None:
        if self.mute:
            raise Refused("user_not_in_channel")
        self.told.append(message)

    async def progressed(self, job: Job, where: str) -> None:
        self.noted.append(where)

    async def claim(self, job: Job) -> bool:
        raise AssertionError("delivery claims nothing")

    def soon(self, work: object) -> None:
        raise AssertionError("delivery does nothing later")

    async def respond(self, url: str, message: Mapping[str, Any]) -> None:
        self._next()
        self.shown.append({"url": url, **message})

    async def title(self, place: object, words: str) -> None:
        raise AssertionError("nothing is given a title")

    async def change(self, view: str, instead: Mapping[str, Any]) -> None:
        raise AssertionError("delivery changes nothing")

    async def publish(self, user: str, view: Mapping[str, Any]) -> None:
        raise AssertionError("delivery publishes nothing")

    async def suggest(self, channel: str, prompts: object) -> None:
        raise AssertionError("delivery suggests nothing")

    async def open(self, trigger: str, view: Mapping[str, Any]) -> None:
        raise AssertionError("delivery opens nothing")

    def _next(self) -> None:
        failure = self.failures.pop(0) if self.failures else None
        if failure:
            raise failure


def _delivery(edge: Edge, shelf: Any = None) -> Delivery:
    return Delivery(Services(shelf, shelf, edge, edge, edge, Notebook(), "UBOT"), settling=0)


def _job(to: Privately | InConversation, kind: Kind = "mention", words: str = "how much?") -> Job:
    return Job("Ev1", Question(kind, words, "U1", to), "C1:1.1")


async def test_a_post_stands_in_its_thread_and_names_its_job() -> None:
    edge = Edge()
    await _delivery(edge).deliver(_job(PUBLIC), REPLY)
    (shown,) = edge.shown
    assert (shown["channel"], shown["thread_ts"], shown["text"]) == ("C1", "1.1", "The answer")
    assert shown["metadata"] == {"event_type": METADATA, "event_payload": {"job": "Ev1"}}
    assert (shown["unfurl_links"], shown["unfurl_media"]) == (False, False)


@pytest.mark.parametrize(("channel", "told", "shown"), [("C1", 1, 0), ("D1", 0, 1)])
async def test_a_private_reply_is_for_the_asker_alone(channel: str, told: int, shown: int) -> None:
    edge, place = Edge(), InConversation(channel, "1.1", "1.1")
    await _delivery(edge).deliver(_job(place), replace(REPLY, private=True))
    assert (len(edge.told), len(edge.shown)) == (told, shown)
    for message in edge.told:
        assert (message["channel"], message["thread_ts"], message["user"]) == ("C1", "1.1", "U1")


async def test_a_reply_takes_the_place_of_its_progress() -> None:
    edge, told = Edge(), Reply(REPLY.message, progress="2.2")
    await _delivery(edge).deliver(_job(PUBLIC), told)
    await _delivery(edge).deliver(_job(PRIVATE), Reply(REPLY.message, progress=""))
    public, private = edge.shown
    assert (public["channel"], public["ts"], public["text"]) == ("C1", "2.2", "The answer")
    assert public["metadata"]["event_payload"] == {"job": "Ev1"}
    assert private["replace_original"] is True


@pytest.mark.parametrize(
    ("failures", "places"),
    [
        pytest.param([Refused("message_not_found")], [("C1", None, "1.1")], id="somebody took it away"),
        pytest.param([Refused("invalid_blocks")], [("C1", "2.2", None)], id="blocks refused, text taken"),
    ],
)
async def test_a_progress_that_cannot_be_replaced_is_followed_by_the_reply(failures: Any, places: Any) -> None:
    edge = Edge([*failures])
    await _delivery(edge).deliver(_job(PUBLIC), Reply(REPLY.message, progress="2.2"))
    assert [(each["channel"], each.get("ts"), each.get("thread_ts")) for each in edge.shown] == places


@pytest.mark.parametrize(
    ("mute", "kind", "told"),
    [(False, "mention", ["C1"]), (True, "mention", ["U1"]), (True, "overheard", [])],
)
async def test_who_cannot_be_told_there_is_told_in_direct_messages(mute: bool, kind: Kind, told: list[str]) -> None:
    edge = Edge([Refused("is_archived")], mute=mute)
    await _delivery(edge).deliver(_job(PUBLIC, kind), REPLY)
    assert [each["channel"] for each in (*edge.told, *edge.shown)] == told
    assert all("archived" in each["text"] for each in (*edge.told, *edge.shown))


async def test_a_direct_message_needs_no_thread() -> None:
    edge = Edge()
    await _delivery(edge).deliver(_job(InConversation("D1", None, "1.1")), REPLY)
    assert "thread_ts" not in edge.shown[0]


@pytest.mark.parametrize(("thread", "in_channel", "kind"), [(None, False, "ephemeral"), ("1.1", True, "in_channel")])
async def test_a_private_reply_goes_through_its_url(thread: str | None, in_channel: bool, kind: str) -> None:
    edge = Edge()
    await _delivery(edge).deliver(_job(Privately("http://slack/1", thread)), Reply(REPLY.message, in_channel))
    (shown,) = edge.shown
    assert (shown["url"], shown["response_type"], shown.get("thread_ts")) == ("http://slack/1", kind, thread)
    assert shown["replace_original"] is False


@pytest.mark.parametrize(
    ("failures", "found", "posts", "told"),
    [
        pytest.param([], [], 1, "", id="it works"),
        pytest.param([LOST], [True], 0, "", id="unknown, then found"),
        pytest.param([LOST], [False], 1, "", id="unknown, then absent"),
        pytest.param([LOST], [None], 0, "interrupted", id="unknown and unreadable"),
        pytest.param([LOST], [LOST], 0, "interrupted", id="unknown, and looking fails"),
        pytest.param([LOST, LOST], [False, True], 0, "", id="twice unknown, then found"),
        pytest.param([LOST, LOST], [False, False], 1, "", id="twice unknown, twice absent"),
        pytest.param([LOST, LOST, LOST], [False, False, False], 0, "interrupted", id="given up"),
        pytest.param([LOST, LOST, LOST], [False, False, True], 0, "", id="found at last"),
        pytest.param([Refused("is_archived")], [], 0, "archived", id="refused"),
        pytest.param([LOST, Refused("not_in_channel")], [False], 0, "Invite me", id="unknown, then refused"),
        pytest.param([Refused("invalid_blocks")], [], 1, "", id="blocks refused, text taken"),
        pytest.param([Refused("invalid_blocks")] * 2, [], 0, "invalid", id="blocks and text refused"),
    ],
)
async def test_a_post_arrives_once_or_its_asker_is_told(failures: Any, found: Any, posts: int, told: str) -> None:
    edge = Edge([*failures], [*found])
    await _delivery(edge).deliver(_job(PUBLIC), REPLY)
    assert len(edge.shown) == posts
    assert (edge.failures, edge.found) == ([], [])
    assert [told in message["text"] for message in edge.told] == [True] * bool(told)


@pytest.mark.parametrize(
    ("found", "posts", "told"),
    [
        pytest.param([True], 0, 0, id="it was said"),
        pytest.param([False], 1, 0, id="it was not said"),
        pytest.param([None], 0, 1, id="nobody can know"),
        pytest.param([Refused("ratelimited")], 0, 1, id="looking is refused"),
    ],
)
async def test_after_a_crash_it_is_looked_for_first(found: Any, posts: int, told: int) -> None:
    edge = Edge(found=[*found])
    await _delivery(edge).settle(_job(PUBLIC), REPLY)
    assert (len(edge.shown), len(edge.told)) == (posts, told)


@pytest.mark.parametrize(
    ("failures", "texts"),
    [
        pytest.param([], ["The answer"], id="it works"),
        pytest.param([LOST], ["interrupted"], id="unknown"),
        pytest.param([LOST, LOST], ["interrupted"], id="unknown, and the apology as well"),
        pytest.param([LOST] * 3, [], id="unknown for good"),
        pytest.param([Refused("expired_url")], ["direct message"], id="too late"),
        pytest.param([Refused("not_in_channel")], ["Invite me"], id="refused"),
        pytest.param([Refused("not_in_channel"), LOST], ["Invite me"], id="refused, the apology unknown"),
        pytest.param([Refused("not_in_channel"), Refused("used_url")], ["Invite me"], id="told elsewhere"),
        pytest.param([Refused("invalid_blocks")], ["The answer"], id="blocks refused"),
    ],
)
async def test_a_private_answer_is_never_repeated(failures: Any, texts: list[str]) -> None:
    edge = Edge([*failures])
    await _delivery(edge).deliver(_job(PRIVATE), REPLY)
    assert len(edge.shown) == len(texts)
    assert all(text in shown["text"] for text, shown in zip(texts, edge.shown, strict=True))


TABLE = Reply(Message("A table", (data_table("c", [("Figure",), ("$5 billion",)], 99),)))
UNFIT = Refused("invalid_blocks")


@pytest.mark.parametrize("to", [PRIVATE, PUBLIC])
@pytest.mark.parametrize(
    ("failures", "kind", "learned"),
    [
        pytest.param([], "data_table", "data_table", id="taken"),
        pytest.param([UNFIT], "table", "table", id="a plain table is taken"),
        pytest.param([UNFIT, UNFIT], "rich_text", "rich_text", id="lines are taken"),
        pytest.param([UNFIT] * 3, None, "data_table", id="the text alone teaches nothing"),
        pytest.param([Refused("ratelimited")], "", "data_table", id="refused for another reason"),
    ],
)
async def test_what_a_workspace_does_not_take_is_tried_once(to: Any, failures: Any, kind: Any, learned: str) -> None:
    edge = Edge([*failures])
    delivery = _delivery(edge)
    await delivery.deliver(_job(to), TABLE)
    await delivery.deliver(_job(to), TABLE)
    assert edge.failures == []
    kinds = [[block["type"] for block in message["blocks"]] for message in edge.shown if message["text"] == "A table"]
    first = [] if kind == "" else [[kind] if kind else []]
    assert kinds == [*first, [learned]]


async def test_a_table_without_an_outcome_is_not_repeated_plainer() -> None:
    edge = Edge([UNFIT, LOST])
    await _delivery(edge).deliver(_job(PRIVATE), TABLE)
    assert ["interrupted" in message["text"] for message in edge.shown] == [True]


async def test_a_page_takes_the_place_of_the_one_before_and_an_apology_does_not() -> None:
    edge, turned = Edge(), replace(PRIVATE, in_place=True)
    await _delivery(edge).deliver(_job(turned, "page"), TABLE)
    await _delivery(edge).settle(_job(turned, "page"), TABLE)
    assert [(message["text"], message["replace_original"]) for message in edge.shown] == [
        ("A table", True),
        (INTERRUPTED, False),
    ]


async def test_after_a_crash_a_private_answer_is_not_repeated_either() -> None:
    edge = Edge()
    await _delivery(edge).settle(_job(PRIVATE), REPLY)
    assert ["interrupted" in shown["text"] for shown in edge.shown] == [True]


@pytest.mark.parametrize(("failures", "shown"), [([], 2), ([None, Refused("used_url")], 1)])
async def test_what_was_shared_replaces_its_private_copy(failures: Any, shown: int) -> None:
    edge = Edge([*failures])
    await _delivery(edge).deliver(_job(PRIVATE, "share"), Reply(REPLY.message, True, Message("Shared", ())))
    assert [message.get("replace_original") for message in edge.shown] == [False, True][:shown]
    assert edge.told == []


async def test_an_asker_who_cannot_be_told_is_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    edge = Edge([Refused("is_archived")], mute=True)
    await _delivery(edge).deliver(_job(PUBLIC), REPLY)
    assert "could not be told" in caplog.text


async def test_preparing_never_raises_and_never_tells_the_exception(
    shelf: Any, caplog: pytest.LogCaptureFixture
) -> None:
    reply = await _delivery(Edge(), shelf).prepare(_job(PUBLIC, words="break"))
    assert "Something went wrong on my side (reference " in reply.message.text
    assert "secret detail" not in reply.message.text
    reference = reply.message.text.split("(reference ")[1][:4]
    (record,) = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert reference in record.getMessage()
    assert record.exc_info


async def test_preparing_asks_the_documents(shelf: Any) -> None:
    reply = await _delivery(Edge(), shelf).prepare(_job(PUBLIC))
    assert "More than $52 billion" in reply.message.text


async def test_a_view_that_slack_would_refuse_ends_in_an_apology(caplog: pytest.LogCaptureFixture) -> None:
    edge = Edge()
    await _delivery(edge).deliver(_job(PUBLIC), Reply(Message("text", ({"type": "actions", "elements": []},))))
    assert edge.shown == []
    assert "Something went wrong" in edge.told[0]["text"]
    assert "unexpected error" in caplog.text


@pytest.mark.parametrize(
    ("to", "kind", "patience", "failures", "statuses"),
    [
        (PUBLIC, "mention", 0.0, [], ["1.1 is searching the documents…"]),
        (PUBLIC, "mention", 60.0, [], []),
        (PUBLIC, "mention", 0.0, [Refused("not_allowed")], []),
        (PUBLIC, "mention", 0.0, [LOST], []),
        (PUBLIC, "overheard", 0.0, [], []),
        (PRIVATE, "command", 0.0, [], []),
    ],
)
async def test_who_waits_is_told(
    shelf: Any,
    to: InConversation | Privately,
    kind: Kind,
    patience: float,
    failures: list[SlackFailure | None],
    statuses: list[str],
) -> None:
    edge = Edge(failures)
    reply = await replace(_delivery(edge, shelf), patience=patience).prepare(_job(to, kind))
    assert "More than $52 billion" in reply.message.text
    assert edge.statuses == statuses


class Taken:
    """A corpus that takes everything, or is broken."""

    def add(self, address: str) -> Indexed:
        if "broken" in address:
            raise RuntimeError("secret detail")
        return Indexed("bold", "added")


@pytest.mark.parametrize(
    ("address", "failures", "text", "progress"),
    [
        ("https://a.example/", [], "Added: A Bold Pivot", "9.9"),
        ("https://broken.example/", [], "Something went wrong", "9.9"),
        ("https://a.example/", [LOST], "Added: A Bold Pivot", None),
    ],
)
async def test_what_takes_long_is_said_once_and_the_result_takes_its_place(
    shelf: Any, address: str, failures: list[SlackFailure | None], text: str, progress: str | None
) -> None:
    edge, corpus = Edge(failures), cast(Any, Taken())
    delivery = _delivery(edge, shelf)
    may = replace(delivery.services, corpus=corpus, admins=frozenset({"U1"}))
    job = _job(PUBLIC, words=f"add {address}")
    reply = await replace(delivery, services=may, patience=0.0).prepare(job)
    assert reply.message.text.startswith(text)
    assert (reply.progress, len(edge.shown)) == (progress, 1 if progress else 0)
    assert edge.statuses == ([] if progress else ["1.1 is searching the documents…"])
    await delivery.deliver(job, reply)
    assert edge.shown[-1].get("ts") == progress
    assert delivery.services.history.replies == {"Ev1": "C1:9.9"}  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("to", "state", "left", "found", "progress", "shown"),
    [
        pytest.param(PUBLIC, "pending", None, None, "9.9", 1, id="for the first time"),
        pytest.param(PRIVATE, "pending", None, None, "", 1, id="alone, for the first time"),
        pytest.param(PUBLIC, "pending", "2.2", None, "2.2", 0, id="it was told before a crash"),
        pytest.param(PRIVATE, "pending", "", None, "", 0, id="alone, before a crash"),
        pytest.param(PUBLIC, "posting", "2.2", None, "2.2", 0, id="the result was on its way"),
        pytest.param(PUBLIC, "posting", None, None, None, 0, id="the result was on its way, nothing was told"),
        pytest.param(PUBLIC, "pending", SENDING, "3.3", "3.3", 0, id="it was on its way, and is found"),
        pytest.param(PUBLIC, "pending", SENDING, None, None, 0, id="it was on its way, and is not found"),
    ],
)
async def test_progress_is_told_once_through_crashes(
    shelf: Any, to: Any, state: State, left: str | None, found: str | None, progress: str | None, shown: int
) -> None:
    edge = Edge(progress_at=found)
    delivery = _delivery(edge, shelf)
    may = replace(delivery.services, corpus=cast(Any, Taken()), admins=frozenset({"U1"}))
    job = replace(_job(to, words="add https://a.example/"), state=state, progress=left)
    reply = await replace(delivery, services=may).prepare(job)
    assert (reply.progress, len(edge.shown), edge.looked) == (progress, shown, int(left == SENDING))
    assert edge.noted == {"9.9": [SENDING, "9.9"], "": [""]}.get(progress or "", []) * shown
    assert reply.message.text == "Added: A Bold Pivot"


@pytest.mark.parametrize(("to", "progress"), [(PUBLIC, "2.2"), (PRIVATE, "")])
@pytest.mark.parametrize("failures", [[], [LOST], [LOST, LOST]])
async def test_in_the_place_of_its_progress_a_result_may_be_sent_twice(to: Any, progress: str, failures: Any) -> None:
    edge = Edge([*failures])
    await _delivery(edge).settle(_job(to), replace(REPLY, progress=progress))
    (shown,) = edge.shown
    assert (shown.get("ts"), shown.get("replace_original")) == (progress or None, None if progress else True)
    assert edge.told == []


@pytest.mark.parametrize(
    ("place", "kind", "calls"),
    [
        (InConversation("C1", "1.0", "1.1"), "mention", 1),
        (InConversation("C1", "1.1", "1.1"), "mention", 0),
        (InConversation("D1", "1.0", "1.1"), "direct", 0),
        (InConversation("C1", "1.0", "1.1"), "overheard", 0),
        (InConversation("C1", "1.0", "1.1"), "follow", 0),
        (PRIVATE, "command", 0),
    ],
)
async def test_only_a_mention_in_an_unknown_thread_reads_it(
    shelf: Any, place: InConversation | Privately, kind: Kind, calls: int
) -> None:
    edge = Edge()
    await _delivery(edge, shelf).prepare(_job(place, kind))
    assert edge.asked_before == calls


@pytest.mark.parametrize(
    ("said", "first"),
    [
        (("What is AI?", "🤷", ""), "Understood as: who said it: What is AI?"),
        (("How much?", "What is AI?"), "Understood as: who said it: What is AI?"),
        (("🤷",), "I am not sure what “who said that” is about."),
        ((), "I am not sure what “who said that” is about."),
    ],
)
async def test_a_thread_of_people_is_about_the_last_words_in_it(shelf: Any, said: tuple[str, ...], first: str) -> None:
    reply = await _delivery(Edge(said=said), shelf).prepare(
        _job(InConversation("C1", "1.0", "1.1"), words="who said that?")
    )
    assert "".join(run["text"] for run in reply.message.blocks[0]["elements"][0]["elements"]).startswith(first)
