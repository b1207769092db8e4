"""A QR code as an image that is part of the page: nothing to fetch, so the seed in it is in no address."""

import segno


def image(content: str) -> str:
    """``data:image/svg+xml``, dark on white whatever the page's colours, with the quiet zone that scanners need."""
    return segno.make(content, error="m", micro=False).svg_data_uri(scale=5, border=4, dark="#000", light="#fff")


def spelled(secret: str) -> str:
    """The seed in groups of four, for those who type it."""
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
