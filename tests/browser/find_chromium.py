"""Finds a Chromium for the browser tests: the system's, else installed, else one clear sentence. Prints its path."""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
MAC = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"


def find_chromium() -> str | None:
    """The browser to drive: the one that ``SSPF_CHROMIUM`` names, or the first the system has."""
    named = os.environ.get("SSPF_CHROMIUM")
    if named:
        return named
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    return found or (MAC if os.path.exists(MAC) else None)  # noqa: PTH110  # one file, one question


def install_chromium() -> None:
    """Install Debian's or Ubuntu's package, if this user may."""
    if shutil.which("apt-get") is None or os.geteuid() != 0:
        return
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    subprocess.run(["apt-get", "update", "-qq"], check=False, **quiet)  # noqa: S607
    subprocess.run(["apt-get", "install", "-y", "-qq", "chromium"], check=False, **quiet)  # noqa: S607


if __name__ == "__main__":
    if find_chromium() is None:
        install_chromium()
    if find_chromium() is None:
        sys.exit("The browser tests need Chromium: install it, or name it in SSPF_CHROMIUM.")
