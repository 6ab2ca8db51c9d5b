"""Files become documents, or one clear line says why not."""

import json
import os
import subprocess
import sys
from io import BufferedReader, BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content import encodings, formats
from content.documents import Document
from content.errors import NotText, UnreadableDocument
from content.formats import LeftOut, Unread
from content.passages import passages


def read(path: Path) -> list[formats.Read]:
    return list(formats.documents(path))


def only(path: Path) -> Document:
    (document,) = read(path)
    assert isinstance(document, Document), document
    return document


def error(path: Path) -> str:
    (unread,) = read(path)
    assert isinstance(unread, Unread), unread
    return unread.error


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("Größe – 5 %".encode(), "Größe – 5 %"),
        ("Größe".encode("utf-16"), "Größe"),
        (b"\xfe\xff" + "Größe".encode("utf-16-be"), "Größe"),
        ("Größe".encode("utf-8-sig"), "Größe"),
        (b"one\r\ntwo\rthree", "one\ntwo\nthree"),
        (b"a nul \x00 and a bell \x07 are blanks, not its end", "a nul   and a bell   are blanks, not its end"),
        ("阿里巴巴 pledged".encode(), "阿里巴巴 pledged"),
        (("x" * 500 + "\xff").encode("latin-1"), "x" * 500 + "ÿ"),
        ("Größe für alle, ".encode() * 3 + b"\xff", "Größe für alle, " * 3 + "�"),
        ("Alibaba’s plan: £5 million".encode("cp1252"), "Alibaba’s plan: £5 million"),
        ("a\x1b[31mred\x9b2J \u202eevil".encode(), "a [31mred 2J  evil"),
    ],
)  # fmt: skip
def test_text_in_many_encodings(tmp_path: Path, data: bytes, text: str) -> None:
    (tmp_path / "a.txt").write_bytes(data)
    assert only(tmp_path / "a.txt").text == text


def test_an_old_encoding_is_told() -> None:
    sentence = "Der Vorstand hält die Größe des Unternehmens für übermäßig. " * 5
    assert encodings.decode(sentence.encode("cp1252")) == sentence


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b"  \n \n", "empty"),
        ("a.md", b"---\ntitle: only a head\n---\n", "no text"),
        ("a.jsonl", b"", "empty"),
        ("a.txt", bytes(range(256)) * 20, "not a text file"),
        ("a.md", b"---\n: [\n---\ntext", "front matter"),
        ("a.md", b"---\n- a list\n---\ntext", "front matter"),
        ("a.md", b"---\na: " + b"[" * 3_000 + b"\n---\ntext", "front matter"),
        ("a.jsonl", b'{"id": "x", "text": "y", "n": ' + b"9" * 5_000 + b"}", "not a line of JSON"),
        ("a.jsonl", b'{"id": "\\u0000 ", "text": "y"}', "1 to 255 characters"),
        ("a.jsonl", b'{"id": "' + b"x" * 256 + b'", "text": "y"}', "1 to 255 characters"),
        ("a.docx", b"PK", "only .txt, .md, .jsonl, .html, .pdf"),
        ("a.pdf", b"%PDF-1.7", "the PDF is damaged"),
        ("a.pdf", b"<html>", "this is no PDF"),
        ("a.html", b"%PDF-1.7" + bytes(100), "this is no HTML page"),
        ("a.html", b"<html><body></body></html>", "no article"),
        ("a.jsonl", b"{", "not a line of JSON"),
        ("a.jsonl", b"[1]", '"id" and "text"'),
        ("a.jsonl", b'{"id": "x"}', '"id" and "text"'),
        ("a.jsonl", b'{"id": 7, "text": "x"}', '"id" and "text"'),
        ("a.jsonl", b'{"id": "x", "text": " "}', "no text"),
        ("a.jsonl", b"[" * 100_000, "not a line of JSON"),
        ("a.jsonl", '{"id": "x", "text": "é"}'.encode("latin-1"), "not a line of JSON"),
    ],
)
def test_what_cannot_be_read_says_why(tmp_path: Path, name: str, data: bytes, says: str) -> None:
    (tmp_path / name).write_bytes(data)
    assert says in error(tmp_path / name)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert error(tmp_path / "nothing.txt") == "there is no such file or folder"


def test_a_huge_file_is_refused_with_its_size(tmp_path: Path) -> None:
    with (tmp_path / "huge.txt").open("wb") as file:
        file.truncate(50_000_000)
    assert error(tmp_path / "huge.txt") == "the file has 50 MB, more than the 20 MB that are read"


def test_front_matter_is_what_is_stated_and_dates_stay_as_written(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(
        "---\ntitle: Chips\npublished: 2026-05\ntags: [a, b]\n---\n# Head\n\nIt *grew* by [5 %](https://x.example).\n"
    )
    document = only(tmp_path / "a.md")
    assert (document.title, document.title_source, document.published) == ("Chips", "stated", "2026-05")
    assert document.text == "Head\n\nIt grew by 5 %."
    assert document.publisher is None


def test_headings_of_markdown_are_known_whatever_they_look_like(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# What is Qwen?\n\nShort\n\nA family of models, open to everybody.\n")
    found = passages(only(tmp_path / "a.md"))
    assert [(one.heading, one.text) for one in found] == [
        ("What is Qwen?", "Short"),
        ("What is Qwen?", "A family of models, open to everybody."),
    ]


@pytest.mark.parametrize(
    ("markdown", "plain"),
    [
        ("a\nb", "a b"),
        ("- one\n- two", "one\n\ntwo"),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "a | b\n\n1 | 2"),
        ("```\ncode\n```", "code"),
        ("```\nif a:\n\n    b\n```", "if a:\n\n    b"),
        ("<b>bold</b> text", "bold text"),
        ("![alt](x.png) shown", "alt shown"),
        ("> quoted", "quoted"),
    ],
)
def test_markdown_reads_as_its_rendering(markdown: str, plain: str) -> None:
    assert formats.plain_text(markdown) == plain


def test_jsonl_goes_on_after_a_bad_line(tmp_path: Path) -> None:
    good = {"id": "a", "text": "Text.", "title": "T", "url": "https://x.example/", "author": 7, "published": "2026"}
    (tmp_path / "a.jsonl").write_text(json.dumps(good) + "\nnonsense\n\n" + json.dumps({"id": "b", "text": "More."}))
    first, bad, second = read(tmp_path / "a.jsonl")
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert isinstance(bad, Unread)
    assert (first.id, first.title, first.url, first.author) == ("a", "T", "https://x.example/", None)
    assert bad.path.endswith("a.jsonl line 2")
    assert second == Document("b", "More.")


def test_a_folder_is_read_in_order_with_paths_as_ids_and_its_index(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / ".hidden").mkdir()
    for name in ("z.txt", "sub/b.md", "sub/picture.png", ".hidden/c.txt"):
        (tmp_path / name).write_text(f"Text of {name}.")
    (tmp_path / "index.toml").write_text('["z.txt"]\ntitle = "Zed"\ntitle_source = "first words"\n')
    found = read(tmp_path)
    documents = [one for one in found if isinstance(one, Document)]
    assert [(one.id, one.title, one.title_source) for one in documents] == [
        ("sub/b", None, None),
        ("z", "Zed", "first words"),
    ]
    left = [(Path(one.path).name, one.reason) for one in found if isinstance(one, LeftOut)]
    assert left == [
        (".hidden", "it is hidden"),
        ("picture.png", "only .txt, .md, .jsonl, .html, .pdf files can be read"),
    ]


@pytest.mark.parametrize(
    ("stated", "published"),
    [
        ("2026-05-14", "2026-05-14"),
        ('"2026-05-14T09:00Z"', "2026-05-14T09:00Z"),
        ('"2026"', "2026"),
        ('"May 14, 2026"', "2026-05-14"),
        ('"14 May 2026"', "2026-05-14"),
        ('"unknown"', None),
        ('"last tuesday"', None),
        ('"2026-13-01"', None),
    ],
)
def test_dates_are_stated_as_text_or_as_dates(tmp_path: Path, stated: str, published: str | None) -> None:
    (tmp_path / "index.toml").write_text(f'["a.txt"]\npublished = {stated}\n')
    (tmp_path / "a.txt").write_text("Text.")
    (tmp_path / "b.jsonl").write_text(json.dumps({"id": "b", "text": "Text.", "date": stated.strip('"')}))
    found = read(tmp_path)
    assert [one.published for one in found if isinstance(one, Document)] == [published] * 2
    told = [one.reason for one in found if isinstance(one, LeftOut)]
    said = stated.strip('"')
    assert told == [f"the date “{said}”, which is none I know; write it as 2026-05-14"] * (0 if published else 2)


@pytest.mark.parametrize(
    ("name", "text", "title"),
    [
        ("a.txt", "Chip prices in spring\n\nThe price of chips rose in the spring.\n", "Chip prices in spring"),
        ("a.txt", "\n Chip prices \n \nThe price of chips rose in the spring.\n", "Chip prices"),
        ("a.txt", "Chip prices\nThe price of chips rose in the spring.\n", None),
        ("a.txt", "Chips rose.\n\nThe price of chips rose in the spring.\n", None),
        ("a.txt", "chips\n\nThe price of chips rose in the spring.\n", None),
        ("a.txt", "Chip prices in spring\n", None),
        ("a.md", "# What is Qwen?\n\nA family of models.\n", "What is Qwen?"),
        ("a.md", "A family of models.\n\n# What is Qwen?\n\nMore.\n", None),
        ("a.md", "---\ntitle: Stated\n---\n# What is Qwen?\n\nA family of models.\n", "Stated"),
    ],
)
def test_a_heading_at_the_top_is_the_title(tmp_path: Path, name: str, text: str, title: str | None) -> None:
    (tmp_path / name).write_text(text)
    document = only(tmp_path / name)
    source = None if title is None else "stated" if title == "Stated" else "first words"
    assert (document.title, document.title_source) == (title, source)


@pytest.mark.parametrize(
    ("stated", "sponsored"),
    [
        ("true", "true"),
        ("yes", "yes"),
        ("1", "1"),
        ('"by  Acme Ltd."', "by Acme Ltd."),
        ("false", None),
        ("no", None),
        ("0", None),
        ("[1]", None),
        ('"unknown"', None),
    ],
)
def test_a_document_may_state_that_it_is_sponsored(tmp_path: Path, stated: str, sponsored: str | None) -> None:
    toml = f'"{stated}"' if stated in ("yes", "no") else stated
    (tmp_path / "index.toml").write_text(f'["a.txt"]\nsponsored = {toml}\nadvert = true\n')
    (tmp_path / "a.txt").write_text("Text.")
    (tmp_path / "b.md").write_text(f"---\nsponsored: {stated}\nadvert: true\n---\nText.")
    (tmp_path / "c.jsonl").write_text(f'{{"id": "c", "text": "Text.", "sponsored": {toml}, "advert": true}}')
    assert [one.sponsored for one in read(tmp_path) if isinstance(one, Document)] == [sponsored] * 3


def test_odd_files_do_not_stop_the_others(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text("Text.")
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    with (Path(os.fsdecode(bytes(tmp_path) + b"/b\xff.txt"))).open("w") as file:
        file.write("Named oddly.")
    found = read(tmp_path)
    assert [one.id for one in found if isinstance(one, Document)] == ["b", "good"]
    assert [one.error for one in found if isinstance(one, Unread)] == ["this is no ordinary file"] * 2
    for one in found:
        str(one).encode("utf-8")


def test_a_named_pipe_is_refused_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert error(tmp_path / "pipe.txt") == "this is no ordinary file"


def test_a_folder_that_may_not_be_read_is_named(tmp_path: Path) -> None:
    script = (
        "import os, sys; from pathlib import Path; from content import formats\n"
        f"top = Path({str(tmp_path)!r}); (top / 'no').mkdir(); (top / 'no' / 'a.txt').write_text('Text.')\n"
        "os.chmod(top, 0o777); os.chmod(top / 'no', 0)\n"
        "os.setuid(65534) if os.getuid() == 0 else None\n"
        "print([one.error for path in (top, top / 'no' / 'a.txt') for one in formats.documents(path)])\n"
    )
    for folder in [tmp_path, *tmp_path.parents][:3]:
        folder.chmod(folder.stat().st_mode | 0o755)
    root = Path(formats.__file__).parent.parent
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, cwd=root, timeout=60, check=False)
    (tmp_path / "no").chmod(0o755)
    assert done.stdout.decode() == "['cannot be opened: Permission denied', 'cannot be opened: Permission denied']\n", (
        done
    )


def test_an_overlong_line_of_a_stream_is_cut_not_split() -> None:
    data = b"x" * 1_400_000 + b"\nnext\n"
    assert [len(line) for line in encodings.lines(BufferedReader(BytesIO(data)))] == [1_000_000, 4]


def test_a_broken_index_is_said_for_every_file_beside_it(tmp_path: Path) -> None:
    (tmp_path / "index.toml").write_text("[[[")
    (tmp_path / "a.txt").write_text("Text.")
    assert "index.toml beside it is not valid TOML" in error(tmp_path)


@pytest.mark.parametrize(
    ("data", "lines"),
    [
        (b"a\n\nb", ["a", "", "b"]),
        (b"a\r\nb\n", ["a", "b"]),
        ("ä\nö".encode("utf-16"), ["ä", "ö"]),
        (b"", []),
        (b"ok \xff", ["ok �"]),
    ],
)
def test_lines_of_a_stream(data: bytes, lines: list[str]) -> None:
    assert list(encodings.lines(BufferedReader(BytesIO(data)))) == lines


def test_a_binary_stream_is_refused() -> None:
    with pytest.raises(NotText):
        list(encodings.lines(BufferedReader(BytesIO(bytes(range(32)) * 100))))


@given(st.binary(max_size=400))
def test_any_bytes_are_text_without_control_characters_or_a_content_error(data: bytes) -> None:
    try:
        text = encodings.decode(data)
    except UnreadableDocument:
        return
    assert not any(ord(char) < 32 and char not in "\n\t" for char in text)
    text.encode("utf-8")


@given(st.text(max_size=300))
def test_any_markdown_becomes_text(markdown: str) -> None:
    assert isinstance(formats.plain_text(markdown), str)
