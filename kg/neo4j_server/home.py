"""What lies where in a server's folder, who may read it, and the settings that the server gets.

======================  ==================================================================
``conf/neo4j.conf``     settings, written anew at each start
``password``            the password of the user ``neo4j``; only its owner can read it
``server.json``         pid and port of the running server
``initialised``         there once the server has answered to the password
``data/``, ``logs/``    Neo4j's own
======================  ==================================================================
"""

from __future__ import annotations

import json
import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from kg.errors import ServerError

#: The only user of Neo4j Community.
USER = "neo4j"

HOST = "127.0.0.1"

DEFAULT_BOLT_PORT = 7687

#: Modest on purpose: a thousand plans fit, and a laptop keeps room for its own work.
DEFAULT_HEAP = "512m"
PAGE_CACHE = "128m"

#: Loopback only, nothing reported to anyone, nothing announced on the network, no query (and so no parameter) logged. The quiet period is
#: the ten seconds that Bolt would otherwise wait at each stop for new connections, which a server for one person need not.
_SETTINGS = f"""\
# Written by kg neo4j start at each start; changes here do not last.
server.default_listen_address={HOST}
server.bolt.listen_address={HOST}:{{port}}
server.bolt.advertised_address={HOST}:{{port}}
server.http.enabled=false
server.https.enabled=false
dbms.usage_report.enabled=false
client.allow_telemetry=false
server.fleet_discovery.enabled=false
dbms.fleet_manager.enabled=false
dbms.security.auth_enabled=true
dbms.security.allow_csv_import_from_file_urls=false
db.logs.query.enabled=OFF
server.memory.heap.initial_size={{heap}}
server.memory.heap.max_size={{heap}}
server.memory.pagecache.size={PAGE_CACHE}
internal.dbms.bolt.netty_server_shutdown_quiet_period=0
"""


@dataclass(frozen=True, slots=True)
class RunRecord:
    """The process that was started last; whether it still runs is for :mod:`kg.neo4j_server.server` to find out."""

    pid: int
    bolt_port: int
    version: str


@dataclass(frozen=True, slots=True)
class ServerHome:
    """The folder of one server.

    Examples
    --------
    >>> ServerHome(Path("server")).password_file.name
    'password'
    """

    path: Path

    @property
    def conf_folder(self) -> Path:
        """Where ``neo4j.conf`` lies."""
        return self.path / "conf"

    @property
    def password_file(self) -> Path:
        """The password, alone in its file and without a line end."""
        return self.path / "password"

    @property
    def record_file(self) -> Path:
        """What :class:`RunRecord` says, as JSON."""
        return self.path / "server.json"

    @property
    def initialised_file(self) -> Path:
        """There once the server has answered to the password."""
        return self.path / "initialised"

    @property
    def lock_file(self) -> Path:
        """Locked while a server is being started or stopped."""
        return self.path / "lock"

    @property
    def console_log(self) -> Path:
        """What the process writes on its own stdout and stderr."""
        return self.path / "logs" / "console.log"

    def create(self) -> None:
        """Make the folder, for its owner only.

        Raises
        ------
        ServerError
            It cannot be made, or is a folder of something else.
        """
        try:
            if self.path.is_dir() and any(self.path.iterdir()) and not (self.conf_folder.is_dir() or self.lock_file.exists()):
                raise ServerError(f"{self.path} is not empty and was not made by kg neo4j start; choose another --home")
            self.path.mkdir(parents=True, exist_ok=True)
            self.path.chmod(0o700)
            self.conf_folder.mkdir(exist_ok=True)
            self.console_log.parent.mkdir(exist_ok=True)
        except OSError as error:
            raise ServerError(f"{self.path}: cannot be used: {error.strerror}") from error

    def write_settings(self, port: int, heap: str = DEFAULT_HEAP) -> None:
        """Write ``neo4j.conf`` for a Bolt port and a size of heap."""
        (self.conf_folder / "neo4j.conf").write_text(_SETTINGS.format(port=port, heap=heap), encoding="utf-8")

    def create_password(self) -> None:
        """Make a random password, unless there is one; the file is closed to others from its first moment."""
        # Hexadecimal: the file is read by an argument parser too, to which a quote or a leading dash would mean something.
        try:
            handle = os.open(self.password_file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(24))

    def read_password(self) -> str:
        """Return the password.

        Raises
        ------
        ServerError
            There is none, or others may read it.
        """
        return read_secret(self.password_file)

    def read_record(self) -> RunRecord | None:
        """Return what is known of the last process, or None where nothing (readable) is."""
        try:
            return RunRecord(**json.loads(self.record_file.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None

    def write_record(self, record: RunRecord) -> None:
        """Note the running process, whole or not at all."""
        part = self.record_file.with_suffix(".part")
        part.write_text(json.dumps(asdict(record)), encoding="utf-8")
        part.replace(self.record_file)

    def remove_record(self) -> None:
        """Forget the process."""
        self.record_file.unlink(missing_ok=True)


def read_secret(path: Path) -> str:
    """Return the content of a file that only its owner can read, without its line end.

    Raises
    ------
    ServerError
        The file is missing or empty, or its mode lets others read it.
    """
    try:
        mode = path.stat().st_mode
        text = path.read_text(encoding="utf-8").rstrip("\r\n")
    except OSError as error:
        raise ServerError(f"{path}: the password cannot be read: {error.strerror}") from error
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise ServerError(f"{path}: others can read this password; say chmod 600 {path}")
    if not text:
        raise ServerError(f"{path}: there is no password in it")
    return text


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Let one process at a time do what follows; the lock goes with the process, so that none is left behind by a crash.

    Raises
    ------
    ServerError
        This system has no such locks.
    """
    try:
        import fcntl
    except ImportError as error:
        raise ServerError("a server can be started here on Linux and macOS only; name another Neo4j by NEO4J_URI") from error
    with path.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def get_default_home() -> ServerHome:
    """Return the server's folder among the user's data (XDG on Linux, Application Support on macOS)."""
    import platformdirs

    return ServerHome(platformdirs.user_data_path("agency-kg") / "neo4j")


def get_cache_folder() -> Path:
    """Return the folder among the user's caches that keeps the list of jars."""
    import platformdirs

    return platformdirs.user_cache_path("agency-kg")
