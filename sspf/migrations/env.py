"""Runs migrations as the owner role. Outside the import graph, so it may see every feature's tables."""

import importlib
import os
from pathlib import Path
from typing import Any

from alembic import context
from sqlalchemy import Enum, String, create_engine
from sqlalchemy.types import TypeDecorator

import sspf

# every feature that has tables, found by the file name that means tables
ROOT = Path(sspf.__file__).parent
FEATURES = sorted(".".join(path.parent.relative_to(ROOT).parts) for path in ROOT.rglob("models.py"))


def all_metadata() -> list[Any]:
    modules = ["audit.models", "auth.models", *(f"sspf.{feature}.models" for feature in FEATURES)]
    found: list[Any] = []
    for name in modules:
        metadata = importlib.import_module(name).Base.metadata
        if metadata not in found:
            found.append(metadata)
    return found


def render_item(kind: str, item: Any, _autogen: Any) -> Any:
    """Migrations name only what is stored: an enum is a string, a sealed column is bytes."""
    if kind == "type" and isinstance(item, Enum):
        return f"sa.String({item.length})"
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{item.impl!r}"
    return False


def compare_type(_context: Any, _inspected: Any, _metadata: Any, inspected: Any, model: Any) -> bool | None:
    """An enum column is stored as a string of its length."""
    if isinstance(model, Enum) and isinstance(inspected, String):
        return bool(inspected.length != model.length)
    return None


url = context.config.attributes.get("url") or os.environ["SSPF_OWNER_DATABASE_URL"]
engine = create_engine(url)
with engine.connect() as connection:
    # never queue behind a busy table while others queue behind us
    connection.exec_driver_sql("SET lock_timeout = '5s'")
    connection.commit()
    context.configure(
        connection=connection,
        target_metadata=all_metadata(),
        render_item=render_item,
        compare_type=compare_type,
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()
engine.dispose()
