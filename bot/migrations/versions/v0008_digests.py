"""Who wants a digest, and every run of one."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Two tables, empty."""
    op.create_table(
        "subscriptions",
        sa.Column("channel", sa.String(255), primary_key=True),
        sa.Column("user", sa.String(255), nullable=False),
        sa.Column("days", sa.String(7), nullable=False),
        sa.Column("minute", sa.Integer, nullable=False),
        sa.Column("zone", sa.String(64), nullable=False),
        sa.Column("quiet", sa.Boolean, nullable=False),
        sa.Column("since", sa.BigInteger, nullable=False),
        sa.Column("told", sa.BigInteger, nullable=False),
        sa.Column("last", sa.String(10)),
        sa.Column("paused", sa.String(255)),
    )
    op.create_index("ix_subscriptions_user", "subscriptions", ["user"])
    op.create_table(
        "runs",
        sa.Column("channel", sa.String(255), primary_key=True),
        sa.Column("day", sa.String(255), primary_key=True),
        sa.Column("user", sa.String(255), nullable=False),
        sa.Column("quiet", sa.Boolean, nullable=False),
        sa.Column("due", sa.BigInteger, nullable=False),
        sa.Column("next", sa.BigInteger, nullable=False),
        sa.Column("began", sa.BigInteger),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("told", sa.BigInteger),
        sa.Column("outcome", sa.String(10)),
        sa.Column("reason", sa.Text),
        sa.Column("worker", sa.String(32)),
        sa.Column("leased", sa.BigInteger, nullable=False),
    )
    op.create_index("ix_runs_due", "runs", ["due"])
    op.create_index("ix_runs_state", "runs", ["state"])
