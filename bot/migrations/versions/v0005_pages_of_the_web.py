"""What the web was asked for and which version it sent; what a document's page or file told of it besides its text."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """A table of visits, empty; documents from before have no headings but those that look so."""
    op.add_column("documents", sa.Column("suggested", sa.Text))
    op.add_column("documents", sa.Column("headings", sa.JSON))
    op.create_table(
        "visits",
        sa.Column("url", sa.Text, primary_key=True),
        sa.Column("document", sa.Text, nullable=False),
        sa.Column("etag", sa.Text),
        sa.Column("modified", sa.Text),
    )
