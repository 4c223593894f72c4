"""The jars of Neo4j Community, from Maven Central or the mirror that the user's Maven settings name.

``jgo`` resolves and downloads in pure Python, so neither ``mvn`` nor ``java`` need be installed. The jars stay in the user's Maven
repository (``~/.m2/repository``), where any other tool finds them too. Walking some two hundred POMs takes seconds even when all of them
are there; the list of jars is therefore kept in the user's cache folder and trusted as long as each of its files exists.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from kg.errors import ServerError, first_line
from kg.neo4j_server.home import locked

if TYPE_CHECKING:
    from jgo.maven import Artifact, MavenContext

#: The release that is fetched; its settings are written by :mod:`kg.neo4j_server.home`, so the two change together.
NEO4J_VERSION = "2026.08.1"

COORDINATE = f"org.neo4j:neo4j:{NEO4J_VERSION}"

#: What a user must be told before the jars are used.
LICENCE_NOTICE = (
    f"Neo4j Community {NEO4J_VERSION} is free software of Neo4j Sweden AB under the GNU General Public License, version 3 (GPLv3), "
    "fetched from Maven Central; no part of it is shipped with agency-kg."
)

#: Receives what is being done, how many jars are there, and how many there will be (0: not known yet).
Progress = Callable[[str, int, int], None]

_CENTRAL = "central"
_TRIES = 3
_TIMEOUT_SECONDS = 60
_DOWNLOADS_AT_ONCE = 8


@dataclass(frozen=True, slots=True)
class MavenSettings:
    """What the user's Maven settings say that matters here: None where they are silent."""

    mirror: str | None = None
    local_repository: Path | None = None


def read_maven_settings(path: Path) -> MavenSettings:
    """Read the mirror of Central and the local repository out of a ``settings.xml``; a missing file says nothing.

    Raises
    ------
    ServerError
        The file is no XML.
    """
    if not path.is_file():
        return MavenSettings()
    try:
        root = ET.parse(path).getroot()  # noqa: S314 - the user's own file, which Maven itself trusts
    except (ET.ParseError, OSError) as error:
        raise ServerError(f"{path}: cannot be read as Maven settings: {error}") from error
    mirror = None
    for element in root.iterfind("{*}mirrors/{*}mirror"):
        url = element.findtext("{*}url", "").strip()
        if mirror is None and url and _mirrors_central(element.findtext("{*}mirrorOf", "")):
            mirror = url.rstrip("/")
    local = root.findtext("{*}localRepository", "").strip().replace("${user.home}", str(Path.home()))
    return MavenSettings(mirror, Path(local) if local else None)


def _mirrors_central(pattern: str) -> bool:
    """Say whether a ``mirrorOf`` covers Central, by Maven's own rules (``*``, ``external:*``, names, ``!name``)."""
    words = {word.strip() for word in pattern.split(",")}
    return f"!{_CENTRAL}" not in words and bool(words & {_CENTRAL, "*", "external:*"})


def find_jars(cache: Path, progress: Progress | None = None) -> tuple[Path, ...]:
    """Return the jars of the server, fetching those that are missing.

    Parameters
    ----------
    cache
        Folder that keeps the list of jars.
    progress
        Told what goes on; the first call on a machine takes a minute or two (180 MB), a later one milliseconds.

    Raises
    ------
    ServerError
        Maven Central (or the mirror) cannot be reached, or sends something that is no jar.
    """
    listing = cache / f"neo4j-{NEO4J_VERSION}.json"
    jars = _read_listing(listing)
    if jars:
        return jars
    cache.mkdir(parents=True, exist_ok=True)
    # Two processes that fetch the same jar at once would read each other's half-written files.
    with locked(cache / "neo4j.lock"):
        jars = _read_listing(listing) or _fetch(progress or _say_nothing)
        part = listing.with_suffix(".part")
        part.write_text(json.dumps([str(jar) for jar in jars], indent=0), encoding="utf-8")
        part.replace(listing)
    return jars


def _say_nothing(what: str, done: int, total: int) -> None:
    pass


def _read_listing(path: Path) -> tuple[Path, ...]:
    """Return the jars of a listing, or nothing where it is missing, damaged, or names a file that has gone."""
    try:
        names = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return ()
    jars = tuple(Path(name) for name in names)
    return jars if all(jar.is_file() for jar in jars) else ()


def _fetch(progress: Progress) -> tuple[Path, ...]:
    import requests

    try:
        context = _make_context()
        progress("resolving the parts of Neo4j", 0, 0)
        artifacts = _resolve(context)
        return _download(artifacts, progress)
    except (RuntimeError, ValueError, OSError, requests.RequestException) as error:
        raise ServerError(f"Neo4j cannot be fetched from the Maven repository: {first_line(error)}") from error


def _make_context() -> MavenContext:
    from jgo.config import GlobalSettings
    from jgo.constants import MAVEN_CENTRAL_URL
    from jgo.maven import MavenContext

    own = GlobalSettings.load()
    maven = read_maven_settings(Path.home() / ".m2" / "settings.xml")
    # jgo knows its own settings (jgo.conf, M2_REPO) but not Maven's; a mirror stands in for Central, as Maven has it.
    repositories = {_CENTRAL: maven.mirror or MAVEN_CENTRAL_URL, **own.repositories}
    repository = maven.local_repository or own.repo_cache
    return MavenContext(repo_cache=repository, remote_repos=repositories, timeout=_TIMEOUT_SECONDS)


def _resolve(context: MavenContext) -> list[Artifact]:
    inputs, transitive = context.resolver.resolve([context.create_dependency(COORDINATE)])
    # The dependency that was asked for has no scope of its own.
    needed = [dependency for dependency in [*inputs, *transitive] if dependency.scope in {None, "compile", "runtime"}]
    return [dependency.artifact for dependency in needed]


def _download(artifacts: Sequence[Artifact], progress: Progress) -> tuple[Path, ...]:
    jars = []
    with ThreadPoolExecutor(_DOWNLOADS_AT_ONCE) as pool:
        for done, jar in enumerate(pool.map(_download_one, artifacts), start=1):
            jars.append(jar)
            progress("fetching Neo4j", done, len(artifacts))
    return tuple(jars)


def _download_one(artifact: Artifact) -> Path:
    import requests

    for attempt in range(1, _TRIES + 1):
        try:
            jar = Path(artifact.resolve())
            if _is_whole(jar):
                return jar
            failure: Exception = RuntimeError(f"{jar.name} is damaged")
        except (requests.RequestException, RuntimeError, OSError) as error:
            failure = error
        # jgo writes in place: what a cut connection leaves behind would pass for a jar next time.
        if artifact.cached_path is not None:
            artifact.cached_path.unlink(missing_ok=True)
        if attempt == _TRIES:
            raise failure
    raise AssertionError("the loop returns or raises")


def _is_whole(jar: Path) -> bool:
    try:
        with zipfile.ZipFile(jar) as archive:
            return archive.testzip() is None
    except zipfile.BadZipFile:
        return False
