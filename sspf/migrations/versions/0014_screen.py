"""To be filled by its feature."""

revision = "0014_screen"
down_revision = "0013_meeting_room"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
