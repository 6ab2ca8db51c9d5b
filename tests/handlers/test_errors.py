"""The one catch-all, and the one error listener."""

import json
from collections.abc import Coroutine, Mapping
from typing import Any

import pytest

from handlers.errors import guarded, logged, on_error
from handlers.services import OutcomeUnknown, Services
from handlers.views.blocks import Message


class Failing:
    """Replies that note what is said, and may fail; work in the background is kept for later."""

    def __init__(self, fails: bool = False) -> None:
        self.fails = fails
        self.said: list[Any] = []
        self.later: list[Coroutine[object, object, None]] = []

    async def respond(self, url: str, message: Mapping[str, object]) -> None:
        if self.fails:
            raise OutcomeUnknown("timeout")
        self.said.append((url, message))

    async def open(self, trigger: str, view: Mapping[str, object]) -> None:
        raise AssertionError("an error opens nothing")

    async def title(self, place: object, words: str) -> None:
        raise AssertionError("nothing is given a title")

    async def change(self, view: str, instead: Mapping[str, object]) -> None:
        raise AssertionError("an error changes nothing")

    async def publish(self, user: str, view: Mapping[str, object]) -> None:
        raise AssertionError("an error publishes nothing")

    async def suggest(self, channel: str, prompts: object) -> None:
        raise AssertionError("an error suggests nothing")

    async def claim(self, job: object) -> bool:
        raise AssertionError("an error claims nothing")

    async def progressed(self, job: object, where: str) -> None:
        raise AssertionError("an error tells of no progress")

    def soon(self, work: Coroutine[object, object, None]) -> None:
        self.later.append(work)


def _services(edge: Failing) -> Services:
    unused: Any = None
    return Services(unused, unused, edge, unused, edge, unused, "UBOT")


async def _broken() -> None:
    raise RuntimeError("secret detail")


async def _fine() -> None:
    return None


async def test_what_breaks_is_logged_once_and_apologised_for(caplog: pytest.LogCaptureFixture) -> None:
    said: list[Message] = []

    async def apologise(message: Message) -> None:
        said.append(message)

    await guarded(_broken(), apologise)
    await guarded(_fine(), apologise)
    assert len(said) == 1
    assert "secret" not in said[0].text
    assert [record.levelname for record in caplog.records] == ["ERROR"]


async def test_an_apology_that_fails_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    async def apologise(message: Message) -> None:
        raise OutcomeUnknown("timeout")

    await guarded(_broken(), apologise)
    assert "could not be told" in caplog.text


def test_references_are_short_and_differ() -> None:
    references = {logged(ValueError("x")) for _ in range(50)}
    assert len(references) > 45
    assert all(len(reference) == 4 and reference.isalnum() for reference in references)


async def test_a_slash_command_is_answered_in_its_acknowledgement() -> None:
    response = await on_error(
        _services(Failing()), RuntimeError("secret detail"), {"command": "/a", "response_url": "u"}
    )
    body = json.loads(response.body)
    assert response.status == 200
    assert body["response_type"] == "ephemeral"
    assert "Something went wrong" in body["text"]
    assert "secret" not in response.body


@pytest.mark.parametrize("fails", [False, True])
async def test_a_button_is_answered_through_its_url(fails: bool, caplog: pytest.LogCaptureFixture) -> None:
    edge = Failing(fails)
    response = await on_error(_services(edge), RuntimeError("x"), {"response_url": "http://slack/1"})
    assert response.status == 200
    for work in edge.later:
        await work
    assert len(edge.said) == (0 if fails else 1)
    assert ("could not be told" in caplog.text) is fails


async def test_an_event_gets_an_error_so_that_it_comes_again() -> None:
    assert (await on_error(_services(Failing()), RuntimeError("x"), {"event": {}})).status == 500
