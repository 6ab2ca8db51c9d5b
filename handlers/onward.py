"""Questions to go on with after an answer, each of them asked before it is offered."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from content.documents import Answer, Searched, Summary
from content.passages import sentence_spans
from content.signs import defines
from content.words import fold, stems
from handlers import statements
from handlers.services import Answers, Asked

#: buttons below an answer
MOST: Final = 3
#: what is asked to find them, at most
_TRIED: Final = 8
#: questions that are remembered
_REMEMBERED: Final = 5_000
#: how plainly an answer must define a name: "X is a …", not "X is pivoting hard"
_PLAINLY: Final = 0.99
#: what a button shows
_LONGEST: Final = 75
_NAMES: Final = re.compile(rf"(?<![\w-]){statements.NAME}")


def questions(answers: Answers, found: Answer, asked: Asked) -> tuple[str, ...]:
    """Up to three questions that the documents answer, about what stands near the sentences quoted.

    Where that is too little, they are about what the first document says above all. What was ``asked`` before, of as
    many documents with the same newest date, is not asked again.
    """
    told = {quoted.text for quoted in found.summary}
    tried = islice(dict.fromkeys(_candidates(answers, found, asked)), _TRIED)
    fit = (each for each in tried if len(each.question) <= _LONGEST and each.sentence not in told)
    said = ((each, _said(answers, each.question, found.searched, asked)) for each in fit)
    return tuple(islice((each.question for each, quoted in said if quoted and _is_new(each, quoted, told)), MOST))


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A question, and what tells an answer to it: the very sentence it was made from, or one that defines a name."""

    question: str
    sentence: str | None = None
    name: str = ""


def _candidates(answers: Answers, found: Answer, asked: Asked) -> Iterator[_Candidate]:
    """What could be asked next: of what stands beside the sentences quoted, then of the document's key sentences."""
    known = fold(found.understanding.effective)
    yield from _about([each for source in found.sources for each in _sentences(source.passage)], known)
    yield from _about(_key_sentences(answers, found, asked), known)


def _about(sentences: Sequence[str], known: str) -> Iterator[_Candidate]:
    """What sentences say, what they define, then what they only name."""
    for sentence in sentences:
        if question := statements.question(sentence):
            yield _Candidate(question, sentence)
    names = [
        name for name in dict.fromkeys(name for each in sentences for name in _named(each)) if fold(name) not in known
    ]
    defined = [name for name in names if any(_defines(each, name) for each in sentences)]
    yield from (_Candidate(f"What is {name}?", name=name) for name in dict.fromkeys([*defined, *names]))


def _key_sentences(answers: Answers, found: Answer, asked: Asked) -> tuple[str, ...]:
    """The key sentences of the first document quoted."""
    key = (found.sources[0].document, found.searched)
    if key not in asked:
        summary = answers.summarize(found.sources[0].document)
        asked[key] = tuple(each.text for each in summary.summary) if isinstance(summary, Summary) else ()
    return asked[key]


def _named(sentence: str) -> Iterator[str]:
    """The names in a sentence; its first word has a capital anyway, so alone it is one only as "Tencent: …" is."""
    for match in _NAMES.finditer(sentence):
        if match.start() > 1 or " " in match.group() or sentence[match.end() : match.end() + 1] == ":":
            yield match.group()


def _sentences(passage: str) -> Iterator[str]:
    yield from (passage[start:end] for start, end in sentence_spans(passage))


def _said(answers: Answers, question: str, searched: Searched, asked: Asked) -> tuple[str, ...]:
    """The sentences of the answer; none when there is no answer."""
    key = (question, searched)
    if key not in asked:
        if len(asked) >= _REMEMBERED:
            asked.clear()
        found = answers.ask(question)
        asked[key] = tuple(each.text for each in found.summary) if isinstance(found, Answer) else ()
    return asked.get(key, ())


def _is_new(candidate: _Candidate, said: Sequence[str], told: Collection[str]) -> bool:
    """Whether the answer is the one expected, and says something new."""
    if candidate.sentence:
        return candidate.sentence in said
    return said[0] not in told and _defines(said[0], candidate.name)


def _defines(sentence: str, name: str) -> bool:
    return defines(frozenset(stems(name)), sentence) > _PLAINLY
