"""What is said about digests: when they come, why they did not, and what was understood."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from handlers.timetable import Ended, Outcome, Schedule, Subscription
from handlers.views.blocks import Block, Message, context, escape, paragraph, person, rich, run
from handlers.views.notices import notice
from handlers.views.wording import first_words, listed

_DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_SETS: Final[Mapping[tuple[int, ...], str]] = {
    tuple(range(7)): "every day",
    tuple(range(5)): "every weekday",
    (5, 6): "on weekends",
}
_REFUSALS: Final[Mapping[str, str]] = {
    "is_archived": "the channel is archived",
    "channel_not_found": "I cannot see the channel",
    "not_in_channel": "I am no member of the channel",
    "account_inactive": "my account was deactivated",
    "token_revoked": "my access was revoked",
    "invalid_auth": "my access was revoked",
    "missing_scope": "I lack a permission",
    "restricted_action": "only some may post in the channel",
    "restricted_action_read_only_channel": "only some may post in the channel",
    "restricted_action_thread_only_channel": "only threads may be posted to in the channel",
}
_ENDED: Final[Mapping[Outcome | None, str]] = {
    "posted": "posted",
    "nothing": "nothing was new, so nothing was posted",
    "late": "left out, as I was away for twelve hours; the next one makes up for it",
    "refused": "refused by Slack",
    "failed": "given up after twelve hours; the next one makes up for it",
    "unsure": "I was interrupted and cannot see whether it arrived; the next one tells it again",
    "off": "turned off before it was posted",
    None: "it did not work yet, and I keep trying",
}
COMING: Final = "It is on its way."
PREVIEW: Final = "A preview for you alone: nothing was posted."
NO_PLACE: Final = "Say that in the channel that shall have the digest, or to me directly."
NO_DIGESTS: Final = "Digests are not available here."
OFF: Final = "No more digests here."
NONE_HERE: Final = "There was no digest here to turn off."
UNKNOWN_ZONE: Final = "Slack did not tell me your time zone. Name another with: digest daily at 9:00 Europe/London."
INVITE: Final = "I can post only where I am a member: invite me, if I am not one here."
_FIRST: Final = "The first one also tells the newest of what there is already."
_PASSED_OVER: Final = "Where nothing is new, nothing is posted; with “even when quiet” I say so instead."


def confirmed(
    wanted: Subscription, moment: float, before: Subscription | None, notes: Sequence[str] = (), first: bool = False
) -> Message:
    """A digest is set up, and comes next at that moment. ``first``: the channel was told nothing yet."""
    said = f"I post what is new here {spoken(wanted)}; next: {dated(wanted.schedule, moment)}."
    was = () if before is None else (run(" Before, it was "), run(spoken(before)), *_by(before), run("."))
    more = (*notes, *([_FIRST] if first else []), *([] if wanted.quiet else [_PASSED_OVER]))
    return Message(escape(said), (rich(paragraph(run(said), *was)), *([context(*more)] if more else [])))


def status(wanted: Subscription, moment: float, ended: Ended | None) -> Message:
    """When the next one comes, and what became of the last."""
    what = f"I post what is new here {spoken(wanted)}"
    when = f". Next: {dated(wanted.schedule, moment)}."
    if wanted.paused:
        when = f". It is paused, as {because(wanted.paused)}: set it up again when that is mended."
    last = f" Last: {_last(wanted.schedule, ended)}." if ended else ""
    text = f"{what}{when}{last}"
    return Message(escape(text), (rich(paragraph(run(what), *_by(wanted), run(f"{when}{last}"))),))


def without(command: str) -> Message:
    """There is no digest here; how to have one."""
    orders = ("digest weekdays at 8:30", "digest preview", "digest now")
    examples = listed([f"{command} {each}".strip() for each in orders], "or")
    return notice(f"No digest is set up here. Say for example {examples}.")


def line(wanted: Subscription, moment: float) -> tuple[Block, ...]:
    """A digest in a list of them."""
    when = f"paused, as {because(wanted.paused)}" if wanted.paused else f"next: {dated(wanted.schedule, moment)}"
    return (_where(wanted.channel), run(f" {spoken(wanted)} – {when}"))


def paused(channel: str, code: str) -> Message:
    """To whoever wanted a digest: Slack does not take it, and will not until somebody does something."""
    said = "I cannot post the digest in "
    why = f", as {because(code)}. When that is mended, set it up there again, for example: digest weekdays at 8:30."
    return Message(escape(f"I cannot post the digest{why}"), (_paragraph(said, channel, why),))


def given_up(channel: str) -> Message:
    """To whoever wanted a digest: Slack took it at no time in twelve hours."""
    said, why = "Slack did not take the digest for ", " in twelve hours. The next one makes up for it."
    return Message(escape(f"Slack did not take a digest{why}"), (_paragraph(said, channel, why),))


def _where(channel: str) -> Block:
    return run("direct messages") if channel.startswith("D") else {"type": "channel", "channel_id": channel}


def unsure(channel: str) -> Message:
    """To whoever set a digest up: it may have been posted, or not, and the channel cannot be read to know."""
    said, why = "I was interrupted while posting the digest in ", ". If it is not there, say digest now in that place."
    return Message(escape(f"I was interrupted while posting a digest{why}"), (_paragraph(said, channel, why),))


def _paragraph(said: str, channel: str, rest: str) -> Block:
    return rich(paragraph(run(said), _where(channel), run(rest)))


def because(code: str) -> str:
    """Slack's code in words."""
    return _REFUSALS.get(code, f"Slack refuses it ({first_words(code)})")


def spoken(wanted: Subscription) -> str:
    """When a digest comes.

    >>> spoken(Subscription("C1", "U1", Schedule((0, 3), 510, "Europe/London"), False, 0.0, 0))
    'every Monday and Thursday at 8:30, Europe/London'
    """
    schedule = wanted.schedule
    days = _SETS.get(schedule.days) or f"every {listed([_DAYS[each] for each in schedule.days])}"
    quiet = ", also when nothing is new" if wanted.quiet else ""
    return f"{days} at {clock_time(schedule.minute)}, {schedule.zone}{quiet}"


def clock_time(minute: int) -> str:
    """A minute of the day.

    >>> clock_time(545)
    '9:05'
    """
    return f"{minute // 60}:{minute % 60:02}"


def dated(schedule: Schedule, moment: float) -> str:
    """A moment's day and time in the zone of a schedule; the time only where it is not the usual one.

    >>> dated(Schedule((0,), 540, "Europe/London"), 1_795_424_400)
    'Monday 23 November'
    """
    local = datetime.fromtimestamp(moment, ZoneInfo(schedule.zone))
    minute = local.hour * 60 + local.minute
    usual = "" if minute == schedule.minute else f" at {clock_time(minute)}"
    return _day(local.date()) + usual


def since(wanted: Subscription | None, heard: float | None) -> str:
    """Since when a digest tells what is new, as far as a zone says which day that was."""
    return dated(wanted.schedule, heard) if wanted and heard else ""


def _day(day: date) -> str:
    return f"{_DAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]}"


def _last(schedule: Schedule, ended: Ended) -> str:
    why = because(ended.reason or "") if ended.outcome == "refused" else first_words(ended.reason or "")
    return f"{dated(schedule, ended.due)} – {_ENDED[ended.outcome]}{f' ({why})' if why else ''}"


def _by(wanted: Subscription) -> tuple[Block, ...]:
    return (run(", set up by "), person(wanted.user))
