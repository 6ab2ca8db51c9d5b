"""How well articles are taken out of web pages, on judged pages that are not part of the project.

    python -m tests.bench.html --data DIR [--errors]

DIR holds ``gold.jsonl`` ("file", "url", "text", "proxy_date": what the page's own metadata say) and the gzipped pages.
The score is the mean over pages of the F1 of words, counted as often as they stand there.
"""

import argparse
import gzip
import json
import re
import time
from collections import Counter
from pathlib import Path
from typing import Any

from content.errors import UnreadableDocument
from content.sandbox import Sandbox


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.lower()))


def f1(found: str, wanted: str) -> float:
    ours, theirs = words(found), words(wanted)
    return 2 * (ours & theirs).total() / max(1, ours.total() + theirs.total())


def parsed(sandbox: Sandbox, page: bytes, url: str) -> dict[str, Any]:
    try:
        return sandbox.parse("html", page, {"url": url})
    except UnreadableDocument as error:
        return {"text": "", "fields": {}, "error": str(error)}


def main() -> None:
    """Print the score of every page and their mean, and how the dates compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--errors", action="store_true", help="print the score, the date and the names of every page")
    arguments = parser.parse_args()
    rows = [json.loads(line) for line in (arguments.data / "gold.jsonl").read_text("utf-8").splitlines()]
    dates: Counter[str] = Counter()
    scores, begun = [], time.perf_counter()
    with Sandbox() as sandbox:
        for row in rows:
            got = parsed(sandbox, gzip.decompress((arguments.data / row["file"]).read_bytes()), row["url"])
            scores.append(f1(got["text"], row["text"]))
            fields, known = got["fields"], (row["proxy_date"] or "")[:10]
            comparable = known[:4].isdigit() and known > "1990"
            kind = next((name for name in ("published", "suggested") if name in fields), "none")
            agrees = "unknown" if not comparable else "right" if fields.get(kind) == known else "wrong"
            dates[f"{kind}, {agrees}"] += 1
            if arguments.errors:
                print(f"{scores[-1]:.3f}  {row['url']}\n       {row['proxy_date']}  {fields}")
    print(f"pages {len(rows)}  mean word F1 {sum(scores) / len(scores):.3f}  lowest {min(scores):.3f}")
    print("dates  " + "  ".join(f"{name}: {count}" for name, count in sorted(dates.items())))
    print(f"ms a page {(time.perf_counter() - begun) * 1000 / len(rows):.0f}")


if __name__ == "__main__":
    main()
