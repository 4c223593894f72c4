"""Settings for all tests."""

from __future__ import annotations

from hypothesis import settings

# A shared machine is slow at times, which is no fault of the code; and a run must be repeatable, so examples are drawn from a fixed seed.
settings.register_profile("house", deadline=None, derandomize=True)
settings.load_profile("house")
