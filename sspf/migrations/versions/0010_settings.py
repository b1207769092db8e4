"""To be filled by its feature."""

revision = "0010_settings"
down_revision = "0009_protected_cases"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
