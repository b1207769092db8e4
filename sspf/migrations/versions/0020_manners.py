"""In which language a family answered, and whether with an interpreter, is sealed; what stood in the open is erased."""

import sqlalchemy as sa
from alembic import op

revision = "0020_manners"
down_revision = "0019_visitors"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # the table is written anew, so that nothing of what stood there lies in its file
    for column in ("language", "with_interpreter"):
        op.alter_column("consent", column, nullable=True)
        op.alter_column("consent", column, type_=sa.LargeBinary(), postgresql_using="NULL::bytea")


def downgrade() -> None:
    op.alter_column("consent", "with_interpreter", type_=sa.Boolean(), postgresql_using="false")
    op.alter_column("consent", "language", type_=sa.String(10), postgresql_using="''")
    for column in ("language", "with_interpreter"):
        op.alter_column("consent", column, nullable=False)
