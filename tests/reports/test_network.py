"""kg network: what Gephi, UCINET and Excel are given."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import networkx as nx
import pytest
from click.testing import CliRunner

from kg.cli import reporting
from kg.errors import OutputError
from kg.measures import Layer, LoadOptions
from kg.model import CollectiveKind
from kg.reports.network import NETWORKS, render_network
from kg.tables import Tables, empty_tables
from tests.measures.factories import make_load_tables


@pytest.fixture
def tables() -> Tables:
    """Three tasks: a leads two, b is responsible on two, c on one; a group stands beside a."""
    lines = [("1", "a:lead b:responsible g:responsible"), ("1", "a:lead b:responsible c:responsible"), ("2", "=c:lead")]
    return make_load_tables({"p": lines}, groups={"g": CollectiveKind.OPEN})


def read_matrix(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))


def test_the_two_mode_matrix_weighs_roles(tables: Tables) -> None:
    assert read_matrix(render_network(tables, "csv")) == [
        ["", "p/task/1", "p/task/2", "p/task/3"],
        ["'=c", "0", "0", "2"],
        ["a", "2", "2", "0"],
        ["b", "1", "1", "0"],
        ["c", "0", "1", "0"],
    ]


def test_the_matrix_of_agencies_counts_shared_tasks(tables: Tables) -> None:
    assert read_matrix(render_network(tables, "csv", "agencies"))[:1] + read_matrix(render_network(tables, "csv", "agencies"))[2:4] == [
        ["", "'=c", "a", "b", "c"],
        ["a", "0", "0", "2", "1"],
        ["b", "0", "2", "0", "1"],
    ]


@pytest.mark.parametrize(("form", "read"), [("gexf", nx.read_gexf), ("graphml", nx.read_graphml)])
def test_graphs_are_read_back_as_they_are(tables: Tables, form: str, read: object) -> None:
    assert callable(read)
    graph = read(io.BytesIO(render_network(tables, form)))
    assert {(*sorted(edge), weight) for *edge, weight in graph.edges(data="weight")} == {
        ("a", "p/task/1", 2.0),
        ("b", "p/task/1", 1.0),
        ("a", "p/task/2", 2.0),
        ("b", "p/task/2", 1.0),
        ("c", "p/task/2", 1.0),
        ("=c", "p/task/3", 2.0),
    }
    assert graph.nodes["p/task/2"] | {"id": ""} == {
        "id": "",
        "bipartite": 1,
        "plan": "p",
        "section": 0,
        "label": "2",
        "text": "Task 2.",
        "kind": "task",
    }
    partners = read(io.BytesIO(render_network(tables, form, "agencies")))
    assert list(partners.nodes) == ["=c", "a", "b", "c"]
    assert {(*sorted(edge), weight) for *edge, weight in partners.edges(data="weight")} == {("a", "b", 2), ("a", "c", 1), ("b", "c", 1)}


@pytest.mark.parametrize("form", NETWORKS)
def test_no_day_stands_in_a_file(tables: Tables, form: str) -> None:
    assert render_network(tables, form) == render_network(tables, form)
    assert b"date=" not in render_network(tables, form)


@pytest.mark.parametrize("form", NETWORKS)
def test_nothing_gives_an_empty_file_of_its_kind(form: str) -> None:
    content = render_network(empty_tables(), form).decode("utf-8-sig")
    assert ("<node " in content, "graph" in content) == (False, form != "csv")


def test_the_layer_chooses_ties(tables: Tables) -> None:
    assert [row[0] for row in read_matrix(render_network(tables, "csv", options=LoadOptions(layer=Layer.LEAD)))] == ["", "'=c", "a"]


def test_unknown_formats_and_modes_are_refused(tables: Tables) -> None:
    with pytest.raises(OutputError, match="no such network format: dl; there is gexf, graphml, csv"):
        render_network(tables, "dl")
    with pytest.raises(OutputError, match="no such mode of a network: sections; there is tasks, agencies"):
        render_network(tables, "csv", "sections")


def test_the_command_writes_what_the_name_says(tables: Tables, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(reporting, "open_tables", lambda _: tables)
    monkeypatch.chdir(tmp_path)
    run = CliRunner().invoke(reporting.network, ["out", "--mode", "agencies", "--output", "partners.csv"])
    assert run.exit_code == 0, run.output
    assert (tmp_path / "partners.csv").read_bytes() == render_network(tables, "csv", "agencies")
    CliRunner().invoke(reporting.network, ["out"])
    assert (tmp_path / "network.gexf").read_bytes() == render_network(tables, "gexf")
