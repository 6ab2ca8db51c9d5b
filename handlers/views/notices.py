"""Short messages when something did not work, each with what to do next."""

from collections.abc import Mapping
from typing import Final

from handlers.views.blocks import Message, escape, paragraph, quotation, rich, run
from handlers.views.wording import first_words

INTERRUPTED: Final = "I was interrupted while answering. If you see no answer, please ask again."
TOO_LATE: Final = "That took too long. If nothing opened, please press the button again."
GONE: Final = "That passage is no longer in the documents. Ask again to see what they say now."
NOT_SHARED: Final = "The documents no longer answer this, so nothing was shared."
SHARED: Final = "Shared to the channel."
WORKING: Final = "is searching the documents…"
NO_MORE: Final = "That is all I found on this."
NO_MORE_SAID: Final = (
    "That is all I found on this in the documents. To go on, press Read in context under a quotation, "
    "or ask about something it names."
)
NO_MORE_FIGURES: Final = (
    "Those are all the figures I found on this. To go on, pick one below its table to read its sentence, "
    "or ask for the figures of something else."
)
NOTED: Final = "Thank you, that is noted."
NOT_YOURS: Final = "Only the person who asked can remove this."
NOT_REMOVED: Final = "Slack did not let me remove this. Please try again in a minute."
NOT_YOU: Final = "Only the people named in ALIBABA_ADMINS can do that. Ask one of them, or whoever runs me."
ADD_WHAT: Final = "Add what? Give me the address of a page or a PDF: add https://…"
FOLLOW_WHICH_FEED: Final = (
    "Follow what? Give me the address of a feed or of a page that has one: follow https://… only: chips"
)
UNFOLLOW_WHICH_FEED: Final = "Unfollow what? Give me the address or the name of a feed; sources lists them."
THANKS: Final = "You are welcome."
OKAY: Final = "All right. Ask whenever you like."
BYE: Final = "Goodbye. I am here when you need me."
#: what comes before the help when somebody speaks to the bot
GREETINGS: Final[Mapping[str, str]] = {
    "hello": "Hello!",
    "about": "Happy to explain.",
    "help": "",
}

#: characters of a question given back
_LONG: Final = 300

#: Slack's codes that people can do something about
_REFUSALS: Final[Mapping[str, str]] = {
    "not_in_channel": "I am not a member of that channel. Invite me there, then ask again.",
    "channel_not_found": "I cannot see that channel. Invite me there, then ask again.",
    "is_archived": "That channel is archived, so I cannot answer there.",
    "restricted_action": "This workspace does not let me post there. You can ask me in a direct message.",
    "restricted_action_read_only_channel": "That channel is read-only. You can ask me in a direct message.",
    "restricted_action_thread_locked": "That thread is locked. You can ask me in a direct message.",
    "missing_scope": "I lack a permission to post there. The workspace's administrator can reinstall me to grant it.",
    "thread_not_found": "The message you asked in is gone. Please ask again.",
    "ratelimited": "Slack is letting me post only slowly just now. Please ask again in a minute.",
}


def notice(text: str) -> Message:
    """A line of the bot's own words, or of an error that is fit for people."""
    return Message(escape(text), (rich(paragraph(run(text))),))


def nobody_adds(user: str) -> str:
    """Why nobody can, and what can be done about it for ``user``."""
    return (
        "Nobody can add documents from Slack here or follow feeds, as ALIBABA_ADMINS names nobody. Whoever runs me "
        f"can put your Slack id there, {user}, and start me anew; alibaba-bot index adds pages and files without that."
    )


def unusable(problem: str, words: str) -> Message:
    """A question that cannot be read; of a long one the beginning is given back, as Slack does not keep commands."""
    if len(words) <= _LONG:
        return notice(problem)
    began = f"It began: “{first_words(words, _LONG)}”"
    return Message(escape(f"{problem} {began}"), (rich(paragraph(run(problem)), quotation(run(began))),))


def sorry(reference: str) -> Message:
    """Something broke; the reference leads to it in the log."""
    return notice(
        f"Something went wrong on my side (reference {reference}). It is in the log under that reference. "
        "Please ask again, or give the reference to whoever looks after me."
    )


def refused(code: str) -> Message:
    """Slack would not take the answer."""
    return notice(
        _REFUSALS.get(code, f"Slack did not let me answer there ({code}). You can ask me in a direct message.")
    )
