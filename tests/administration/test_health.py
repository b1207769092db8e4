"""``sspf check`` and the administrator's start page: each thing that can be wrong is found, and said in a sentence."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, event, text

from sspf.administration import checks as made
from sspf.administration.checks import Check
from sspf.administration.health import health_of, health_on_page, is_fit
from sspf.administration.labels import CHECKS
from sspf.settings import Settings
from sspf.vault.keyring import FileKeyring
from sspf.web.static import load_assets
from sspf.web.templating import make_environment, templates_folder
from tests.conftest import FreshDatabase


@pytest.fixture
def settings(keyring_path: Path, tmp_path: Path) -> Settings:
    return Settings(keyring=keyring_path, data_dir=tmp_path / "data")


@pytest.fixture
def superuser(fresh_database: FreshDatabase) -> Iterator[Engine]:
    engine = create_engine(fresh_database.superuser_url)
    yield engine
    engine.dispose()


def found(checks: list[Check]) -> dict[str, bool]:
    return {check.name: check.ok for check in checks}


def the(checks: list[Check], name: str) -> Check:
    return next(check for check in checks if check.name == name)


def test_an_installation_in_order_is_fit(fresh_database: FreshDatabase, settings: Settings):
    checks = health_of(settings, fresh_database.engine)

    assert {name for name, ok in found(checks).items() if not ok} <= {"fonts", "pdf"}
    assert is_fit(checks)
    assert set(found(checks)) == set(CHECKS)


def test_the_page_uses_the_connection_it_has(fresh_database: FreshDatabase, settings: Settings):
    taken: list[object] = []
    with fresh_database.sessions.begin() as session:
        session.info["settings"] = settings
        session.connection()
        event.listen(fresh_database.engine, "checkout", lambda *_: taken.append(True))
        checks = health_on_page(session)
        session.execute(text("SELECT 1"))  # the page's transaction goes on

    assert is_fit(checks)
    assert taken == []


def test_looking_changes_nothing(fresh_database: FreshDatabase, settings: Settings):
    with fresh_database.engine.connect() as connection:
        health_of(settings, connection)
        written = connection.execute(text("SELECT pg_current_xact_id_if_assigned()")).scalar_one()
    assert written is None


def test_a_database_that_does_not_answer_is_the_one_thing_said_of_it(settings: Settings):
    nowhere = create_engine("postgresql+psycopg://sspf_app@/sspf?host=/nowhere")

    checks = health_of(settings, nowhere)

    assert found(checks)["database"] is False
    assert not {"roles", "migrations", "clock", "trail"} & set(found(checks))
    assert "svarar inte" in str(the(checks, "database").sentence)
    assert not is_fit(checks)


def test_a_role_that_could_change_the_trail_is_not_fit(
    fresh_database: FreshDatabase, settings: Settings, superuser: Engine
):
    owner = create_engine(fresh_database.owner_url)

    assert found(health_of(settings, owner))["roles"] is False
    assert found(health_of(settings, superuser))["roles"] is False
    assert not is_fit(health_of(settings, superuser))
    owner.dispose()


def test_a_database_of_an_older_form_is_not_fit(fresh_database: FreshDatabase, settings: Settings, superuser: Engine):
    with superuser.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))

    checks = health_of(settings, fresh_database.engine)

    assert found(checks)["migrations"] is False
    assert "sspf migrate" in str(the(checks, "migrations").sentence)


def test_a_database_without_tables_is_told_to_migrate_and_the_rest_is_still_looked_at(
    fresh_database: FreshDatabase, settings: Settings, superuser: Engine
):
    with superuser.begin() as connection:
        connection.execute(text("ALTER TABLE audit_log RENAME TO gone"))

    checks = health_of(settings, fresh_database.engine)

    assert found(checks)["trail"] is False
    assert found(checks)["key_match"] is True


def test_clocks_that_differ_are_found(monkeypatch: pytest.MonkeyPatch, fresh_database: FreshDatabase):
    with fresh_database.engine.connect() as connection:
        assert made.check_clock(connection).ok
        monkeypatch.setattr(made, "MOST_SKEW", -made.MOST_SKEW)
        late = made.check_clock(connection)

    assert not late.ok
    assert "klocka" in str(late.sentence)


@pytest.mark.parametrize("mode", [0o640, 0o644, 0o400])
def test_a_keyring_that_others_can_read_is_found(tmp_path: Path, mode: int):
    path = tmp_path / "keys" / "keyring.json"
    FileKeyring.create(path)
    path.chmod(mode)

    check = made.check_keys(Settings(keyring=path, data_dir=tmp_path / "data"))

    assert check.ok is (mode == 0o400)


def test_a_keyring_that_is_missing_is_found_and_its_place_not_told(tmp_path: Path):
    check = made.check_keys(Settings(keyring=tmp_path / "none.json", data_dir=tmp_path / "data"))

    assert not check.ok
    assert str(tmp_path) not in str(check.sentence)


def test_a_keyring_beside_the_data_it_opens_is_found(tmp_path: Path):
    settings = Settings(data_dir=tmp_path, keyring=tmp_path / "database" / "keyring.json")
    FileKeyring.create(settings.keyring_path)

    check = made.check_keys(settings)

    assert not check.ok
    assert "databasens mapp" in str(check.sentence)


def test_another_installations_keyring_is_found(fresh_database: FreshDatabase, tmp_path: Path):
    other = tmp_path / "keys" / "keyring.json"
    FileKeyring.create(other)

    checks = health_of(Settings(keyring=other, data_dir=tmp_path / "data"), fresh_database.engine)

    assert found(checks)["keys"] is True
    assert found(checks)["key_match"] is False
    assert not is_fit(checks)


def test_fonts_are_only_advice(tmp_path: Path):
    without = made.check_fonts([tmp_path, tmp_path / "none"])
    (tmp_path / "truetype").mkdir()
    (tmp_path / "truetype" / "NotoSans-Regular.ttf").touch()

    assert not without.ok
    assert is_fit([without])
    assert made.check_fonts([tmp_path]).ok


def test_every_check_is_shown_with_its_name_and_sentence(
    fresh_database: FreshDatabase, settings: Settings, tmp_path: Path
):
    settings = Settings(keyring=tmp_path / "none.json", data_dir=tmp_path / "data")
    checks = health_of(settings, fresh_database.engine)
    environment = make_environment([templates_folder()], load_assets())

    block = environment.get_template("administration/_health.html").render(checks=checks, check_names=CHECKS)

    for check in checks:
        assert str(CHECKS[check.name]) in block
        assert str(check.sentence) in block
    assert "Behöver åtgärdas" in block
    assert "I ordning" in block
    assert str(tmp_path) not in block
