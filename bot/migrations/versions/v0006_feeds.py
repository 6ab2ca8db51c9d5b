"""Feeds that are followed, and what of them was seen."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Two tables, empty."""
    op.create_table(
        "feeds",
        sa.Column("url", sa.Text, primary_key=True),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("topics", sa.JSON, nullable=False),
        sa.Column("etag", sa.Text),
        sa.Column("modified", sa.Text),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("error", sa.Text),
        sa.Column("due", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "feed_items",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("document", sa.Text),
    )
