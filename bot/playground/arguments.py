"""Reading a Web API request: the query, a form or JSON, all in one; and who it says it is."""

import json
from collections.abc import Mapping
from typing import Any

from aiohttp import web

#: arguments that are JSON inside a form
_NESTED = frozenset({"blocks", "attachments", "view", "metadata", "prompts"})
_TRUE = frozenset({"1", "true", True})


async def arguments(request: web.Request) -> dict[str, Any]:
    """Everything the caller passed; JSON inside forms is unpacked, what cannot be read stays text."""
    given: dict[str, Any] = dict(request.query)
    if request.content_type == "application/json":
        body = _json(await request.text())
        given |= body if isinstance(body, dict) else {}
    else:
        given |= dict(await request.post())
    return {
        name: _json(value) if name in _NESTED and isinstance(value, str) else value for name, value in given.items()
    }


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        return text


def bearer(request: web.Request) -> str:
    """The token of the ``Authorization`` header, or nothing."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token if scheme == "Bearer" else ""


def flag(args: Mapping[str, Any], name: str) -> bool:
    """A yes or no, which forms write as text."""
    value = args.get(name)
    return (value.lower() if isinstance(value, str) else value) in _TRUE


def whole(args: Mapping[str, Any], name: str, default: int) -> int:
    """A whole number, which forms write as text."""
    value = str(args.get(name) or "")
    return int(value) if value.isdecimal() else default
