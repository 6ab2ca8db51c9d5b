"""The grammar of limits: what may be said about a value in a payload, and the search for values that break it.

A rule's path names fields below the object it is about: ``!`` after a field demands it, ``[]`` walks a list, so
``"options[].text!.text!"`` is the text of every option. Lengths are characters as sent: an escaped ``&amp;`` is five.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

Judge = Callable[[object], str | None]

_MISSING: Final = object()


@dataclass(frozen=True, slots=True)
class Problem:
    """Why Slack would refuse a payload: where (``"blocks[2].text.text"``) and what."""

    path: str
    message: str


@dataclass(frozen=True, slots=True)
class Rule:
    """What must hold for the values at a path; the judge returns a complaint, or ``None``."""

    path: str
    judge: Judge


def text(path: str, most: int, least: int = 1) -> Rule:
    """A string of ``least`` to ``most`` characters."""

    def judge(value: object) -> str | None:
        if not isinstance(value, str):
            return "is not text"
        return span(len(value), least, most, "characters")

    return Rule(path, judge)


def items(path: str, most: int, least: int = 1) -> Rule:
    """A list of ``least`` to ``most`` items."""

    def judge(value: object) -> str | None:
        if not isinstance(value, Sequence) or isinstance(value, str):
            return "is not a list"
        return span(len(value), least, most, "items")

    return Rule(path, judge)


def number(path: str, least: float, most: float) -> Rule:
    """A number from ``least`` to ``most``; booleans are no numbers."""

    def judge(value: object) -> str | None:
        if isinstance(value, bool) or not isinstance(value, int | float):
            return "is not a number"
        return None if least <= value <= most else f"is {value}, allowed is {least} to {most}"

    return Rule(path, judge)


def url(path: str, most: int = 3000) -> Rule:
    """An address a person may open: http, https or mailto."""

    def judge(value: object) -> str | None:
        if not isinstance(value, str) or not value.startswith(("https://", "http://", "mailto:")):
            return "is not a web address"
        return span(len(value), 1, most, "characters")

    return Rule(path, judge)


def kind(path: str, *types: str) -> Rule:
    """An object whose ``type`` is one of these."""

    def judge(value: object) -> str | None:
        found = value.get("type") if isinstance(value, Mapping) else None
        return None if found in types else f"has type {found!r}, allowed here: {', '.join(types)}"

    return Rule(path, judge)


def choice(path: str, *values: str) -> Rule:
    """One of these words."""
    return Rule(path, lambda value: None if value in values else f"is {value!r}, allowed: {', '.join(values)}")


def any_of(*fields: str) -> Rule:
    """An object that has at least one of these fields, not empty."""
    complaint = f"has none of {', '.join(fields)}"
    return Rule("", lambda value: None if any(field_of(value, field) for field in fields) else complaint)


def not_with(field: str, *others: str) -> Rule:
    """An object where ``field`` excludes the others."""

    def judge(value: object) -> str | None:
        clash = [other for other in others if field_of(value, field) and field_of(value, other)]
        return f"has both {field} and {clash[0]}" if clash else None

    return Rule("", judge)


def span(size: int, least: int, most: int, what: str) -> str | None:
    """A complaint about a size outside its bounds, or ``None``."""
    if size > most:
        return f"has {size} {what}, at most {most} are allowed"
    if size < least:
        return f"has {size} {what}, at least {least} are needed"
    return None


def field_of(value: object, name: str) -> object:
    """A field of what may be an object."""
    return value.get(name) if isinstance(value, Mapping) else None


def join(path: str, field: str) -> str:
    """A path and a field below it."""
    return f"{path}.{field}" if path and field else path or field


def judged(rules: Sequence[Rule], node: Mapping[str, object], where: str) -> Iterator[Problem]:
    """What the rules find wrong with an object that stands at ``where``."""
    for rule in rules:
        for path, value in _values(node, [part for part in rule.path.split(".") if part], where):
            complaint = "is missing" if value is _MISSING else rule.judge(value)
            if complaint:
                yield Problem(path, complaint)


def _values(node: object, parts: Sequence[str], where: str) -> Iterator[tuple[str, object]]:
    """The values a rule's path reaches; ``_MISSING`` where a demanded field is absent."""
    if not parts:
        yield where, node
        return
    name, _, walks = parts[0].partition("[")
    field, path = name.rstrip("!"), join(where, name.rstrip("!"))
    value = node.get(field) if isinstance(node, Mapping) else None
    if value is None:
        if name.endswith("!"):
            yield path, _MISSING
        return
    for place, item in walk(value, walks.count("]"), path):
        yield from _values(item, parts[1:], place)


def walk(value: object, depth: int, path: str) -> Iterator[tuple[str, object]]:
    """The items ``depth`` lists down, each with its path."""
    if not depth:
        yield path, value
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for index, item in enumerate(value):
            yield from walk(item, depth - 1, f"{path}[{index}]")
