"""Goes through the pages by their links, as somebody curious would."""

import re
from collections import Counter
from html import unescape
from urllib.parse import urljoin, urlsplit

from starlette.testclient import TestClient

ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|(?<=/logg/)\d+")


# a case, and each of the people in it: these are all looked at
WANTED = re.compile(r"/arenden/[0-9a-f-]{36}(/personer/[0-9a-f-]{36})?")


def walk(client: TestClient, start: str = "/") -> dict[str, str]:
    """Every page that can be reached by links, by address; one of those that differ in their ids alone."""
    pages: dict[str, str] = {}
    kinds: Counter[str] = Counter()
    waiting = [start]
    while waiting:
        path = waiting.pop(0)
        kind = ID.sub("*", path)
        if path in pages or (kinds[kind] and not WANTED.fullmatch(path)):
            continue
        kinds[kind] += 1
        answer = client.get(path)
        pages[path] = unescape(answer.text)
        if "Location" in answer.headers:
            waiting.append(urljoin(path, answer.headers["Location"]))
        for link in re.findall(r'href="([^"]+)"', answer.text):
            address = urlsplit(urljoin(path, unescape(link)))
            if not address.scheme and address.path.startswith("/") and not address.path.startswith("/static"):
                waiting.append(f"{address.path}?{address.query}" if address.query else address.path)
    return pages
