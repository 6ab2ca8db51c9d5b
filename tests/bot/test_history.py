"""What was asked: kept once, recalled in its conversation and in order, erased in time."""

import pytest

from bot.history import History
from handlers.conversation import Turn
from handlers.gestures import Comment, Rating
from handlers.payloads import InConversation, Kind, Privately, Question
from handlers.services import Job
from tests.conftest import Storage

NOW = 1_700_000_000.0
DAY = 86_400


def at(channel: str, thread: str | None, asked: str) -> InConversation:
    return InConversation(channel, thread, asked)


@pytest.fixture
def history(storage: Storage) -> History:
    return History(storage.engine(), lambda: NOW)


def keep(history: History, key: str, to: InConversation | Privately, about: str, kind: Kind = "mention") -> None:
    history.keep(Job(key, Question(kind, f"{about} <as typed>", "U1", to)), Turn("ask", about))


@pytest.mark.parametrize(
    ("place", "about"),
    [
        (at("C1", "1.0", "3.0"), "second"),
        (at("C1", "1.0", "2.0"), "first"),
        (at("C1", "1.0", "2.000001"), "second"),
        (at("C1", "1.0", "1.0"), None),
        (at("C1", "9.0", "9.0"), None),
        (at("C2", "1.0", "3.0"), None),
        (at("D1", None, "6.0"), "direct"),
        (at("D1", "5.5", "6.0"), "direct"),
        (at("D1", "5.0", "6.0"), "direct"),
        (at("D1", "4.0", "6.0"), None),
        (at("D2", None, "6.0"), None),
    ],
)
def test_a_conversation_is_about_what_was_asked_in_it_last(
    history: History, place: InConversation, about: str | None
) -> None:
    keep(history, "E3", at("D1", None, "5.0"), "direct", "direct")
    keep(history, "E2", at("C1", "1.0", "2.0"), "second")
    keep(history, "E1", at("C1", "1.0", "1.0"), "first")
    keep(history, "T1", Privately("http://slack/1"), "private", "command")
    found = history.recall(place)
    assert (found.about if found else None) == about


def test_a_question_is_kept_once_however_often_it_is_composed(history: History) -> None:
    place = at("C1", "1.0", "1.0")
    for about in ("first", "again"):
        keep(history, "E1", place, about)
    assert history.recall(at("C1", "1.0", "2.0")) == Turn("ask", "first")


def test_everything_of_a_turn_comes_back_in_another_process(storage: Storage, history: History) -> None:
    turn = Turn("summary", "“Qwen” <!here>", answered=False, told=2, tabled=True)
    history.keep(Job("E1", Question("direct", "summary", "U1", at("D1", None, "1.0"))), turn)
    assert History(storage.engine(), lambda: NOW).recall(at("D1", None, "2.0")) == turn


def test_a_turn_that_an_older_process_noted_comes_back(storage: Storage, history: History) -> None:
    row = "('E1', 'D1', 'U1', 'more', 'ask', 'What is Qwen?', true, 1000000)"
    with storage.engine().begin() as db:
        columns = '"key", conversation, "user", words, verb, about, answered, asked'
        db.exec_driver_sql(f"INSERT INTO questions ({columns}) VALUES {row}")
    assert history.recall(at("D1", None, "2.0")) == Turn("ask", "What is Qwen?", told=0, tabled=False)


@pytest.mark.parametrize(("age", "left"), [(29 * DAY, True), (31 * DAY, False)])
def test_what_is_old_is_erased(history: History, age: int, left: bool) -> None:
    asked = f"{int(NOW) - age}.000000"
    keep(history, "E1", at("C1", "1.0", asked), "old")
    assert history.forget(30) == (not left)
    assert (history.recall(at("C1", "1.0", f"{int(NOW)}.0")) is not None) is left


@pytest.mark.parametrize("ts", ["", "no time", "1.x", "٣.1"])
def test_a_time_that_is_none_comes_before_everything(history: History, ts: str) -> None:
    keep(history, "E1", at("C1", "1.0", ts), "odd")
    assert history.recall(at("C1", "1.0", "1.0")) == Turn("ask", "odd")
    assert history.recall(at("C1", "1.0", ts)) is None


def rate(history: History, user: str, liked: bool, words: str = "why?") -> None:
    history.rate(Rating("C1:1.1", user, words, liked, "T", Privately("http://slack/1")))


def test_the_last_opinion_of_a_person_counts(history: History) -> None:
    for user, liked in [("U1", True), ("U1", False), ("U2", False), ("U2", True), ("U3", False)]:
        rate(history, user, liked, f"why {user}?")
    history.comment(Comment("C1:1.1", "U3", "“more”"))
    history.comment(Comment("C1:1.1", "U9", "never rated"))
    assert {(one.question, one.comment) for one in history.disliked()} == {("why U1?", None), ("why U3?", "“more”")}
    assert {one.given for one in history.disliked()} == {"2023-11-14T22:13:20+00:00"}


def test_what_was_not_answered_counts_its_askers(history: History) -> None:
    for number, about in enumerate(["rare", "often", "often"]):
        asked = Question("command", about, "U1", Privately("http://slack/1"))
        history.keep(Job(f"T{number}", asked), Turn("ask", about, answered=False))
    keep(history, "T9", Privately("http://slack/1"), "answered", "command")
    assert [(one.question, one.times) for one in history.unanswered()] == [("often", 2), ("rare", 1)]


def test_the_asker_of_a_reply_is_known(history: History) -> None:
    keep(history, "E1", at("C1", "1.0", "1.0"), "first")
    history.replied("E1", "C1:1.5")
    assert (history.asker("C1:1.5"), history.asker("C1:1.0"), history.asker("C2:1.5")) == ("U1", None, None)


@pytest.mark.parametrize(("days", "left"), [(2, 0), (0, 1)])
def test_old_opinions_are_erased(storage: Storage, days: int, left: int) -> None:
    rate(History(storage.engine(), lambda: NOW), "U1", False)
    later = History(storage.engine(), lambda: NOW + days * DAY)
    later.forget(1)
    assert len(later.disliked()) == left


def test_the_last_questions_of_a_person(history: History) -> None:
    for number, about in enumerate(["old", "twice", "twice", "new"]):
        keep(history, f"E{number}", at("C1", "1.0", f"{number}.0"), about)
    history.keep(Job("E8", Question("direct", "f", "U1", at("D1", None, "8.0"))), Turn("figures", "cloud"))
    history.keep(Job("E9", Question("direct", "f", "U2", at("D2", None, "9.0"))), Turn("ask", "not mine"))
    assert history.recent("U1", 3) == ("figures cloud", "new", "twice")


def test_one_person_is_erased_and_nobody_else(history: History) -> None:
    for user in ("U1", "U2"):
        history.keep(Job(f"E{user}", Question("direct", "f", user, at(f"D{user}", None, "1.0"))), Turn("ask", user))
        rate(history, user, False)
    assert (history.erase("U1"), history.erase("U1")) == (1, 0)
    assert (history.recent("U1", 3), history.recent("U2", 3)) == ((), ("U2",))
    assert len(history.disliked()) == 1


@pytest.mark.parametrize(
    ("asked", "followed"),
    [("1000.1", True), ("2799.9", True), ("2800.1", False), ("1000.0", False), ("999.0", False)],
)
def test_a_thread_is_followed_for_half_an_hour(history: History, asked: str, followed: bool) -> None:
    keep(history, "E1", at("C1", "1.0", "1000.0"), "first")
    assert history.follows(at("C1", "1.0", asked)) is followed
    assert not history.follows(at("C1", "2.0", asked))


def test_a_thread_is_followed_for_fifteen_messages_after_each_answer(history: History) -> None:
    keep(history, "E1", at("C1", "1.0", "1000.0"), "first")
    followed = [history.follows(at("C1", "1.0", f"{number}.0")) for number in range(1001, 1017)]
    assert followed == [True] * 15 + [False]
    keep(history, "E2", at("C1", "1.0", "1020.0"), "second")
    assert history.follows(at("C1", "1.0", "1021.0"))


@pytest.mark.parametrize(("thread", "answered"), [("1.0", False), (None, True)])
def test_only_an_answered_thread_is_followed(history: History, thread: str | None, answered: bool) -> None:
    place = at("C1", thread, "1000.0")
    history.keep(Job("E1", Question("mention", "q", "U1", place)), Turn("ask", "q", answered=answered))
    assert not history.follows(at("C1", thread, "1001.0"))
