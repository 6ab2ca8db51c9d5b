"""A passage keeps the evidence that it is sponsored, a document what was found out about it and by which version.

Documents from before carry version 0: the program takes them apart anew, some at a time, when it next opens them.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the columns; nothing is known yet of what is stored already."""
    op.add_column("passages", sa.Column("sponsored", sa.Text))
    op.add_column("documents", sa.Column("inferred", sa.Text))
    op.add_column("documents", sa.Column("label", sa.String(20)))
    op.add_column("documents", sa.Column("prepared", sa.Integer, nullable=False, server_default="0"))
    op.create_index("ix_documents_prepared", "documents", ["prepared"])
