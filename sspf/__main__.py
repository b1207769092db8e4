"""``python -m sspf``."""

from sspf.cli import app

app()
