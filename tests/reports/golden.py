"""Golden files of the reports: ``python -m tests.reports.golden`` writes them anew; read the difference before you commit it."""

from __future__ import annotations

from pathlib import Path

from kg.reports import render_report
from tests.reports.plans import build_middle, build_small

FOLDER = Path(__file__).parent / "golden"
PLANS = {"small": build_small, "middle": build_middle}
#: Each golden file: plan, format, language. HTML and XLSX are held by what they contain instead.
FILES = {
    f"{plan}.{lang}.{form}": (plan, form, lang)
    for plan in PLANS
    for form, lang in (("md", "zh"), ("md", "en"), ("csv", "zh"), ("json", "zh"))
}


def render(name: str) -> bytes:
    """Render what a golden file should hold."""
    plan, form, lang = FILES[name]
    return render_report(PLANS[plan](), form, lang)


def main() -> None:
    """Write all golden files."""
    FOLDER.mkdir(exist_ok=True)
    for name in FILES:
        (FOLDER / name).write_bytes(render(name))


if __name__ == "__main__":
    main()
