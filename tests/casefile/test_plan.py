"""The plan for the family on paper: what it says, what it never says, and that it is on the record before it leaves."""

import io
import re
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pikepdf
import pytest

from audit.queries import get_entry, list_entries
from sspf.cases.models import Case
from sspf.plans.goals import write_goal
from sspf.web import paper
from tests.conftest import Serving
from tests.pages import House, words
from tests.plans.make import an_agreed_case, comment, detail, fresh, promise
from tests.world import CALLED, CONTACTS, FULL_NAME

GOAL = "Provmålet: jag vill spela basket igen."
LATE, SOON, FAMILYS, DONE = (
    "Ringa klubben i provet.",
    "Hälsa på i provklassen.",
    "Frukost i provet.",
    "Redan gjort i provet.",
)

needs_pango = pytest.mark.skipif(not paper.can_make_pdf(), reason="Pango is not installed")


@pytest.fixture(scope="module")
def house(serving: Serving) -> Iterator[House]:
    with serving() as served:
        yield House(served)


@pytest.fixture(scope="module")
def case(house: House) -> Case:
    """A goal, something late, something to come, the family's own, something done, and words that stay out."""
    world = house.world
    with house.session() as session:
        case = an_agreed_case(session, world)
        write_goal(session, world.coordinator, case, wording=GOAL, replaces=None)
        late = promise(session, world, case, text=LATE, of="leisure", in_=-6)
        promise(session, world, case, text=SOON, of="police", in_=6, person=True)
        promise(session, world, case, text=FAMILYS, of="family", in_=-2)
        comment(session, world, case, late)
        detail(session, world, case, late, by="coordinator", kind="family_view")
        return fresh(session, world.coordinator, case)


def path(case: Case) -> str:
    return f"/arenden/{case.id}/plan"


def text_of(document: pikepdf.Pdf) -> str:
    """The words of a tagged PDF, by the fonts' own tables from glyphs to letters."""
    said = []
    for page in document.pages:
        letters = {name: _letters(font) for name, font in page.Resources.Font.items()}
        font = ""
        for operands, operator in pikepdf.parse_content_stream(page):
            if str(operator) == "Tf":
                font = str(operands[0])
            elif str(operator) in {"Tj", "TJ"}:
                parts = operands[0] if str(operator) == "TJ" else operands
                said += [_decoded(bytes(part), letters[font]) for part in parts if isinstance(part, pikepdf.String)]
            elif str(operator) in {"Tm", "Td", "ET"}:
                said.append(" ")
    return " ".join("".join(said).split())


def _letters(font: pikepdf.Object) -> dict[bytes, str]:
    found: dict[bytes, str] = {}
    said = font.ToUnicode.read_bytes().decode().partition("beginbfchar")[2]
    for glyph, letters in re.findall(r"<([0-9a-f]+)> <([0-9a-f]+)>", said):
        found[bytes.fromhex(glyph)] = bytes.fromhex(letters).decode("utf-16-be")
    return found


def _decoded(stored: bytes, letters: dict[bytes, str]) -> str:
    return "".join(letters.get(stored[at : at + 2], "") for at in range(0, len(stored), 2))


@pytest.fixture(scope="module")
def printed(house: House, case: Case) -> tuple[pikepdf.Pdf, bytes, str]:
    answer = house.client("coordinator").get(f"{path(case)}.pdf")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/pdf"
    return pikepdf.open(io.BytesIO(answer.content)), answer.content, answer.headers["content-disposition"]


@needs_pango
def test_it_is_tagged_titled_and_in_swedish(printed, case: Case) -> None:
    document, _stored, _name = printed

    assert document.Root.MarkInfo.Marked
    assert "/StructTreeRoot" in document.Root
    assert str(document.Root.Lang) == "sv"
    assert str(document.docinfo["/Title"]) == f"Plan {case.reference}"
    with document.open_metadata() as about:
        assert about["pdfuaid:part"] == "1"


@needs_pango
def test_nothing_beside_the_text_is_about_anybody(printed, case: Case) -> None:
    document, stored, name = printed

    assert set(document.docinfo.keys()) == {"/Producer", "/Title"}
    assert name == f'attachment; filename="plan-{case.reference}.pdf"'
    for word in (CALLED, FULL_NAME, "Koordinator", "coordinator", GOAL):
        assert word.encode() not in stored


@needs_pango
def test_it_says_goal_who_what_and_when_and_nobodys_delay(printed, case: Case) -> None:
    said = text_of(printed[0])

    for word in (GOAL, LATE, SOON, FAMILYS, "Kommunpolis Alm, Enheten police", "Familjen", "så snart det går"):
        assert word in said, word
    assert "Koordinator Ek" in said
    assert "Sida 1 av 1" in said
    for word in (CALLED, "Prövdotter", "örsena", "Provkommentaren", "Provdetaljen", "Flyttat"):
        assert word not in said, word


@needs_pango
def test_its_number_is_in_the_trail_before_it_leaves(house: House, case: Case) -> None:
    document = pikepdf.open(io.BytesIO(house.client("coordinator").get(f"{path(case)}.pdf").content))
    number = text_of(document).partition("Utskrift ")[2].split()[0]

    log = house.world.municipality.id
    with house.session() as session:
        lines = list_entries(session, log, limit=10)
        entries = [get_entry(session, log, line.seq, house.served.installation.log_sealer) for line in lines]
    (entry,) = [one for one in entries if one.leaf.event == "plan:printed" and one.subjects[0].ids["print"] == number]

    assert entry.subjects[0].case_id == case.id
    assert entry.who.user_id == house.world.coordinator.user_id


def test_the_page_says_the_same_and_offers_the_paper(house: House, case: Case) -> None:
    said = words(house.client("coordinator").get(path(case)))

    for word in (GOAL, LATE, SOON, FAMILYS, "så snart det går"):
        assert word in said
    for word in (CALLED, "Försenad", "Provkommentaren", "Provdetaljen"):
        assert word not in said
    assert path(case) in house.client("coordinator").get(f"/arenden/{case.id}").text


def test_without_pango_the_page_still_prints(house: House, case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paper, "_weasyprint", lambda: None)
    client = house.client("coordinator")

    page, sent = client.get(path(case)), client.get(f"{path(case)}.pdf")

    assert "PDF är inte installerat." in words(page)
    assert GOAL in words(page)
    assert f'href="{path(case)}.pdf"' not in page.text
    assert sent.headers["location"] == path(case)
    with pytest.raises(LookupError):
        paper.make_pdf("<p>")


@pytest.mark.parametrize("name", CONTACTS)
def test_it_is_coordinations_to_print(house: House, case: Case, name: str) -> None:
    client = house.client(name)

    for wanted in (path(case), f"{path(case)}.pdf"):
        assert client.get(wanted).status_code == 403
    assert f'href="{path(case)}"' not in client.get(f"/arenden/{case.id}").text


def test_where_somebody_is_protected_nothing_is_printed(house: House) -> None:
    with house.session() as session:
        case = an_agreed_case(session, house.world)
        promise(session, house.world, case, text=SOON)
        case.is_protected = True
        case_id: UUID = case.id

    for wanted in (f"/arenden/{case_id}/plan", f"/arenden/{case_id}/plan.pdf"):
        answer = house.client("coordinator").get(wanted)
        assert answer.status_code == 403
        assert SOON not in answer.text
        assert "skyddade personuppgifter" in words(answer)


@needs_pango
def test_a_long_plan_goes_on_with_its_headings_on_the_next_page() -> None:
    rows = "".join(f"<tr><td>Rad {number}</td></tr>" for number in range(80))
    table = f"<table><thead><tr><th scope=col>Vad</th></tr></thead><tbody>{rows}</tbody></table>"
    html = f"<html lang=sv><title>Plan</title><body data-foot=F data-page=Sida data-of=av>{table}"

    document = pikepdf.open(io.BytesIO(paper.make_pdf(html)))

    assert "Sida 2 av" in text_of(document)
    assert text_of(document).count("Vad") == len(document.pages)


@needs_pango
def test_paper_fetches_nothing(tmp_path: Path) -> None:
    picture = tmp_path / "picture.svg"
    picture.write_text('<svg xmlns="http://www.w3.org/2000/svg"><text y="20">Hemligt</text></svg>')

    made = paper.make_pdf(f'<html lang=sv><title>P</title><body><img alt="x" src="{picture.as_uri()}"><p>Hej')

    said = text_of(pikepdf.open(io.BytesIO(made)))
    assert "Hej" in said
    assert "Hemligt" not in said
