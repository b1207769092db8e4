"""To be filled by its feature."""

revision = "0015_plans"
down_revision = "0014_screen"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
