"""A read-only SPARQL endpoint on loopback: the Oxigraph server that PyPI's ``oxigraph`` package carries, as a subprocess."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sysconfig
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from kg.errors import ServerError

_HOST = "127.0.0.1"

#: Seconds until the server must answer, and until it must have stopped.
_START_SECONDS, _STOP_SECONDS = 30.0, 10.0


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A running endpoint: ``url`` takes SPARQL queries, ``page`` is a form for people."""

    url: str
    page: str
    process: subprocess.Popen[bytes]

    def wait(self) -> int:
        """Wait until the server ends by itself, and return its exit code."""
        return self.process.wait()


def find_server() -> str:
    """Return the path of the Oxigraph server: beside this Python first, then on the PATH.

    Raises
    ------
    ServerError
        It is not installed.
    """
    found = shutil.which("oxigraph", path=sysconfig.get_path("scripts")) or shutil.which("oxigraph")
    if found is None:
        raise ServerError("the Oxigraph server is not installed; try: pip install oxigraph")
    return found


@contextmanager
def serve_store(location: Path, port: int = 7878) -> Iterator[Endpoint]:
    """Serve an Oxigraph store for reading, on this machine only, while the block runs.

    Parameters
    ----------
    location
        The store's folder.
    port
        Port on loopback; 0 takes a free one.

    Raises
    ------
    ServerError
        There is no store, the port is taken, or the server does not start.
    """
    if not (location / "CURRENT").is_file():
        raise ServerError(f"{location}: no Oxigraph store")
    port = port or _find_free_port()
    if _is_taken(port):
        raise ServerError(f"port {port} is taken; try another with --port, or --port 0 for a free one")
    command = [find_server(), "serve-read-only", "--location", str(location), "--bind", f"{_HOST}:{port}", "--union-default-graph"]
    # Its log would mix with our lines; what it says before it fails is shown.
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
        try:
            _wait_until_it_answers(process, port)
            yield Endpoint(f"http://{_HOST}:{port}/query", f"http://{_HOST}:{port}/", process)
        finally:
            process.terminate()
            try:
                process.wait(_STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()


def _wait_until_it_answers(process: subprocess.Popen[bytes], port: int) -> None:
    end = time.monotonic() + _START_SECONDS
    while time.monotonic() < end:
        if process.poll() is not None:
            said = process.stderr.read().decode(errors="replace").strip() if process.stderr else ""
            raise ServerError(f"the Oxigraph server ended at once: {said.splitlines()[-1] if said else process.returncode}")
        if _is_taken(port):
            return
        time.sleep(0.05)
    raise ServerError(f"the Oxigraph server did not answer within {_START_SECONDS:.0f} s")


def _is_taken(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((_HOST, port)) == 0


def _find_free_port() -> int:
    with socket.socket() as probe:
        probe.bind((_HOST, 0))
        return int(probe.getsockname()[1])
