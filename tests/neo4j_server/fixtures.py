"""A real Neo4j for all tests of a run. If it cannot start, the tests that need it fail; they are never skipped."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from neo4j import GraphDatabase

from kg.neo4j_server import USER, ServerHome, start_server, stop_server
from kg.stores.neo4j_connection import Neo4jConnection

#: Keeps everything that asks the server in one worker, so that a run starts one server and no two tests write at the same time.
NEO4J_GROUP = [pytest.mark.server, pytest.mark.xdist_group("neo4j")]


@pytest.fixture(scope="session")
def neo4j_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerHome]:
    """Start a server on a free port, with a folder of its own, and stop it at the end."""
    home = ServerHome(tmp_path_factory.mktemp("neo4j") / "home")
    start_server(home, port=0)
    yield home
    stop_server(home)


@pytest.fixture(scope="session")
def neo4j_server(neo4j_home: ServerHome) -> Neo4jConnection:
    """Return where the server of this run answers; lost connections are given up soon."""
    record = neo4j_home.read_record()
    assert record is not None
    return Neo4jConnection(f"bolt://127.0.0.1:{record.bolt_port}", USER, neo4j_home.read_password(), retry_seconds=2)


@pytest.fixture
def empty_neo4j(neo4j_server: Neo4jConnection, monkeypatch: pytest.MonkeyPatch) -> Neo4jConnection:
    """Return the server without any data, and name it in the environment, where ``open_store("neo4j", …)`` and ``kg neo4j`` look."""
    with GraphDatabase.driver(neo4j_server.uri, auth=(neo4j_server.user, neo4j_server.password)) as driver:
        driver.execute_query("MATCH (n) DETACH DELETE n")
    monkeypatch.setenv("NEO4J_URI", neo4j_server.uri)
    monkeypatch.setenv("NEO4J_USER", neo4j_server.user)
    monkeypatch.setenv("NEO4J_PASSWORD", neo4j_server.password)
    return neo4j_server
