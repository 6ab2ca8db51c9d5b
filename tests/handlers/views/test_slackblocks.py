"""What slackblocks makes of every view says the same as ours."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import slackblocks as theirs

from content.documents import Place
from handlers.timetable import Ended, Schedule, Subscription
from handlers.views import (
    answer,
    digest,
    home,
    notices,
    opinions,
    outgoing,
    pages,
    plainer,
    reader,
    schedules,
    tables,
    threads,
)
from handlers.views.blocks import Message
from tests.handlers.views.oracle import as_text, built, said

WEEKDAYS = Subscription("C1", "U1", Schedule((0, 1, 2, 3, 4), 540, "Europe/London"), False, 0.0, 0)
VIEWS: dict[str, Callable[[Any], Message | None]] = {
    "answer, private": lambda canned: answer.answer(canned.answer(), "how much?", private=True),
    "answer, public": lambda canned: answer.answer(canned.answer(wants_figure=False), "how much?", private=False),
    "answer, disagreeing": lambda canned: answer.answer(canned.disagreeing(), "how much?", private=True),
    "answer, corrected": lambda c: answer.answer(c.answer(understanding=c.corrected()), "modlescope", private=True),
    "nothing, missing": lambda canned: answer.nothing(canned.nothing("dividend")),
    "nothing, private": lambda canned: answer.answering(answer.nothing(canned.nothing("dividend")), "q"),
    "no summary": lambda canned: answer.no_summary(canned.nothing("zebra"), "zebra"),
    "too long": lambda canned: notices.unusable("Too long.", "word " * 500),
    "nothing": lambda canned: answer.nothing(canned.nothing()),
    "figures of an answer": lambda canned: tables.answer_table(canned.disagreeing()),
    "figures": lambda canned: tables.topic_table(canned.compared(), canned.documents()),
    "figures as a plain table": lambda canned: plainer.put(tables.topic_table(canned.compared(), ()), "table"),
    "figures as text": lambda canned: plainer.put(tables.topic_table(canned.compared(), ()), "text"),
    "no figures": lambda canned: tables.topic_table(canned.figures(), ()),
    "summary": lambda canned: pages.summary_page(canned.summary(), "summary bold", private=True),
    "sources": lambda canned: pages.sources_page(canned.documents(30)),
    "help": lambda canned: pages.help_page("/alibaba", canned.documents(), "how much for AI?"),
    "status": lambda canned: pages.status_page(canned.searched, canned.documents()),
    "what": lambda canned: pages.what_page("summary", "/alibaba", canned.documents()),
    "rated": lambda canned: opinions.rated(answer.nothing(canned.nothing()), "how much?", "U1"),
    "offering": lambda canned: answer.answer(canned.answer(), "how much?", False, ("What is Qwen?", "Who pays?")),
    "speakers": lambda canned: threads.speakers(canned.disagreeing()),
    "places": lambda canned: threads.places(canned.disagreeing()),
    "more": lambda canned: threads.more(canned.summary()),
    "tellers": lambda canned: threads.tellers(canned.compared(), canned.documents()),
    "holding": lambda canned: pages.holding_page(canned.documents(30)),
    "forgotten": lambda canned: threads.forgotten(3),
    "digest": lambda canned: digest.digest(canned.digest()),
    "a quiet digest": lambda canned: digest.digest(replace(canned.digest(), items=())),
    "a digest set up": lambda _: schedules.confirmed(WEEKDAYS, 1_795_424_400.0, WEEKDAYS, (schedules.INVITE,), True),
    "a digest's status": lambda _: schedules.status(WEEKDAYS, 1_795_424_400.0, Ended(1_795_338_000.0, "late")),
    "no digest": lambda _: schedules.without("/alibaba"),
    "a digest that may be there": lambda _: schedules.unsure("C1"),
    "a digest paused": lambda _: schedules.paused("C1", "is_archived"),
    "refusal": lambda canned: notices.refused("is_archived"),
    "apology": lambda canned: notices.sorry("k3f9"),
}


@pytest.mark.parametrize("name", sorted(VIEWS))
def test_messages(canned: Any, name: str) -> None:
    view = VIEWS[name](canned)
    assert view
    sent = outgoing.message(view)
    made = theirs.Message("C1", sent["text"], built(sent["blocks"]), unfurl_links=False, unfurl_media=False).to_dict()
    assert sent["blocks"]
    assert made["text"] == sent["text"]
    assert said(made["blocks"]) == said(sent["blocks"])


def test_a_public_url_too(canned: Any) -> None:
    cited = replace(canned.answer().sources[0], url="https://a.b/c?d=e&f=g")
    block = answer.source(cited, ())
    assert said(theirs.Message("C1", "text", built([block])).to_dict()["blocks"]) == said([block])


def test_the_modal(canned: Any) -> None:
    view = reader.modal(canned.excerpt(url="https://a.b/c"), Place("bold", 3, ((0, 40),)))
    made = theirs.ModalView(as_text(view["title"]), built(view["blocks"]), close=as_text(view["close"])).to_dict()
    assert (made["title"]["text"], made["close"]["text"]) == ("Read in context", "Close")
    assert said(made["blocks"]) == said(view["blocks"])


def test_the_form() -> None:
    view = opinions.form("C1:1.1", "how much?")
    made = theirs.ModalView(
        as_text(view["title"]), built(view["blocks"]), close=as_text(view["close"]), submit=as_text(view["submit"])
    )
    assert outgoing.checked("modal", view) == view
    assert made.to_dict()["submit"]["text"] == "Send"


def test_app_home(canned: Any) -> None:
    contents = home.Contents(canned.searched, canned.documents(30), canned.figures(canned.pledge), ("q",), "how?", "/a")
    view = home.home(contents)
    assert said(theirs.HomeTabView(built(view["blocks"])).to_dict()["blocks"]) == said(view["blocks"])


def test_they_do_judge() -> None:
    with pytest.raises(theirs.InvalidUsageError):
        theirs.ModalView("Title", built([{"type": "table", "rows": [[{"text": "a"}]], "column_settings": [{}]}]))
    with pytest.raises(theirs.InvalidUsageError):
        built([{"type": "header", "text": {"type": "plain_text", "text": "x" * 151, "emoji": False}}])
