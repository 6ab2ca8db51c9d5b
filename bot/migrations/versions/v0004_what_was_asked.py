"""What people asked and how they liked the answers."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the tables of questions, opinions and followed threads."""
    op.create_table(
        "questions",
        sa.Column("key", sa.String(255), primary_key=True),
        sa.Column("conversation", sa.String(255)),
        sa.Column("user", sa.String(255), nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("verb", sa.String(20), nullable=False),
        sa.Column("about", sa.Text, nullable=False),
        sa.Column("answered", sa.Boolean, nullable=False),
        sa.Column("asked", sa.BigInteger, nullable=False),
        sa.Column("reply", sa.String(255)),
    )
    for column in ("conversation", "user", "asked", "reply"):
        op.create_index(f"ix_questions_{column}", "questions", [column])
    op.create_table(
        "opinions",
        sa.Column("message", sa.String(255), primary_key=True),
        sa.Column("user", sa.String(255), primary_key=True),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("liked", sa.Boolean, nullable=False),
        sa.Column("comment", sa.Text),
        sa.Column("given", sa.BigInteger, nullable=False),
    )
    op.create_index("ix_opinions_given", "opinions", ["given"])
    op.create_table(
        "followed",
        sa.Column("conversation", sa.String(255), primary_key=True),
        sa.Column("since", sa.BigInteger, nullable=False),
        sa.Column("heard", sa.Integer, nullable=False),
    )
    op.create_index("ix_followed_since", "followed", ["since"])
