"""``kg neo4j`` as a person uses it, against the real server of the run."""

from __future__ import annotations

import json
import os
import pty
import select
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from kg.neo4j_server import LICENCE_NOTICE, ServerHome
from kg.pipeline.output import FORMAT, GENERATOR
from kg.stores.neo4j import Neo4jStore
from kg.stores.neo4j_connection import Neo4jConnection
from kg.tables import write_tables
from tests.convert.samples import make_sample, make_two_plans
from tests.neo4j_server.fixtures import NEO4J_GROUP
from tests.stores.cutting_proxy import CuttingProxy

pytestmark = NEO4J_GROUP

KG = [sys.executable, "-c", "from kg.cli import main; main()", "neo4j"]


def run(*arguments: str, stdin: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    """Run ``kg neo4j`` without a terminal and with nothing of NEO4J_* but what is given."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("NEO4J_")}
    return subprocess.run([*KG, *arguments], input=stdin, capture_output=True, text=True, env=kept | environment, timeout=300, check=False)


def talk(arguments: list[str], said: list[tuple[str, str]]) -> tuple[str, int]:
    """Run ``kg neo4j`` at a terminal: wait for some words, type others; return all that was shown, and the exit code."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("NEO4J_")}
    leader, follower = pty.openpty()
    with subprocess.Popen([*KG, *arguments], stdin=follower, stdout=follower, stderr=follower, env=kept | {"TERM": "dumb"}) as process:
        os.close(follower)
        shown = ""
        for words, answer in [*said, ("", "")]:
            while words not in shown or not words:
                ready, _, _ = select.select([leader], [], [], 120)
                assert ready, f"nothing more after {shown!r}"
                try:
                    data = os.read(leader, 4096)
                except OSError:  # how a pseudo-terminal ends on Linux
                    break
                if not data:
                    break
                shown += data.decode()
            else:
                os.write(leader, answer.encode())
        code = process.wait(timeout=60)
    os.close(leader)
    return shown, code


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Return an output folder with two plans."""
    folder = tmp_path / "out"
    write_tables(make_two_plans(), folder / "tables")
    (folder / "manifest.json").write_text(json.dumps({"generator": GENERATOR, "format": FORMAT}))
    return folder


def test_pushes_twice_and_asks(out: Path, neo4j_home: ServerHome, empty_neo4j: Neo4jConnection) -> None:
    for _ in range(2):
        done = run("push", str(out), "--home", str(neo4j_home.path))
        assert done.returncode == 0, done.stderr
        assert done.stdout == f"2 plans, 4 tasks, 5 agencies and groups with their members, 5 assignments are in {empty_neo4j.uri}\n"
    with Neo4jStore(empty_neo4j) as store:
        assert store.read() == make_two_plans()
    query = "MATCH (a:Agency)-[:LEADS]->(t:Task) RETURN a.label AS agency, count(t) AS tasks"
    done = run("shell", "--home", str(neo4j_home.path), "--format", "json", "-c", query)
    assert json.loads(done.stdout) == [{"agency": "市发展改革委", "tasks": 2}]


def test_uri_user_and_password_come_from_the_environment(out: Path, empty_neo4j: Neo4jConnection) -> None:
    given = {"NEO4J_URI": empty_neo4j.uri, "NEO4J_USER": "neo4j", "NEO4J_PASSWORD": empty_neo4j.password}
    done = run("push", str(out), **given)
    assert done.returncode == 0, done.stderr
    done = run("shell", stdin="MATCH (p:Plan)\nRETURN p.id AS id ORDER BY id;\nRETURN 1 AS one", **given)
    assert (done.returncode, done.stderr) == (0, "")
    assert [line.strip() for line in done.stdout.splitlines() if not set(line) & {"─", "━"}] == [
        "id",
        "test-2017",
        "test-2018",
        "one",
        "1",
    ]
    assert empty_neo4j.password not in done.stdout


@pytest.mark.parametrize(
    ("arguments", "environment", "code", "words"),
    [
        (["shell", "-c", "RETRUN 1"], {}, 9, "Invalid input 'RETRUN'"),
        (["shell", "-c", "RETURN 1"], {"NEO4J_PASSWORD": "wrong"}, 7, "user or password refused"),
        (["shell", "--uri", "bolt://me:wrong@localhost", "-c", "RETURN 1"], {}, 7, "must not hold a user or password"),
        (["push", "{out}"], {"NEO4J_URI": "bolt://127.0.0.1:1"}, 7, "no answer while connecting"),
        (["push", "{out}/tables"], {}, 8, "not the output of kg build"),
        (["push", "{out}"], {"NEO4J_URI": "http://127.0.0.1"}, 7, "no address of Neo4j"),
    ],
)
def test_what_goes_wrong_is_one_line(
    out: Path, empty_neo4j: Neo4jConnection, arguments: list[str], environment: dict[str, str], code: int, words: str
) -> None:
    given = {"NEO4J_URI": empty_neo4j.uri, "NEO4J_PASSWORD": empty_neo4j.password} | environment
    done = run(*(argument.format(out=out) for argument in arguments), **given)
    assert (done.returncode, done.stdout) == (code, "")
    assert words in done.stderr
    assert done.stderr.count("\n") == 1
    assert "wrong@" not in done.stderr
    assert empty_neo4j.password not in done.stderr


def test_a_lost_connection_is_one_line_that_says_how_to_go_on(out: Path, empty_neo4j: Neo4jConnection) -> None:
    with Neo4jStore(empty_neo4j) as store:
        store.write(make_sample())
    with CuttingProxy(empty_neo4j.uri, 20_000) as proxy:
        done = run("push", str(out), NEO4J_URI=proxy.uri, NEO4J_PASSWORD=empty_neo4j.password)
    assert done.returncode == 7
    last = done.stderr.splitlines()[-1]
    assert last.startswith(f"kg: {proxy.uri}: no answer while plan ")
    assert "say the same again to finish" in last
    assert "Traceback" not in done.stderr
    assert run("push", str(out), NEO4J_URI=empty_neo4j.uri, NEO4J_PASSWORD=empty_neo4j.password).returncode == 0
    with Neo4jStore(replace(empty_neo4j)) as store:
        assert store.read() == make_two_plans()


def test_a_person_is_asked_for_the_password_and_does_not_see_it(empty_neo4j: Neo4jConnection) -> None:
    shown, code = talk(
        ["shell", "--uri", empty_neo4j.uri],
        [
            ("Password of neo4j", f"{empty_neo4j.password}\n"),
            ("cypher> ", "RETURN 40 +\n"),
            ("...> ", "2 AS sum;\n"),
            ("42", "RETRUN 1;\n"),
            ("Invalid input", "RETURN 'still' + 'here' AS words;\n"),
            ("stillhere", ":quit\n"),
        ],
    )
    assert code == 0, shown
    assert empty_neo4j.password not in shown


def test_start_names_the_licence_and_says_that_it_runs(neo4j_home: ServerHome, neo4j_server: Neo4jConnection) -> None:
    done = run("start", "--home", str(neo4j_home.path), "--port", "0")
    assert done.returncode == 0, done.stderr
    assert LICENCE_NOTICE in done.stderr
    assert "GPLv3" in LICENCE_NOTICE
    first, second = done.stdout.splitlines()
    assert f"runs already at {neo4j_server.uri} " in first
    assert second == f"User neo4j, password in {neo4j_home.password_file}"
    assert neo4j_server.password not in done.stdout + done.stderr
    done = run("status", "--home", str(neo4j_home.path))
    assert done.returncode == 0
    assert f"runs at {neo4j_server.uri} " in done.stdout


def test_without_a_server_status_and_stop_say_so(tmp_path: Path) -> None:
    home = str(tmp_path / "home")
    done = run("status", "--home", home)
    assert (done.returncode, done.stdout) == (3, "no Neo4j runs\n")
    done = run("stop", "--home", home)
    assert (done.returncode, done.stdout) == (0, "no Neo4j ran\n")
    done = run("shell", "--home", home, "-c", "RETURN 1")
    assert (done.returncode, done.stdout) == (7, "")
    assert "say kg neo4j start" in done.stderr


@pytest.mark.parametrize("heap", ["512", "0m", "-Xmx1g", "1 g", "512m -agentlib:x"])
def test_refuses_a_heap_that_is_no_size(tmp_path: Path, heap: str) -> None:
    done = run("start", "--home", str(tmp_path / "home"), "--heap", heap)
    assert done.returncode == 2
    assert "a number with m or g" in done.stderr
    assert not (tmp_path / "home").exists()
