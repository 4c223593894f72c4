"""What an output folder holds, and what no store leaves in it."""

from __future__ import annotations

from pathlib import Path

from kg.model import Role
from kg.pipeline.output import PARTS
from kg.stores import open_store
from kg.tables import build_tables
from kg.views import VIEWS
from tests.factories import make_resolved_plan


def test_every_view_is_a_part() -> None:
    assert [part.name for part in PARTS if part.title in VIEWS] == [f"{name}.html" for name in VIEWS]


def test_a_closed_oxigraph_store_holds_no_diary_of_this_machine(tmp_path: Path) -> None:
    plan = make_resolved_plan("a", [("推进改革。（市财政局负责）", [("市财政局", Role.RESPONSIBLE)])])
    for _ in range(2):
        with open_store("oxigraph", tmp_path / "store") as store:
            store.write(build_tables([plan]))
        assert sorted(path.name for path in (tmp_path / "store").glob("LOG*")) == []
    with open_store("oxigraph", tmp_path / "store", read_only=True) as store:
        assert store.plans() == ["a"]
