"""Orders about digests, as people give them: what is set up, where, in whose zone, and what is said of it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine

from bot.subscriptions import Subscriptions
from content.digests import Digest
from handlers.payloads import InConversation, Kind, Privately, Question
from handlers.replies import compose
from handlers.reply import Reply
from handlers.services import Digests, Services
from handlers.timetable import Outcome, Run, Schedule, Subscription
from tests.bot.almanac import empty
from tests.handlers.conftest import Notebook

#: Sunday 22 November 2026, 12:00 in London
NOON = 1_795_348_800.0
DAILY = tuple(range(7))


@dataclass
class Desk:
    """What a person finds: the news of some changes, a real book, people with zones."""

    book: Subscriptions
    shelf: Any
    zones: dict[str, str] = field(default_factory=lambda: {"U1": "Europe/London", "U2": "Asia/Shanghai"})
    channels_zone: str | None = None
    changes: int = 120
    now: float = NOON

    def zone(self, user: str) -> str | None:
        return self.zones.get(user)

    def last_change(self) -> int:
        return self.changes

    def before_newest(self, count: int) -> int:
        return max(0, self.changes - count)

    def digest(self, after: int, upto: int | None = None) -> Digest:
        return Digest(after, self.changes, 0, (), ())

    def say(self, words: str, user: str = "U1", kind: Kind = "mention", channel: str = "C1") -> Reply:
        unused: Any = None
        digests = Digests(self, self.book, self, lambda: self.now, self.channels_zone)
        services = Services(self.shelf, self.shelf, unused, unused, unused, Notebook(), "UBOT", "/ask", digests=digests)
        to = Privately("http://slack/1", channel=channel) if kind == "command" else InConversation(channel, None, "1.1")
        return compose(services, Question(kind, words, user, to))


@pytest.fixture
def desk(database: Engine, shelf: Any) -> Iterator[Desk]:
    yield Desk(Subscriptions(database), shelf)
    empty(database)


def _shown(reply: Reply) -> str:
    return json.dumps(reply.message.blocks, ensure_ascii=False)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("digest here daily at 9:00", "every day at 9:00, Europe/London; next: Monday 23 November"),
        ("digest weekdays at 8:30am", "every weekday at 8:30, Europe/London; next: Monday 23 November"),
        ("digest every thursday at 17", "every Thursday at 17:00, Europe/London; next: Thursday 26 November"),
        ("digest daily at 13:00", "every day at 13:00, Europe/London; next: Sunday 22 November"),
        ("digest daily at 9 Asia/Tokyo", "every day at 9:00, Asia/Tokyo; next: Monday 23 November"),
        ("digest on weekends", "on weekends at 9:00, Europe/London; next: Saturday 28 November"),
        ("digest daily even when quiet", "every day at 9:00, Europe/London, also when nothing is new; next: Monday"),
        ("please digest mon and thu", "every Monday and Thursday at 9:00, Europe/London; next: Monday 23 November"),
    ],
)
@pytest.mark.parametrize(("kind", "channel"), [("command", "C1"), ("mention", "C1"), ("direct", "D1")])
def test_a_digest_is_set_up_everywhere(desk: Desk, words: str, said: str, kind: Kind, channel: str) -> None:
    reply = desk.say(words, kind=kind, channel=channel)
    assert f"I post what is new here {said}" in reply.message.text
    assert [one.channel for one in desk.book.every()] == [channel]
    assert ("invite me" in _shown(reply)) is (kind == "command")
    assert ("so instead" in _shown(reply)) is ("quiet" not in words)


def test_a_new_one_looks_back_a_little_and_one_that_is_changed_goes_on(desk: Desk) -> None:
    assert "also tells the newest of what there is" in _shown(desk.say("digest daily at 9"))
    wanted = Subscription("C1", "U1", Schedule(DAILY, 540, "Europe/London"), False, NOON, 70)
    assert desk.book.every() == (wanted,)
    desk.book.drop("C1")
    desk.book.put(replace(wanted, after=100, last=date(2026, 11, 22)))
    desk.book.claim(Run("C1", "2026-11-22", "U1", False, NOON))
    desk.now += 60
    reply = desk.say("digest weekly on friday even when quiet", user="U2")
    schedule = Schedule((4,), 540, "Asia/Shanghai")
    assert desk.book.every() == (Subscription("C1", "U2", schedule, True, NOON + 60, 100, date(2026, 11, 22)),)
    assert '" Before, it was "}, {"type": "text", "text": "every day at 9:00, Europe/London"}' in _shown(reply)
    assert '"user_id": "U1"' in _shown(reply)
    assert "the newest of what there is" not in _shown(reply)


def test_a_date_that_had_its_digest_has_no_other(desk: Desk) -> None:
    desk.say("digest daily at 9")
    desk.book.claim(Run("C1", "2026-11-22", "U1", False, NOON - 3 * 3600))
    assert "next: Monday 23 November" in desk.say("digest daily at 13:00").message.text
    desk.say("digest off")
    assert "next: Monday 23 November" in desk.say("digest daily at 13:00").message.text


@pytest.mark.parametrize(
    ("channel", "user", "team", "zone", "excused"),
    [
        ("C1", "U1", None, "Europe/London", False),
        ("C1", "U1", "Australia/Sydney", "Australia/Sydney", False),
        ("D1", "U2", "Australia/Sydney", "Asia/Shanghai", False),
        ("D1", "U9", "Australia/Sydney", "Australia/Sydney", True),
        ("C1", "U9", None, "UTC", True),
        ("C1", "U3", None, "UTC", True),
    ],
)
def test_whose_zone_it_is(desk: Desk, channel: str, user: str, team: str | None, zone: str, excused: bool) -> None:
    """The channel's where there is one, else the person's; Slack may not say, or say what nobody knows."""
    desk.channels_zone, desk.zones = team, {**desk.zones, "U3": "Mars/Base"}
    reply = desk.say("digest daily at 9", user=user, channel=channel)
    assert f"at 9:00, {zone}; next" in reply.message.text
    assert ("Slack did not tell me your time zone" in _shown(reply)) is excused


def test_misspelled_orders_are_understood_and_that_is_said(desk: Desk) -> None:
    reply = desk.say("digset wekdays at 9")
    assert "every weekday at 9:00" in reply.message.text
    assert "weekdays (you wrote “wekdays”)" in _shown(reply)
    assert "(you wrote “digset”)" in _shown(reply)


@pytest.mark.parametrize("words", ["digest daily at 25:00", "digest weekdays at lunch", "digest daily at 9 mars/base"])
def test_what_cannot_be_done_is_said_and_not_done(desk: Desk, words: str) -> None:
    assert desk.say(words).message.text.startswith(("“at 25:00” is no", "I do not understand", "I know no time zone"))
    assert desk.book.every() == ()


def test_off(desk: Desk) -> None:
    assert desk.say("digest off").message.text == "There was no digest here to turn off."
    desk.say("digest daily")
    assert desk.say("digest stop").message.text == "No more digests here."
    assert desk.book.every() == ()


@pytest.mark.parametrize("kind", ["mention", "command"])
def test_a_channel_without_one_is_told_how_to_have_one(desk: Desk, kind: Kind) -> None:
    text = desk.say("digest", kind=kind).message.text
    assert text.startswith("No digest is set up here. Say for example ")
    assert ("/ask digest weekdays at 8:30" in text) is (kind == "command")


@pytest.mark.parametrize(
    ("outcome", "reason", "said"),
    [
        ("posted", None, "Last: Sunday 22 November – posted."),
        ("nothing", None, "nothing was new, so nothing was posted."),
        ("late", None, "left out, as I was away for twelve hours"),
        ("failed", "ratelimited", "given up after twelve hours; the next one makes up for it (ratelimited)."),
        ("unsure", None, "cannot see whether it arrived"),
        ("refused", "is_archived", "refused by Slack (the channel is archived)."),
        (None, "ratelimited", "it did not work yet, and I keep trying (ratelimited)."),
    ],
)
def test_status_says_when_the_next_one_comes_and_why_the_last_did_not(
    desk: Desk, outcome: Outcome | None, reason: str | None, said: str
) -> None:
    desk.say("digest daily at 9")
    desk.book.claim(Run("C1", "2026-11-22", "U1", False, NOON - 3 * 3600))
    (run,) = desk.book.take(NOON)
    desk.book.begin(run, 120, NOON)
    if outcome:
        desk.book.finish(run, outcome, reason)
    else:
        desk.book.postpone(run, NOON, reason or "")
    reply = desk.say("digest status", user="U2")
    assert "I post what is new here every day at 9:00, Europe/London. Next: Monday 23 November." in reply.message.text
    assert said in reply.message.text
    assert '"user_id": "U1"' in _shown(reply)


def test_status_says_that_it_is_paused_and_an_order_goes_on(desk: Desk) -> None:
    desk.say("digest daily at 9")
    (wanted,) = desk.book.every()
    desk.book.put(replace(wanted, paused="not_in_channel"))
    said = desk.say("digest status").message.text
    assert "It is paused, as I am no member of the channel: set it up again when that is mended." in said
    desk.say("digest daily at 9")
    assert desk.book.every() == (wanted,)


def test_a_preview_is_for_whoever_asks_and_changes_nothing(desk: Desk) -> None:
    reply = desk.say("digest preview")
    assert reply.private
    assert "A preview for you alone" in _shown(reply)
    assert (desk.book.take(NOON), desk.book.told("C1")) == ((), None)


def test_without_news_nothing_is_posted_now(desk: Desk) -> None:
    assert desk.say("digest now").message.text.startswith("Nothing new")
    assert desk.book.take(NOON) == ()


@pytest.mark.parametrize(("kind", "channel"), [("command", "C1"), ("mention", "C1"), ("direct", "D1")])
def test_now_is_once_however_often_it_is_seen_to(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, kind: Kind, channel: str
) -> None:
    news: Any = Digest(70, 120, 1, (object(),), ())  # type: ignore[arg-type]
    monkeypatch.setattr(Desk, "digest", lambda *_: news)
    for _ in range(2):
        assert desk.say("digest now", kind=kind, channel=channel).message.text == "It is on its way."
    (run,) = desk.book.take(NOON)
    assert (run.channel, run.user, run.quiet) == (channel, "U1", False)


@pytest.mark.parametrize("words", ["digest daily", "digest now", "digest off"])
def test_where_no_channel_is_known_it_says_where_to_ask(desk: Desk, words: str) -> None:
    assert desk.say(words, kind="command", channel="").message.text.startswith("Say that in the channel")
