"""The local Web API as the real SDK sees it."""

import asyncio
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.playground.scene import look
from bot.playground.server import FakeSlack

VIEW = {
    "type": "modal",
    "title": {"type": "plain_text", "text": "T"},
    "external_id": "mine",
    "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "x"}}],
}
LONG = [{"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3001}}]


@pytest.fixture
async def root(client: AsyncWebClient) -> str:
    return str((await client.chat_postMessage(channel="CGENERAL", text="first"))["ts"])


async def test_the_token_knows_who_it_is(client: AsyncWebClient, slack: FakeSlack) -> None:
    me = await client.auth_test()
    assert (me["user_id"], me["bot_id"], me["team_id"]) == (slack.bot_user, "BALIBABA", "TPLAYGROUND")
    assert "commands" in me.headers["x-oauth-scopes"]


@pytest.mark.parametrize(
    ("token", "method", "error"),
    [
        ("xoxb-other", "auth.test", "invalid_auth"),
        ("", "auth.test", "not_authed"),
        ("bot", "apps.connections.open", "not_allowed_token_type"),
        ("app", "chat.postMessage", "not_allowed_token_type"),
        ("bot", "no.such.method", "unknown_method"),
    ],
)
async def test_who_may_call_what(slack: FakeSlack, token: str, method: str, error: str) -> None:
    tokens = {"bot": slack.bot_token, "app": slack.app_token}
    headers = {"Authorization": f"Bearer {tokens.get(token, token)}"}
    async with aiohttp.ClientSession() as session, session.post(slack.api_url + method, headers=headers) as answer:
        assert await answer.json() == {"ok": False, "error": error}
    assert slack.calls[-1].error == error


LONG_TITLE = "t" * 201


@pytest.mark.parametrize(
    ("method", "arguments", "error"),
    [
        ("chat.postMessage", {"channel": "CNONE", "text": "x"}, "channel_not_found"),
        ("chat.postMessage", {"channel": "CGENERAL"}, "no_text"),
        ("chat.postMessage", {"channel": "CGENERAL", "text": "x", "blocks": LONG}, "invalid_blocks"),
        ("chat.postMessage", {"channel": "CGENERAL", "text": "x", "thread_ts": "1.0"}, "thread_not_found"),
        ("chat.postMessage", {"channel": "DBEN", "text": "x", "blocks": [{"type": "alert"}]}, "invalid_blocks"),
        ("chat.postEphemeral", {"channel": "CGENERAL", "text": "x", "user": "UNONE"}, "user_not_in_channel"),
        ("chat.update", {"channel": "CGENERAL", "ts": "1.0", "text": "x"}, "message_not_found"),
        ("chat.delete", {"channel": "CGENERAL", "ts": "1.0"}, "message_not_found"),
        ("chat.getPermalink", {"channel": "CGENERAL", "message_ts": "1.0"}, "message_not_found"),
        ("conversations.replies", {"channel": "CGENERAL", "ts": "1.0"}, "thread_not_found"),
        ("conversations.info", {"channel": "CNONE"}, "channel_not_found"),
        ("conversations.open", {"users": "UNONE"}, "user_not_found"),
        ("users.info", {"user": "UNONE"}, "user_not_found"),
        ("reactions.add", {"channel": "CGENERAL", "timestamp": "1.0", "name": "eyes"}, "message_not_found"),
        ("views.open", {"trigger_id": "none", "view": VIEW}, "invalid_trigger_id"),
        ("views.update", {"view_id": "none", "view": VIEW}, "not_found"),
        ("assistant.threads.setStatus", {"channel_id": "CNONE", "thread_ts": "1.0"}, "channel_not_found"),
        ("agents.sessions.setStatus", {"channel_id": "CNONE", "status": "active"}, "channel_not_found"),
        ("agents.sessions.setStatus", {"channel_id": "DANA", "status": "active"}, "thread_not_found"),
        ("agents.sessions.setStatus", {"channel_id": "DANA", "status": "asleep"}, "invalid_arguments"),
        (
            "agents.sessions.setStatus",
            {"channel_id": "DANA", "status": "active", "title": LONG_TITLE},
            "invalid_arguments",
        ),
    ],
)
async def test_refusals(client: AsyncWebClient, method: str, arguments: dict[str, Any], error: str) -> None:
    with pytest.raises(SlackApiError) as refused:
        await client.api_call(method, json=arguments)
    assert refused.value.response["error"] == error


@pytest.mark.parametrize("encode", ["json", "data", "params"])
async def test_arguments_come_in_three_encodings(client: AsyncWebClient, slack: FakeSlack, encode: str) -> None:
    given: dict[str, Any] = {encode: {"channel": "CGENERAL", "text": "héllo"}}
    await client.api_call("chat.postMessage", **given)
    assert [message.text for message in slack.messages("CGENERAL")] == ["héllo"]


async def test_blocks_inside_a_form_are_read(client: AsyncWebClient, slack: FakeSlack) -> None:
    form = {"channel": "CGENERAL", "text": "x", "blocks": '[{"type": "divider"}]'}
    await client.api_call("chat.postMessage", data=form)
    assert slack.messages("CGENERAL")[0].blocks[0]["type"] == "divider"


async def test_what_slack_would_refuse_is_refused_with_the_place(client: AsyncWebClient) -> None:
    with pytest.raises(SlackApiError) as refused:
        await client.chat_postMessage(channel="CGENERAL", text="x", blocks=LONG)
    (words,) = refused.value.response["response_metadata"]["messages"]
    assert "3001 characters" in words
    assert "blocks[0].text.text" in words


@pytest.mark.parametrize(
    ("change", "error"),
    [("leave", "not_in_channel"), ("archive", "is_archived")],
)
async def test_a_closed_door(client: AsyncWebClient, slack: FakeSlack, change: str, error: str) -> None:
    if change == "leave":
        slack.workspace.move("CGENERAL", slack.bot_user, joins=False)
    else:
        slack.workspace.archive("CGENERAL")
    with pytest.raises(SlackApiError, match=error):
        await client.chat_postMessage(channel="CGENERAL", text="x")


async def test_a_message_is_said_changed_and_taken_away(client: AsyncWebClient, slack: FakeSlack, root: str) -> None:
    await client.chat_update(channel="CGENERAL", ts=root, text="second")
    assert [(m.text, m.edited) for m in slack.messages("CGENERAL")] == [("second", True)]
    link = (await client.chat_getPermalink(channel="CGENERAL", message_ts=root))["permalink"]
    assert link.endswith("/archives/CGENERAL/p" + root.replace(".", ""))
    await client.chat_delete(channel="CGENERAL", ts=root)
    assert slack.messages("CGENERAL") == []


async def test_only_own_messages_can_be_changed(client: AsyncWebClient, slack: FakeSlack) -> None:
    await slack.say("mine", channel="CGENERAL")
    ts = slack.messages("CGENERAL")[0].ts
    with pytest.raises(SlackApiError, match="cant_update_message"):
        await client.chat_update(channel="CGENERAL", ts=ts, text="yours")
    with pytest.raises(SlackApiError, match="cant_delete_message"):
        await client.chat_delete(channel="CGENERAL", ts=ts)


async def test_what_one_person_sees_can_not_be_changed_later(client: AsyncWebClient, slack: FakeSlack) -> None:
    said = await client.chat_postEphemeral(channel="CGENERAL", user="UANA", text="psst")
    assert [m.text for m in slack.messages("CGENERAL")] == ["psst"]
    assert slack.messages("CGENERAL", viewer="UBEN") == []
    assert (await client.conversations_history(channel="CGENERAL"))["messages"] == []
    with pytest.raises(SlackApiError, match="message_not_found"):
        await client.chat_update(channel="CGENERAL", ts=said["message_ts"], text="louder")


async def test_replies_stay_in_their_thread(client: AsyncWebClient, slack: FakeSlack, root: str) -> None:
    reply = await client.chat_postMessage(channel="CGENERAL", thread_ts=root, text="reply")
    await client.chat_postMessage(channel="CGENERAL", thread_ts=root, text="loud", reply_broadcast=True)
    listed = await client.conversations_replies(channel="CGENERAL", ts=root)
    assert [m["text"] for m in listed["messages"]] == ["first", "reply", "loud"]
    assert [m.text for m in slack.messages("CGENERAL")] == ["first", "loud"]
    with pytest.raises(SlackApiError, match="cannot_reply_to_message"):
        await client.chat_postMessage(channel="CGENERAL", thread_ts=reply["ts"], text="deeper")


@pytest.mark.parametrize(
    ("asked", "given"), [(True, {"event_type": "job", "event_payload": {"id": "7"}}), (False, None)]
)
async def test_metadata_is_listed_only_when_asked_for(client: AsyncWebClient, asked: bool, given: Any) -> None:
    metadata = {"event_type": "job", "event_payload": {"id": "7"}}
    await client.chat_postMessage(channel="CGENERAL", text="x", metadata=metadata)
    listed = await client.conversations_history(channel="CGENERAL", include_all_metadata=asked)
    assert listed["messages"][0].get("metadata") == given


async def test_history_is_paged_newest_first(client: AsyncWebClient) -> None:
    said = [(await client.chat_postMessage(channel="CGENERAL", text=str(n)))["ts"] for n in range(5)]
    first = await client.conversations_history(channel="CGENERAL", limit=2)
    cursor = first["response_metadata"]["next_cursor"]
    second = await client.conversations_history(channel="CGENERAL", limit=2, cursor=cursor)
    assert [m["text"] for page in (first, second) for m in page["messages"]] == ["4", "3", "2", "1"]
    assert first["has_more"]
    within = await client.conversations_history(channel="CGENERAL", oldest=said[1], latest=said[3])
    assert [m["text"] for m in within["messages"]] == ["2"]
    both = await client.conversations_history(channel="CGENERAL", oldest=said[1], latest=said[3], inclusive=True)
    assert [m["text"] for m in both["messages"]] == ["3", "2", "1"]


async def test_people_and_places(client: AsyncWebClient) -> None:
    user = (await client.users_info(user="UANA"))["user"]
    assert (user["tz"], user["real_name"], user["tz_offset"] % 3600) == ("Europe/Madrid", "Ana Torres", 0)
    assert (await client.conversations_info(channel="CAIWATCH"))["channel"]["name"] == "ai-watch"
    assert (await client.conversations_open(users="UANA"))["channel"]["id"] == "DANA"
    assert (await client.conversations_members(channel="DANA"))["members"] == ["UALIBABA", "UANA"]
    listed = await client.conversations_list(types="public_channel")
    assert [channel["name"] for channel in listed["channels"]] == ["general", "ai-watch"]
    assert (await client.conversations_info(channel="DANA"))["channel"]["user"] == "UANA"


async def test_a_persons_id_means_their_direct_messages(client: AsyncWebClient, slack: FakeSlack) -> None:
    await client.chat_postMessage(channel="UANA", text="hello")
    assert [m.text for m in slack.messages("DANA")] == ["hello"]


async def test_a_session_has_the_title_it_began_with(client: AsyncWebClient, slack: FakeSlack, root: str) -> None:
    for title in ("Qwen", "ModelScope"):
        told = await client.agents_sessions_setStatus(
            channel_id="CGENERAL", thread_ts=root, status="active", title=title
        )
        assert told["session"] == {"status": "active", "title": "Qwen"}
    assert look(slack.workspace, "UANA", "CGENERAL", root).title == "Qwen"
    assert look(slack.workspace, "UANA", "CGENERAL", None).title == ""


async def test_reactions(client: AsyncWebClient, slack: FakeSlack, root: str) -> None:
    await client.reactions_add(channel="CGENERAL", timestamp=root, name="eyes")
    with pytest.raises(SlackApiError, match="already_reacted"):
        await client.reactions_add(channel="CGENERAL", timestamp=root, name="eyes")
    listed = (await client.conversations_history(channel="CGENERAL"))["messages"][0]["reactions"]
    assert listed == [{"name": "eyes", "users": ["UALIBABA"], "count": 1}]
    await client.reactions_remove(channel="CGENERAL", timestamp=root, name="eyes")
    with pytest.raises(SlackApiError, match="no_reaction"):
        await client.reactions_remove(channel="CGENERAL", timestamp=root, name="eyes")


async def test_a_status_ends_with_the_answer(client: AsyncWebClient, slack: FakeSlack, root: str) -> None:
    await client.assistant_threads_setStatus(channel_id="CGENERAL", thread_ts=root, status="is reading…")
    assert slack.workspace.statuses == {("CGENERAL", root): "is reading…"}
    await client.chat_postMessage(channel="CGENERAL", thread_ts=root, text="done")
    assert slack.workspace.statuses == {}


# modals


def _trigger(slack: FakeSlack) -> str:
    return slack.desk.grants.trigger("trigger", "UANA")


async def test_a_trigger_opens_one_modal(client: AsyncWebClient, slack: FakeSlack) -> None:
    opened = await client.views_open(trigger_id=_trigger(slack), view=VIEW)
    assert slack.modal() == opened["view"]
    with pytest.raises(SlackApiError, match="exchanged_trigger_id"):
        await client.views_open(trigger_id="trigger", view=VIEW)


async def test_a_trigger_lives_three_seconds(client: AsyncWebClient, slack: FakeSlack) -> None:
    now = slack.clock()
    slack.desk.grants.clock = lambda: now
    trigger = _trigger(slack)
    slack.desk.grants.clock = lambda: now + 3.1
    with pytest.raises(SlackApiError, match="expired_trigger_id"):
        await client.views_open(trigger_id=trigger, view=VIEW)


async def test_a_modal_is_checked(client: AsyncWebClient, slack: FakeSlack) -> None:
    wrong = {**VIEW, "blocks": [{"type": "markdown", "text": "x"}]}
    with pytest.raises(SlackApiError, match="invalid_arguments"):
        await client.views_open(trigger_id=_trigger(slack), view=wrong)
    assert slack.modal() is None


async def test_modals_stack_three_deep(client: AsyncWebClient, slack: FakeSlack) -> None:
    first = await client.views_open(trigger_id=_trigger(slack), view=VIEW)
    for _ in range(2):
        last = await client.views_push(trigger_id=_trigger(slack), view={**VIEW, "external_id": ""})
    assert last["view"]["root_view_id"] == first["view"]["id"]
    with pytest.raises(SlackApiError, match="push_limit_reached"):
        await client.views_push(trigger_id=_trigger(slack), view=VIEW)


async def test_a_modal_is_updated_by_either_id_unless_it_moved_on(client: AsyncWebClient, slack: FakeSlack) -> None:
    opened = (await client.views_open(trigger_id=_trigger(slack), view=VIEW))["view"]
    changed = {**VIEW, "title": {"type": "plain_text", "text": "U"}}
    updated = (await client.views_update(external_id="mine", hash=opened["hash"], view=changed))["view"]
    assert (updated["id"], updated["title"]["text"]) == (opened["id"], "U")
    with pytest.raises(SlackApiError, match="hash_conflict"):
        await client.views_update(view_id=opened["id"], hash=opened["hash"], view=VIEW)


# response URLs


def _response_url(slack: FakeSlack, message: str | None = None) -> str:
    return f"{slack.url}/response/{slack.desk.grants.response_url('reply', 'UANA', 'CGENERAL', message)}"


async def test_a_response_url_works_five_times(slack: FakeSlack) -> None:
    webhook = AsyncWebhookClient(_response_url(slack))
    answers = [await webhook.send(text=f"{n}") for n in range(6)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [404]
    assert answers[0].body == "ok"
    assert "used_url" in answers[5].body
    assert len(slack.messages("CGENERAL")) == 5


@pytest.mark.parametrize(("late", "error"), [(1700, None), (1801, "expired_url")])
async def test_a_response_url_lives_half_an_hour(slack: FakeSlack, late: float, error: str | None) -> None:
    now = slack.clock()
    slack.desk.grants.clock = lambda: now
    webhook = AsyncWebhookClient(_response_url(slack))
    slack.desk.grants.clock = lambda: now + late
    await webhook.send(text="late")
    assert slack.calls[-1].error == error


@pytest.mark.parametrize(
    ("body", "seen", "bens"),
    [
        ({"text": "new"}, ["old", "new"], ["old"]),
        ({"text": "new", "response_type": "in_channel"}, ["old", "new"], ["old", "new"]),
        ({"text": "new", "replace_original": True}, ["new"], ["new"]),
        ({"delete_original": True}, [], []),
        ({"text": ""}, ["old"], ["old"]),
        ({"text": "x", "blocks": LONG}, ["old"], ["old"]),
    ],
)
async def test_what_a_response_url_may_do(
    client: AsyncWebClient, slack: FakeSlack, body: dict[str, Any], seen: list[str], bens: list[str]
) -> None:
    old = await client.chat_postMessage(channel="CGENERAL", text="old")
    await AsyncWebhookClient(_response_url(slack, old["ts"])).send_dict(body)
    assert [m.text for m in slack.messages("CGENERAL")] == seen
    assert [m.text for m in slack.messages("CGENERAL", viewer="UBEN")] == bens


async def test_an_unknown_response_url(slack: FakeSlack) -> None:
    answer = await AsyncWebhookClient(f"{slack.url}/response/nothing").send(text="x")
    assert answer.status_code == 404


# trouble


async def test_an_error_and_then_the_truth(client: AsyncWebClient, slack: FakeSlack) -> None:
    slack.faults.error("chat.postMessage", "is_archived", times=2)
    for _ in range(2):
        with pytest.raises(SlackApiError, match="is_archived"):
            await client.chat_postMessage(channel="CGENERAL", text="x")
    await client.chat_postMessage(channel="CGENERAL", text="x")
    assert [call.error for call in slack.calls] == ["is_archived", "is_archived", None]
    assert len(slack.messages("CGENERAL")) == 1


@pytest.mark.parametrize(("accepted", "posted"), [(True, 1), (False, 0)])
async def test_a_server_error_may_hide_a_post(
    client: AsyncWebClient, slack: FakeSlack, accepted: bool, posted: int
) -> None:
    slack.faults.status("chat.postMessage", 500, accepted=accepted)
    with pytest.raises(SlackApiError) as failed:
        await client.chat_postMessage(channel="CGENERAL", text="x")
    assert failed.value.response.status_code == 500
    assert len(slack.messages("CGENERAL")) == posted


async def test_a_rate_limit_says_when_to_come_back(client: AsyncWebClient, slack: FakeSlack) -> None:
    slack.faults.limit("chat.postMessage", retry_after=7)
    with pytest.raises(SlackApiError, match="ratelimited") as failed:
        await client.chat_postMessage(channel="CGENERAL", text="x")
    assert (failed.value.response.status_code, failed.value.response.headers["Retry-After"]) == (429, "7")


async def test_a_broken_connection_after_the_post(client: AsyncWebClient, slack: FakeSlack) -> None:
    client.retry_handlers.clear()
    slack.faults.drop("chat.postMessage")
    with pytest.raises(aiohttp.ClientError):
        await client.chat_postMessage(channel="CGENERAL", text="x")
    assert len(slack.messages("CGENERAL")) == 1
    slack.faults.drop("chat.postMessage", accepted=False)
    with pytest.raises(aiohttp.ClientError):
        await client.chat_postMessage(channel="CGENERAL", text="y")
    assert len(slack.messages("CGENERAL")) == 1


async def test_a_slow_answer(client: AsyncWebClient, slack: FakeSlack) -> None:
    slack.faults.slow("chat.postMessage", 0.2)
    slow = asyncio.ensure_future(client.chat_postMessage(channel="CGENERAL", text="x"))
    await slack.wait_for(lambda: slack.messages("CGENERAL"))
    assert not slow.done()
    assert (await slow)["ok"]


# the door, and the websocket


@pytest.mark.parametrize(
    ("host", "status"), [("localhost", 200), ("evil.example", 403), ("127.0.0.1.evil.example", 403)]
)
async def test_only_this_machine_is_served(slack: FakeSlack, host: str, status: int) -> None:
    headers = {"Host": host, "Authorization": f"Bearer {slack.bot_token}"}
    async with aiohttp.ClientSession() as session:
        answer = await session.post(f"{slack.api_url}auth.test", headers=headers)
        assert answer.status == status


async def test_a_websocket_needs_a_ticket(slack: FakeSlack) -> None:
    async with aiohttp.ClientSession() as session:
        assert (await session.get(f"{slack.url}/link?ticket=made-up")).status == 403


async def test_the_socket_client_connects_anew_when_asked(slack: FakeSlack) -> None:
    web_client = AsyncWebClient(base_url=slack.api_url)
    client: Any = SocketModeClient(app_token=slack.app_token, web_client=web_client)
    heard: list[str] = []

    async def listen(client: SocketModeClient, request: Any) -> None:
        heard.append(request.type)
        await client.send_socket_mode_response(SocketModeResponse(envelope_id=request.envelope_id))

    client.socket_mode_request_listeners.append(listen)
    await client.connect()
    await slack.wait_for(lambda: slack.connected)
    opened = len(slack.calls)
    await slack.refresh_sockets()
    await slack.wait_for(lambda: len(slack.calls) > opened and slack.connected)
    delivery = await slack.slash("still there?")
    await client.close()
    assert (delivery.status, heard) == (200, ["slash_commands"])


async def test_nobody_connected_is_a_failure_the_person_sees(slack: FakeSlack) -> None:
    delivery = await slack.slash("anyone?")
    assert (delivery.status, delivery.attempts) == (0, 1)
    assert slack.messages("CGENERAL")[0].text == "/alibaba failed with the error operation_timeout"


@pytest.mark.parametrize(("text", "found"), [("now", "now"), ("never", None)])
async def test_waiting_for_something(slack: FakeSlack, text: str, found: str | None) -> None:
    await slack.say("now", channel="CGENERAL")

    def seen() -> list[str]:
        return [m.text for m in slack.messages("CGENERAL") if m.text == text]

    if found:
        assert await slack.wait_for(seen) == [found]
    else:
        with pytest.raises(TimeoutError):
            await slack.wait_for(seen, timeout=0.1)
