"""A conversation knows how often more was told of what it is about."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Make the column; a process of before leaves it alone, and then nothing more was told."""
    op.add_column("questions", sa.Column("told", sa.Integer, nullable=False, server_default="0"))
