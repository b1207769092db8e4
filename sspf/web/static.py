"""The few files a page needs beside itself, held in memory under names that carry their hash.

A name never changes its content, so a browser may keep it for a year; pages may
not be kept at all. Only these files are compressed: a page mixes what somebody
typed with what must stay secret, and its size would tell (BREACH).
"""

import base64
import gzip
import hashlib
import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

PREFIX = "/static/"
FOLDER = Path(__file__).parent / "static"
_KINDS = {".css", ".js", ".svg"}


@dataclass(frozen=True, slots=True)
class Asset:
    """One file: where a page finds it and the hash the browser checks it against."""

    path: str
    integrity: str
    media_type: str
    content: bytes
    compressed: bytes


def load_assets() -> dict[str, Asset]:
    """Every file in the folder that a browser may ask for, by its name there ("vendor/htmx-4.0.1.min.js")."""
    files = sorted(file for file in FOLDER.rglob("*") if file.suffix in _KINDS)
    return {file.relative_to(FOLDER).as_posix(): _asset(file) for file in files}


def _asset(file: Path) -> Asset:
    content = file.read_bytes()
    digest = hashlib.sha384(content).digest()
    return Asset(
        path=f"{PREFIX}{digest.hex()[:16]}/{file.name}",
        integrity=f"sha384-{base64.b64encode(digest).decode()}",
        media_type=mimetypes.guess_type(file.name)[0] or "application/octet-stream",
        content=content,
        compressed=gzip.compress(content, mtime=0),
    )


class StaticFiles:
    """ASGI middleware: answers for the static files, before the gate, since they need no database."""

    def __init__(self, app: ASGIApp, assets: Mapping[str, Asset]) -> None:
        self.app = app
        self.by_path = {asset.path: asset for asset in assets.values()}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        asset = self.by_path.get(scope["path"]) if scope["type"] == "http" else None
        if asset is None or scope["method"] not in ("GET", "HEAD"):
            await self.app(scope, receive, send)
            return
        headers = {"Cache-Control": "public, max-age=31536000, immutable", "Vary": "Accept-Encoding"}
        content = asset.content
        if "gzip" in Headers(scope=scope).get("accept-encoding", ""):
            headers["Content-Encoding"] = "gzip"
            content = asset.compressed
        response = Response(content, media_type=asset.media_type, headers=headers)
        await response(scope, receive, send)
