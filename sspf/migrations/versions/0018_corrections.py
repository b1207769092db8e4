"""What was typed wrong can be put right: an account's name and address, and what a contact is about."""

from alembic import op

revision = "0018_corrections"
down_revision = "0017_drafts"
branch_labels = None
depends_on = None

CHANGEABLE = {"user": "email, name", "concern": "source, kind_id"}


def upgrade() -> None:
    for table, columns in CHANGEABLE.items():
        op.execute(f'GRANT UPDATE ({columns}) ON "{table}" TO sspf_app')


def downgrade() -> None:
    for table, columns in CHANGEABLE.items():
        op.execute(f'REVOKE UPDATE ({columns}) ON "{table}" FROM sspf_app')
