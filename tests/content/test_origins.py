"""Documents whose files are gone are told of, and only those."""

from pathlib import Path

import pytest

from content import formats
from content.origins import Origins, noting
from tests.conftest import Storage


def indexed(storage: Storage, *paths: Path) -> tuple[str, ...]:
    """Index folders; returns the documents whose files are gone."""
    places: dict[str, str] = {}
    list(storage.library().add(noting(formats.located(*paths), places)))
    origins = Origins(storage.engine())
    origins.note(places)
    return origins.gone(paths, places)


@pytest.mark.parametrize(
    ("gone", "told"),
    [
        ([], ()),
        (["notes/a b%.txt"], ("a b%",)),
        (["notes/sub/c.md", "notes/a b%.txt"], ("a b%", "sub/c")),
        (["notes/many.jsonl"], ()),
        (["others/d.txt"], ()),
    ],
)
def test_what_is_gone_from_a_folder(tmp_path: Path, storage: Storage, gone: list[str], told: tuple[str, ...]) -> None:
    (tmp_path / "notes" / "sub").mkdir(parents=True)
    (tmp_path / "others").mkdir()
    for name in ("notes/a b%.txt", "notes/sub/c.md", "others/d.txt", "notes_too.txt"):
        (tmp_path / name).write_text(f"Text of {name}.")
    (tmp_path / "notes" / "many.jsonl").write_text('{"id": "one", "text": "Text."}')
    assert indexed(storage, tmp_path / "notes", tmp_path / "others") == ()
    for name in gone:
        (tmp_path / name).unlink()
    assert indexed(storage, tmp_path / "notes" / ".." / "notes") == told
    storage.library().remove(told)
    assert indexed(storage, tmp_path / "notes") == ()


def test_a_file_that_was_moved_is_not_gone(tmp_path: Path, storage: Storage) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "one" / "a.txt").write_text("Text.")
    assert indexed(storage, tmp_path / "one") == ()
    (tmp_path / "one" / "a.txt").rename(tmp_path / "one" / "a.md")
    assert indexed(storage, tmp_path / "one") == ()
