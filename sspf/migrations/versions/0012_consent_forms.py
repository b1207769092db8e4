"""To be filled by its feature."""

revision = "0012_consent_forms"
down_revision = "0011_concerns"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
