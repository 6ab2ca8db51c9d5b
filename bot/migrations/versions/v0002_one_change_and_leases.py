"""A document keeps its last change only; a claim says which process works it, and until when that is believed."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Forget the changes that others have overtaken; a claim without a worker is free to be taken up."""
    op.execute("DELETE FROM changes WHERE number NOT IN (SELECT max(number) FROM changes GROUP BY document)")
    with op.batch_alter_table("changes") as changes:
        changes.alter_column("number", type_=sa.BigInteger, existing_type=sa.Integer, existing_nullable=False)
        changes.create_unique_constraint("changes_document_key", ["document"])
    with op.batch_alter_table("store") as store:
        store.alter_column("last_change", type_=sa.BigInteger, existing_type=sa.Integer, existing_nullable=False)
    op.add_column("claims", sa.Column("worker", sa.String(32)))
    op.add_column("claims", sa.Column("leased", sa.BigInteger, nullable=False, server_default="0"))
