"""The checks themselves: each looks at one thing and says in a sentence what is so and, if need be, what to do.

None changes anything, and no sentence holds a key, an address or a name.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection, text
from sqlalchemy.orm import Session

from audit.queries import list_logs
from sspf.db import migrate, roles
from sspf.settings import Settings
from sspf.texts import Text, _
from sspf.vault.errors import KeyringRefused, VaultError
from sspf.vault.keyring import FileKeyring, check_place
from sspf.vault.keys import KeyStore
from sspf.vault.sealers import narrow
from sspf.web.paper import can_make_pdf

OLDEST_SERVER = 15
# A code from an app is good for half a minute either way; long before that, times in the log mislead.
MOST_SKEW = timedelta(seconds=5)
FONT_FOLDERS = (
    Path("/usr/share/fonts"),
    Path("/usr/local/share/fonts"),
    Path("/Library/Fonts"),
    Path("/System/Library/Fonts"),
)
FONTS = ("NotoSans", "DejaVuSans")


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at. Only what ``is_required`` keeps an installation from serving."""

    name: str
    ok: bool
    sentence: Text
    is_required: bool = True


def check_server(connection: Connection) -> Check:
    """The database answers and is new enough."""
    version = int(connection.execute(text("SHOW server_version_num")).scalar_one()) // 10_000
    if version < OLDEST_SERVER:
        sentence = _(
            "PostgreSQL är version %(version)s. Minst %(oldest)s behövs.", version=version, oldest=OLDEST_SERVER
        )
        return Check("database", ok=False, sentence=sentence)
    return Check("database", ok=True, sentence=_("PostgreSQL %(version)s svarar.", version=version))


def check_role(connection: Connection) -> Check:
    """The application's role cannot change what it has once written."""
    if roles.too_powerful(connection) is not None:
        sentence = _("Databasrollen får för mycket: med den kan loggen ändras. Anslut som rollen sspf_app.")
        return Check("roles", ok=False, sentence=sentence)
    return Check("roles", ok=True, sentence=_("Databasrollen får bara det den behöver."))


def check_migrations(connection: Connection) -> Check:
    """The tables are those that this version works with."""
    if not migrate.is_current(connection):
        return Check("migrations", ok=False, sentence=_("Databasen har inte sin nyaste form. Kör: sspf migrate"))
    return Check("migrations", ok=True, sentence=_("Databasen har sin nyaste form."))


def check_clock(connection: Connection) -> Check:
    """The application's clock and the database's say the same; the database's is the one that counts."""
    before = datetime.now(UTC)
    theirs: datetime = connection.execute(text("SELECT clock_timestamp()")).scalar_one()
    skew = max(before - theirs, theirs - datetime.now(UTC), timedelta(0))
    if skew > MOST_SKEW:
        sentence = _(
            "Databasens klocka och den här datorns skiljer %(seconds)s sekunder. Ställ båda efter samma tidserver.",
            seconds=round(skew.total_seconds()),
        )
        return Check("clock", ok=False, sentence=sentence)
    return Check("clock", ok=True, sentence=_("Klockorna går lika."))


def check_trail(connection: Connection) -> Check:
    """The logs are there to be written to. Whether they are whole is for ``sspf audit verify``."""
    with _session_on(connection) as session:
        logs = list_logs(session)
    if not logs:
        return Check("trail", ok=False, sentence=_("Det finns ingen logg att skriva i. Kör: sspf migrate"))
    sentence = _("Loggen går att läsa: %(entries)s poster.", entries=sum(log.size for log in logs))
    return Check("trail", ok=True, sentence=sentence)


def check_key_match(settings: Settings, connection: Connection) -> Check:
    """The keyring is this database's own, and not that of another installation or an older copy."""
    used = connection.execute(text("SELECT EXISTS (SELECT 1 FROM sealer_key WHERE name = 'log')")).scalar_one()
    if used:
        try:
            keys = KeyStore(FileKeyring(settings.keyring_path))
            with _session_on(connection, keys=keys) as session:
                narrow(session, "log").seal(b"", ("check",))
        except VaultError:
            sentence = _("Nyckelringen hör inte till den här databasen: inget som är förseglat går att öppna.")
            return Check("key_match", ok=False, sentence=sentence)
    return Check("key_match", ok=True, sentence=_("Nyckelringen hör till databasen."))


def check_keys(settings: Settings) -> Check:
    """The keyring is there, readable by its owner alone, and nowhere near the data it opens."""
    try:
        FileKeyring(settings.keyring_path)
    except KeyringRefused:
        sentence = _(
            "Nyckelringen saknas, är skadad eller kan läsas av andra. Den ska vara en fil med rättigheterna 0600."
        )
        return Check("keys", ok=False, sentence=sentence)
    try:
        check_place(settings.keyring_path, settings.database_dir)
    except KeyringRefused:
        sentence = _("Nyckelringen ligger i eller ovanför databasens mapp. Flytta den dit en kopia av data inte når.")
        return Check("keys", ok=False, sentence=sentence)
    return Check("keys", ok=True, sentence=_("Nyckelringen finns och är skyddad."))


def check_fonts(folders: Sequence[Path]) -> Check:
    """A font that has every letter a name may need on paper; screens have their own."""
    found = any(file.name.startswith(FONTS) for folder in folders for file in folder.rglob("*.[to]t[fc]"))
    if not found:
        sentence = _("Typsnitten Noto Sans och DejaVu Sans saknas. Utskrifter kan sakna bokstäver ur vissa språk.")
        return Check("fonts", ok=False, sentence=sentence, is_required=False)
    return Check("fonts", ok=True, sentence=_("Typsnitt för utskrift finns."), is_required=False)


def check_pdf() -> Check:
    """Pages can be made into PDF; without it they print from the browser."""
    if not can_make_pdf():
        sentence = _("PDF är inte installerat: Pango saknas. Sidor går att skriva ut från webbläsaren.")
        return Check("pdf", ok=False, sentence=sentence, is_required=False)
    return Check("pdf", ok=True, sentence=_("PDF går att göra."), is_required=False)


def _session_on(connection: Connection, **info: object) -> Session:
    """A session for reading that leaves the connection's transaction as it is."""
    return Session(bind=connection, join_transaction_mode="rollback_only", info=info)
