"""The door: what Slack signed gets in, everything else is turned away without an error of ours."""

import hashlib
import hmac
import io
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import pytest
from hypothesis import given
from hypothesis import strategies as st
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from bot import server

SECRET = "s3cret"
NOW = 1_700_000_000
EVENT = {"type": "event_callback", "team_id": "T1", "event_id": "Ev1", "event": {"type": "app_mention", "text": "hi"}}


@dataclass
class Door:
    """A listening server with a small Bolt app behind it."""

    url: str
    heard: list[Any]
    session: aiohttp.ClientSession
    ready: list[bool] = field(default_factory=lambda: [True])

    async def knock(self, body: bytes, **headers: str) -> tuple[int, str]:
        """Post to /slack/events."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        async with self.session.post(f"{self.url}/slack/events", data=io.BytesIO(body), headers=named) as response:
            return response.status, await response.text()


def _signed(body: bytes, at: str = str(NOW), secret: str = SECRET) -> dict[str, str]:
    digest = hmac.new(secret.encode(), f"v0:{at}:".encode() + body, hashlib.sha256).hexdigest()
    return {"x_slack_request_timestamp": at, "x_slack_signature": f"v0={digest}", "content_type": "application/json"}


def _app(heard: list[Any]) -> AsyncApp:
    async def authorize(**_: Any) -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=None, team_id="T1", bot_token="xoxb-1", bot_user_id="UBOT", bot_id="B1")

    async def hear(body: dict[str, Any]) -> None:
        heard.append(body)

    # the signature is the door's business here: Bolt's own clock is not ours
    app = AsyncApp(
        client=AsyncWebClient(), authorize=authorize, process_before_response=True, request_verification_enabled=False
    )
    app.event("app_mention")(hear)
    return app


@pytest.fixture
async def door() -> AsyncIterator[Door]:
    heard: list[Any] = []
    ready = [True]
    made = server.Door(_app(heard), server.verifier(SECRET, lambda: NOW))
    application = server.application(server.Health(lambda: ready[0]), made)
    close, port = await server.listen(application, "127.0.0.1", 0)
    async with aiohttp.ClientSession() as session:
        yield Door(f"http://127.0.0.1:{port}", heard, session, ready)
    await close()


async def test_what_slack_signed_gets_in(door: Door) -> None:
    body = json.dumps(EVENT).encode()
    assert (await door.knock(body, **_signed(body)))[0] == 200
    assert door.heard == [EVENT]


async def test_slacks_question_whether_we_are_here_is_answered(door: Door) -> None:
    body = json.dumps({"type": "url_verification", "challenge": "abc"}).encode()
    assert await door.knock(body, **_signed(body)) == (200, '{"challenge": "abc"}')


BODY = json.dumps(EVENT).encode()


@pytest.mark.parametrize(
    "changes",
    [
        {"x_slack_signature": "v0=wrong"},
        {"x_slack_signature": ""},
        {"x_slack_signature": "v0=\xe9"},
        {"x_slack_request_timestamp": ""},
        {"x_slack_request_timestamp": "soon"},
        {"x_slack_request_timestamp": "1.7e9"},
        {"x_slack_request_timestamp": "-1"},
        {"x_slack_request_timestamp": "²"},
        {"x_slack_request_timestamp": "9" * 5000},
        _signed(BODY, at=str(NOW - 301)),
        _signed(BODY, at=str(NOW + 301)),
        _signed(BODY, secret="another"),
        _signed(BODY + b" "),
    ],
)
async def test_what_is_not_signed_or_not_recent_is_turned_away(door: Door, changes: dict[str, str]) -> None:
    status, text = await door.knock(BODY, **(_signed(BODY) | changes))
    assert (status, door.heard) == (401, [])
    assert json.loads(text) == {"error": "invalid request"}


@pytest.mark.parametrize("missing", ["x_slack_signature", "x_slack_request_timestamp"])
async def test_a_missing_header_is_turned_away(door: Door, missing: str) -> None:
    headers = {name: value for name, value in _signed(BODY).items() if name != missing}
    assert (await door.knock(BODY, **headers))[0] == 401


@pytest.mark.parametrize("body", [b"{", b"[]", b"3", b"null", b'"text"'])
async def test_what_is_signed_but_unreadable_is_a_bad_request(door: Door, body: bytes) -> None:
    assert (await door.knock(body, **_signed(body)))[0] == 400


async def test_what_is_no_text_cannot_be_slacks(door: Door) -> None:
    assert (await door.knock(b"\xff\xfe", **_signed(b"\xff\xfe")))[0] == 401


@pytest.mark.parametrize("body", [b"payload=%7B", b"payload=[]", b"payload=3"])
async def test_so_is_an_unreadable_form(door: Door, body: bytes) -> None:
    headers = _signed(body) | {"content_type": "application/x-www-form-urlencoded"}
    assert (await door.knock(body, **headers))[0] == 400


async def test_a_body_that_is_far_too_large_is_not_read(door: Door) -> None:
    body = b" " * (1024 * 1024 + 1)
    assert (await door.knock(body, **_signed(body)))[0] == 413


@pytest.mark.parametrize("charset", ["utf-8", "nonsense", "utf-16"])
async def test_the_charset_a_header_claims_does_not_matter(door: Door, charset: str) -> None:
    headers = _signed(BODY) | {"content_type": f"application/json; charset={charset}"}
    assert (await door.knock(BODY, **headers))[0] == 200


@pytest.mark.parametrize(
    ("path", "ready", "status"),
    [("healthz", True, 200), ("healthz", False, 200), ("readyz", True, 200), ("readyz", False, 503)],
)
async def test_health(door: Door, path: str, ready: bool, status: int) -> None:
    door.ready[0] = ready
    async with door.session.get(f"{door.url}/{path}") as response:
        assert response.status == status


async def test_without_a_door_there_is_only_health() -> None:
    close, port = await server.listen(server.application(server.Health(lambda: True), None), "127.0.0.1", 0)
    async with aiohttp.ClientSession() as session:
        async with session.post(f"http://127.0.0.1:{port}/slack/events", data=BODY) as response:
            assert response.status == 404
        async with session.get(f"http://127.0.0.1:{port}/healthz") as response:
            assert response.status == 200
    await close()


async def test_a_taken_port_is_an_error_and_leaves_nothing_open(door: Door) -> None:
    port = int(door.url.rsplit(":", 1)[1])
    with pytest.raises(OSError, match="in use"):
        await server.listen(server.application(server.Health(lambda: True), None), "127.0.0.1", port)


unused: Any = None


@given(st.text(st.characters(codec="latin-1"), max_size=30), st.text(st.characters(codec="latin-1"), max_size=30))
def test_any_headers_can_be_judged(at: str, signature: str) -> None:
    headers = {"x-slack-request-timestamp": at, "x-slack-signature": signature}
    assert server.Door(unused, server.verifier(SECRET, lambda: NOW))._signed("", headers) is False
