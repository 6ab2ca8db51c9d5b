"""Advertising told from what only looks so: passages written for it, and with ``--data`` texts that are reports.

Each passage stands in a report. What is called advertising of the reports of the judged sets is printed, to be read:
there is next to none in them.
"""

import argparse
import json
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from content.documents import Document, Passage
from content.passages import passages
from content.provenance import judged

_CASES: Final = Path(__file__).parents[1] / "content" / "told_apart.toml"
_AROUND: Final = (
    "Alibaba’s cloud grew by 8% last quarter, with chips of Nvidia and models on Hugging Face.",
    "The board met in May, and Wu spoke first.",
    "That is all that is known so far.",
)
#: files below the folder of judged data, and the field that has a text or several
_REPORTS: Final = {
    "summaries/cnndm_dev.jsonl": "article",
    "html/gold.jsonl": "text",
    "figures/newsquant_dev.jsonl": "text",
    "answers/wikiqa_dev.jsonl": "candidates",
    "answers/trecqa_dev.jsonl": "candidates",
}


def sponsored(document: Document) -> list[Passage]:
    """The passages that are called advertising."""
    return [one for one in judged(document, passages(document)) if one.sponsored]


def within(text: str) -> Document:
    """A report with a text in its midst."""
    return Document("d", "\n\n".join((*_AROUND[:2], text, *_AROUND[1:])), title="Alibaba’s cloud grows")


def _told_apart(paid: list[str], free: list[str]) -> str:
    found = sum(bool(sponsored(within(text))) for text in paid)
    wrong = sum(bool(sponsored(within(text))) for text in free)
    return (
        f"precision {found / max(1, found + wrong):.2f}, recall {found / len(paid):.2f} "
        f"({found} of {len(paid)} found, {wrong} of {len(free)} taken for advertising)"
    )


def _texts(file: Path, field: str) -> Iterator[str]:
    for line in file.read_text("utf-8").splitlines():
        said = json.loads(line)[field]
        yield from said if isinstance(said, list) else [said]


def main() -> int:
    """Print precision and recall, and what is called advertising in the judged sets."""
    options = argparse.ArgumentParser(prog="python -m tests.bench.advertising", description=__doc__)
    options.add_argument("--data", metavar="DIR", type=Path, help="a folder of judged data")
    data = options.parse_args().data
    for name, cases in tomllib.loads(_CASES.read_text("utf-8")).items():
        print(f"{name}: {_told_apart(cases['paid'], cases['free'])}")
    for file, field in _REPORTS.items() if data else ():
        texts = list(_texts(data / file, field))
        called = [one for text in texts for one in sponsored(Document("d", text))]
        print(f"{file}: {len(called)} passages of {len(texts):,} texts")
        print("".join(f"  {one.text[:200]!r} {one.sponsored}\n" for one in called), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
