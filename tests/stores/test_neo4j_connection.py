from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import ServerError, StoreError
from kg.neo4j_server import ServerHome
from kg.stores.neo4j_connection import ConnectionOptions, Neo4jConnection, find_connection
from tests.neo4j_server.fixtures import NEO4J_GROUP

URI = "bolt://db.example:7687"


def test_options_come_before_the_environment() -> None:
    environment = {"NEO4J_URI": URI, "NEO4J_USER": "env", "NEO4J_PASSWORD": "secret-word", "NEO4J_DATABASE": "env-db"}
    assert find_connection(ConnectionOptions(), environment) == Neo4jConnection(URI, "env", "secret-word", "env-db")
    options = ConnectionOptions(uri="neo4j+s://other.example", user="me", database="mine")
    assert find_connection(options, environment) == Neo4jConnection("neo4j+s://other.example", "me", "secret-word", "mine")


def test_the_user_is_neo4j_unless_named() -> None:
    assert find_connection(ConnectionOptions(uri=URI), {"NEO4J_PASSWORD": "x"}).user == "neo4j"
    assert find_connection(ConnectionOptions(uri=URI), {"NEO4J_PASSWORD": "x", "NEO4J_USERNAME": "me"}).user == "me"


def test_a_password_comes_from_file_environment_or_person_in_this_order(tmp_path: Path) -> None:
    path = tmp_path / "password"
    path.write_text("from-file\n")
    path.chmod(0o600)
    asked: list[str] = []

    def ask(words: str) -> str:
        asked.append(words)
        return "from-person"

    environment = {"NEO4J_URI": URI, "NEO4J_PASSWORD": "from-environment"}
    found = [
        find_connection(ConnectionOptions(password_file=path), environment, ask),
        find_connection(ConnectionOptions(), environment, ask),
        find_connection(ConnectionOptions(uri=URI, user="me"), {}, ask),
    ]
    assert [connection.password for connection in found] == ["from-file", "from-environment", "from-person"]
    assert asked == [f"Password of me at {URI}"]


def test_without_a_way_to_the_password_it_says_what_to_do() -> None:
    with pytest.raises(StoreError, match="set NEO4J_PASSWORD or name a --password-file"):
        find_connection(ConnectionOptions(uri=URI), {})


def test_a_password_file_that_others_can_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "password"
    path.write_text("secret-word")
    path.chmod(0o644)
    with pytest.raises(ServerError, match="others can read"):
        find_connection(ConnectionOptions(uri=URI, password_file=path), {})


def test_without_an_address_or_a_server_it_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="say kg neo4j start"):
        find_connection(ConnectionOptions(home=ServerHome(tmp_path / "home")), {})


@pytest.mark.parametrize("uri", ["bolt://me:secret-word@db.example", "neo4j+s://secret-word@db.example"])
def test_refuses_a_password_in_the_address_without_repeating_it(uri: str) -> None:
    with pytest.raises(StoreError, match="must not hold a user or password") as caught:
        find_connection(ConnectionOptions(uri=uri), {})
    assert "secret-word" not in str(caught.value)


@pytest.mark.parametrize("uri", ["http://db.example:7474", "db.example", "bolt://", "bolt://[", "file:///etc/passwd"])
def test_refuses_what_is_no_address(uri: str) -> None:
    with pytest.raises(StoreError, match="address"):
        find_connection(ConnectionOptions(uri=uri), {"NEO4J_PASSWORD": "x"})


def test_the_repr_leaves_the_password_out() -> None:
    assert "secret-word" not in repr(Neo4jConnection(URI, "me", "secret-word"))


class TestLocalServer:
    pytestmark = NEO4J_GROUP

    def test_is_found_with_its_password(self, neo4j_home: ServerHome, neo4j_server: Neo4jConnection) -> None:
        # A password for some other server does not stand in the way.
        found = find_connection(ConnectionOptions(home=neo4j_home), {"NEO4J_PASSWORD": "for-another"})
        assert found == Neo4jConnection(neo4j_server.uri, "neo4j", neo4j_home.read_password())
