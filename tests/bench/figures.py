"""How well figures are found: NewsQuant and the Recognizers specs, which are not part of the project.

    python -m tests.bench.figures --data DIR [--errors]

DIR holds ``newsquant_dev.jsonl``, ``recognizers_currency.jsonl`` and ``recognizers_percent.jsonl``. Matching is one to
one within a sentence: values agree within a relative 1e-5 (an open bound agrees with anything), units after folding
synonyms; "money+percent" counts only those two kinds.
"""

import argparse
import json
import re
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from content.documents import Figure
from content.figures import extract
from content.figures.units import currencies, measures

TOLERANCE = 1e-5


@dataclass(frozen=True, slots=True)
class Gold:
    """A judged quantity: bounds, and its unit folded."""

    low: float
    high: float
    unit: str
    surface: str
    kind: str


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of a comparison."""

    right: int
    found: int
    wanted: int

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.found + self.wanted) if self.found + self.wanted else 0.0

    def __str__(self) -> str:
        precision = self.right / self.found if self.found else 0.0
        recall = self.right / self.wanted if self.wanted else 0.0
        counts = f"({self.right}/{self.found}/{self.wanted})"
        return f"F1 {self.f1:.3f}  precision {precision:.3f}  recall {recall:.3f}  {counts}"


def rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines)


#: Names the judges and the grammar use for one thing.
SYNONYMS = {
    "percentage": "percent",
    "dollar": "USD",
    "united state dollar": "USD",
    "pound sterling": "GBP",
    "yuan": "CNY",
    "shekel": "ILS",
    "yen": "JPY",
    "euro": "EUR",
    "year of age": "year",
    "month of age": "month",
    "pound mas": "pound",
    "pound mass": "pound",
    "count": "time",
    "celsiu": "degree celsiu",
    "fahrenheit": "degree fahrenheit",
}


def fold(unit: str | None) -> str:
    """A unit without the accidents of writing: case, plural, hyphen, British spelling, rate, synonym."""
    if not unit or unit == "-":
        return ""
    if unit.isupper() and len(unit) == 3:
        return unit
    words = unit.lower().replace("-", " ").replace("metre", "meter").replace("litre", "liter").strip()
    whole = singular(words)
    table = currencies()
    if (currency := table.get(words) or table.get(words + "s") or table.get(whole)) and words not in ("p", "c"):
        return currency.name or whole
    if measure := measures().get(words) or measures().get(words + "s") or measures().get(unit):
        return singular(measure.name or "")
    return SYNONYMS.get(whole, whole)


def singular(words: str) -> str:
    words = re.sub(r"\bfeet\b", "foot", re.sub(r"\binches\b", "inch", words))
    return " ".join(re.sub(r"(?<=[^s])s$", "", word) for word in words.split())


def unit_agrees(figure: Figure, gold: Gold, *, rates: bool = True) -> bool:
    """Whether units are one; with ``rates`` a unit agrees with its own rate ("USD" with "dollar per share")."""
    theirs = {fold(gold.unit), fold(gold.surface)}
    if rates:
        theirs |= {fold(re.split(r" per | of ", unit)[0]) for unit in (gold.unit, gold.surface)}
    return fold(figure.unit) in theirs


def bounds(value: str) -> tuple[float, float]:
    if match := re.fullmatch(r"(-?[\d.]+(?:E[-+]?\d+)?)\s*-\s*([\d.]+)", value):
        return float(match[1]), float(match[2])
    return float(value), float(value)


def newsquant_gold(row: dict[str, Any]) -> list[Gold]:
    golds = []
    for figure in row["figures"]:
        low, high = bounds(figure["value"])
        unit, surface = figure["unit"] or "-", figure["unit_surface"] or "-"
        folded = fold(unit)
        kind = "percent" if folded in ("percent", "basis point") else "other"
        if folded.isupper() or unit.split(" per ")[0] in ("cent", "sen") or fold(unit.split(" per ")[0]).isupper():
            kind = "money"
        golds.append(Gold(low, high, unit, surface, kind))
    return golds


def close(a: float, b: float) -> bool:
    return abs(a - b) <= TOLERANCE * max(abs(a), abs(b))


def value_agrees(figure: Figure, gold: Gold) -> bool:
    """Whether the bounds the figure states are the judged ones."""
    low = figure.low is None or close(figure.low, gold.low)
    high = figure.high is None or close(figure.high, gold.high)
    return low and high


def pairs(
    figures: Sequence[Figure], golds: Sequence[Gold], agrees: Callable[[Figure, Gold], bool]
) -> list[tuple[int, int]]:
    """One-to-one matches, greedily; figures that agree in unit too go first, so that equal values do not cross."""
    order = sorted(
        ((not unit_agrees(f, g), i, j) for i, f in enumerate(figures) for j, g in enumerate(golds) if agrees(f, g)),
    )
    matched: list[tuple[int, int]] = []
    for _, i, j in order:
        if all(i != a and j != b for a, b in matched):
            matched.append((i, j))
    return matched


def newsquant(path: Path, *, errors: bool) -> dict[str, Score]:
    """The three scores over all sentences."""
    totals = {name: [0, 0, 0] for name in ("value", "value+unit", "value+unit, rates told", "money+percent")}
    for row in rows(path):
        figures, golds = extract(row["text"]), newsquant_gold(row)
        by_value = pairs(figures, golds, value_agrees)
        by_unit = pairs(figures, golds, lambda f, g: value_agrees(f, g) and unit_agrees(f, g))
        strict = pairs(figures, golds, lambda f, g: value_agrees(f, g) and unit_agrees(f, g, rates=False))
        precise = [f for f in figures if f.kind in ("money", "percent")]
        priced = [g for g in golds if g.kind in ("money", "percent")]
        both = pairs(precise, priced, value_agrees)
        for name, counts in (
            ("value", (len(by_value), len(figures), len(golds))),
            ("value+unit", (len(by_unit), len(figures), len(golds))),
            ("value+unit, rates told", (len(strict), len(figures), len(golds))),
            ("money+percent", (len(both), len(precise), len(priced))),
        ):
            totals[name] = [a + b for a, b in zip(totals[name], counts, strict=True)]
        if errors:
            report(row["text"], figures, golds, by_value, by_unit)
    return {name: Score(*counts) for name, counts in totals.items()}


def report(
    text: str,
    figures: Sequence[Figure],
    golds: Sequence[Gold],
    by_value: Iterable[tuple[int, int]],
    by_unit: Iterable[tuple[int, int]],
) -> None:
    """Print what a sentence got wrong."""
    ours, theirs = {i for i, _ in by_value}, {j for _, j in by_value}
    wrong = [("+", f"{f.text!r} {f.low} {f.high} {f.unit}") for i, f in enumerate(figures) if i not in ours]
    wrong += [("-", f"{g.low} {g.high} {g.unit}") for j, g in enumerate(golds) if j not in theirs]
    units = set(by_value) - set(by_unit)
    wrong += [("u", f"{figures[i].text!r} {figures[i].unit} / {golds[j].unit} / {golds[j].surface}") for i, j in units]
    if wrong:
        print(text, *(f"    {sign} {what}" for sign, what in wrong), sep="\n")


#: Rows of the specs that are no figures by DESIGN §6, by what their text matches; the reason is printed with the score.
LEFT_OUT = {
    "a unit without a number": r"percentage\?$|the % of|small percent|counted the dollars",
    "the unit before a bare number, as no prose has it": r"^per ?cents? of|^sen 100|Do you think sen",
}


def left_out(text: str) -> str | None:
    return next((reason for reason, pattern in LEFT_OUT.items() if re.search(pattern, text)), None)


def recognizers(path: Path, *, errors: bool) -> tuple[Score, dict[str, int]]:
    """Recall of amounts by value and span on a spec of phrases, and how many rows were left out, by reason."""
    right = found = wanted = 0
    skipped: dict[str, int] = {}
    for row in rows(path):
        if reason := left_out(row["text"]):
            skipped[reason] = skipped.get(reason, 0) + 1
            continue
        figures = [f for f in extract(row["text"]) if f.kind in ("money", "percent")]
        golds = [g for g in row["figures"] if g["value"] not in (None, "null")]
        hits = [any(recognized(f, g) for f in figures) for g in golds]
        right, found, wanted = right + sum(hits), found + len(figures), wanted + len(golds)
        if errors and not all(hits):
            print(
                row["text"],
                [(f.text, f.low) for f in figures],
                [(g["surface"], g["value"]) for g in golds],
                sep="\n    ",
            )
    return Score(right, found, wanted), skipped


def recognized(figure: Figure, gold: dict[str, Any]) -> bool:
    value = float(gold["value"].removesuffix("%"))
    bound = figure.low if figure.low is not None else figure.high
    return bound is not None and close(bound, value) and figure.start < gold["end"] and gold["start"] < figure.end


def milliseconds(path: Path, words: int = 800) -> float:
    """Time for an article of so many words, all of them sentences of this file."""
    texts = [row["text"] for row in rows(path)]
    extract(texts[0])
    begun = time.process_time()
    for text in texts:
        extract(text)
    spent = time.process_time() - begun
    return spent * 1000 * words / sum(len(text.split()) for text in texts)


def main() -> None:
    """Print every score."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--errors", action="store_true", help="print what was missed, invented or misread")
    arguments = parser.parse_args()
    quantities = arguments.data / "newsquant_dev.jsonl"
    for name, score in newsquant(quantities, errors=arguments.errors).items():
        print(f"newsquant {name:22} {score}")
    for kind in ("currency", "percent"):
        score, skipped = recognizers(arguments.data / f"recognizers_{kind}.jsonl", errors=arguments.errors)
        print(f"recognizers {kind:18} recall {score.right / score.wanted:.3f}  ({score.right}/{score.wanted})")
        for reason, count in skipped.items():
            print(f"    left out: {count} rows, {reason}")
    print(f"newsquant ms per 800 words       {milliseconds(quantities):.1f}")


if __name__ == "__main__":
    main()
