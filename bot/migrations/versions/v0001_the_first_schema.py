"""The first schema: documents with their passages, figures and changes, and the claims.

It was once made without Alembic, by whoever needed a table first; what is there already is left as it is.
"""

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables that are missing, and the store's one row."""
    _store()
    _documents()
    _figures()
    _claims()
    if op.get_bind().execute(sa.text("SELECT id FROM store")).first() is None:
        insert = sa.text("INSERT INTO store (id, identity, last_change) VALUES (1, :identity, 0)")
        op.execute(insert.bindparams(identity=secrets.token_hex(16)))


def _store() -> None:
    op.create_table(
        "store",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("identity", sa.String(32), nullable=False),
        sa.Column("last_change", sa.Integer, nullable=False),
        if_not_exists=True,
    )
    op.create_table(
        "changes",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("document", sa.Text, nullable=False),
        if_not_exists=True,
    )


def _documents() -> None:
    op.create_table(
        "documents",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("title", sa.Text),
        sa.Column("title_source", sa.String(20)),
        sa.Column("url", sa.Text),
        sa.Column("publisher", sa.Text),
        sa.Column("author", sa.Text),
        sa.Column("published", sa.Text),
        if_not_exists=True,
    )
    op.create_table(
        "passages",
        _document(),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("heading", sa.Text),
        if_not_exists=True,
    )


def _figures() -> None:
    op.create_table(
        "figures",
        _document(),
        sa.Column("start", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("low", sa.Float),
        sa.Column("high", sa.Float),
        sa.Column("unit", sa.Text),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("hedge", sa.Text),
        sa.Column("period", sa.Text),
        sa.Column("about", sa.Text),
        sa.Column("attributed_to", sa.Text),
        sa.Column("change", sa.String(4)),
        sa.Column("sentence", sa.Text, nullable=False),
        if_not_exists=True,
    )


def _document() -> sa.Column[str]:
    """A part belongs to a document."""
    return sa.Column("document", sa.Text, sa.ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True)


def _claims() -> None:
    op.create_table(
        "claims",
        sa.Column("key", sa.String(255), primary_key=True),
        sa.Column("message", sa.String(255), unique=True),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("payload", sa.JSON, nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("created", sa.BigInteger, nullable=False),
        if_not_exists=True,
    )
    op.create_index("ix_claims_created", "claims", ["created"], if_not_exists=True)
