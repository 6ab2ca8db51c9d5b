"""The edge to Slack: what each trouble means, and what is tried again."""

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import aiohttp
import httpx
import pytest
import respx

from bot import calls
from bot import slack as edge
from bot.playground.faults import Fault
from bot.playground.server import FakeSlack
from bot.settings import SlackAccess
from handlers.delivery import METADATA, PROGRESS
from handlers.payloads import InConversation, Privately, Question
from handlers.services import Job, OutcomeUnknown, Refused, SlackFailure

URL = "https://hooks.slack.example/actions/1"
MESSAGE = {"text": "The answer", "response_type": "ephemeral"}


@dataclass(frozen=True)
class Connected:
    fake: FakeSlack
    posts: edge.Posts
    replies: edge.Replies


def _access(fake: FakeSlack, token: str | None = None) -> SlackAccess:
    return SlackAccess(token or fake.bot_token, fake.app_token, fake.signing_secret, fake.api_url, local=True)


@pytest.fixture
async def slack() -> AsyncIterator[Connected]:
    fake = FakeSlack()
    await fake.start()
    async with edge.session(0.5) as session, edge.web(_access(fake), 0.5) as web:
        reads, writes = edge.reader(_access(fake), session), edge.writer(_access(fake), session)
        yield Connected(fake, edge.Posts(reads, writes), edge.Replies(web, writes))
    await fake.stop()


def _message(key: str = "Ev1", **fields: Any) -> dict[str, Any]:
    metadata = {"event_type": METADATA, "event_payload": {"job": key}}
    return {"channel": "CAIWATCH", "text": "The answer", "metadata": metadata, **fields}


def _job(key: str = "Ev1", channel: str = "CAIWATCH", thread: str | None = None, asked: str = "1.0") -> Job:
    return Job(key, Question("mention", "q", "UANA", InConversation(channel, thread, asked)))


@pytest.mark.parametrize(
    ("fault", "outcome", "shown"),
    [
        (Fault(), None, 1),
        (Fault(error="ratelimited", status=429, retry_after=0), None, 1),
        (Fault(status=500), OutcomeUnknown, 0),
        (Fault(status=500, accepted=True), OutcomeUnknown, 1),
        (Fault(status=502, accepted=True), OutcomeUnknown, 1),
        (Fault(error="fatal_error", accepted=True), OutcomeUnknown, 1),
        (Fault(error="internal_error"), OutcomeUnknown, 0),
        (Fault(delay=1.0, accepted=True), OutcomeUnknown, 1),
        (Fault(drop=True, accepted=True), OutcomeUnknown, 1),
        (Fault(drop=True), OutcomeUnknown, 0),
        (Fault(error="is_archived"), Refused, 0),
        (Fault(error="invalid_auth"), Refused, 0),
    ],
)
async def test_a_post_is_never_repeated_once_it_may_have_arrived(
    slack: Connected, fault: Fault, outcome: type[SlackFailure] | None, shown: int
) -> None:
    slack.fake.faults.plan("chat.postMessage", fault)
    if outcome:
        with pytest.raises(outcome):
            await slack.posts.post(_message())
    else:
        await slack.posts.post(_message())
    assert len(slack.fake.messages("CAIWATCH")) == shown


@pytest.mark.parametrize("code", ["token_revoked", "account_inactive", "invalid_auth"])
async def test_a_token_that_is_no_good_is_said_once_and_not_tried_again(
    slack: Connected, code: str, caplog: pytest.LogCaptureFixture
) -> None:
    slack.fake.faults.error("chat.postMessage", code)
    shared = edge.Replies(slack.replies.web, slack.replies.writes, calls=slack.posts.calls)
    place = InConversation("CAIWATCH", "1.0", "1.0")
    every: list[Callable[[], Awaitable[object]]] = [
        lambda: slack.posts.post(_message()),
        lambda: slack.posts.tell(_message()),
        lambda: slack.posts.update("CAIWATCH", "1.0", _message()),
        lambda: slack.posts.remove("CAIWATCH", "1.0"),
        lambda: slack.posts.before(place),
        lambda: slack.posts.status(place, "searching"),
        lambda: shared.open("1", {}),
        lambda: shared.publish("UANA", {}),
        lambda: shared.suggest("DANA", []),
    ]
    for call in every:
        with pytest.raises(Refused, match=code):
            await call()
    assert await slack.posts.posted(_job()) is None
    assert [call.method for call in slack.fake.calls] == ["chat.postMessage"]
    assert [record.getMessage() for record in caplog.records if code in record.getMessage()] == [
        f"Slack takes SLACK_BOT_TOKEN no more ({code}): start me again with a new one"
    ]


async def test_a_refusal_carries_slacks_code(slack: Connected) -> None:
    slack.fake.faults.error("chat.postMessage", "is_archived")
    with pytest.raises(Refused) as caught:
        await slack.posts.post(_message())
    assert caught.value.code == "is_archived"


async def test_where_nobody_listens_nothing_was_posted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calls, "PAUSES", (0.0, 0.0))
    access = SlackAccess("xoxb-1", None, "", "http://127.0.0.1:9/api/", local=True)
    async with edge.session(0.5) as session:
        posts = edge.Posts(edge.reader(access, session), edge.writer(access, session))
        with pytest.raises(Refused, match="unreachable"):
            await posts.post(_message())


@pytest.mark.parametrize(
    ("key", "found"),
    [("Ev1", True), ("Ev2", False)],
)
async def test_our_own_reply_is_found_by_its_mark(slack: Connected, key: str, found: bool) -> None:
    asked = await _asked(slack)
    await slack.posts.post(_message("Ev1", thread_ts=asked))
    assert await slack.posts.posted(_job(key, thread=asked, asked=asked)) is found


async def test_what_tells_of_the_progress_is_no_reply(slack: Connected) -> None:
    asked = await _asked(slack)
    mark = {"event_type": PROGRESS, "event_payload": {"job": "Ev1"}}
    ts = await slack.posts.post(_message(thread_ts=asked, metadata=mark))
    job, other = _job("Ev1", thread=asked, asked=asked), _job("Ev2", thread=asked, asked=asked)
    assert (await slack.posts.progress(job), await slack.posts.progress(other)) == (ts, None)
    assert await slack.posts.posted(job) is False
    slack.fake.faults.error("conversations.replies", "missing_scope")
    assert await slack.posts.progress(job) is None


async def _asked(slack: Connected) -> str:
    await slack.fake.say("a question", channel="CAIWATCH")
    return slack.fake.messages("CAIWATCH")[-1].ts


async def test_in_a_direct_message_the_history_is_read(slack: Connected) -> None:
    await slack.posts.post(_message("Ev1", channel="DANA"))
    assert await slack.posts.posted(_job("Ev1", channel="DANA")) is True
    assert await slack.posts.posted(_job("Ev2", channel="DANA")) is False


async def test_the_look_goes_on_over_pages(slack: Connected) -> None:
    asked = await _asked(slack)
    await slack.posts.post(_message("Ev0", thread_ts=asked))
    for _ in range(250):
        await slack.fake.say("chatter", channel="CAIWATCH", thread_ts=asked)
    await slack.posts.post(_message("Ev1", thread_ts=asked))
    assert await slack.posts.posted(_job("Ev0", thread=asked, asked=asked)) is True
    assert await slack.posts.posted(_job("Ev1", thread=asked, asked=asked)) is True
    assert await slack.posts.posted(_job("Ev9", thread=asked, asked=asked)) is False


@pytest.mark.parametrize("code", ["missing_scope", "not_in_channel", "channel_not_found", "thread_not_found"])
async def test_what_cannot_be_read_is_not_absent(slack: Connected, code: str) -> None:
    slack.fake.faults.error("conversations.history", code)
    assert await slack.posts.posted(_job()) is None


async def test_a_private_reply_cannot_be_looked_for(slack: Connected) -> None:
    assert await slack.posts.posted(Job("T1", Question("command", "q", "U1", Privately(URL)))) is None


async def test_looking_is_tried_again(slack: Connected) -> None:
    slack.fake.faults.status("conversations.history", 503)
    slack.fake.faults.limit("conversations.history", retry_after=0)
    assert await slack.posts.posted(_job()) is False


async def test_telling_one_person(slack: Connected) -> None:
    await slack.posts.tell({"channel": "CAIWATCH", "user": "UBEN", "text": "psst", "unfurl_links": False})
    assert slack.fake.messages("CAIWATCH", viewer="UANA") == []
    assert [message.text for message in slack.fake.messages("CAIWATCH", viewer="UBEN")] == ["psst"]


async def test_an_expired_trigger_is_refused(slack: Connected) -> None:
    view = {"type": "modal", "title": {"type": "plain_text", "text": "T"}, "blocks": []}
    with pytest.raises(Refused):
        await slack.replies.open("unknown", view)


def _replies(waits: list[float]) -> edge.Replies:
    async def sleep(seconds: float) -> None:
        waits.append(seconds)

    unused: Any = None
    return edge.Replies(edge.web(_access(FakeSlack()), 0.5), unused, sleep)


@pytest.mark.parametrize(
    ("answers", "outcome", "waits"),
    [
        ([httpx.Response(200, text="ok")], None, []),
        ([httpx.Response(429, headers={"retry-after": "7"}), httpx.Response(200)], None, [7.0]),
        ([httpx.Response(429, headers={"retry-after": "900"}), httpx.Response(200)], None, [60.0]),
        ([httpx.Response(429, headers={"retry-after": "soon"}), httpx.Response(200)], None, [0.2]),
        ([httpx.ConnectError("no"), httpx.ConnectTimeout("no"), httpx.Response(200)], None, [0.2, 1.0]),
        ([httpx.ConnectError("no")] * 9, Refused, [*calls.PAUSES]),
        ([httpx.Response(429)] * 9, Refused, [*calls.PAUSES]),
        ([httpx.ReadTimeout("slow")], OutcomeUnknown, []),
        ([httpx.RemoteProtocolError("gone")], OutcomeUnknown, []),
        ([httpx.Response(500)], OutcomeUnknown, []),
        ([httpx.Response(503)], OutcomeUnknown, []),
        ([httpx.Response(404, text="expired_url")], Refused, []),
        ([httpx.Response(400, text="invalid_payload")], Refused, []),
        ([httpx.Response(200, text='{"ok":false,"error":"invalid_blocks"}')], Refused, []),
    ],
)
async def test_a_response_url(answers: list[Any], outcome: type[SlackFailure] | None, waits: list[float]) -> None:
    waited: list[float] = []
    replies = _replies(waited)
    with respx.mock:
        route = respx.post(URL).mock(side_effect=answers)
        if outcome:
            with pytest.raises(outcome):
                await replies.respond(URL, MESSAGE)
        else:
            await replies.respond(URL, MESSAGE)
    assert route.call_count == len(answers)
    assert waited == waits
    await replies.web.aclose()


@pytest.mark.parametrize(
    ("response", "code"),
    [
        (httpx.Response(400, text="invalid_blocks"), "invalid_blocks"),
        (httpx.Response(404, json={"ok": False, "error": "used_url"}), "used_url"),
        (httpx.Response(200, json={"ok": False, "error": "invalid_blocks"}), "invalid_blocks"),
        (httpx.Response(403, text=""), "http_403"),
        (httpx.Response(400, text="x" * 99), "x" * 80),
        (httpx.Response(200, json={"ok": True}), None),
    ],
)
async def test_a_response_url_refuses_in_json_or_in_a_word(response: httpx.Response, code: str | None) -> None:
    replies, said = _replies([]), None
    with respx.mock:
        respx.post(URL).mock(return_value=response)
        try:
            await replies.respond(URL, MESSAGE)
        except Refused as refused:
            said = refused.code
    await replies.web.aclose()
    assert said == code


async def test_who_we_are(slack: Connected) -> None:
    assert await edge.identify(slack.posts.reads) == edge.Identity("UALIBABA", "BALIBABA", "TPLAYGROUND")


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        *(
            (Fault(error=code), rf"refused SLACK_\w+_TOKEN \({code}\)")
            for code in ("account_inactive", "token_revoked")
        ),
        (Fault(delay=3.0), "reached"),
        (Fault(drop=True), "reached"),
        (Fault(error="ratelimited", status=429, retry_after=0), r"trouble just now \(ratelimited\)"),
        (Fault(status=502), r"trouble just now \(http_502\)"),
        (Fault(error="internal_error"), r"trouble just now \(internal_error\)"),
    ],
)
async def test_a_start_that_fails_says_why(slack: Connected, fault: Fault, said: str) -> None:
    """Both calls at once, as some troubles are waited for."""
    for method in ("auth.test", "apps.connections.open"):
        slack.fake.faults.plan(method, fault, times=5)
    starts = (edge.identify(slack.posts.reads), edge.check_socket(slack.posts.reads, slack.fake.app_token))
    failures = await asyncio.gather(*starts, return_exceptions=True)
    assert [type(each) for each in failures] == [edge.StartError] * 2
    assert all(re.search(said, str(each)) and "\n" not in str(each) for each in failures), failures


async def test_a_wrong_token_is_named(slack: Connected) -> None:
    async with aiohttp.ClientSession() as session:
        wrong = edge.reader(_access(slack.fake, "xoxb-wrong"), session)
        with pytest.raises(edge.StartError, match="SLACK_BOT_TOKEN"):
            await edge.identify(wrong)
        with pytest.raises(edge.StartError, match="SLACK_APP_TOKEN"):
            await edge.check_socket(wrong, "xapp-wrong")
        await edge.check_socket(wrong, slack.fake.app_token)


async def test_no_proxy_stands_before_a_slack_on_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    async with edge.session(1) as session:
        local = SlackAccess("xoxb-1", None, "", "http://127.0.0.1:1/api/", local=True)
        remote = SlackAccess("xoxb-1", None, "", "https://slack.com/api/", local=False)
        assert edge.writer(local, session).proxy is None
        assert edge.writer(remote, session).proxy == "http://127.0.0.1:9"
    await asyncio.sleep(0)
