"""Documents whose files are gone are told of, and only those."""

from pathlib import Path

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


def test_what_is_gone_from_a_folder(tmp_path: Path, storage: Storage) -> None:
    notes, others = tmp_path / "notes", tmp_path / "others"
    (notes / "sub").mkdir(parents=True)
    others.mkdir()
    for name in ("notes/a b%.txt", "notes/moved.txt", "notes/sub/c.md", "others/d.txt"):
        (tmp_path / name).write_text(f"Text of {name}.")
    (notes / "many.jsonl").write_text('{"id": "one", "text": "Text."}')
    assert indexed(storage, notes, others) == ()
    gone: tuple[tuple[str, tuple[str, ...]], ...] = (
        ("notes/many.jsonl", ()),
        ("others/d.txt", ()),
        ("notes/sub/c.md", ("sub/c",)),
        ("notes/a b%.txt", ("a b%", "sub/c")),
    )
    (notes / "moved.txt").rename(notes / "moved.md")
    for name, told in gone:
        (tmp_path / name).unlink()
        assert indexed(storage, notes / ".." / "notes") == told, name
    storage.library().remove(["a b%"])
    assert indexed(storage, notes) == ("sub/c",)
