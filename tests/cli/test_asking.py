"""``kg sparql``, ``cypher``, ``ask``, ``validate`` and ``serve`` on a small output folder."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from kg.cli import cli
from kg.cli.asking import RDF_NAMES
from kg.convert import RDF_FORMATS
from kg.errors import KgError, OutputError, QueryError
from kg.queries import list_questions
from kg.stores import locate_store, open_store
from tests.queries.scenario import make_scenario


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("asked")
    for name in ("oxigraph", "ladybug"):
        with open_store(name, locate_store(name, folder)) as store:
            store.write(make_scenario())
    return folder


def run(*arguments: str | Path, stdin: str | None = None) -> Result:
    result = CliRunner().invoke(cli, [str(argument) for argument in arguments], input=stdin)
    if isinstance(result.exception, KgError):
        raise result.exception
    return result


def read_json(*arguments: str | Path, stdin: str | None = None) -> Any:
    result = run(*arguments, "--format", "json", stdin=stdin)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


SPARQL = "SELECT ?task $key WHERE { ?a dcterms:identifier $key ; duty:leads/dcterms:identifier ?task } ORDER BY ?task"
CYPHER = "MATCH (a:Agency {id: $key})-[:LEADS]->(t:Task) RETURN t.id AS task ORDER BY task"
LED = [{"task": "p17/task/1.1"}, {"task": "p17/task/1.2"}]


@pytest.mark.parametrize(("command", "query"), [("sparql", SPARQL), ("cypher", CYPHER)])
def test_runs_a_query_from_anywhere(out: Path, tmp_path: Path, command: str, query: str) -> None:
    file = tmp_path / "query.txt"
    file.write_text(query, encoding="utf-8")
    for given, stdin in ((query, None), (str(file), None), ("-", query)):
        assert read_json(command, out, given, "--param", "key=ei", stdin=stdin) == LED


def test_prints_tables_and_csv(out: Path) -> None:
    table = run("sparql", out, SPARQL, "-p", "key=ei").stdout
    assert table.split() == ["task", *[part for part in table.split() if set(part) == {"─"}], "p17/task/1.1", "p17/task/1.2"]
    rows = list(csv.reader(io.StringIO(run("cypher", out, CYPHER, "-p", "key=ei", "--format", "csv").stdout)))
    assert rows == [["task"], ["p17/task/1.1"], ["p17/task/1.2"]]


def test_a_construct_and_an_ask_have_rows_too(out: Path) -> None:
    assert read_json("sparql", out, "ASK { ?x duty:leads ?y }") == [{"answer": True}]
    (row,) = read_json("sparql", out, "CONSTRUCT { ?x duty:leads ?y } WHERE { ?x duty:leads ?y . ?x dcterms:identifier 'old' }")
    assert row["object"] == "https://agency-kg.example/id/plan/p17/task/2.1"


def test_a_node_is_printed_whole(out: Path) -> None:
    (row,) = read_json("cypher", out, "MATCH (a:Agency {id: 'fin'}) RETURN a")
    node = json.loads(row["a"])
    assert (node["_LABEL"], node["label"], node["otherNames"]) == ("Agency", "财政局", ["市财政"])


def test_never_writes(out: Path) -> None:
    with pytest.raises(QueryError):
        run("cypher", out, "MATCH (n) DETACH DELETE n")
    with pytest.raises(QueryError):
        run("sparql", out, "DELETE WHERE { GRAPH ?g { ?s ?p ?o } }")
    assert read_json("cypher", out, CYPHER, "-p", "key=ei") == LED


@pytest.mark.parametrize("store", ["oxigraph", "ladybug"])
def test_asks_a_question(out: Path, store: str) -> None:
    rows = read_json("ask", "agency-leads", "--out", out, "--store", store, "--param", "agency=经信委")
    assert [(row["task"], row["role"], row["text"]) for row in rows] == [
        ("p17/task/1.1", "lead", "办好1.1"),
        ("p17/task/1.2", "lead", "办好1.2"),
    ]


def test_lists_the_questions() -> None:
    result = run("ask", "--list")
    assert result.exit_code == 0
    for question in list_questions().values():
        assert f"{question.name}\n    {question.title_en}  {question.title_zh}\n" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["ask", "nothing"], "no question is called 'nothing'"),
        (["ask", "agency-tasks"], "parameter agency is missing"),
        (["ask", "agency-tasks", "-p", "agency"], "write NAME=VALUE"),
        (["ask", "agency-tasks", "-p", "agency=ei", "-p", "agency=fin"], "given twice"),
        (["ask", "agency-tasks", "-p", "agency=谁也不是"], "no agency goes by the name '谁也不是'"),
    ],
)
def test_says_what_is_wrong_with_a_question(out: Path, arguments: list[str], message: str) -> None:
    with pytest.raises(QueryError, match=message):
        run(*arguments, "--out", out)


def test_says_what_is_wrong_with_a_query(out: Path) -> None:
    with pytest.raises(QueryError, match="SPARQL: "):
        run("sparql", out, "SELECT")
    with pytest.raises(QueryError, match="Cypher: "):
        run("cypher", out, "MATCH (n:Nobody) RETURN n")


@pytest.mark.parametrize(
    "arguments", [["sparql", "{}", "ASK {{}}"], ["cypher", "{}", "RETURN 1"], ["validate", "{}"], ["export", "{}", "a.nq"]]
)
def test_says_that_there_is_no_output(tmp_path: Path, arguments: list[str]) -> None:
    with pytest.raises(OutputError, match="not the output of kg build"):
        run(*(argument.format(tmp_path) for argument in arguments))
    assert list(tmp_path.iterdir()) == []


def test_validates_with_the_sentence_behind_each_finding(out: Path) -> None:
    result = run("validate", out, "--format", "json", "--lang", "zh")
    found = [(row["level"], row["message"], row["sentence"], row["node"].rsplit("/id/")[1]) for row in json.loads(result.stdout)]
    assert ("warning", "任务没有责任单位。", "办好2.3", "plan/p17/task/2.3") in found
    assert ("warning", "名称没有对应到已知机构。", "（不明中心……）", "plan/p18/task/1/responsible/p18.x1") in found
    # The scenario's evidence is of one made-up place for all: the shapes must say so.
    assert ("violation", "引文与计划文本中该处的文字不符。", "（财政局……）", "plan/p17/task/1.1/responsible/fin/1") in found
    assert result.exit_code == 1
    violations = sum(level == "violation" for level, *_ in found)
    assert result.stderr == f"{violations} violations, {len(found) - violations} warnings\n"


def test_exports_every_format(sample_out: Path, tmp_path: Path) -> None:
    assert [f".{name}" for name in sorted(RDF_NAMES)] == sorted(RDF_FORMATS)
    for name in RDF_NAMES:
        assert run("export", sample_out, tmp_path / f"graph.{name}").exit_code == 0
        to_stdout = run("export", sample_out, "-", "--format", name)
        assert to_stdout.stdout_bytes == (tmp_path / f"graph.{name}").read_bytes()
    for name in ("nq", "ttl"):
        assert (tmp_path / f"graph.{name}").read_bytes() == (sample_out / f"graph.{name}").read_bytes()
    wrong = run("export", sample_out, tmp_path / "graph.xml")
    assert wrong.exit_code == 2
    assert "name it .nq, .trig, .jsonld, .ttl, or give --format" in wrong.stderr


def test_serves_until_it_is_stopped(out: Path) -> None:
    command = [sys.executable, "-c", "from kg.cli import main; main()", "serve", "sparql", str(out), "--port", "0"]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1", "PYTHONPATH": str(Path(__file__).parents[2])}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        url = next(word.rstrip(",") for word in line.split() if word.startswith("http://127.0.0.1:"))
        with urllib.request.urlopen(f"{url}?query=ASK%7B%7D", timeout=10) as response:  # noqa: S310 - an http address of ours
            assert response.status == 200
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
    with pytest.raises(OSError, match="refused"):
        urllib.request.urlopen(url, timeout=5)  # noqa: S310 - an http address of ours
