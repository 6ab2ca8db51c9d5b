"""Small typed builders of Block Kit, and the escaping of everything a person or a document said.

Untrusted words go into rich text and plain text, which Slack does not parse; :func:`escape` is for the two places
that it does parse, the fallback text and a section with a link.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal
from urllib.parse import quote as percent
from urllib.parse import urlsplit

Block = dict[str, Any]
#: how tables and charts are put: as they are meant, as a plain table, as lines of text
Form = Literal["data", "table", "text"]

_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]+")
_FORMATTING: Final = re.compile(r"([*_~`])")
SENTENCE_END: Final = re.compile(r"[.!?…][”\"’)]*\s")
#: an address this long still leaves room for its label in 3000 characters, however much escaping adds
_ADDRESS: Final = 1000
#: invisible, no space: it stands between a formatting character and the word it would format
_JOINER: Final = "\u2060"


@dataclass(frozen=True, slots=True)
class Message:
    """What somebody will see: blocks, and the fallback that notifications and screen readers get instead."""

    #: mrkdwn, already escaped
    text: str
    blocks: tuple[Block, ...]
    #: how its tables and charts are put
    form: Form = "data"


def clean(text: str) -> str:
    """``text`` without control characters and without those that turn the direction of writing."""
    return _CONTROLS.sub("", text)


def escape(text: str) -> str:
    """``text`` as mrkdwn that means nothing but itself: no mention, no link, no formatting.

    >>> escape("AT&T <!channel>")
    'AT&amp;T &lt;!channel&gt;'
    """
    safe = clean(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _FORMATTING.sub(rf"{_JOINER}\1{_JOINER}", safe)


def cut(text: str, most: int) -> str:
    """``text`` in at most ``most`` characters, cut after a sentence, else after a word, and marked with "…".

    >>> cut("One fine sentence. Another one.", 25)
    'One fine sentence. …'
    """
    if len(text) <= most:
        return text
    room = text[: most - 2]
    ends = [match.end() for match in SENTENCE_END.finditer(room + " ") if match.end() > most // 2]
    if ends:
        return room[: ends[-1]].rstrip() + " …"
    words = text[:most].rpartition(" ")[0]
    return (words if len(words) > most // 2 else room).rstrip() + "…"


def plain(text: str, most: int = 3000) -> Block:
    """A plain_text object."""
    return {"type": "plain_text", "text": cut(clean(text), most) or "—", "emoji": False}


def header(text: str) -> Block:
    """A headline."""
    return {"type": "header", "text": plain(text, 150)}


def section(text: Block, accessory: Block | None = None) -> Block:
    """A line of text, with a button beside it when there is one."""
    return {"type": "section", "text": text} | ({"accessory": accessory} if accessory else {})


def linked(url: str | None, label: str, rest: str) -> Block:
    """The text ``label`` + ``rest``, the label leading to ``url`` when that is a web address."""
    address = (web(url) or "").replace("&", "&amp;")
    if not 0 < len(address) <= _ADDRESS:
        return plain(label + rest)
    return {
        "type": "mrkdwn",
        "text": f"<{address}|{escape(cut(label, 200))}>{escape(cut(rest, 150))}",
        "verbatim": True,
    }


def web(url: str | None) -> str | None:
    """``url`` fit to be linked to, or ``None`` when it is no plain http(s) address."""
    if not url or len(url) > 2000:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.username:
        return None
    return percent(clean(url), safe="/:?#[]@!$&'()*+,;=%~.-_")


def context(*texts: str) -> Block:
    """Small print."""
    return {"type": "context", "elements": [plain(text, 2000) for text in texts]}


def actions(*buttons: Block) -> Block:
    """A row of buttons."""
    return {"type": "actions", "elements": list(buttons)}


def rows(*each: Sequence[Block]) -> list[Block]:
    """A row for each list of buttons that has any."""
    return [actions(*buttons) for buttons in each if buttons]


def button(label: str, action: str, value: str, style: str | None = None) -> Block:
    """A button; ``value`` comes back with the press, uncut."""
    made = {"type": "button", "text": plain(label, 75), "action_id": action, "value": value}
    return made | ({"style": style} if style else {})


def verdict(action: str, value: str, remove: Block | None) -> Block:
    """👍 and 👎, whose values are ``value`` after a "+" or a "-", and perhaps a button that removes the message."""
    sides = {
        f"{name}_button": {"text": plain(label, 75), "value": f"{sign}{value}", "accessibility_label": label}
        for name, label, sign in (("positive", "This helped", "+"), ("negative", "This did not help", "-"))
    }
    rated = {"type": "feedback_buttons", "action_id": action, **sides}
    return {"type": "context_actions", "elements": [rated, *([remove] if remove else [])]}


def trash(action: str, value: str, user: str) -> Block:
    """A waste bin that one person sees."""
    shown = {"type": "icon_button", "icon": "trash", "text": plain("Remove", 75), "action_id": action, "value": value}
    return {**shown, "visible_to_user_ids": [user]}


def run(text: str, bold: bool = False, italic: bool = False) -> Block:
    """A stretch of rich text."""
    style = {name: True for name, on in (("bold", bold), ("italic", italic)) if on}
    return {"type": "text", "text": clean(text)} | ({"style": style} if style else {})


def leading(url: str | None, text: str) -> Block:
    """A stretch of rich text that leads to ``url`` when that is a web address."""
    address = web(url)
    return {"type": "link", "url": address, "text": clean(text)} if address and clean(text) else run(text)


def person(user: str) -> Block:
    """A person's name in rich text; it does mention them."""
    return {"type": "user", "user_id": user}


def paragraph(*runs: Block) -> Block:
    """A paragraph of rich text."""
    return {"type": "rich_text_section", "elements": _said(runs)}


def quotation(*runs: Block) -> Block:
    """An indented quotation in rich text."""
    return {"type": "rich_text_quote", "elements": _said(runs)}


def bullets(lines: Iterable[Sequence[Block]]) -> Block:
    """A bulleted list in rich text, one line of runs each."""
    return {"type": "rich_text_list", "style": "bullet", "elements": [paragraph(*line) for line in lines]}


def rich(*groups: Block) -> Block:
    """A block of rich text."""
    return {"type": "rich_text", "elements": list(groups)}


def select(action: str, prompt: str, options: Iterable[tuple[str, str]]) -> Block:
    """A menu of (label, value); a value has at most 150 characters and comes back when its label is picked."""
    picks = [{"text": plain(label, 75), "value": value} for label, value in options]
    return {"type": "static_select", "action_id": action, "placeholder": plain(prompt, 150), "options": picks}


def data_table(caption: str, rows: Sequence[Sequence[str]], most: int) -> Block:
    """A table to be read aloud and sorted, all of it on one page; the first row is its head.

    ``most`` is how many characters of a cell are shown.
    """
    cells = [[{"type": "raw_text", "text": cut(clean(cell), most) or "—"} for cell in row] for row in rows]
    page = max(1, len(rows) - 1)
    return {"type": "data_table", "caption": cut(clean(caption), 255), "rows": cells, "page_size": page}


def bar_chart(title: str, bars: Sequence[tuple[str, float]], name: str, x_label: str, y_label: str) -> Block:
    """A chart of one series; the labels of the bars differ and have 20 characters at most."""
    series = {"name": cut(clean(name), 20), "data": [{"label": label, "value": value} for label, value in bars]}
    axes = {"categories": [label for label, _ in bars], "x_label": cut(x_label, 50), "y_label": cut(y_label, 50)}
    chart = {"type": "bar", "series": [series], "axis_config": axes}
    return {"type": "data_visualization", "title": cut(clean(title), 50), "chart": chart}


def _said(runs: Iterable[Block]) -> list[Block]:
    """Slack refuses runs without text."""
    return [each for each in runs if each.get("text") != ""]
