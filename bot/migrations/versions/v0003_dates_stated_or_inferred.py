"""A document's date says whether the document states it."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Where there is a date already, somebody stated it."""
    op.add_column("documents", sa.Column("published_source", sa.String(10)))
    op.execute("UPDATE documents SET published_source = 'stated' WHERE published IS NOT NULL")
