"""The words after ``digest --since``: a date as ISO 8601, or what people call a day of late."""

import re
from datetime import date, timedelta
from typing import Final

_DAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_NAMED: Final = {"today": 0, "yesterday": 1, "last week": 7}
_AGO: Final = re.compile(r"(?P<count>\d{1,4}|an?|one|two|three) (?P<unit>day|week)s? ago")
_SPELLED: Final = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3}
_WEEKDAY: Final = re.compile(rf"(?:last |on )?(?P<day>{'|'.join(_DAYS)})")


def read(words: str, today: date) -> str:
    """The day that words name as ISO 8601, a weekday being the last one before today; other words as they are.

    >>> read("2 weeks ago", date(2026, 3, 20)), read("last monday", date(2026, 3, 16)), read("2026-03", date.max)
    ('2026-03-06', '2026-03-09', '2026-03')
    """
    days = _days(" ".join(words.casefold().split()), today.weekday())
    return words if days is None else str(today - timedelta(days=days))


def _days(words: str, today: int) -> int | None:
    """How many days ago that was; ``None`` where the words are no such day."""
    if ago := _AGO.fullmatch(words):
        count = _SPELLED.get(ago["count"]) or int(ago["count"])
        return count * (7 if ago["unit"] == "week" else 1)
    if weekday := _WEEKDAY.fullmatch(words):
        return (today - _DAYS.index(weekday["day"]) - 1) % 7 + 1
    return _NAMED.get(words)
