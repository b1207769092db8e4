"""Accounts, assignments, sessions, one-time links and the throttle."""

import sqlalchemy as sa
from alembic import op

revision = "0002_auth"
down_revision = "0001_audit"
branch_labels = None
depends_on = None

WHEN = sa.DateTime(timezone=True)

# No account and no assignment is ever deleted: the trail's ids must keep their names. Their people and
# periods never change either, only what is listed.
GRANTS = """
    GRANT SELECT, INSERT ON "user", assignment, throttle_key TO sspf_app;
    GRANT SELECT, INSERT, DELETE ON session, one_time_link, throttle TO sspf_app;
    GRANT UPDATE (password_hash, totp_secret, totp_last_step, changed_by, confirmed_at, confirmed_by, disabled_at)
        ON "user" TO sspf_app;
    GRANT UPDATE (ends_at) ON assignment TO sspf_app;
    GRANT UPDATE (last_seen_at, in_meeting_at, ended_at, ended_because) ON session TO sspf_app;
    GRANT UPDATE (closed_at, password_hash, totp_secret) ON one_time_link TO sspf_app;
    GRANT UPDATE (attempts, until) ON throttle TO sspf_app;
"""


def upgrade() -> None:
    op.create_table(
        "user",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=True),
        sa.Column("totp_secret", sa.LargeBinary(), nullable=True),
        sa.Column("totp_last_step", sa.BigInteger(), nullable=True),
        sa.Column("created_at", WHEN, nullable=False),
        sa.Column("changed_by", sa.Uuid(), nullable=True),
        sa.Column("confirmed_at", WHEN, nullable=True),
        sa.Column("confirmed_by", sa.Uuid(), nullable=True),
        sa.Column("disabled_at", WHEN, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_user"),
        sa.UniqueConstraint("email", name="uq_user_email"),
        sa.ForeignKeyConstraint(["changed_by"], ["user.id"], name="fk_user_changed_by_user"),
        sa.ForeignKeyConstraint(["confirmed_by"], ["user.id"], name="fk_user_confirmed_by_user"),
        sa.CheckConstraint(
            "(password_hash IS NULL) = (totp_secret IS NULL)", name=op.f("ck_user_both_factors_or_none")
        ),
    )
    op.create_table(
        "assignment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(32), nullable=False),
        sa.Column("starts_at", WHEN, nullable=False),
        sa.Column("ends_at", WHEN, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_assignment"),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name="fk_assignment_user_id_user"),
        sa.CheckConstraint("ends_at >= starts_at", name=op.f("ck_assignment_ends_after_start")),
    )
    op.create_index("ix_assignment_user_id", "assignment", ["user_id"])
    op.create_index("ix_assignment_organisation_id", "assignment", ["organisation_id"])
    op.create_table(
        "session",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("assignment_id", sa.Uuid(), nullable=True),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("device", sa.String(80), nullable=False),
        sa.Column("created_at", WHEN, nullable=False),
        sa.Column("last_seen_at", WHEN, nullable=False),
        sa.Column("in_meeting_at", WHEN, nullable=True),
        sa.Column("ended_at", WHEN, nullable=True),
        sa.Column("ended_because", sa.String(32), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_session"),
        sa.UniqueConstraint("token_hash", name="uq_session_token_hash"),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name="fk_session_user_id_user"),
        sa.ForeignKeyConstraint(["assignment_id"], ["assignment.id"], name="fk_session_assignment_id_assignment"),
    )
    op.create_index("ix_session_user_id", "session", ["user_id"])
    op.create_table(
        "one_time_link",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("municipality_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", WHEN, nullable=False),
        sa.Column("expires_at", WHEN, nullable=False),
        sa.Column("closed_at", WHEN, nullable=True),
        sa.Column("password_hash", sa.Text(), nullable=True),
        sa.Column("totp_secret", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_one_time_link"),
        sa.UniqueConstraint("token_hash", name="uq_one_time_link_token_hash"),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name="fk_one_time_link_user_id_user"),
    )
    op.create_index("ix_one_time_link_user_id", "one_time_link", ["user_id"])
    # The only tables without a municipality: a name that does not exist belongs to none.
    op.create_table(
        "throttle",
        sa.Column("bucket", sa.LargeBinary(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("until", WHEN, nullable=False),
        sa.PrimaryKeyConstraint("bucket", name="pk_throttle"),
    )
    op.create_table(
        "throttle_key",
        sa.Column("id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_throttle_key"),
        sa.CheckConstraint("id = 1", name=op.f("ck_throttle_key_only_one")),
    )
    op.execute(GRANTS)


def downgrade() -> None:
    for table in ("throttle_key", "throttle", "one_time_link", "session", "assignment", "user"):
        op.drop_table(table)
