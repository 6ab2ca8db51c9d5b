"""A conversation knows whether the figures of what it is about were shown last."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Make the column; a process of before leaves it alone, and then they were not."""
    op.add_column("questions", sa.Column("tabled", sa.Boolean, nullable=False, server_default=sa.false()))
