"""A database as ``pg_dump`` writes it down."""

import subprocess

from sspf.db.embedded import SUPERUSER, Embedded


def dump(embedded: Embedded, name: str, *options: str) -> str:
    """All of it in plain SQL, but for the random word that the tool guards its output with."""
    url = embedded.url(SUPERUSER, name).replace("postgresql+psycopg", "postgresql")
    run = subprocess.run(  # noqa: S603  # the server's own tool
        [str(embedded.bin_path / "pg_dump"), *options, url], capture_output=True, text=True, check=True
    )
    return "\n".join(line for line in run.stdout.splitlines() if not line.startswith(("\\restrict", "\\unrestrict")))
