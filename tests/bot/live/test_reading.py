"""A link under an answer opens the sentence where it stands, whatever way the bot and Slack talk."""

import json
import re
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import pytest
from yarl import URL


@pytest.mark.parametrize("socket", [False, True], ids=["http", "socket"])
async def test_the_title_of_a_source_leads_to_its_page(settings_for: Any, join: Any, socket: bool) -> None:
    live = await join(settings_for(socket).model_copy(update={"public_url": "https://bot.example"}))
    reply = await live.asked("what is Qwen?")
    found = re.search(r"<https://bot\.example(/read/quiet\?[^|]+)\|", json.dumps(reply.blocks))
    assert found
    parts = urlsplit(found[1].replace("&amp;", "&"))
    address = URL(f"http://127.0.0.1:{live.bot.port}{parts.path}?{parts.query}", encoded=True)
    async with aiohttp.ClientSession() as session, session.get(address) as response:
        assert response.status == 200
        assert "<mark>Qwen is a family of language models.</mark>" in await response.text()
    await live.bot.stop()


async def test_without_a_public_address_there_is_no_page(http: Any) -> None:
    reply = await http.asked("what is Qwen?")
    assert "/read/" not in json.dumps(reply.blocks)
    address = f"http://127.0.0.1:{http.bot.port}/read/quiet?p=1"
    async with aiohttp.ClientSession() as session, session.get(address) as response:
        assert response.status == 404


async def test_a_document_of_the_web_opens_at_the_sentence(http: Any) -> None:
    reply = await http.asked("what is ModelScope?")
    assert "<https://news.example/bold?a=1%7C2#:~:text=ModelScope%20is%20an" in json.dumps(reply.blocks)


async def test_a_passage_rewritten_since_the_answer_says_so(http: Any, rewrite: Any) -> None:
    _, ts = await http.mention("what is Qwen?")
    (reply,) = await http.replies(ts)
    rewrite("quiet", "Qwen is a family of models for every language.")
    await http.slack.click(reply, "read_in_context", user="UBEN")
    view = await http.slack.wait_for(lambda: http.slack.modal("UBEN"))
    assert "has changed since it was quoted" in json.dumps(view["blocks"])
