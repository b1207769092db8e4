"""A page with nothing on it says what will stand there, and leads to the next step whoever may take it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

import pytest
from sqlalchemy import text
from starlette.testclient import TestClient

from sspf.app.web import ROUTERS
from sspf.organisations.service import add_authority
from sspf.web.current_user import COOKIE
from sspf.web.routing import routes_of
from tests.app.house import SIGNED_IN
from tests.conftest import Serving
from tests.meetings.make import a_case_to_meet_about, a_meeting
from tests.plans.make import promise
from tests.world import TESTS, a_case

PLAIN_PAGES = sorted(
    {route.path for route in routes_of(ROUTERS) if "GET" in (route.methods or ()) and "{" not in route.path}
)
NOTHING = re.compile(r"<(?:ul|ol|dl|tbody)\b[^>]*>\s*</(?:ul|ol|dl|tbody)>")
CASE, EARLY, ACTION, MEETING = "the case", "the early case", "the action", "the meeting"


@dataclass(frozen=True)
class Empty:
    """What ``who`` reads at ``path``, and where it leads: how the address of a link there ends."""

    who: str
    path: str
    says: str
    leads_to: str = ""


ON_THE_FIRST_DAY = (
    Empty("coordinator", "/", "Inget väntar på dig just nu. Här står ärenden där nästa steg är ditt"),
    Empty("coordinator", "/", "Inga ärenden än. Öppna det första när familjen vill veta mer.", "/arenden/nytt"),
    Empty("coordinator", "/", "Du har inget att göra just nu. Det du åtar dig på ett möte hamnar här."),
    Empty("school", "/", "Inga ärenden än. Ett ärende syns här när familjen har sagt ja"),
    Empty("coordinator", "/arenden", "Här kommer dina ärenden att stå. Öppna det första", "/arenden/nytt"),
    Empty(
        "coordinator", "/arenden?lage=closed", "Inga ärenden är i det läget just nu. Välj ett annat läge", "/arenden"
    ),
    Empty("school", "/arenden", "Det finns inga ärenden att visa för dig. Ett ärende syns här när"),
    Empty("coordinator", "/kontakter", "Inga öppna kontakter. När någon ringer om sin oro", "/kontakter/ny"),
    Empty("coordinator", "/kontakter?visa=alla", "Inga kontakter än. När någon ringer om sin oro", "/kontakter/ny"),
    Empty("school", "/kontakter", "Här kommer dina kontakter att stå. Är du orolig", "/kontakter/ny"),
    Empty("coordinator", "/moten", "Inget möte är planerat. Planera ett när en familj har sagt ja.", "/moten/nytt"),
    Empty("coordinator", "/moten", "Inget möte har hållits än. När ett möte är avslutat står mötesanteckningarna här."),
    Empty("school", "/moten", "Inget möte är planerat. Möten om ärenden som du är med i kommer hit"),
    Empty("coordinator", "/moten/nytt", "Inget ärende är framme vid möte än. Ett ärende kommer dit när", "/arenden"),
    Empty("school", "/atgarder", "Inget att göra just nu. Nya åtaganden kommer hit när de bestäms på ett möte."),
    Empty("school", "/utkast", "Du har inga utkast. Ett utkast sparas medan du skriver", "/"),
    Empty("school", "/bekrafta", "Ingen väntar på dig just nu. När en kollega får ett konto"),
    Empty(
        "administrator", "/administration/anvandare?standing=stangda", "Inget konto stämmer med urvalet.", "/anvandare"
    ),
    Empty("administrator", "/administration/organisationer", "Ingen organisation än. Lägg till dem"),
    Empty("administrator", "/administration/blanketter", "Kommunen har ingen egen version än."),
    Empty("administrator", "/administration/kontaktslag", "Inget ord är i bruk. Utan ett går det inte"),
    Empty("auditor", "/logg?event=case:closed", "Ingen post stämmer med urvalet. Din sökning", r"/logg\?log=.*"),
)

IN_A_NEW_CASE = (
    Empty(
        "coordinator",
        EARLY,
        "Det finns ingen anteckning som du kan läsa. Skriv det som någon annan",
        "/anteckningar/ny",
    ),
    Empty("coordinator", EARLY, "Inget att göra just nu. Nya åtaganden kommer hit"),
    Empty("coordinator", EARLY, "Inget ja gäller just nu. Under Alla samtycken står vilka", "/samtycke"),
    Empty("coordinator", EARLY, "Ingen är vald än. Välj vilka familjen ska få frågan om.", "/deltagare"),
    Empty("coordinator", EARLY + "/samtycke", "Ingen organisation är med nu. Ingenting delas. Något gäller först när"),
    Empty("school", CASE, "Det finns ingen anteckning som du kan läsa. Skriv det som någon annan behöver veta"),
    Empty("police", CASE, "Ingen hos er har läst ärendet före dig. Varje läsning skrivs upp och visas här."),
    Empty("school", ACTION, "Ingen har skrivit något än. Skriv hur det går"),
    Empty("coordinator", MEETING, "Inga beslut än. De skrivs här under mötet."),
)


@dataclass(frozen=True)
class House:
    """An installation with its cast in it, and what it has by name: the addresses of its pages."""

    client: TestClient
    tokens: dict[str, str]
    paths: dict[str, str]

    def page(self, who: str, path: str) -> str:
        """The page's own part, without what stands around every page."""
        name = next((one for one in self.paths if path.startswith(one)), "")
        address = self.paths.get(name, "") + path.removeprefix(name)
        answer = self.client.get(address, headers={"Cookie": f"{COOKIE}={self.tokens[who]}"})
        return answer.text.partition("<main")[2].partition("</main>")[0]


@pytest.fixture(scope="module")
def first_day(serving: Serving) -> Iterator[House]:
    """People and organisations, an authority without any, and nothing that anybody has written."""
    with serving() as served:
        with served.sessions.begin() as session:
            add_authority(session, TESTS, municipality_id=served.world.municipality.id, name="Nämnden utan något")
            session.execute(text("UPDATE concern_kind SET ended_at = now()"))
        yield House(served.client(), served.tokens, {})


@pytest.fixture(scope="module")
def new_case(serving: Serving) -> Iterator[House]:
    """A case where nobody is asked yet, and one with an action and a meeting to come, of which nothing is said."""
    with serving() as served:
        with served.sessions.begin() as session:
            early = a_case(session, served.world, parties=())
            case = a_case_to_meet_about(session, served.world)
            action = promise(session, served.world, case, person=True)
            meeting = a_meeting(session, served.world, case)
            paths = {
                EARLY: f"/arenden/{early.id}",
                CASE: f"/arenden/{case.id}",
                ACTION: f"/arenden/{case.id}/atgarder/{action.id}",
                MEETING: f"/moten/{meeting.id}?arende={case.id}",
            }
        yield House(served.client(), served.tokens, paths)


@pytest.mark.parametrize("empty", ON_THE_FIRST_DAY, ids=lambda one: f"{one.who} {one.path}")
def test_on_the_first_day_a_page_says_what_to_do(first_day: House, empty: Empty):
    assert_says(first_day, empty)


@pytest.mark.parametrize("empty", IN_A_NEW_CASE, ids=lambda one: f"{one.who} {one.path}")
def test_a_new_case_says_what_to_do(new_case: House, empty: Empty):
    assert_says(new_case, empty)


@pytest.mark.parametrize("who", SIGNED_IN)
def test_no_page_has_a_list_of_nothing(first_day: House, who: str):
    assert {path: found for path in PLAIN_PAGES if (found := NOTHING.findall(first_day.page(who, path)))} == {}


@pytest.mark.parametrize("who", ["coordinator", "school"])
def test_nor_has_a_page_of_a_new_case(new_case: House, who: str):
    assert {name: found for name in new_case.paths if (found := NOTHING.findall(new_case.page(who, name)))} == {}


def assert_says(house: House, empty: Empty) -> None:
    page = house.page(empty.who, empty.path)

    assert empty.says in " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())
    if empty.leads_to:
        assert any(re.fullmatch(f".*{empty.leads_to}", link) for link in re.findall(r'href="([^"]+)"', page))
