"""The command line: everything an installation needs that is not done in a browser."""

from sspf.cli.main import app

__all__ = ["app"]
