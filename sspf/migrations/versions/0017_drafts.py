"""To be filled by its feature."""

revision = "0017_drafts"
down_revision = "0016_closing"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
