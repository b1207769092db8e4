"""What docs/keys.md promises: every column that is not sealed stands there, with its reason."""

import importlib
import re
from pathlib import Path

import pytest

import sspf
from sspf.db import Base
from sspf.vault.columns import SealedColumn

ROOT = Path(__file__).parents[2]
LISTED = (ROOT / "docs" / "keys.md").read_text(encoding="utf-8")


def plain_columns():
    package = Path(sspf.__file__).parent
    for path in sorted(package.rglob("models.py")):
        importlib.import_module(".".join(("sspf", *path.parent.relative_to(package).parts, "models")))
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if not isinstance(column.type, SealedColumn) and column.name not in {"municipality_id", "wrapped"}:
                yield table.name, column.name


def listed_columns():
    """(table, column) of every row; a row without a table goes on with the one above."""
    table = ""
    for line in LISTED.splitlines():
        cells = [cell.strip() for cell in line.split("|")[1:-1]]
        if len(cells) != 3 or not re.match(r"`", cells[1]):
            continue
        table = cells[0].strip("`") or table
        for column in re.findall(r"`([a-z_]+)`", cells[1]):
            yield table, column


@pytest.mark.parametrize(("table", "column"), sorted(plain_columns()))
def test_a_column_in_the_open_has_a_reason(table, column):
    assert (table, column) in set(listed_columns())


def test_no_reason_is_left_for_a_column_that_is_gone():
    assert set(listed_columns()) - set(plain_columns()) == set()
