"""What people asked, so that a conversation keeps its topic."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0002"


def upgrade() -> None:
    """Make the table of questions."""
    op.create_table(
        "questions",
        sa.Column("key", sa.String(255), primary_key=True),
        sa.Column("conversation", sa.String(255)),
        sa.Column("user", sa.String(255), nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("verb", sa.String(20), nullable=False),
        sa.Column("about", sa.Text, nullable=False),
        sa.Column("more", sa.Integer, nullable=False),
        sa.Column("answered", sa.Boolean, nullable=False),
        sa.Column("asked", sa.BigInteger, nullable=False),
    )
    for column in ("conversation", "user", "asked"):
        op.create_index(f"ix_questions_{column}", "questions", [column])
