"""To be filled by its feature."""

revision = "0016_closing"
down_revision = "0015_plans"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
