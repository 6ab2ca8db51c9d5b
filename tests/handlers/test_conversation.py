"""What is said next, and what it means: a table."""

import pytest

from handlers.conversation import Turn, follow_up
from handlers.rewording import about, asked, subject

PLEDGE, FOCUS = "How much did Alibaba pledge for AI?", "What does Baidu focus on?"


@pytest.mark.parametrize(
    ("before", "words", "verb", "meant"),
    [
        (FOCUS, "what about Tencent?", "ask", "What does Tencent focus on?"),
        (FOCUS, "What about Tencent", "ask", "What does Tencent focus on?"),
        (FOCUS, "how about bytedance?", "ask", "What does bytedance focus on?"),
        (FOCUS, "same for Tencent", "ask", "What does Tencent focus on?"),
        (FOCUS, "WHAT ABOUT TENCENT?", "ask", "What does TENCENT focus on?"),
        (FOCUS, ", and Tencent, please?", "ask", "What does Tencent focus on?"),
        (FOCUS, "adn Tencent", "ask", "What does Tencent focus on?"),
        (FOCUS, "compare with Tencent", "ask", "Compare Baidu and Tencent"),
        (FOCUS, "compare it to Tencent", "ask", "Compare Baidu and Tencent"),
        (FOCUS, "tell me more about Tencent", "summary", "Tencent"),
        (FOCUS, "tell me more about Baidu", "more", FOCUS),
        (FOCUS, "more about the risks", "ask", "risks of Baidu"),
        ("what's new with Qwen?", "and Quark?", "ask", "what's new with Quark?"),
        ("What is the budget of Acme Corp?", "and Tencent?", "ask", "What is the budget of Tencent?"),
        ("What is the budget of Acme Corp?", "and the revenue?", "ask", "What is the revenue of Acme Corp?"),
        ("What do merchants need?", "and enterprises?", "ask", "What do enterprises need?"),
        (FOCUS, "what about Tencent’s?", "ask", "What does Tencent focus on?"),
        (PLEDGE, "for cloud?", "ask", "How much did Alibaba pledge for cloud?"),
        (PLEDGE, "in Europe?", "ask", "How much did Alibaba pledge for AI in Europe?"),
        (PLEDGE, "last year?", "ask", "How much did Alibaba pledge for AI last year?"),
        ("risks", "and of Qwen?", "ask", "risks of Qwen?"),
        ("Which models did Acme release?", "how many?", "ask", "How many models did Acme release?"),
        ("risks of Alibaba", "and Tencent?", "ask", "risks of Tencent"),
        (PLEDGE, "what about the risks?", "ask", "risks of Alibaba"),
        (PLEDGE, "and risks", "ask", "risks of Alibaba"),
        (PLEDGE, "what about AI?", "ask", "AI of Alibaba"),
        (PLEDGE, "what about the IPO?", "ask", "IPO of Alibaba"),
        (PLEDGE, "what about Tencent’s risks?", "ask", "Tencent’s risks"),
        (PLEDGE, "and last year?", "ask", "How much did Alibaba pledge for AI last year?"),
        (PLEDGE, "how about in 2024?", "ask", "How much did Alibaba pledge for AI in 2024?"),
        ("How much did Acme earn in 2024?", "and 2025?", "ask", "How much did Acme earn in 2025?"),
        ("What may Acme sell?", "and next year?", "ask", "What may Acme sell next year?"),
        ("cloud revenue in september", "and in june?", "ask", "cloud revenue in june"),
        ("cloud revenue in september", "and last year?", "ask", "cloud revenue last year"),
        ("latest cloud revenue", "and in March?", "ask", "cloud revenue in March?"),
        ("profit in the June quarter", "and the quarter before?", "ask", "profit in the March quarter"),
        ("latest cloud revenue", "and the quarter before?", "unclear", "the quarter before"),
        ("profit in 2024", "in Europe?", "ask", "profit in 2024 in Europe?"),
        ("What are Alibaba’s partners?", "what about the us?", "ask", "What are Alibaba’s partners in the US?"),
        ("Compare Alibaba and ByteDance", "and the US?", "ask", "Compare Alibaba and ByteDance in the US?"),
        ("Who sells in Europe?", "what about the us?", "ask", "Who sells in the US?"),
        (PLEDGE, "it?", "unclear", "it"),
        (PLEDGE, "which one?", "unclear", "which one"),
        (PLEDGE, "which one is right?", "unclear", "which one is right"),
        (PLEDGE, "and the second?", "unclear", "the second"),
        (PLEDGE, "who said the first?", "unclear", "who said the first"),
        (PLEDGE, "can you explain?", "more", PLEDGE),
        (PLEDGE, "tldr", "summary", "Alibaba"),
        ("who owns quark?", "how many users does it have?", "ask", "how many users does quark have?"),
        ("who owns the Quark app?", "what are its risks?", "ask", "what are Quark’s risks?"),
        ("compare alibaba and bytedance", "how many users does it have?", "unclear", "how many users does it have"),
        ("compare alibaba and bytedance", "what are its risks?", "unclear", "what are its risks"),
        ("Compare ModelScope and hugging face", "who owns it?", "unclear", "who owns it"),
        ("what is the market share of huawei cloud", "and its revenue?", "ask", "revenue of huawei"),
        ("who said 60 million?", "how much is it?", "unclear", "how much is it"),
        (PLEDGE, "and theirs?", "unclear", "theirs"),
        (PLEDGE, "what about", "unclear", "what about"),
        (PLEDGE, "hmm", "unclear", "hmm"),
        (PLEDGE, "I don’t understand", "unclear", "I don’t understand"),
        (PLEDGE, "and you?", "unclear", "you"),
        ("capex", "who?", "unclear", "who"),
        (PLEDGE, "what about it?", "unclear", "it"),
        (PLEDGE, "and that?", "unclear", "that"),
        (PLEDGE, "compare it with that", "unclear", "that"),
        (FOCUS, "and ByteDance?", "ask", "What does ByteDance focus on?"),
        (FOCUS, "ok, and ByteDance?", "ask", "What does ByteDance focus on?"),
        (FOCUS, "what abuot Tencent?", "ask", "What does Tencent focus on?"),
        (PLEDGE, "and for cloud?", "ask", "How much did Alibaba pledge for cloud?"),
        (PLEDGE, "what about in Europe?", "ask", "How much did Alibaba pledge for AI in Europe?"),
        (PLEDGE, "when?", "ask", "When did Alibaba pledge for AI?"),
        (PLEDGE, "since when?", "ask", "Since when did Alibaba pledge for AI?"),
        (PLEDGE, "how many?", "ask", "How many did Alibaba pledge for AI?"),
        (PLEDGE, "and why?", "ask", "Why did Alibaba pledge for AI?"),
        (PLEDGE, "over how many years?", "ask", "Over how many years did Alibaba pledge for AI?"),
        ("How many models did Acme release?", "when was that?", "ask", "When did Acme release models?"),
        ("Who reported the pledge?", "and Tencent?", "ask", "Who reported the pledge for Tencent?"),
        ("What is Qwen?", "who uses it?", "ask", "who uses Qwen?"),
        ("What is Qwen?", "what are its risks?", "ask", "what are Qwen’s risks?"),
        ("What are the funds earmarked for?", "who manages them?", "ask", "who manages funds?"),
        (PLEDGE, "and the figures?", "numbers", PLEDGE),
        (PLEDGE, "what about the numbers", "numbers", PLEDGE),
        (PLEDGE, "and figures?", "numbers", PLEDGE),
        (PLEDGE, "adn the figuers?", "numbers", PLEDGE),
        (PLEDGE, "AND THE FIGURES?", "numbers", PLEDGE),
        (PLEDGE, "what are the figures?", "numbers", PLEDGE),
        (PLEDGE, "what about the figures for it?", "numbers", PLEDGE),
        (PLEDGE, "what about the nubmers?", "numbers", PLEDGE),
        (PLEDGE, "who siad that?", "said", PLEDGE),
        (PLEDGE, "really?", "said", PLEDGE),
        (PLEDGE, "who is the author?", "said", PLEDGE),
        (PLEDGE, "link?", "where", PLEDGE),
        (PLEDGE, "show me the source", "where", PLEDGE),
        (PLEDGE, "show me", "where", PLEDGE),
        (PLEDGE, "who said that?", "said", PLEDGE),
        (PLEDGE, "and who reported it?", "said", PLEDGE),
        (PLEDGE, "according to whom?", "said", PLEDGE),
        (PLEDGE, "in which document?", "where", PLEDGE),
        (PLEDGE, "in wich documnet?", "where", PLEDGE),
        (PLEDGE, "where is that from?", "where", PLEDGE),
        (PLEDGE, "source?", "where", PLEDGE),
        (PLEDGE, "more", "more", PLEDGE),
        (PLEDGE, "tell me more about it", "more", PLEDGE),
        (PLEDGE, "anything else?", "more", PLEDGE),
        (PLEDGE, "any more?", "more", PLEDGE),
        (PLEDGE, "anythign else?", "more", PLEDGE),
        (PLEDGE, "some more details please", "more", PLEDGE),
        (PLEDGE, "explain", "more", PLEDGE),
        (PLEDGE, "what does that mean?", "more", PLEDGE),
        ("Since when did Acme pledge?", "in which currency?", "ask", "In which currency did Acme pledge?"),
        (PLEDGE, "summarize it", "summary", "Alibaba"),
        (PLEDGE, "what do our sources say?", "ask", PLEDGE),
        (PLEDGE, "is that true?", "ask", PLEDGE),
    ],
)
def test_what_goes_on_from_a_question(before: str, words: str, verb: str, meant: str) -> None:
    request = follow_up(Turn("ask", before), words)
    assert request
    assert (request.verb, request.about) == (verb, meant)


@pytest.mark.parametrize(
    ("turn", "words", "verb", "meant"),
    [
        (Turn("figures", "cloud"), "what about AI?", "figures", "AI"),
        (Turn("figures", "cloud"), "and the figures?", "numbers", "cloud"),
        (Turn("figures", "cloud"), "and last year?", "figures", "cloud last year"),
        (Turn("figures", "cloud"), "what about the risks?", "figures", "risks"),
        (Turn("figures", ""), "what about AI?", "figures", "AI"),
        (Turn("figures", ""), "2025", "figures", "2025"),
        (Turn("figures", "cloud in june"), "and in july?", "figures", "cloud in july"),
        (Turn("figures", "cloud"), "what about the us?", "figures", "US"),
        (Turn("figures", "cloud"), "for Alibaba?", "figures", "Alibaba"),
        (Turn("figures", ""), "more", "more", ""),
        (Turn("figures", "cloud"), "when?", "unclear", "when"),
        (Turn("figures", "cloud"), "what about them?", "unclear", "them"),
        (Turn("summary", "Qwen"), "what about the risks?", "ask", "risks of Qwen"),
        (Turn("summary", "bold-pivot"), "what about the risks?", "summary", "risks"),
        (Turn("summary", "qwen", told=2), "more", "more", "qwen"),
        (Turn("summary", "qwen"), "and the figures?", "numbers", "qwen"),
        (Turn("summary", "qwen"), "and ModelScope?", "summary", "ModelScope"),
        (Turn("summary", "Qwen"), "who uses it?", "ask", "who uses Qwen?"),
        (Turn("summary", "qwen"), "summary of it", "summary", "qwen"),
    ],
)
def test_what_goes_on_from_a_topic(turn: Turn, words: str, verb: str | None, meant: str | None) -> None:
    request = follow_up(turn, words)
    assert ((request.verb, request.about) if request else (None, None)) == (verb, meant)


@pytest.mark.parametrize(
    "words",
    [
        "What is Quark?",
        "How much did Tencent pledge for cloud?",
        "and what is the dividend of Acme?",
        "who uses the models that beat GPT-4?",
        "which articles mention Qwen?",
        "figures",
        "figures cloud",
        "sources",
        "sourcs",
        "status",
        "help",
        "hello",
        "ok thanks",
        "thank you",
        "",
        "?!",
        "🤷",
        "of course",
        "for example",
    ],
)
def test_what_stands_for_itself(words: str) -> None:
    assert follow_up(Turn("ask", PLEDGE), words) is None


@pytest.mark.parametrize("before", ["who said 60 million?", "Compare Baidu and ByteDance"])
def test_a_name_beside_a_pronoun_may_be_what_it_stands_for(before: str) -> None:
    assert follow_up(Turn("ask", before), "what does Alibaba do with its models?") is None


@pytest.mark.parametrize(
    ("words", "verb"),
    [
        ("what about Tencent?", None),
        ("when?", None),
        ("compare it with Baidu", None),
        ("show me the figures", None),
        ("who said that?", "unclear"),
        ("in which document?", "unclear"),
        ("and the figures?", "unclear"),
        ("more", "unclear"),
        ("it?", "unclear"),
        ("which one is right?", "unclear"),
    ],
)
def test_nothing_goes_on_from_nothing(words: str, verb: str | None) -> None:
    request = follow_up(None, words)
    assert (request.verb if request else None) == verb


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("what is modelscope", "modelscope"),
        ("What’s Qwen?", "Qwen"),
        ("Which models did ByteDance release?", "ByteDance"),
        ("What are Alibaba’s three bets?", "Alibaba"),
        ("Which rivals compete with Amazon Web Services?", "Amazon Web Services"),
        ("risks", None),
        ("", None),
    ],
)
def test_what_a_question_is_about(question: str, name: str | None) -> None:
    assert subject(question) == name


@pytest.mark.parametrize("question", ["risks", "", "Qwen models"])
def test_a_question_without_a_verb_is_not_asked_anew(question: str) -> None:
    assert asked(question, "why") is None


@pytest.mark.parametrize("hostile", ["\\1 (", "[", "$52 billion", "<!channel>", "a" * 500, "\\g<0>x"])
def test_any_words_may_take_a_place(hostile: str) -> None:
    assert about(FOCUS, hostile) in (f"What does {hostile} focus on?", f"{hostile} of Baidu")
