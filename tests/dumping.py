"""A database as ``pg_dump`` writes it down."""

import re
import subprocess

from sspf.db.embedded import SUPERUSER, Embedded


def dump(embedded: Embedded, name: str, *options: str) -> str:
    """All of it in plain SQL, but for the random word that the tool guards its output with."""
    url = embedded.url(SUPERUSER, name).replace("postgresql+psycopg", "postgresql")
    run = subprocess.run(  # noqa: S603  # the server's own tool
        [str(embedded.bin_path / "pg_dump"), *options, url], capture_output=True, text=True, check=True
    )
    return "\n".join(line for line in run.stdout.splitlines() if not line.startswith(("\\restrict", "\\unrestrict")))


def rows_in(dump: str, table: str) -> list[dict[str, str]]:
    """What the dump puts into one table: each row's values as they are written there, by column."""
    block = re.search(rf"^COPY public\.{table} \((.*?)\) FROM stdin;\n(.*?)^\\\.$", dump, re.MULTILINE | re.DOTALL)
    assert block, f"the dump has no rows for {table}"
    columns = [name.strip('"') for name in block[1].split(", ")]
    return [dict(zip(columns, row.split("\t"), strict=True)) for row in block[2].splitlines()]
