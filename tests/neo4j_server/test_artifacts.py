"""Fetching jars, from a small Maven repository on loopback that stands in for Central as a mirror does."""

from __future__ import annotations

import io
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from kg.errors import ServerError
from kg.neo4j_server import artifacts
from kg.neo4j_server.artifacts import MavenSettings, find_jars, read_maven_settings

_POM = """<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
<groupId>org.neo4j</groupId><artifactId>{name}</artifactId><version>{version}</version>{more}</project>"""

_NEEDS_PART = """<dependencies>
<dependency><groupId>org.neo4j</groupId><artifactId>part</artifactId><version>2</version></dependency>
<dependency><groupId>org.neo4j</groupId><artifactId>tests</artifactId><version>3</version><scope>test</scope></dependency>
</dependencies>"""


def make_jar(text: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.txt", text)
    return buffer.getvalue()


@dataclass
class Repository:
    """What a Maven repository answers: a path's answers are given one after another, the last again and again."""

    url: str = ""
    answers: dict[str, list[bytes]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def answer(self, path: str) -> bytes | None:
        self.asked.append(path)
        left = self.answers.get(path)
        if not left:
            return None
        return left.pop(0) if len(left) > 1 else left[0]


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Repository]:
    """Serve two artifacts, and make the repository the user's mirror of Central."""
    version = artifacts.NEO4J_VERSION
    made = Repository()
    for name, number, more in (("neo4j", version, _NEEDS_PART), ("part", "2", "")):
        folder = f"/org/neo4j/{name}/{number}/{name}-{number}"
        made.answers[f"{folder}.pom"] = [_POM.format(name=name, version=number, more=more).encode()]
        made.answers[f"{folder}.jar"] = [make_jar(name)]

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            content = made.answer(self.path)
            self.send_response(404 if content is None else 200)
            self.send_header("Content-Length", str(len(content or b"")))
            self.end_headers()
            self.wfile.write(content or b"")

        def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 - the name in the standard library
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    made.url = f"http://127.0.0.1:{server.server_port}"
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("M2_REPO", "JGO_CONFIG_FILE", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / ".m2").mkdir()
    write_settings(tmp_path / ".m2" / "settings.xml", "central", made.url)
    yield made
    server.shutdown()
    thread.join()
    server.server_close()


def write_settings(path: Path, mirror_of: str, url: str, more: str = "") -> None:
    path.write_text(
        f'<settings xmlns="http://maven.apache.org/SETTINGS/1.2.0">{more}<mirrors><mirror><id>m</id>'
        f"<mirrorOf>{mirror_of}</mirrorOf><url>{url}</url></mirror></mirrors></settings>"
    )


def test_fetches_from_the_users_mirror_once(repository: Repository, tmp_path: Path) -> None:
    jars = find_jars(tmp_path / "cache")
    assert [jar.relative_to(tmp_path / ".m2" / "repository").as_posix() for jar in jars] == [
        f"org/neo4j/neo4j/{artifacts.NEO4J_VERSION}/neo4j-{artifacts.NEO4J_VERSION}.jar",
        "org/neo4j/part/2/part-2.jar",
    ]
    assert zipfile.ZipFile(jars[1]).read("a.txt") == b"part"
    asked = len(repository.asked)
    assert find_jars(tmp_path / "cache") == jars
    assert len(repository.asked) == asked


def test_tells_how_far_it_is(repository: Repository, tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    find_jars(tmp_path / "cache", lambda *words: told.append(words))
    assert told == [("resolving the parts of Neo4j", 0, 0), ("fetching Neo4j", 1, 2), ("fetching Neo4j", 2, 2)]


def test_fetches_again_what_was_deleted(repository: Repository, tmp_path: Path) -> None:
    jars = find_jars(tmp_path / "cache")
    jars[1].unlink()
    assert find_jars(tmp_path / "cache") == jars
    assert jars[1].is_file()


def test_a_cut_download_is_fetched_again(repository: Repository, tmp_path: Path) -> None:
    path = "/org/neo4j/part/2/part-2.jar"
    whole = repository.answers[path][0]
    repository.answers[path] = [whole[: len(whole) // 2], whole]
    jars = find_jars(tmp_path / "cache")
    assert jars[1].read_bytes() == whole
    assert repository.asked.count(path) == 2


def test_a_damaged_jar_is_an_error_and_does_not_stay(repository: Repository, tmp_path: Path) -> None:
    repository.answers["/org/neo4j/part/2/part-2.jar"] = [b"<html>sign in</html>"]
    with pytest.raises(ServerError, match=r"part-2\.jar is damaged"):
        find_jars(tmp_path / "cache")
    assert not (tmp_path / ".m2/repository/org/neo4j/part/2/part-2.jar").exists()


def test_says_when_the_repository_does_not_answer(repository: Repository, tmp_path: Path) -> None:
    repository.answers.clear()
    with pytest.raises(ServerError, match="cannot be fetched from the Maven repository") as caught:
        find_jars(tmp_path / "cache")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("central", True),
        ("*", True),
        ("external:*", True),
        ("other, central", True),
        ("*,!central", False),
        ("other", False),
        ("", False),
    ],
)
def test_reads_the_mirror_of_central(tmp_path: Path, pattern: str, found: bool) -> None:
    path = tmp_path / "settings.xml"
    write_settings(path, pattern, "https://mirror.example/maven/")
    assert read_maven_settings(path).mirror == ("https://mirror.example/maven" if found else None)


def test_reads_the_local_repository(tmp_path: Path) -> None:
    path = tmp_path / "settings.xml"
    write_settings(path, "other", "https://mirror.example", "<localRepository>${user.home}/jars</localRepository>")
    assert read_maven_settings(path) == MavenSettings(None, Path.home() / "jars")


def test_missing_settings_say_nothing_and_broken_ones_are_an_error(tmp_path: Path) -> None:
    path = tmp_path / "settings.xml"
    assert read_maven_settings(path) == MavenSettings()
    path.write_text("<settings>")
    with pytest.raises(ServerError, match="cannot be read as Maven settings"):
        read_maven_settings(path)
