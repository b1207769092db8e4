"""The example in docs/trail.md is true: recomputed with the standard library alone, and by the program."""

import hashlib
import hmac
import json
import re
import secrets
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest

from audit.draft import Draft
from audit.events import Event, EventTag, Subject, Who
from audit.merkle import leaf_hash

PAGE = Path(__file__).parents[2] / "docs" / "trail.md"


class ExampleEvent(EventTag):
    READ = "case:read"


@pytest.fixture
def lines() -> list[tuple[str, str]]:
    """The example's lines: name and value."""
    example = PAGE.read_text().partition("## An example")[2].partition("```\n")[2].partition("```")[0]
    return re.findall(r"^(\S+(?: hash)?) +(\S.*)$", example, re.MULTILINE)


def hmac_of(kind: str, salt: int, value: str) -> str:
    message = b"sspf/audit/commit/1\x00" + kind.encode() + b"\x00" + value.encode()
    return hmac.new(bytes([salt]) * 32, message, hashlib.sha256).hexdigest()


def test_the_example_follows_from_itself(lines):
    said = [value for name, value in lines]
    facts, who_rest, who, ids, first, second, leaf, leaf_hash = said
    told = json.loads(leaf)

    assert json.loads(who)["rest"] == hmac_of("who/rest", 3, who_rest)
    assert json.loads(first)["rest"] == hmac_of("subject/rest", 5, ids)
    assert told["who"] == hmac_of("who", 2, who)
    assert told["what"] == [hmac_of("facts", 1, facts), hmac_of("subject", 4, first), hmac_of("subject", 6, second)]
    assert hashlib.sha256(b"\x00" + leaf.encode()).hexdigest() == leaf_hash
    for value in said[:-1]:
        assert value == json.dumps(json.loads(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def test_the_program_writes_the_example(lines, monkeypatch):
    salts = iter(range(1, 7))
    monkeypatch.setattr(secrets, "token_bytes", lambda size: bytes([next(salts)]) * size)
    said = dict(lines)
    event = Event(
        log=an_id("0a"),
        tag=ExampleEvent.READ,
        who=Who(user_id=an_id("01"), assignment_id=an_id("02"), organisation_id=an_id("03"), session_id=an_id("04")),
        subjects=(
            Subject(case_id=an_id("05"), person_id=an_id("06"), ids={"note": str(an_id("07"))}),
            Subject(case_id=an_id("08")),
        ),
        facts={"fields": ["statement"], "purpose": "follow_up"},
    )

    rows = Draft(event).place(0, datetime(2026, 8, 23, 9, 14, 7, 250, UTC), _Plain())

    assert rows.leaf.decode() == said["leaf"]
    assert leaf_hash(rows.leaf).hex() == said["leaf hash"]
    assert rows.facts["facts_sealed"] == bytes([1]) * 32 + said["facts"].encode()
    assert rows.facts["who_sealed"] == bytes([3]) * 32 + said["who/rest"].encode()
    assert rows.subjects[0]["sealed"] == bytes([5]) * 32 + said["subject/rest"].encode()
    assert rows.subjects[1]["sealed"] is None


def an_id(end: str) -> UUID:
    return UUID(f"0198d000-0000-7000-8000-0000000000{end}")


class _Plain:
    """Hides nothing, so that the test sees what would be sealed."""

    def seal(self, plaintext: bytes, _context: tuple[str, ...]) -> bytes:
        return plaintext

    def open(self, sealed: bytes, _context: tuple[str, ...]) -> bytes:
        return sealed
