"""The commands as a person or a script runs them: output, exit status, bad input."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.cli import main
from tests.conftest import SEEDS
from tests.content.site import Site, saying

Run = subprocess.CompletedProcess[str]
ROOT = SEEDS.parent


def run(*arguments: str, stdin: bytes | None = None, settings: Mapping[str, str] | None = None) -> Run:
    """The program in a process of its own, as it is installed."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **(settings or {})}
    done = subprocess.run(
        [sys.executable, "-m", "bot", *arguments], input=stdin, capture_output=True, env=environment, timeout=60
    )
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.fixture
def indexed(capsys: pytest.CaptureFixture[str]) -> None:
    """The seeds, in the data directory of this test."""
    assert main(["index"]) == 0
    capsys.readouterr()


def out(capsys: pytest.CaptureFixture[str], *arguments: str, status: int = 0) -> str:
    assert main(list(arguments)) == status
    return capsys.readouterr().out


def json_of(capsys: pytest.CaptureFixture[str], *arguments: str, status: int = 0) -> Any:
    return json.loads(out(capsys, *arguments, "--json", status=status))


def test_index_tells_what_became_of_each_document(capsys: pytest.CaptureFixture[str]) -> None:
    first = json_of(capsys, "index")
    assert first == {
        "added": ["bold-pivot-to-ai", "full-commercialization", "quiet-ai-revolution", "qwen-mass-market-layer"],
        "changed": [],
        "unchanged": [],
        "failed": [],
    }
    assert json_of(capsys, "index")["unchanged"] == first["added"]
    assert out(capsys, "index") == "0 added, 0 changed, 4 unchanged\n"


def test_index_says_what_it_left_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    for name in ("a.txt", ".secret.txt", *(f"{at:02}.png" for at in range(22))):
        (folder / name).write_text("Some text.")
    assert main(["index", str(folder), "--json"]) == 0
    captured = capsys.readouterr()
    assert json.loads(captured.out) == {"added": ["a"], "changed": [], "unchanged": [], "failed": []}
    said = captured.err.splitlines()
    assert said[0] == f"left out: {folder / '.secret.txt'}: it is hidden"
    assert said[1].endswith("00.png: only .txt, .md, .jsonl, .html, .pdf files can be read")
    assert said[20:] == ["… and 3 more that were left out"]
    (folder / "a.txt").unlink()
    assert main(["index", str(folder)]) == 0
    assert capsys.readouterr().err.endswith("file was found there.\n")


def test_a_page_is_indexed_with_its_inferred_date(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = (
        "<html><body><article><h1>Chips</h1><p>It said on May 14, 2026 that it makes chips.</p></article></body></html>"
    )
    (tmp_path / "a.html").write_text(page)
    assert main(["index", str(tmp_path / "a.html")]) == 0
    capsys.readouterr()
    (source,) = json_of(capsys, "sources")["sources"]
    assert (source["document"], source["title"]) == ("a", "Chips")
    assert (source["published"], source["inferred"], source["labels"]) == (None, "2026-05-14", [])
    assert json_of(capsys, "ask", "Who makes chips?")["searched"] == {"documents": 1, "newest": None}


def test_pages_of_the_web_are_indexed_beside_files(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.txt").write_text("Some text.")
    with Site() as site:
        site.pages |= {
            "/robots.txt": saying(b"User-agent: *\nDisallow: /c"),
            "/b": saying(b"<html><body><p>Some more text to read.</p></body></html>"),
        }
        monkeypatch.setenv("ALIBABA_FETCH_ALLOW", site.place)
        found = json_of(capsys, "index", str(tmp_path / "a.txt"), site.url("/b"), site.url("/c"), status=1)
    assert found["added"] == ["a", site.url("/b")]
    reason = "localhost asks programs to leave that address alone (robots.txt)"
    assert found["failed"] == [{"path": site.url("/c"), "error": reason}]


ANSWER_KEYS = ["question", "understood_as", "answered", "confidence", "missing", "summary", "figures", "disagreements",
               "sources", "searched"]  # fmt: skip
FIGURE_KEYS = ["text", "start", "end", "low", "high", "unit", "kind", "hedge", "period", "about", "attributed_to",
               "change", "sentence", "document"]  # fmt: skip
SOURCE_KEYS = ["n", "document", "title", "publisher", "published", "url", "paragraph", "passage", "start", "end",
               "digest", "inferred", "label", "link", "also_in"]  # fmt: skip
SOURCES_KEYS = ["document", "title", "publisher", "published", "url", "passages", "figures", "labels", "inferred"]
HIT_KEYS = ["rank", "document", "title", "paragraph", "score", "text", "sponsored", "also_in"]


@pytest.mark.usefixtures("indexed")
def test_ask_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    answer = json_of(capsys, "ask", "how much did Alibba pledge for AI?")
    assert list(answer) == ANSWER_KEYS
    assert answer["answered"] is True
    assert answer["understood_as"] == "how much did Alibaba pledge for AI?"
    assert [list(one) for one in answer["summary"]] == [["text", "citation"]] * len(answer["summary"])
    assert list(answer["figures"][0]) == [*FIGURE_KEYS, "citation"]
    assert list(answer["sources"][0]) == SOURCE_KEYS
    figure, source = answer["figures"][0], answer["sources"][0]
    text = (SEEDS / f"{source['document']}.txt").read_text("utf-8")
    assert text[source["start"] : source["end"]] == source["passage"]
    assert text[figure["start"] : figure["end"]] == figure["text"] == "more than $52 billion"
    assert (figure["low"], figure["high"], figure["unit"], figure["hedge"]) == (
        52_000_000_000,
        None,
        "USD",
        "more than",
    )
    assert (figure["attributed_to"], figure["period"]) == ("Reuters", "over the next three years")
    assert answer["searched"] == {"documents": 4, "newest": None}


@pytest.mark.usefixtures("indexed")
def test_a_question_nobody_answers_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    answer = json_of(capsys, "ask", "What dividend does Alibaba pay?")
    assert list(answer) == [*ANSWER_KEYS[:-1], "nearest", "searched"]
    assert answer["answered"] is False
    assert answer["missing"] == ["dividend"]
    assert [answer[key] for key in ("summary", "figures", "disagreements", "sources")] == [[], [], [], []]
    assert all(list(near) == ["document", "title"] for near in answer["nearest"])


@pytest.mark.usefixtures("indexed")
def test_ask_on_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    text = out(capsys, "ask", "how much did Alibba pledge for AI?")
    assert text.startswith(
        "Showing Alibaba (you wrote “Alibba”)\nMore than $52 billion over the next three years (Reuters)"
    )
    assert "[1] Alibaba’s Bold Pivot to AI Dominance · about 2025 (inferred) · paragraph 3\n" in text
    assert "Sources differ: $53 billion (Technology Magazine) [3] · tens of billions of dollars (CNBC) [2]\n" in text
    assert text.endswith("4 documents searched\n")
    partly = out(capsys, "ask", "How does Alibaba cope with the chip export restrictions?")
    assert partly.endswith("4 documents searched, none mentions “cope”\n")
    declined = out(capsys, "ask", "What dividend does Alibaba pay?")
    assert "No answer in 4 documents: none mentions “dividend”." in declined
    assert "in their language" not in declined
    assert "so please ask in their language.\n" in out(capsys, "ask", "¿Qué es el dividendo?")


@pytest.mark.usefixtures("indexed")
def test_ask_many(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    batch = tmp_path / "questions.tsv"
    batch.write_text("a\tWhat is ModelScope?\n\n7\tWhat dividend is paid?\n")
    lines = [json.loads(line) for line in out(capsys, "ask", "--batch", str(batch), "--json").splitlines()]
    assert [(line["id"], line["answered"]) for line in lines] == [("a", True), ("7", False)]
    batch.write_text("a\tWhat is ModelScope?\nb\t???\nc\tWhat is Quark?\n")
    assert main(["ask", "--batch", str(batch), "--json"]) == 1
    captured = capsys.readouterr()
    lines = [json.loads(line) for line in captured.out.splitlines()]
    assert [(line["id"], line["answered"]) for line in lines] == [("a", True), ("b", False), ("c", True)]
    assert captured.err.startswith("b: There is no word")


@pytest.mark.usefixtures("indexed")
def test_a_bad_line_does_not_stop_the_others(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    batch = tmp_path / "questions.tsv"
    batch.write_text("a\tWhat is ModelScope?\nno tab\n\tno id\nd\tWhat is Quark?\n")
    assert main(["ask", "--batch", str(batch), "--json"]) == 1
    captured = capsys.readouterr()
    lines = [json.loads(line) for line in captured.out.splitlines()]
    assert [(line["id"], line["question"], line["answered"]) for line in lines] == [
        ("a", "What is ModelScope?", True),
        ("", "no tab", False),
        ("", "no id", False),
        ("d", "What is Quark?", True),
    ]
    assert captured.err == "".join(f"{batch} line {n} is not an id, a tab and a text.\n" for n in (2, 3))
    assert main(["search", "--queries", str(batch), "--run", str(tmp_path / "run")]) == 2
    assert "line 2 is not an id" in capsys.readouterr().err


@pytest.mark.usefixtures("indexed")
def test_search(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = json_of(capsys, "search", "modlescope", "-k", "1")
    assert list(found) == ["query", "understood_as", "hits"]
    assert [list(hit) for hit in found["hits"]] == [HIT_KEYS]
    assert found["hits"][0]["document"] == "quiet-ai-revolution"
    assert "ModelScope" in out(capsys, "search", "modelscope")
    assert out(capsys, "search", "zeppelin") == "No passage has any of these words.\n"


@pytest.mark.usefixtures("indexed")
def test_a_trec_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    queries, trec = tmp_path / "queries.tsv", tmp_path / "run.txt"
    queries.write_text("1\tqwen cloud\n2 b\tchips\n3\t!!!\n")
    assert main(["search", "--queries", str(queries), "--run", str(trec)]) == 0
    lines = [line.split(" ") for line in trec.read_text().splitlines()]
    assert {len(line) for line in lines} == {6}
    assert [line[3] for line in lines if line[0] == "1"] == ["1", "2", "3", "4"]
    assert {(line[1], line[5]) for line in lines} == {("Q0", "alibaba")}
    scores = [float(line[4]) for line in lines if line[0] == "1"]
    assert scores == sorted(scores, reverse=True)
    assert lines[-1][0] == "2_b"
    assert lines[-1][2] == "full-commercialization"


@pytest.mark.usefixtures("indexed")
def test_figures_sources_and_summaries(capsys: pytest.CaptureFixture[str]) -> None:
    figures = json_of(capsys, "figures")
    assert list(figures) == ["topic", "figures", "disagreements"]
    assert list(figures["figures"][0]) == FIGURE_KEYS
    assert json_of(capsys, "figures", "zeppelin") == {"topic": "zeppelin", "figures": [], "disagreements": []}
    sources = json_of(capsys, "sources")["sources"]
    assert list(sources[0]) == SOURCES_KEYS
    assert [(one["inferred"], one["labels"]) for one in sources] == [
        ("2025", []),
        ("2026-05", []),
        (None, ["1 sponsored passage"]),
        (None, []),
    ]
    assert sum(one["figures"] for one in sources) == len(figures["figures"])
    summary = json_of(capsys, "summarize", "bold-pivot-to-ai")
    assert list(summary) == ["document", "summary", "figures", "sources"]
    assert list(json_of(capsys, "summarize", "qwen")) == ["topic", "summary", "figures", "sources"]
    for nothing in ("zeppelin", "seeds/qwen.txt"):
        assert json_of(capsys, "summarize", nothing, status=1)["summary"] == []
    for command in (["figures"], ["sources"], ["summarize", "qwen"]):
        assert len(out(capsys, *command).splitlines()) >= 4


@pytest.mark.usefixtures("indexed")
@pytest.mark.parametrize(
    ("name", "first", "second"),
    [
        ("bold", "On “bold”, from ", "A document begins so: alibaba-bot summarize bold-pivot-to-ai"),
        ("qwen", "On “qwen”, from ", "A document begins so: alibaba-bot summarize qwen-mass-market-layer"),
        ("investment", "On “investment”, from ", "“"),
        ("bold-pivot-to-ia", "Showing bold-pivot-to-ai (you wrote “bold-pivot-to-ia”)", "“"),
        ("seeds/bold-pivot-to-ai.txt", "“In the high-stakes arena", "“"),
    ],
)
def test_what_is_summarized_is_said(name: str, first: str, second: str, capsys: pytest.CaptureFixture[str]) -> None:
    lines = out(capsys, "summarize", name).splitlines()
    assert (lines[0].startswith(first), lines[1].startswith(second)) == (True, True)


def test_figures_are_a_table_with_the_newest_first(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    dates = (("a", "2024-02"), ("b", None), ("c", "2026-01"))
    rows = [{"id": name, "text": f"It has {len(name)} robots.", "published": date} for name, date in dates]
    (tmp_path / "some.jsonl").write_text("\n".join(json.dumps(row) for row in rows))
    out(capsys, "index", str(tmp_path / "some.jsonl"))
    table = [line.split() for line in out(capsys, "figures").splitlines()]
    assert table[0] == ["figure", "published", "document"]
    assert [line[2:] for line in table[1:4]] == [["2026-01", "c"], ["2024-02", "a"], ["b"]]
    assert [one["document"] for one in json_of(capsys, "figures")["figures"]] == ["c", "a", "b"]


@pytest.mark.usefixtures("indexed")
def test_remove(capsys: pytest.CaptureFixture[str]) -> None:
    assert out(capsys, "remove", "bold-pivot-to-ai") == "1 removed\n"
    assert main(["remove", "bold-pivot-to-ai", "quiet-ai-revolution"]) == 1
    captured = capsys.readouterr()
    assert captured.out == "1 removed\n"
    assert captured.err == "No document is called “bold-pivot-to-ai”; `alibaba-bot sources` lists them.\n"
    assert len(json_of(capsys, "sources")["sources"]) == 2
    assert main(["remove", "seeds/qwen-mass-market-layer.txt", "Alibaba Wants Qwen to Be China's Mass-Market AI"]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("; did you mean qwen-mass-market-layer?\n") == 2


def test_files_that_are_gone_are_told_of(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "notes"
    folder.mkdir()
    for name in ("a", "b c", "d"):
        (folder / f"{name}.txt").write_text(f"The text of {name}.")
    assert main(["index", str(folder)]) == 0
    assert capsys.readouterr().err == ""
    for name, told in (("a", "1 document came from a file that is"), ("b c", "2 documents came from files that are")):
        (folder / f"{name}.txt").unlink()
        assert main(["index", str(folder)]) == 0
        assert capsys.readouterr().err.startswith(f"{told} no longer there; to remove: alibaba-bot remove a")
    assert main(["index", str(folder)]) == 0
    assert capsys.readouterr().err.endswith(" alibaba-bot remove a 'b c'\n")


def test_the_digests_of_two_days(capsys: pytest.CaptureFixture[str]) -> None:
    """The story of tests/content/digest, as an editor would tell it."""
    story = ROOT / "tests" / "content" / "digest"
    for day in ("monday", "tuesday"):
        since = datetime.now(UTC).isoformat()
        out(capsys, "index", str(story / day))
        text = out(capsys, "digest", "--since", since)
        assert text.replace(since, "2026-03-02") == (story / f"{day}.terminal.txt").read_text("utf-8")
    assert main(["digest", "--since", "2999-01-01T09:00Z"]) == 0
    captured = capsys.readouterr()
    assert captured.out.startswith("Nothing new since 2999-01-01T09:00Z.\n")
    assert captured.err == "2999-01-01T09:00Z is still to come.\n"


ITEM_KEYS = {
    "document": ["document", "title", "publisher", "published", "url", "text", "citation", "also_in", "told_by"],
    "figure": ["figure"],
    "changed": ["about", "relation", "figures"],
    "disagreement": ["about", "relation", "figures"],
}


def test_a_digest_as_json(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text("Tencent spent $53 billion on chips, it says here.")
    out(capsys, "index", str(page), str(ROOT / "tests" / "content" / "digest" / "monday"))
    between = datetime.now(UTC).isoformat()
    page.write_text("Tencent spent $60 billion on chips, it says here.")
    out(capsys, "index", str(page), str(ROOT / "tests" / "content" / "digest" / "tuesday"))
    found = json_of(capsys, "digest", "--since", between)
    assert list(found) == ["since", "items", "sources"]
    assert {item["kind"]: list(item) for item in found["items"]} == {
        kind: ["kind", "story", *keys] for kind, keys in ITEM_KEYS.items()
    }
    assert [list(source) for source in found["sources"]] == [SOURCE_KEYS] * len(found["sources"])
    assert list(next(item for item in found["items"] if item["kind"] == "figure")["figure"]) == [
        *FIGURE_KEYS,
        "citation",
    ]
    (revised,) = [item for item in found["items"] if item["kind"] == "changed" and item["figures"][0]["unit"] == "USD"]
    assert [(one["low"], one["citation"] is None) for one in revised["figures"]] == [(5.3e10, True), (6e10, False)]
    yesterday = datetime.now().astimezone().date() - timedelta(days=1)
    assert json_of(capsys, "digest", "--since", "Yesterday")["since"] == str(yesterday)
    today = json_of(capsys, "digest")
    assert (today["since"], len(today["items"]) > len(found["items"])) == (str(yesterday), True)


def test_an_empty_store_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "what is this?", "--json"]) == 0
    captured = capsys.readouterr()
    assert json.loads(captured.out)["searched"] == {"documents": 0, "newest": None}
    assert "`alibaba-bot index`" in captured.err
    assert main(["digest"]) == 0
    captured = capsys.readouterr()
    assert (captured.out, "`alibaba-bot index`" in captured.err) == ("", True)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["ask"], "Give one question"),
        (["ask", "a", "--batch", "b"], "Give one question"),
        (["ask", ""], "There is no word in that question"),
        (["ask", "🙂"], "There is no word in that question"),
        (["ask", "x" * 10_000], "10,000 characters"),
        (["search"], "Give one query"),
        (["search", "--queries", "x"], "Give one query"),
        (["digest", "--since", "2026-13-01"], "--since takes a date such as 20"),
        (["digest", "--since", "0001-01-01"], "--since takes a date such as 20"),
        (["digest", "--since", "last year"], "or “last monday”, not “last year”."),
        (["serve"], "SLACK_BOT_TOKEN is not set"),
        (["manifest", "--http", "http://x.example"], "no public address"),
    ],
)
def test_wrong_usage_ends_in_one_line(arguments: list[str], says: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert says in captured.err.splitlines()[-1]


@pytest.mark.parametrize(
    ("arguments", "meant"),
    [
        (["aks", "x"], "did you mean ask?"),
        (["summarise", "x"], "did you mean summarize?"),
        (["indx"], "did you mean index?"),
        (["ask", "x", "--jsno"], "unrecognized arguments: --jsno; did you mean --json?"),
        (["doctor", "--json"], "doctor takes no --json, unlike ask, digest, extract"),
        (["remove", "old", "--json=1"], "remove takes no --json, unlike ask"),
        (["serve", "--port", "3"], "serve takes no --port, unlike playground"),
        (["--json"], "alibaba-bot takes no --json, unlike ask"),
        (["figures", "--topic", "x"], "figures takes TOPIC without --topic"),
        (["sources", "ask"], "unrecognized arguments: ask\n"),
        (["index", "--nonsense"], "unrecognized arguments: --nonsense\n"),
        (["search", "x", "-k", "0"], "argument -k: “0” is no number from 1 on"),
        (["search", "x", "-k", "few"], "argument -k: “few” is no number from 1 on"),
    ],
)
def test_mistyped_words_are_guessed(arguments: list[str], meant: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as exit:
        main(arguments)
    assert exit.value.code == 2
    assert meant in capsys.readouterr().err


def test_without_a_command_there_is_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "try it without Slack" in captured.err


@pytest.mark.usefixtures("indexed")
def test_quotes_may_be_forgotten(capsys: pytest.CaptureFixture[str]) -> None:
    assert json_of(capsys, "ask", "what", "is", "Quark?")["question"] == "what is Quark?"
    assert json_of(capsys, "figures", "cloud", "infrastructure")["topic"] == "cloud infrastructure"
    assert json_of(capsys, "summarize", "bold", "pivot")["document"] == "bold-pivot-to-ai"


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({"ALIBABA_DATA_DIR": "/proc/nothing"}, "ALIBABA_DATA_DIR"),
        ({"ALIBABA_DATABASE_URL": "mysql+nothing://x@y/z"}, "database"),
        ({"ALIBABA_DATABASE_URL": "postgresql+psycopg2://x@y/z"}, "psycopg2"),
        ({"ALIBABA_DATABASE_URL": "nonsense"}, "ALIBABA_DATABASE_URL"),
    ],
)
def test_unusable_places_for_data_end_in_one_line(settings: dict[str, str], says: str) -> None:
    done = run("sources", settings=settings)
    assert done.returncode in (1, 2)
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert says in done.stderr


def test_a_wrong_setting_ends_in_one_line_that_names_it() -> None:
    done = run("sources", settings={"ALIBABA_PORT": "many"})
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert "ALIBABA_PORT" in done.stderr


BAD_FILES = {
    "empty.txt": (b"", "empty"),
    "binary.txt": (bytes(range(256)) * 40, "not a text file"),
    "huge.txt": (b"\n" + b"word " * 10_000_000, "50 MB"),
    "broken.jsonl": (b'{"id": 1', "not a line of JSON"),
}
GOOD_FILES = {
    "utf16.txt": "Chips cost $3 billion in 2025.".encode("utf-16"),
    "broken-utf8.txt": b"Chips cost \xff\xfe $3 billion in all of that very long year, as they always did. " * 9,
    "control.txt": b"Chips\x00 cost \x07 $3 billion.",
    "channel.txt": b"Chips cost <!channel> $3 billion & more <@U123>.",
    "emoji.txt": "Chips 🚀 cost $3 billion 🙂.".encode(),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_bad_files_are_named_and_lose_nothing(tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    data, says = BAD_FILES[name]
    (tmp_path / name).write_bytes(data)
    (tmp_path / "good.md").write_text("Chips are good.")
    result = json_of(capsys, "index", str(tmp_path), status=1)
    assert result["added"] == ["good"]
    assert [says in one["error"] and name in one["path"] for one in result["failed"]] == [True]
    assert len(json_of(capsys, "search", "chips")["hits"]) == 1


@pytest.mark.parametrize("name", GOOD_FILES)
def test_odd_files_are_read(tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / name).write_bytes(GOOD_FILES[name])
    assert len(json_of(capsys, "index", str(tmp_path / name))["added"]) == 1
    answer = json_of(capsys, "ask", "how much do chips cost?")
    assert answer["figures"][0]["low"] == 3_000_000_000
    extracted = run("extract", str(tmp_path / name), "--json")
    assert extracted.returncode == 0
    figures = [figure for line in extracted.stdout.splitlines() for figure in json.loads(line)["figures"]]
    assert figures[0]["low"] == 3_000_000_000


def test_missing_paths(capsys: pytest.CaptureFixture[str]) -> None:
    assert json_of(capsys, "index", "/nothing/here.txt", status=1)["failed"][0]["error"].startswith("there is no such")
    assert main(["extract", "/nothing/here.txt"]) == 1
    assert main(["ask", "--batch", "/nothing/here.tsv"]) == 1
    assert capsys.readouterr().err.count("/nothing/here") == 2


def test_extract_reads_standard_input_line_by_line() -> None:
    done = run("extract", "-", "--json", stdin=b"It cost $5 million. Then 8%.\n\nNo figure\n")
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [[figure["text"] for figure in line["figures"]] for line in lines] == [["$5 million", "8%"], [], []]
    first = lines[0]["figures"][1]
    assert lines[0]["text"][first["start"] : first["end"]] == "8%"
    assert first["sentence"] == "Then 8%."


def test_extract_refuses_a_binary_file(tmp_path: Path) -> None:
    (tmp_path / "x.bin").write_bytes(bytes(range(256)) * 40)
    done = run("extract", str(tmp_path / "x.bin"))
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "this is not a text file\n")


@pytest.mark.usefixtures("indexed")
@pytest.mark.parametrize("command", ["figures --json", "figures", "extract {lines} --json", "sources"])
def test_nothing_breaks_when_the_reader_of_our_output_leaves(command: str, tmp_path: Path) -> None:
    (tmp_path / "lines.txt").write_text("It spent $5 million.\n" * 5_000)
    piped = f"set -o pipefail; {sys.executable} -m bot {command.format(lines=tmp_path / 'lines.txt')} | head -c 0"
    done = subprocess.run(["bash", "-c", piped], capture_output=True, cwd=ROOT, timeout=60)
    assert (done.returncode, done.stderr) == (0, b"")


def imported_by(module: str) -> set[str]:
    """The packages in memory once a module is imported, in a process of its own."""
    script = f"import {module}, sys; print(*{{name.split('.')[0] for name in sys.modules}})"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, cwd=ROOT, timeout=60, check=True)
    return set(done.stdout.decode().split())


def test_help_teaches_and_is_instant() -> None:
    done = run("--help")
    assert done.returncode == 0
    for command in ("playground", "serve", "index", "remove", "search", "ask", "figures", "extract", "summarize",
                    "sources", "doctor", "manifest"):  # fmt: skip
        assert command in done.stdout
    assert not imported_by("bot.cli") & {"slack_bolt", "sqlalchemy", "tantivy", "pydantic", "rich"}


def test_ask_imports_nothing_that_speaks_slack() -> None:
    assert not imported_by("bot.commands") & {"slack_bolt", "slack_sdk", "aiohttp", "httpx", "jinja2"}


def test_doctor_names_what_is_missing(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor"]) == 1
    text = capsys.readouterr().out
    assert "✓ settings are readable" in text
    assert "✗ no documents are indexed yet" in text
    assert "✗ SLACK_BOT_TOKEN is not set" in text
