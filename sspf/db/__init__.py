"""The ground every table stands on: conventions, sessions, locks and the clock. Knows no feature."""

from sspf.db.types import Base, Tenant, new_id, record_id

__all__ = ["Base", "Tenant", "new_id", "record_id"]
