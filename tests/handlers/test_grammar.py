"""An order is understood, misspelled too; a question is never taken for one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.grammar import SAID, VERBS, Request, Verb, parse


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("", Request("help")),
        ("   ", Request("help")),
        ("?!", Request("help")),
        ("help", Request("help")),
        ("HELP!", Request("help")),
        ("help please", Request("help")),
        ("figures", Request("figures")),
        ("Figures?", Request("figures")),
        ("figures cloud", Request("figures", "cloud")),
        ("figures: cloud", Request("figures", "cloud")),
        ("figures on AI spending", Request("figures", "AI spending")),
        ("figures  for\tthe  cloud", Request("figures", "the cloud")),
        ("summary Qwen", Request("summary", "Qwen")),
        ("summary of Qwen", Request("summary", "Qwen")),
        ("summarise The Quiet Revolution", Request("summary", "The Quiet Revolution")),
        ("summarize the figures", Request("summary", "the figures")),
        ("summary", Request("summary")),
        ("summary of", Request("summary", "of")),
        ("sources", Request("sources")),
        ("sources?", Request("sources")),
        ("documents", Request("sources")),
        ("articles please", Request("sources")),
        ("figures please", Request("figures")),
        ("status.", Request("status")),
        ("add", Request("add")),
        ("add https://news.example/a?b", Request("add", "https://news.example/a?b")),
        ("add foo", Request("add")),
        ("Follow not a url", Request("follow")),
        ("please add news.example/a", Request("add", "news.example/a")),
        ("https://news.example/a", Request("add", "https://news.example/a")),
        ("follow news.example/feed only: a, b", Request("follow", "news.example/feed only: a, b")),
        ("unfollow The News", Request("unfollow", "The News")),
    ],
)
def test_an_order(words: str, wanted: Request) -> None:
    assert parse(words) == wanted


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("figurs cloud", Request("figures", "cloud", "figurs")),
        ("Figrues cloud", Request("figures", "cloud", "Figrues")),
        ("figures' cloud", Request("figures", "cloud", "figures'")),
        ("sumary Qwen", Request("summary", "Qwen", "sumary")),
        ("sumarize Qwen", Request("summary", "Qwen", "sumarize")),
        ("summaries of Qwen", Request("summary", "Qwen", "summaries")),
        ("soruces", Request("sources", "", "soruces")),
        ("source", Request("sources", "", "source")),
        ("please show me the soruces", Request("sources", "", "soruces")),
        ("give me a sumary of Qwen", Request("summary", "Qwen", "sumary")),
        ("statsu", Request("status", "", "statsu")),
        ("What’s new today?", Request("digest", "preview")),
        ("what is new in Qwen?", Request("ask", "what is new in Qwen?")),
        ("hlep", Request("help", "", "hlep")),
    ],
)
def test_a_misspelled_order_is_understood_and_said(words: str, wanted: Request) -> None:
    assert parse(words) == wanted


@pytest.mark.parametrize(
    "words",
    [
        "how much did Alibaba pledge for AI?",
        "sources of revenue?",
        "source of the figure",
        "soruces of revenue",
        "status of the IPO",
        "state of Qwen",
        "states",
        "help me understand Qwen",
        "hell",
        "help: what is Qwen",
        "figures are up?",
        "figures show what",
        "figure out the pledge",
        "failures of the cloud",
        "fixtures in the office",
        "summer in China",
        "summers in China",
        "Statue of Liberty",
        "summary says what?",
        "Qwen figures",
        "fig leaf",
        "stat",
        "who summarizes Qwen?",
        "what is the status?",
        "held by Alibaba",
        "what are the sources of revenue?",
        "list the sources of revenue",
        "show me the sources of revenue",
        "show me what Alibaba pledged",
        "give me the status of the IPO",
        "tell me about Qwen",
        "list the three strategic bets",
        "do figures differ?",
        "can figures lie",
        "figures that matter",
        "what are the figures that analysts project?",
        "documents about cloud",
        "add up the pledges",
        "add v. subtract",
        "add more detail",
        "follow up on Qwen",
        "follow all that Alibaba has pledged",
        "follow the money",
        "documented cases",
        "can AI help?",
        "please help me understand Qwen",
        "Hello Kitty sales",
        "hello-world",
        "good news about cloud?",
        "thanks to AI, what changed?",
        "yes it is",
        "who are your competitors?",
        "what can you do with Qwen?",
        "how do you work with Qwen?",
        "what do you know about Qwen?",
        "which documents do you have on Qwen?",
        "what is this about?",
        "what are you reading about Qwen?",
    ],
)
def test_a_question_is_no_order(words: str) -> None:
    assert parse(words) == Request("ask", words)


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("summarize the article about Qwen", Request("summary", "Qwen", None, True)),
        ("summary of the bold pivot article", Request("summary", "bold pivot", None, True)),
        ("summary of that document on cloud?", Request("summary", "cloud", None, True)),
        ("could you please summarise the text called A Bold Pivot?", Request("summary", "A Bold Pivot", None, True)),
        ("sumarize the article about Qwen", Request("summary", "Qwen", "sumarize", True)),
        ("summarise qwen please", Request("summary", "qwen")),
        ("please summarize Qwen, thanks!", Request("summary", "Qwen")),
        ("I’d like a summary of Qwen", Request("summary", "Qwen")),
        ("summarize this", Request("summary")),
        ("summarise the article", Request("summary")),
        ("summarize all the documents", Request("summary")),
        ("show me the figures for cloud", Request("figures", "cloud")),
        ("Show us all the figures", Request("figures")),
        ("what are the figures on AI spending?", Request("figures", "AI spending")),
        ("list the sources", Request("sources")),
        ("list all sources you have", Request("sources")),
        ("Can you show me your sources, please?", Request("sources")),
        ("which documents do you have?", Request("sources")),
        ("What articles have you read?", Request("sources")),
        ("what are your sources?", Request("sources")),
        ("what are the sources?", Request("sources")),
        ("what do you read", Request("sources")),
        ("please help", Request("help")),
        ("are you there?", Request("status")),
        ("hi, summarise Qwen", Request("summary", "Qwen")),
        ("hello give me the figures", Request("figures")),
    ],
)
def test_an_order_in_a_persons_own_words(words: str, wanted: Request) -> None:
    assert parse(words) == wanted


@pytest.mark.parametrize(
    "words",
    [
        "digest the news about Qwen",
        "digest of Qwen",
        "digest daily news about Qwen",
        "digest now what?",
        "digest 9",
        "digest status of the IPO",
        "digest preview the article",
        "digest enzymes",
        "digested food",
        "divest now",
        "divest off",
        "what is the digest?",
        "digits",
    ],
)
def test_a_question_about_digests_is_no_order(words: str) -> None:
    assert parse(words).verb == "ask"


@pytest.mark.parametrize(
    ("words", "about", "misspelled"),
    [
        ("digest", "", None),
        ("digset now", "now", "digset"),
        ("digest weekdays at 8:30", "weekdays at 8:30", None),
        ("please give us a digest every monday, please", "every monday", None),
    ],
)
def test_an_order_of_digests(words: str, about: str, misspelled: str | None) -> None:
    request = parse(words)
    assert (request.verb, request.about, request.misspelled) == ("digest", about, misspelled)


@pytest.mark.parametrize(
    ("words", "question"),
    [
        ("hello, what is Qwen?", "what is Qwen?"),
        ("hey what is Qwen?", "what is Qwen?"),
        ("hey , what is Qwen?", "what is Qwen?"),
        ("Good morning all! Qwen?", "Qwen?"),
        ("Which document talks about Taobao?", "Taobao?"),
        ("what articles mention BMW and Apple", "BMW and Apple"),
        ("which article is about Qwen?", "Qwen?"),
    ],
)
def test_what_only_leads_up_to_a_question_is_not_asked(words: str, question: str) -> None:
    assert parse(words) == Request("ask", question)


@pytest.mark.parametrize(
    ("verb", "said"),
    [
        ("hello", ("hi", "Hello!", "hey there", "HI 👋", "hi :wave:", "good morning", "Good evening, everyone")),
        ("hello", ("How are you?", "hello alibaba", "hey , team")),
        (
            "thanks",
            ("thanks", "Thank you!", "thanks a lot", "thank you so much 🙏", "ok thanks", "thanks for the help"),
        ),
        ("okay", ("ok", "Okay.", "yes", "no", "great!", "got it", "All right")),
        ("about", ("what can you do?", "how do you work?", "Who are you?", "what are you", "how does this work?")),
        ("about", ("help me", "can you help me?", "what can I ask?", "how do I use this?")),
        ("bye", ("bye", "Goodbye!", "good night", "see you tomorrow")),
    ],
)
def test_what_is_said_to_the_bot_is_not_searched_for(verb: Verb, said: tuple[str, ...]) -> None:
    for words in said:
        assert parse(words) == Request(verb), words


@given(st.text())
def test_any_words_are_something(words: str) -> None:
    request = parse(words)
    assert request.verb in {"ask", "help", *VERBS.values(), *SAID}
    assert request.about == " ".join(request.about.split())
    if request.verb == "ask":
        assert " ".join(words.split()).endswith(request.about)
        assert request.about


LONG_WINDED = ["thanks " + "all " * 10_000 + "x", "," * 40_000 + "x", "figures" + " please" * 8_000, ":a" * 20_000]


@pytest.mark.parametrize("words", LONG_WINDED)
def test_long_winded_words_are_something_too(words: str) -> None:
    """Whether they are read in time `tests.bench.speed` says."""
    assert parse(words).verb in {"ask", "figures", *SAID}


@given(st.sampled_from(sorted(VERBS)), st.text("abcdef ", max_size=20))
def test_case_does_not_matter(verb: str, rest: str) -> None:
    assert parse(f"{verb.upper()} {rest}").verb == parse(f"{verb} {rest}").verb
