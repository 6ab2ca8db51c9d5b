"""Documents in the order in which people read their list."""

from content.documents import SourceDocument
from content.listing import newest_first


def test_the_newest_first_then_as_a_person_orders_ids() -> None:
    dates = {"10": None, "2": None, "a": "2025", "b1": "2026-05-14", "b": "2026-05", "c": "unknown", "1": None}
    documents = [SourceDocument(name, None, None, date, None, 1, 0) for name, date in dates.items()]
    inferred = SourceDocument("d", None, None, None, None, 1, 0, (), "2025-12")
    listed = [one.document for one in newest_first([*documents, inferred])]
    assert listed == ["b1", "b", "d", "a", "1", "2", "10", "c"]
