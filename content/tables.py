"""The tables of the truth; ``bot/migrations`` makes them."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

from sqlalchemy import JSON, BigInteger, Column, Float, ForeignKey, Integer, MetaData, String, Table, Text

METADATA = MetaData()
#: Bound parameters in one statement stay well below every database's limit.
KEYS_AT_ONCE = 200
T = TypeVar("T")

#: One row: which store this is, and the last change number given out.
STORE = Table(
    "store",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("identity", String(32), nullable=False),
    Column("last_change", BigInteger, nullable=False),
)
DOCUMENTS = Table(
    "documents",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("digest", String(64), nullable=False),
    Column("text", Text, nullable=False),
    Column("title", Text),
    Column("title_source", String(20)),
    Column("url", Text),
    Column("publisher", Text),
    Column("author", Text),
    Column("published", Text),
    Column("inferred", Text),
    Column("label", String(20)),
    # by which version of the program it was taken apart; 0: by one that did not say
    Column("prepared", Integer, nullable=False, server_default="0", index=True),
    # what it takes to take it apart anew
    Column("suggested", Text),
    Column("sponsored", Text),
    Column("headings", JSON),
)
PASSAGES = Table(
    "passages",
    METADATA,
    Column("document", Text, ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("heading", Text),
    Column("sponsored", Text),
)
FIGURES = Table(
    "figures",
    METADATA,
    Column("document", Text, ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True),
    Column("start", Integer, primary_key=True, autoincrement=False),
    Column("end", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("low", Float),
    Column("high", Float),
    Column("unit", Text),
    Column("kind", String(10), nullable=False),
    Column("hedge", Text),
    Column("period", Text),
    Column("about", Text),
    Column("attributed_to", Text),
    Column("change", String(4)),
    Column("sentence", Text, nullable=False),
)
CHANGES = Table(
    "changes",
    METADATA,
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("document", Text, nullable=False, unique=True),
)
#: Where documents came from: an address of the web as somebody gave it, and what its server said about its version;
#: a file by its address, "file:///…".
VISITS = Table(
    "visits",
    METADATA,
    Column("url", Text, primary_key=True),
    #: what it became
    Column("document", Text, nullable=False),
    Column("etag", Text),
    Column("modified", Text),
)
#: The feeds that are followed.
FEEDS = Table(
    "feeds",
    METADATA,
    Column("url", Text, primary_key=True),
    Column("title", Text, nullable=False),
    Column("topics", JSON, nullable=False),
    Column("etag", Text),
    Column("modified", Text),
    Column("failures", Integer, nullable=False),
    Column("error", Text),
    #: seconds since 1970: when it is looked at next
    Column("due", BigInteger, nullable=False),
)
#: What items of feeds are known by, and the document they became, if they became one.
FEED_ITEMS = Table(
    "feed_items",
    METADATA,
    Column("name", Text, primary_key=True),
    Column("document", Text),
)
#: When each document came; those that were there before anybody noted it have no row.
ARRIVALS = Table(
    "arrivals",
    METADATA,
    Column("document", Text, primary_key=True),
    #: of the change that stored it first
    Column("number", BigInteger, nullable=False, index=True),
    #: seconds since 1970
    Column("moment", Float, nullable=False),
)
#: Figures that another took the place of when a document changed.
REVISIONS = Table(
    "revisions",
    METADATA,
    Column("document", Text, primary_key=True),
    #: of the change
    Column("number", BigInteger, primary_key=True, autoincrement=False, index=True),
    #: where the new figure begins
    Column("start", Integer, primary_key=True, autoincrement=False),
    #: seconds since 1970
    Column("moment", Float, nullable=False),
    Column("before", JSON, nullable=False),
    Column("now", JSON, nullable=False),
)


def chunks(items: Sequence[T]) -> Iterator[Sequence[T]]:
    """As many of the items at a time as one statement may name."""
    return (items[at : at + KEYS_AT_ONCE] for at in range(0, len(items), KEYS_AT_ONCE))
