"""Serves the application."""

from typing import Annotated

import typer
import uvicorn

from sspf.app.web import create_app
from sspf.cli.output import opened, read_settings
from sspf.web.log import configure_logging


def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on; a reverse proxy ends TLS in front.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on.")] = None,
) -> None:
    """Serve the application. Refuses without keys, on plain http, or with a too powerful database role."""
    settings = read_settings()
    configure_logging()
    with opened(settings) as installation:
        uvicorn.run(
            create_app(installation),
            host=host or settings.host,
            port=port or settings.port,
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=True,
            forwarded_allow_ips=settings.trusted_proxies,
            timeout_graceful_shutdown=20,
        )
