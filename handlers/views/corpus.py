"""What became of a document that somebody in Slack wanted to have."""

from content.documents import SourceDocument
from content.library import Indexed
from handlers.views import notices
from handlers.views.blocks import Message, escape, linked, paragraph, rich, run, section
from handlers.views.wording import counted, first_words, named


def fetching(address: str) -> Message:
    """Somebody has to wait."""
    return notices.notice(f"Fetching {first_words(address)} … this may take a minute.")


def added(result: Indexed, document: SourceDocument | None) -> Message:
    """A document with what is in it, or why there is none."""
    if result.error or document is None:
        reason = result.error or "it was taken away again"
        return notices.notice(f"I could not add {first_words(result.name)}: {reason}.")
    title = named(document.title, document.document)
    did = {"added": "Added", "changed": "Brought up to date", "unchanged": "I know this one already"}
    parts = (document.publisher, document.published, counted(document.passages, "passage"))
    rest = "".join(f" · {part}" for part in (*parts, counted(document.figures, "figure"), *document.labels) if part)
    opening = did[result.outcome or "unchanged"]
    shown = (rich(paragraph(run(opening))), section(linked(document.url, title, rest)))
    return Message(escape(f"{opening}: {title}"), shown)
