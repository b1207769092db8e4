"""What somebody has chosen for their own pages."""

import sqlalchemy as sa
from alembic import op

revision = "0017_drafts"
down_revision = "0016_closing"
branch_labels = None
depends_on = None

CHOSEN = ("language", "theme", "shortcuts")


def upgrade() -> None:
    op.add_column("user", sa.Column("language", sa.String(8), nullable=True))
    op.add_column("user", sa.Column("theme", sa.String(8), nullable=True))
    op.add_column("user", sa.Column("shortcuts", sa.Boolean(), nullable=False, server_default=sa.true()))
    op.alter_column("user", "shortcuts", server_default=None)
    op.execute(f'GRANT UPDATE ({", ".join(CHOSEN)}) ON "user" TO sspf_app')


def downgrade() -> None:
    for column in reversed(CHOSEN):
        op.drop_column("user", column)
