"""Turns of phrase that several views share."""

from typing import Final

from content.documents import Searched, Source, Understanding
from handlers.views.blocks import Block, Message, clean, cut, escape, paragraph, rich, run

#: characters of a title where there is little room
SHORT: Final = 50
#: how many of those that have a copy are named
_COPIES: Final = 3


def counted(number: int, noun: str) -> str:
    """A number and its noun.

    >>> counted(1, "document"), counted(4, "document")
    ('1 document', '4 documents')
    """
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def understood(understanding: Understanding) -> Block | None:
    """How misspelled words were read; ``None`` when none was."""
    if not understanding.corrections:
        return None
    read = ", ".join(_short(each.read) for each in understanding.corrections)
    written = ", ".join(f"“{_short(each.written)}”" for each in understanding.corrections)
    return paragraph(run("Showing results for "), run(read, bold=True), run(f" (you wrote {written})"))


def understood_verb(verb: str, misspelled: str) -> Block:
    """How a misspelled verb was read."""
    return paragraph(run("Showing "), run(verb, bold=True), run(f" (you wrote “{_short(misspelled)}”)"))


def searched_through(searched: Searched) -> str:
    """What was searched, for the foot of an answer."""
    newest = f" · newest {searched.newest}" if searched.newest else ""
    return f"{counted(searched.documents, 'document')} searched{newest}"


def named(title: str | None, document: str) -> str:
    """What to call a document, on one line."""
    return _short(title or document, 200)


def short(title: str | None, document: str) -> str:
    """What to call a document where there is little room."""
    return _short(title or document, SHORT)


def first_words(words: str, most: int = 150) -> str:
    """How something long began, on one line."""
    return _short(words, most)


def listed(words: list[str], last: str = "and") -> str:
    """Words as a person lists them.

    >>> listed(["a", "b", "c"])
    'a, b and c'
    """
    return f" {last} ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def way_on() -> tuple[Block, ...]:
    """What to do when a topic has nothing, as runs."""
    return (
        run("sources", bold=True),
        run(" lists the documents, "),
        run("figures", bold=True),
        run(" shows all figures."),
    )


def line(*runs: Block) -> Message:
    """A message of one line."""
    return Message(escape("".join(each["text"] for each in runs)), (rich(paragraph(*runs)),))


def where(source: Source) -> str:
    """A source's place, after its title."""
    return f" · paragraph {source.paragraph}"


def also_in(source: Source) -> str:
    """Who else has the same passage, behind a source's place."""
    names = [short(copy.publisher or copy.title, copy.document) for copy in source.also_in[:_COPIES]]
    more = len(source.also_in) - len(names)
    return f" · also in {listed([*names, *([f'{more} more'] if more else [])])}" if names else ""


def _short(text: str, most: int = 80) -> str:
    return cut(" ".join(clean(text).split()), most)
