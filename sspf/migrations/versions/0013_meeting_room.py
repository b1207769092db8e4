"""To be filled by its feature."""

revision = "0013_meeting_room"
down_revision = "0012_consent_forms"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
