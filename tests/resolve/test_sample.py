"""The names of the sample plan, as gold has them, and of every other gold file."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

from kg.model import Resolution
from kg.resolve import resolve_name
from kg.rules import RuleBook

GOLD = Path(__file__).parents[2] / "data" / "gold"

#: Where the gold plans stand. The rest of a plan is not needed to resolve its names.
ISSUERS = {
    "703_yichun_jiangben_2023": ("宜春市", "city"),
    "708_yuxi_jiangben_2023": ("玉溪市", "city"),
    "710_gansu_fgf_2023": ("甘肃省", "province"),
    "713_guizhou_qingdan_2023": ("贵州省", "province"),
    "714_qingpu_2023": ("上海市青浦区", "county"),
    "716_jinchang_fgf_2023": ("金昌市", "city"),
    "720_zhengzhou_2023": ("郑州市", "city"),
    "730_hami_jiangben_2023": ("哈密市", "city"),
    "737_fujian_gonggu_2023": ("福建省", "province"),
    "741_shangrao_zhengwu_2023": ("上饶市", "city"),
    "742_zhangzhou_jiangben_2023": ("漳州市", "city"),
    "745_pingliang_zwgk_2023": ("平凉市", "city"),
}


def read_names(document_id: str) -> list[str]:
    with (GOLD / f"{document_id}.csv").open(encoding="utf-8", newline="") as file:
        return list(dict.fromkeys(row["agency"] for row in csv.DictReader(file) if row["agency"]))


def test_sample_names_lead_to_34_distinct_keys(rules: RuleBook) -> None:
    names = read_names("shanghai-egov-2017")
    found = [
        resolve_name(name, issued=date(2017, 2, 23), level="province", place="上海市", rules=rules, document_id="shanghai-egov-2017")
        for name in names
    ]
    assert len({name.agency.key for name in found}) == len(names) == 34
    groups = {name.decision.name for name in found if name.decision.resolution is Resolution.COLLECTIVE}
    assert groups == {"各区政府", "市政府有关部门", "市有关单位"}
    assert all(name.decision.resolution is Resolution.REGISTRY for name in found if name.decision.name not in groups)
    assert [name.decision.name for name in found if name.codes] == []
    assert all(name.agency.label_en and name.agency.full_name for name in found)


def test_gold_names_of_other_places_are_resolved_or_reported(rules: RuleBook) -> None:
    unresolved: dict[str, int] = {}
    total = 0
    for document_id, (place, level) in ISSUERS.items():
        for name in read_names(document_id):
            found = resolve_name(name, issued=date(2023, 3, 1), level=level, place=place, rules=rules, document_id=document_id)
            total += 1
            if found.decision.resolution is Resolution.UNRESOLVED:
                assert found.codes == ("unknown-agency",)
                unresolved[name] = unresolved.get(name, 0) + 1
    # Companies, zones and offices that no table of the state lists; everything else is led to its body.
    assert len(unresolved) / total < 0.06
    government = [name for name in unresolved if name.startswith(("市", "省")) and not name.endswith("领导小组办公室")]
    assert government == []
