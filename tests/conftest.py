"""Settings for all tests."""

from __future__ import annotations

from hypothesis import settings

from tests.neo4j_server.fixtures import empty_neo4j, neo4j_home, neo4j_server

__all__ = ["empty_neo4j", "neo4j_home", "neo4j_server"]

# A shared machine is slow at times, which is no fault of the code; and a run must be repeatable, so examples are drawn from a fixed seed.
settings.register_profile("house", deadline=None, derandomize=True)
settings.load_profile("house")
