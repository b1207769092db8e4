"""Run by the installed package's own interpreter: says as JSON where everything came from and whether it works."""

import json
import sys
import tempfile
from pathlib import Path

from jinja2 import Environment
from starlette.testclient import TestClient

import audit
import auth
import sspf
from sspf.app.installation import open_installation, prepare, start_embedded
from sspf.app.web import create_app
from sspf.db.migrate import SCRIPTS
from sspf.demo.numbers import test_numbers
from sspf.organisations.municipalities import municipalities
from sspf.settings import Settings
from sspf.web.static import load_assets
from sspf.web.templating import make_environment, templates_folder


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="sspf-test-package-", dir="/tmp") as folder:
        told = {
            "from": {module.__name__: module.__file__ for module in (sspf, auth, audit)},
            "path": sys.path,
            "templates": str(templates_folder()),
            "parsed": parsed(make_environment([templates_folder()], load_assets())),
            "assets": sorted(load_assets()),
            "migrations": sorted(file.name for file in (SCRIPTS / "versions").glob("*.py")),
            "municipalities": len(municipalities()),
            "numbers": len(test_numbers()),
            **served(Path(folder)),
        }
    print(json.dumps(told))  # noqa: T201  # what this is run for


def parsed(environment: Environment) -> list[str]:
    return [name for name in environment.list_templates() if environment.get_template(name)]


def served(folder: Path) -> dict[str, object]:
    """A database is made, and the first page is served from it with the style sheet that it names."""
    settings = Settings(data_dir=folder, base_url="https://testserver")
    embedded = start_embedded(settings)
    prepare(settings, embedded, create_roles=False, create_keyring=True)
    installation = open_installation(settings, embedded=embedded)
    client = TestClient(create_app(installation), base_url="https://testserver")
    page = client.get("/logga-in")
    sheet = next(asset for name, asset in load_assets().items() if name.endswith("app.css"))
    found = {
        "page": page.status_code,
        "names_its_sheet": sheet.path in page.text,
        "sheet": client.get(sheet.path).status_code,
    }
    installation.close()
    return found


if __name__ == "__main__":
    main()
