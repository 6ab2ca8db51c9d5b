"""What is quoted of the sentences found: the answer, what it announces, and what stands beside it."""

from collections.abc import Sequence

import pytest

from content.documents import Answer, Document, NothingFound, Passage
from content.library import Library
from content.selection import LONGEST_SUMMARY, MOST_SENTENCES, chosen
from tests.content.test_ranking import asked, hit, ranked

BETS = ("Analysts see three bets.", "First, Acme buys chips.", "It pays in cash.", "Second, Acme hires.")
LATER = ("The third bet is a bank.", "Rain fell.")
LONG = "Acme, a bank of the north with very many branches, " + "is old and " * 60 + "is a bank."


def quoted(question: str, *passages: Sequence[str], following: Sequence[str] = ()) -> list[str]:
    hits = [hit(*passage, rank=rank) for rank, passage in enumerate(passages, 1)]
    after = [Passage("paper", 9, 900, 1000, " ".join(following))] if following else []
    found = chosen(asked(question, hits), ranked(question, *hits), lambda one: True, lambda passage: after)
    return [sentence.text for _, sentence in found]


@pytest.mark.parametrize(
    ("question", "passages", "said"),
    [
        # what a sentence announces
        ("What are the three bets?", [BETS], [BETS[1], BETS[3], LATER[0]]),
        ("What are the three bets?", [(BETS[0], BETS[2])], [BETS[0], BETS[2]]),
        ("What are the three bets?", [("Analysts saw three bets in the year that passed.", "Rain fell.")], 1),
        ("What do analysts see?", [BETS], [BETS[0]]),
        ("How many bets are there?", [BETS], [BETS[0]]),
        ("What are the risks?", [("It is not without risks.", "Prices may fall.", "Rain fell.")], 2),
        ("What are the risks?", [("Yet risks remain.", "Prices may fall.", "Rain fell.")], 2),
        ("What are the risks?", [("Many risks remain, as Acme said in May.", "Rain fell.")], 1),
        ("What is Acme?", [("They founded Acme.", "Rain fell.")], 1),
        # beside it only what adds something and can be read alone
        ("What does the plan cost?", [("The plan costs $5.", "The plan costs $5, too.")], 1),
        ("Which plan costs money?", [("The plan costs $5.",), ("Rain fell.", "They say the plan costs more.")], 1),
        ("Which plan costs money?", [("The plan costs $5.",), ("Rain fell.", "Acme says the plan costs more.")], 2),
        # of what is compared a sentence each
        ("Compare Acme and Umbra", [("Acme and Umbra compete.",), ("Acme: sells chips.",), ("Umbra: sells cars.",)], 3),
        ("Compare Acme and Umbra", [("Acme and Umbra compete.",), ("Acme: sells chips.",)], 1),
        ("Compare Acme and Umbra", [("Umbra: sells cars.",), ("Acme: sells chips.",)], 2),
        # an item of a list is no more about the sentence before it than that sentence is about the one before
        ("How many chips?", [("It pays in cash.", "The third bet is on 100 chips.")], 1),
    ],
)
def test_what_is_quoted(question: str, passages: list[Sequence[str]], said: list[str] | int) -> None:
    found = quoted(question, *passages, following=LATER)
    assert (found if isinstance(said, list) else len(found)) == said


def test_items_are_quoted_with_what_announces_them_where_there_is_room() -> None:
    two = ("Analysts see two bets.", "First, Acme buys chips.", "Second, Acme hires.")
    assert quoted("What are the two bets?", two) == list(two)


@pytest.mark.parametrize("question", ["What is Acme?", "acme bank", "Which bank is old?"])
def test_an_answer_is_short(library: Library, question: str) -> None:
    list(library.add([Document("long", f"{LONG}\n\n{LONG}"), Document("endless", "acme bank " * 300)]))
    library.refresh()
    answer = library.ask(question)
    assert isinstance(answer, Answer)
    assert 1 <= len(answer.summary) <= MOST_SENTENCES
    assert sum(len(one.text) + 1 for one in answer.summary) <= LONGEST_SUMMARY + 1


def test_many_copies_of_another_story_hide_no_answer(library: Library) -> None:
    story = "Acme Rail lost some of its passengers in the cold winter, the firm said on Monday in a short statement."
    copies = [Document(f"copy{number}", f"{story} Paper {number} printed it.") for number in range(60)]
    list(library.add([*copies, Document("answer", "The report is out. Acme Rail lost $9 million in the year.")]))
    library.refresh()
    answer = library.ask("How much money did Acme Rail lose?")
    assert isinstance(answer, Answer)
    assert answer.sources[0].document == "answer"


@pytest.mark.parametrize("question", ["How much did Tencent pledge for chips?", "What did Umbra pledge?"])
def test_a_few_passages_are_no_reason_to_take_one_name_for_another(library: Library, question: str) -> None:
    list(library.add([Document("a", "Baidu pledged $9 million for chips."), Document("b", "Tencent opened a shop.")]))
    library.refresh()
    assert isinstance(library.ask(question), NothingFound)
