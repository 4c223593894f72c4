"""The read-only endpoint on loopback: the real server, asked over HTTP."""

from __future__ import annotations

import json
import socket
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.errors import ServerError
from kg.stores import open_store
from kg.stores.sparql_server import Endpoint, serve_store
from tests.convert.samples import make_sample


@pytest.fixture(scope="module")
def location(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("served") / "store.oxigraph"
    with open_store("oxigraph", path) as store:
        store.write(make_sample())
    return path


@pytest.fixture(scope="module")
def endpoint(location: Path) -> Iterator[Endpoint]:
    with serve_store(location, 0) as running:
        yield running


def post(url: str, **fields: str) -> bytes:
    accept = {"Accept": "application/sparql-results+json"}
    request = urllib.request.Request(url, urllib.parse.urlencode(fields).encode(), accept)  # noqa: S310 - an http address of ours
    with urllib.request.urlopen(request, timeout=10) as response:  # noqa: S310 - an http address of ours
        return bytes(response.read())


def test_answers_queries_over_all_graphs(endpoint: Endpoint) -> None:
    query = "SELECT ?l { ?a <https://agency-kg.example/duty#leads> ?t ; <http://www.w3.org/2004/02/skos/core#prefLabel> ?l } ORDER BY ?l"
    answer = json.loads(post(endpoint.url, query=query))
    assert [row["l"]["value"] for row in answer["results"]["bindings"]] == ["Body 310000.dr", "市发展改革委"]


def test_refuses_to_write(endpoint: Endpoint) -> None:
    with pytest.raises(urllib.error.HTTPError) as caught:
        post(endpoint.url.replace("/query", "/update"), update="DELETE WHERE { GRAPH ?g { ?s ?p ?o } }")
    assert caught.value.code in (403, 404, 405)
    count = json.loads(post(endpoint.url, query="SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"))["results"]["bindings"][0]["n"]["value"]
    assert int(count) > 100


def test_listens_on_loopback_only(endpoint: Endpoint) -> None:
    assert urllib.parse.urlsplit(endpoint.url).hostname == "127.0.0.1"
    addresses = {info[4][0] for info in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)} - {"127.0.0.1"}
    port = urllib.parse.urlsplit(endpoint.url).port
    for address in addresses:
        if not str(address).startswith("127."):
            with socket.socket() as probe:
                assert probe.connect_ex((address, port)) != 0


def test_stops_with_the_block(location: Path) -> None:
    with serve_store(location, 0) as running:
        process = running.process
        assert process.poll() is None
    assert process.poll() is not None


def test_says_that_the_port_is_taken(location: Path, endpoint: Endpoint) -> None:
    port = urllib.parse.urlsplit(endpoint.url).port
    assert port is not None
    with pytest.raises(ServerError, match=f"port {port} is taken"), serve_store(location, port):
        pass


def test_says_that_there_is_no_store(tmp_path: Path) -> None:
    with pytest.raises(ServerError, match="no Oxigraph store"), serve_store(tmp_path, 0):
        pass
