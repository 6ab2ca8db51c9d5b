"""The words after "digest": which days, what time, and what else may be wanted of it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from rapidfuzz.distance import OSA

from handlers.timetable import zone_named

Act = Literal["set", "now", "preview", "off", "status"]
_NAMES: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
#: a digest without a time of day comes then
_MORNING: Final = 9 * 60


@dataclass(frozen=True, slots=True)
class Order:
    """What somebody wants of the digest."""

    act: Act
    #: 0 is Monday; of "set" at least one
    days: tuple[int, ...] = ()
    #: of the local day
    minute: int = _MORNING
    #: a zone of the IANA's; ``None`` where none was named
    zone: str | None = None
    #: it shall come even when nothing is new
    quiet: bool = False
    #: misspelled words: as written, as read
    corrections: tuple[tuple[str, str], ...] = ()
    #: why it cannot be done, in words
    problem: str | None = None


#: how people write the words of the patterns below
_SPELLINGS: Final[Mapping[str, str]] = {
    "everyday": "daily",
    "each": "every",
    "weekday": "weekdays",
    "workday": "weekdays",
    "workdays": "weekdays",
    "weekend": "weekends",
    "stop": "off",
    "cancel": "off",
    "end": "off",
    "next": "status",
    "mornings": "morning",
    "through": "to",
    "till": "to",
    "until": "to",
    "a.m": "am",
    "p.m": "pm",
    "&": "and",
    ",": "and",
    **{name + end: name for name in _NAMES for end in ("", "s")},
    **{name[:3]: name for name in _NAMES},
    **{"tues": "tuesday", "thur": "thursday", "thurs": "thursday"},
}
#: words that are recognised when they are misspelled
_SLIPS: Final = (
    *("daily", "weekdays", "weekday", "weekends", "weekly", "every", "preview", "status", "cancel", "channel"),
    *("quiet", "nothing", "always", "morning", "evening", "midnight"),
    *_NAMES,
)
_DAY: Final = f"(?:{'|'.join(_NAMES)})"
#: the parts of an order, in any order, each once
_PARTS: Final[Mapping[str, re.Pattern[str]]] = {
    name: re.compile(rf"(?:{pattern})(?:\s+|$)")
    for name, pattern in {
        "act": r"(?P<now>now)|(?P<preview>preview)|(?:turn )?(?P<off>off)|(?P<status>status|when(?: is it)?)",
        "place": r"(?:in |to |for )?(?:here|me|this channel)",
        "days": rf"daily|every day|(?:on |every )?(?:weekdays|weekends)(?:(?: and)+ {_DAY})*(?: mornings?)?"
        rf"|(?:every week on |weekly on |weekly |every |on )?{_DAY}(?: to {_DAY}|(?:(?: and)+ {_DAY}| {_DAY})*)"
        r"(?: mornings?)?"
        r"|weekly|every week|(?:every |in the )?mornings?",
        "time": r"(?:at |@ ?)?(?:(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d{2}))? ?(?P<half>am|pm)?"
        r"(?: o.clock)?(?: in the (?P<part>morning|afternoon|evening))?|(?P<noon>noon)|(?P<midnight>midnight))",
        "zone": r"(?:in )?(?P<zone>[a-z_+-]+/[a-z0-9_+/-]+|utc|gmt)(?: time)?",
        "quiet": r"always|(?:even )?(?:when|if) (?:it(?:.s| is) |nothing(?:.s| is)? )?(?:quiet|empty|new)",
    }.items()
}
#: "mon-fri"
_SPAN: Final = re.compile(r"\b({0})\s?[-–]\s?({0})".format(f"(?:{'|'.join(name[:3] for name in _NAMES)})[a-z]*"))
#: what is meant as an order all the same: "every other day", "every blursday", "since 2026-01-01"
_UNREAD: Final = re.compile(r"every\b.*\b(?:days?|weeks?|months?|hours?|minutes?)\b.*|every \S+|since\b.*")
_HOW: Final = "Write for example: digest weekdays at 8:30"
_SINCE: Final = "A digest tells what is new since the last one here. Write: digest now"


def read(words: str) -> Order | None:
    """The order that ``words`` are; ``None`` when they are something else, say the beginning of a question.

    >>> read("weekdays at 8:30am").minute
    510
    >>> read("dialy at 9").corrections
    (('dialy', 'daily'),)
    """
    spread = _SPAN.sub(r"\1 to \2", words.casefold())
    typed = [word.rstrip(".!?;:") or word for word in re.findall(r"[^\s,]+|,", spread)]
    meant = [_meant(word) for word in typed]
    text = " ".join(_SPELLINGS.get(word, word) for word in meant)
    corrections = tuple((written, read) for written, read in zip(typed, meant, strict=True) if written != read)
    parts, rest = _taken(text)
    if not parts.keys() - {"place"} and _UNREAD.fullmatch(rest):
        problem = _SINCE if rest.startswith("since") else f"I do not understand “{rest}”. {_HOW}"
        return Order("set", corrections=corrections, problem=problem)
    if rest and not ("days" in parts and ("time" in parts or re.match(r"at |@|\d", rest))):
        return None
    act = parts.get("act")
    if act or not parts.keys() & {"days", "time"}:
        return _other(parts, corrections) if not parts.keys() - {"act", "place"} else None
    return _set(parts, rest, corrections)


def _other(parts: Mapping[str, re.Match[str]], corrections: tuple[tuple[str, str], ...]) -> Order:
    acts: tuple[Act, ...] = ("now", "preview", "off")
    asked = parts.get("act")
    act: Act = next((name for name in acts if asked and asked[name]), "status")
    return Order(act, corrections=corrections)


def _set(parts: Mapping[str, re.Match[str]], rest: str, corrections: tuple[tuple[str, str], ...]) -> Order | None:
    """An order with days or a time; a bare number is neither."""
    days, clock = parts.get("days"), parts.get("time")
    if clock and not days and clock[0].strip().isdecimal():
        return None
    minute = _minute(clock) if clock else _MORNING
    zone, known = parts.get("zone"), None
    problem = f"I do not understand “{rest}”. {_HOW}" if rest else None
    if minute is None and clock:
        problem = f"“{clock[0].strip()}” is no time of day. {_HOW}"
    if zone:
        known = zone_named(zone["zone"])
        problem = problem if known else f"I know no time zone called “{zone['zone']}”. Name one such as Europe/London"
    quiet = "quiet" in parts
    return Order("set", _weekdays(days[0] if days else "daily"), minute or 0, known, quiet, corrections, problem)


def _taken(text: str) -> tuple[dict[str, re.Match[str]], str]:
    """The parts a text begins with, and what is left of it."""
    taken: dict[str, re.Match[str]] = {}
    while text:
        found = ((name, match) for name, part in _PARTS.items() if name not in taken and (match := part.match(text)))
        name, match = next(found, ("", None))
        if match is None:
            break
        taken[name], text = match, text[match.end() :]
    return taken, text


def _weekdays(words: str) -> tuple[int, ...]:
    """The days named, in their order; "friday to monday" goes over the weekend.

    >>> _weekdays("weekdays and saturday"), _weekdays("friday to monday")
    ((0, 1, 2, 3, 4, 5), (0, 4, 5, 6))
    """
    first, _, last = words.partition(" to ")
    named = {number for number, name in enumerate(_NAMES) if name in words}
    if last:
        begin, end = (next(n for n, name in enumerate(_NAMES) if name in part) for part in (first, last))
        named = {(begin + more) % 7 for more in range((end - begin) % 7 + 1)}
    named |= set(range(5)) if "weekdays" in words else {5, 6} if "weekends" in words else set()
    return tuple(sorted(named)) or ((0,) if "week" in words else tuple(range(7)))


def _minute(clock: re.Match[str]) -> int | None:
    """The minute of the day; ``None`` where no day has it."""
    if not clock["hour"]:
        return 12 * 60 if clock["noon"] else 0
    hour, minute = int(clock["hour"]), int(clock["minute"] or 0)
    half = clock["half"] or {"morning": "am", "afternoon": "pm", "evening": "pm"}.get(clock["part"] or "")
    if half and not 1 <= hour <= 12:
        return None
    hour = hour % 12 + (12 if half == "pm" else 0) if half else hour
    return hour * 60 + minute if hour < 24 and minute < 60 else None


def _meant(word: str) -> str:
    """The word of an order that ``word`` is a slip of, else itself."""
    if word in _SPELLINGS or word in _SLIPS or len(word) < 4 or not word.isalpha():
        return word
    near = sorted((OSA.distance(word, known), known) for known in _SLIPS if known[0] == word[0])
    return near[0][1] if near and near[0][0] <= (1 if len(word) < 7 else 2) else word
