"""To be filled by its feature."""

revision = "0011_concerns"
down_revision = "0010_settings"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
