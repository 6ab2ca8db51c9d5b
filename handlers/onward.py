"""Questions to go on with after an answer, each of them asked before it is offered."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from content.documents import Answer, Searched
from content.passages import sentence_spans
from content.signs import defines
from content.words import STOP_WORDS, fold, stems
from handlers.services import Answers, Asked

#: buttons below an answer
MOST: Final = 3
#: what is asked to find them, at most
_TRIED: Final = 6
#: questions that are remembered
_REMEMBERED: Final = 5_000
#: how plainly an answer must define a name: "X is a …", not "X is pivoting hard"
_PLAINLY: Final = 0.99
#: what a button shows
_LONGEST: Final = 75
#: no name begins with "If" or "Their"
_OPENER: Final = "|".join(sorted(each.capitalize() for each in STOP_WORDS))
_NAME: Final = rf"(?!(?:{_OPENER})\b)[A-Z][\w-]*\w(?: [A-Z][\w-]*\w)*"
_NAMES: Final = re.compile(rf"(?<![\w-]){_NAME}")
#: how a sentence that says what somebody does becomes the question for it
_STATED: Final = re.compile(
    rf"(?:^|, )(?P<who>{_NAME}) (?P<does>(?:may|could|will|would|can) (?!be\b|have\b)[a-z]+"
    r"|is [a-z]{3,}ing(?= (?:its?|the|an?|more|new|several|three)\b))\b"
)


def questions(answers: Answers, found: Answer, asked: Asked) -> tuple[str, ...]:
    """Up to three questions that the documents answer, about what stands near the sentences quoted.

    What was ``asked`` before, of as many documents with the same newest date, is not asked again.
    """
    told = {quoted.text for quoted in found.summary}
    tried = islice(dict.fromkeys(_candidates(found)), _TRIED)
    fit = (each for each in tried if len(each.question) <= _LONGEST and each.sentence not in told)
    said = ((each, _said(answers, each.question, found.searched, asked)) for each in fit)
    return tuple(islice((each.question for each, text in said if text and _is_new(each, text, told)), MOST))


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A question, and what tells an answer to it: the very sentence it was made from, or one that defines a name."""

    question: str
    sentence: str | None = None
    name: str = ""


def _candidates(found: Answer) -> Iterator[_Candidate]:
    """What could be asked next, first of what the quoted passages say, then of what they only name."""
    known = fold(found.understanding.effective)
    passages = [source.passage for source in found.sources]
    for sentence in (each for passage in passages for each in _sentences(passage)):
        for match in _STATED.finditer(sentence):
            first, _, verb = match["does"].partition(" ")
            yield _Candidate(f"What {first} {match['who']} {verb}?", sentence)
    names = dict.fromkeys(name for passage in passages for each in _sentences(passage) for name in _named(each))
    yield from (_Candidate(f"What is {name}?", name=name) for name in names if fold(name) not in known)


def _named(sentence: str) -> Iterator[str]:
    """The names in a sentence; its first word has a capital anyway, so alone it is one only as "Tencent: …" is."""
    for match in _NAMES.finditer(sentence):
        if match.start() > 1 or " " in match.group() or sentence[match.end() : match.end() + 1] == ":":
            yield match.group()


def _sentences(passage: str) -> Iterator[str]:
    yield from (passage[start:end] for start, end in sentence_spans(passage))


def _said(answers: Answers, question: str, searched: Searched, asked: Asked) -> str | None:
    """The first sentence of the answer; ``None`` when there is none."""
    key = (question, searched)
    if key not in asked:
        if len(asked) >= _REMEMBERED:
            asked.clear()
        found = answers.ask(question)
        asked[key] = found.summary[0].text if isinstance(found, Answer) else None
    return asked.get(key)


def _is_new(candidate: _Candidate, said: str, told: Collection[str]) -> bool:
    """Whether the answer is the one expected, and says something new."""
    expected = (
        said == candidate.sentence if candidate.sentence else defines(frozenset(stems(candidate.name)), said) > _PLAINLY
    )
    return expected and said not in told
