"""A case around somebody with protected identity is marked, so that pages need not open anything to know."""

import sqlalchemy as sa
from alembic import op

revision = "0009_protected_cases"
down_revision = "0008_meetings"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("case", sa.Column("is_protected", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.alter_column("case", "is_protected", server_default=None)
    op.execute('GRANT UPDATE (is_protected) ON "case" TO sspf_app')


def downgrade() -> None:
    op.drop_column("case", "is_protected")
