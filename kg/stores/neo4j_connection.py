"""Where a Neo4j answers and who asks, taken from options, the environment, or the server that ``kg neo4j start`` started.

A password comes from ``NEO4J_PASSWORD``, from a file that only its owner can read, or from a hidden prompt; never from the command line or
an address, which other users of the machine can see.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from kg.errors import StoreError
from kg.neo4j_server import USER, ServerHome, ServerState, get_default_home, get_status
from kg.neo4j_server.home import read_secret

_SCHEMES = ("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc")


@dataclass(frozen=True, slots=True)
class Neo4jConnection:
    """How to reach a Neo4j; its ``repr`` leaves the password out.

    ``database`` is empty for the server's default one. ``retry_seconds`` says for how long a transaction is tried again after a lost
    connection.

    Raises
    ------
    StoreError
        The address is none of Bolt's, or holds a user or password.

    Examples
    --------
    >>> Neo4jConnection("bolt://127.0.0.1:7687", "neo4j", "secret")
    Neo4jConnection(uri='bolt://127.0.0.1:7687', user='neo4j', database='', retry_seconds=15.0)
    """

    uri: str
    user: str
    password: str = field(repr=False)
    database: str = ""
    retry_seconds: float = 15.0

    def __post_init__(self) -> None:
        try:
            parts = urlsplit(self.uri)
            named = parts.hostname
        except ValueError as error:
            raise StoreError("the address of Neo4j is no address") from error
        if "@" in parts.netloc:
            # Not repeated: it would show the password once more.
            raise StoreError("the address of Neo4j must not hold a user or password; use --user and NEO4J_PASSWORD")
        if parts.scheme not in _SCHEMES or not named:
            raise StoreError(f"{self.uri}: no address of Neo4j; it should look like bolt://127.0.0.1:7687 or neo4j+s://example.org")


@dataclass(frozen=True, slots=True)
class ConnectionOptions:
    """What a caller says about the connection; whatever is None comes from the environment or the local server."""

    uri: str | None = None
    user: str | None = None
    database: str | None = None
    password_file: Path | None = None
    home: ServerHome | None = None


def find_connection(
    options: ConnectionOptions, environment: Mapping[str, str], ask_password: Callable[[str], str] | None = None
) -> Neo4jConnection:
    """Find out how to reach Neo4j.

    Parameters
    ----------
    options
        What the caller says; it comes first.
    environment
        ``NEO4J_URI``, ``NEO4J_USER`` (or ``NEO4J_USERNAME``), ``NEO4J_PASSWORD`` and ``NEO4J_DATABASE`` come second.
    ask_password
        Asks a person, where there is one; it gets the words to show.

    Returns
    -------
    Neo4jConnection
        Without any address, that of the server in ``options.home`` (by default the user's own), with its password.

    Raises
    ------
    StoreError
        No address is given and no local server runs, or there is no way to the password.
    ServerError
        A password file cannot be used.
    """
    uri = options.uri or environment.get("NEO4J_URI", "")
    database = options.database or environment.get("NEO4J_DATABASE", "")
    if not uri:
        home = options.home or get_default_home()
        status = get_status(home)
        if status.state is not ServerState.RUNNING:
            raise StoreError("no Neo4j runs here; say kg neo4j start, or name another one by NEO4J_URI (kg neo4j also takes --uri)")
        return Neo4jConnection(status.uri, USER, home.read_password(), database)
    user = options.user or environment.get("NEO4J_USER") or environment.get("NEO4J_USERNAME") or USER
    # The address is checked before anybody is asked for a password.
    connection = Neo4jConnection(uri, user, "", database)
    return Neo4jConnection(uri, user, _find_password(connection, options, environment, ask_password), database)


def _find_password(
    connection: Neo4jConnection,
    options: ConnectionOptions,
    environment: Mapping[str, str],
    ask_password: Callable[[str], str] | None,
) -> str:
    if options.password_file is not None:
        return read_secret(options.password_file)
    if "NEO4J_PASSWORD" in environment:
        return environment["NEO4J_PASSWORD"]
    if ask_password is None:
        raise StoreError(f"{connection.uri}: no password; set NEO4J_PASSWORD or name a --password-file")
    return ask_password(f"Password of {connection.user} at {connection.uri}")
