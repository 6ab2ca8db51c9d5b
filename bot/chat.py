"""What people say to the program itself where they could ask the documents, on a terminal as in Slack."""

from collections.abc import Mapping
from typing import Final

from handlers import grammar
from handlers.conversation import follow_up
from handlers.views import notices

_EXPLAINED: Final = (
    "I answer from your documents, word for word, and say so when they do not know. "
    'Ask in your own words: alibaba-bot ask "what is …?"; alibaba-bot --help lists what else there is.'
)
_ALONE: Final = "On a terminal every question stands alone. Ask it whole, naming what it is about."
_IN_SLACK: Final = "That is for Slack. On a terminal, alibaba-bot --help lists what there is."
#: what is said to somebody who asks nothing
_SAID: Final[Mapping[grammar.Verb, str]] = {
    "hello": f"Hello! {_EXPLAINED}",
    "about": _EXPLAINED,
    "help": _EXPLAINED,
    "thanks": notices.THANKS,
    "okay": notices.OKAY,
    "bye": notices.BYE,
    "unclear": _ALONE,
    "follow": _IN_SLACK,
    "unfollow": _IN_SLACK,
    "forget": _IN_SLACK,
}
#: an order that is a command of its own
_COMMANDS: Final[Mapping[grammar.Verb, str]] = {
    "figures": "figures",
    "summary": "summarize",
    "sources": "sources",
    "add": "index",
    "status": "doctor",
    "digest": "digest",
}


def reply(words: str) -> str | None:
    """What to say to words that ask nothing of the documents; ``None`` for a question.

    >>> reply("thanks!"), reply("figures on cloud"), reply("what is ModelScope?")
    ('You are welcome.', 'That is a command of its own: alibaba-bot figures cloud', None)
    """
    if not any(map(str.isalnum, words)):
        return None
    request = follow_up(None, words) or grammar.parse(words)
    if request.verb in _COMMANDS:
        about = "" if request.verb == "digest" else request.about
        return f"That is a command of its own: alibaba-bot {_COMMANDS[request.verb]} {about}".rstrip()
    return _SAID.get(request.verb)
