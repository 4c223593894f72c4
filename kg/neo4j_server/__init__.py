"""A real Neo4j without Docker and without Java installed: Maven artifacts, a packaged Java, a subprocess on loopback.

:mod:`kg.neo4j_server.artifacts` fetches the jars, :mod:`kg.neo4j_server.home` knows what lies where in a server's folder, and
:mod:`kg.neo4j_server.server` starts, finds and stops the process. Nothing of Neo4j (GPLv3) is part of this package: the jars come from
Maven Central on the user's machine, and the server is a process of its own that is spoken to over Bolt.
"""

from kg.neo4j_server.artifacts import LICENCE_NOTICE, NEO4J_VERSION
from kg.neo4j_server.home import DEFAULT_BOLT_PORT, DEFAULT_HEAP, USER, ServerHome, get_default_home
from kg.neo4j_server.server import ServerState, ServerStatus, get_status, start_server, stop_server

__all__ = [
    "DEFAULT_BOLT_PORT",
    "DEFAULT_HEAP",
    "LICENCE_NOTICE",
    "NEO4J_VERSION",
    "USER",
    "ServerHome",
    "ServerState",
    "ServerStatus",
    "get_default_home",
    "get_status",
    "start_server",
    "stop_server",
]
