"""When documents arrived, and which figures of those that changed were revised.

Documents from before have no row: they count as old.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Two tables, empty."""
    op.create_table(
        "arrivals",
        sa.Column("document", sa.Text, primary_key=True),
        sa.Column("number", sa.BigInteger, nullable=False),
        sa.Column("moment", sa.Float, nullable=False),
    )
    op.create_index("ix_arrivals_number", "arrivals", ["number"])
    op.create_table(
        "revisions",
        sa.Column("document", sa.Text, primary_key=True),
        sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("start", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("moment", sa.Float, nullable=False),
        sa.Column("before", sa.JSON, nullable=False),
        sa.Column("now", sa.JSON, nullable=False),
    )
    op.create_index("ix_revisions_number", "revisions", ["number"])
