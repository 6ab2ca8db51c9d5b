"""Slack's message markup as HTML that is safe by construction: every piece of text passes ``escape`` on its way out.

>>> str(mrkdwn("*bold* <@U1> a &lt; b <script>", {"U1": "@Ana"}))
'<strong>bold</strong> <span class="mention">@Ana</span> a &lt; b &lt;script&gt;'
"""

import re
from collections.abc import Callable, Iterable, Mapping

from markupsafe import Markup, escape

#: ids of people and channels → how they are called ("@Ana Torres", "#general")
Names = Mapping[str, str]

EMOJI: Mapping[str, str] = {
    "+1": "👍",
    "-1": "👎",
    "arrow_right": "➡️",
    "bar_chart": "📊",
    "books": "📚",
    "bulb": "💡",
    "chart_with_upwards_trend": "📈",
    "eyes": "👀",
    "hourglass_flowing_sand": "⏳",
    "information_source": "ℹ️",
    "link": "🔗",
    "lock": "🔒",
    "mag": "🔍",
    "newspaper": "📰",
    "page_facing_up": "📄",
    "point_right": "👉",
    "question": "❓",
    "robot_face": "🤖",
    "smile": "😄",
    "speech_balloon": "💬",
    "tada": "🎉",
    "thinking_face": "🤔",
    "thumbsdown": "👎",
    "thumbsup": "👍",
    "warning": "⚠️",
    "wave": "👋",
    "white_check_mark": "✅",
    "x": "❌",
}
_ENTITIES = {"&amp;": "&", "&lt;": "<", "&gt;": ">"}
_ENTITY = re.compile("|".join(_ENTITIES))
_WEB = re.compile(r"(?:https?://|mailto:)\S+", re.IGNORECASE)
_FENCE = re.compile(r"```\n?(.+?)\n?```", re.DOTALL)
_QUOTED = re.compile(r"^(?:&gt;|>) ?")
#: what stands inside a line, first match wins; a mark counts only at the edge of a word
_INLINE = re.compile(
    r"`(?P<code>[^`\n]+)`"
    r"|<(?P<angle>[^<>\n]+)>"
    r"|(?P<bare>https?://[^\s<>|*_~`]+[^\s<>|*_~`.,;:!?)\]'\"])"
    r"|:(?P<emoji>[a-z0-9_+-]+):"
    r"|(?<![\w*])\*(?P<bold>(?=\S)[^*\n]+(?<=\S))\*(?![\w*])"
    r"|(?<!\w)_(?P<italic>(?=\S)[^_\n]+(?<=\S))_(?!\w)"
    r"|(?<![\w~])~(?P<strike>(?=\S)[^~\n]+(?<=\S))~(?![\w~])"
)


def mrkdwn(text: str, names: Names) -> Markup:
    """A message, with fences, quotes and lines."""
    parts = _FENCE.split(text)
    return Markup("").join(
        Markup("<pre>{}</pre>").format(_unescaped(part)) if index % 2 else _lines(part.strip("\n"), names)
        for index, part in enumerate(parts)
        if part
    )


def plain(text: str) -> Markup:
    """Text without markup: emoji and line ends are all it has."""
    return _joined(_emoji_only(line) for line in text.split("\n"))


def web_address(url: object) -> str:
    """The address if a person may open it, else ``"#"``."""
    return str(url) if isinstance(url, str) and _WEB.fullmatch(url) else "#"


def anchor(url: str, label: str | Markup) -> Markup:
    """A link that opens beside the page; anything but a web address stays text."""
    if web_address(url) == "#":
        return escape(label)
    return Markup('<a href="{}" target="_blank" rel="noopener noreferrer">{}</a>').format(url, label)


def emoji(name: str) -> str:
    """The picture of a shortcode, or the shortcode."""
    return EMOJI.get(name, f":{name}:")


def mention(label: str) -> Markup:
    """Somebody or some place that is addressed."""
    return Markup('<span class="mention">{}</span>').format(label)


def _unescaped(text: str) -> str:
    return _ENTITY.sub(lambda found: _ENTITIES[found[0]], text)


def _joined(lines: Iterable[Markup]) -> Markup:
    return Markup("<br>").join(lines)


def _lines(text: str, names: Names) -> Markup:
    """Lines and quotes; a quote is a run of lines that begin with ``>``."""
    out, lines = Markup(""), text.split("\n")
    while lines:
        quoted = bool(_QUOTED.match(lines[0]))
        run = 0
        while run < len(lines) and bool(_QUOTED.match(lines[run])) == quoted:
            run += 1
        shown = _joined(_line(_QUOTED.sub("", line) if quoted else line, names) for line in lines[:run])
        out += Markup("<blockquote>{}</blockquote>").format(shown) if quoted else shown
        lines = lines[run:]
    return out


def _line(text: str, names: Names) -> Markup:
    out, at = Markup(""), 0
    for found in _INLINE.finditer(text):
        out += escape(_unescaped(text[at : found.start()]))
        kind = str(found.lastgroup)
        out += MARKS[kind](found[kind], names)
        at = found.end()
    return out + escape(_unescaped(text[at:]))


def _emoji_only(text: str) -> Markup:
    return escape(re.sub(r":([a-z0-9_+-]+):", lambda found: emoji(found[1]), text))


def _angle(inner: str, names: Names) -> Markup:
    """``<url|label>``, ``<@U…>``, ``<#C…|name>``, ``<!here>``, ``<!date^…|words>``; anything else stays text."""
    target, _, label = inner.partition("|")
    if target.startswith(("@", "#")):
        return mention(names.get(target[1:]) or target[0] + (_unescaped(label) or target[1:]))
    if target.startswith("!"):
        return mention(_unescaped(label) if label else f"@{target[1:].partition('^')[0]}")
    if web_address(_unescaped(target)) == "#":
        return escape(_unescaped(f"<{inner}>"))
    return anchor(_unescaped(target), _unescaped(label or target))


def _wrapped(tag: str) -> Callable[[str, Names], Markup]:
    opening, closing = Markup(f"<{tag}>"), Markup(f"</{tag}>")
    return lambda inner, names: opening + _line(inner, names) + closing


#: name of a group of ``_INLINE`` → its HTML
MARKS: Mapping[str, Callable[[str, Names], Markup]] = {
    "code": lambda inner, names: Markup("<code>{}</code>").format(_unescaped(inner)),
    "angle": _angle,
    "bare": lambda inner, names: anchor(_unescaped(inner), _unescaped(inner)),
    "emoji": lambda inner, names: escape(emoji(inner)),
    "bold": _wrapped("strong"),
    "italic": _wrapped("em"),
    "strike": _wrapped("s"),
}
