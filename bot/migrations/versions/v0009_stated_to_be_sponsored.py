"""A document may state that somebody paid for it."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Make the column; what is stored already stated nothing that was read."""
    op.add_column("documents", sa.Column("sponsored", sa.Text))
