"""``graph.html``: the graph as one page that needs no network.

pyvis makes the network data and brings vis-network; the page around it is ours, because pyvis's own page loads Bootstrap from a CDN
whatever ``cdn_resources`` says and writes names into HTML unescaped. Here every name travels as JSON and reaches the page as text, and a
content security policy allows only the scripts of this page, by hash, and no request at all.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from kg.rules.files import read_toml
from kg.tables.frames import Tables
from kg.views.facts import AgencyFact, AssignmentFact, Facts, SectionFact, TaskFact, collect_facts
from kg.views.scenes import TASK_FONT, Scene, make_scenes

LANGUAGES = ("zh", "en")
#: Colour, width and dashes of each role. The colours, after Okabe and Ito, are told apart by colour-blind readers too, the dashes by all.
ROLE_STYLES: Mapping[str, tuple[str, float, tuple[int, ...]]] = {
    "lead": ("#c1440e", 3.0, ()),
    "jointLead": ("#b8860b", 2.5, (12, 4)),
    "responsible": ("#0072b2", 1.3, ()),
    "participate": ("#009e73", 1.3, (6, 4)),
    "cooperate": ("#8a4f9e", 1.3, (3, 3)),
    "supervise": ("#444444", 1.3, (10, 3, 2, 3)),
    "several": ("#4a6785", 1.3, ()),
    "belongs": ("#b9c2cc", 1.0, ()),
}
_FONT = "system-ui, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Noto Sans SC', sans-serif"
_GROUPS: Mapping[str, Mapping[str, Any]] = {
    "agency": {
        "shape": "box",
        "color": {"background": "#0b4f7d", "border": "#0b4f7d", "hover": {"background": "#073a5d", "border": "#073a5d"}},
        "font": {"color": "#ffffff"},
        "shapeProperties": {"borderRadius": 11},
    },
    "collective": {
        "shape": "ellipse",
        "color": {"background": "#f4f5f7", "border": "#5f6b7a", "hover": {"background": "#e3e7ec", "border": "#5f6b7a"}},
        "font": {"color": "#2b3440"},
        "shapeProperties": {"borderDashes": [5, 4]},
    },
    "task": {
        "shape": "box",
        "color": {"background": "#f0c24b", "border": "#a67600", "hover": {"background": "#ffd96b", "border": "#7c5800"}},
        "font": {"color": "#2d2100", "size": TASK_FONT},
        "shapeProperties": {"borderRadius": 0},
        "margin": 4,
    },
    "section": {
        "shape": "diamond",
        "size": 9,
        "color": {"background": "#00785a", "border": "#00533e", "hover": {"background": "#009e73", "border": "#00533e"}},
        "font": {"color": "#063d2f", "strokeWidth": 3, "strokeColor": "#ffffff"},
    },
    "chapter": {
        "shape": "diamond",
        "size": 12,
        "color": {"background": "#00533e", "border": "#00301f", "hover": {"background": "#00785a", "border": "#00301f"}},
        "font": {"color": "#00301f", "strokeWidth": 3, "strokeColor": "#ffffff"},
    },
}
#: What a node turns into while another is looked at.
_DIMMED: Mapping[str, Any] = {
    "color": {"background": "#f1f3f5", "border": "#dde2e7", "hover": {"background": "#e6eaee", "border": "#aab4be"}},
    "font": {"color": "#a9b1ba"},
}


def render_graph(tables: Tables, lang: str = "zh") -> str:
    """Return the page of the graph.

    Parameters
    ----------
    tables
        Any number of plans. Up to :data:`kg.views.scenes.MOST_TASKS` tasks a plan is one picture; a larger one is agencies × sections, with
        pictures of the tasks of each section and agency.
    lang
        The language the page opens in, ``zh`` or ``en``; a button switches.

    Returns
    -------
    str
        HTML in one piece; the same tables give the same characters.

    Examples
    --------
    >>> from kg.tables.frames import empty_tables
    >>> page = render_graph(empty_tables())
    >>> "https://cdn" in page
    False
    """
    from jinja2 import Environment, PackageLoader, StrictUndefined

    facts = collect_facts(tables)
    messages = {name: load_messages(name) for name in LANGUAGES}
    folder = files("kg.views") / "templates"
    script = (folder / "graph.js").read_text(encoding="utf-8")
    library = _read_vis_network()
    environment = Environment(
        loader=PackageLoader("kg.views"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.get_template("graph.html.j2").render(
        lang=lang,
        messages=messages[lang],
        title=_make_title(facts, messages[lang]),
        roles=_count_roles(facts),
        styles=ROLE_STYLES,
        library=library,
        script=script,
        style=(folder / "graph.css").read_text(encoding="utf-8"),
        hashes=[_hash_script(library), _hash_script(script)],
        data=_to_json(_make_data(facts, make_scenes(facts), messages, lang)),
    )


def load_messages(lang: str) -> dict[str, Any]:
    """Return the words of the page in one language.

    Raises
    ------
    RuleError
        There is no catalogue for `lang`, or it has an unknown part.
    """
    folder: Traversable = files("kg.views") / "messages"
    return read_toml(folder, f"{lang}.toml", ("page", "role", "basis", "inheritance", "resolution", "panel", "scene"))


def _make_title(facts: Facts, messages: Mapping[str, Any]) -> str:
    if facts.plan_count == 1:
        return facts.sections[0].title
    return str(messages["page"]["plans"]).format(count=facts.plan_count)


def _count_roles(facts: Facts) -> list[tuple[str, int]]:
    counts = {role: 0 for role in ROLE_STYLES if role not in ("several", "belongs")}
    for assignment in facts.assignments:
        counts[assignment.role] += 1
    return [(role, count) for role, count in counts.items() if count]


def _make_data(facts: Facts, scenes: Sequence[Scene], messages: Mapping[str, Any], lang: str) -> dict[str, Any]:
    """Return what the script needs. Rows are lists in the order of the facts' fields: a plan of 5,000 tasks has to load."""
    return {
        "lang": lang,
        "messages": messages,
        "planCount": facts.plan_count,
        "fields": {
            "sections": SectionFact.__slots__,
            "tasks": TaskFact.__slots__,
            "agencies": AgencyFact.__slots__,
            "assignments": AssignmentFact.__slots__,
        },
        "sections": _to_rows(facts.sections),
        "tasks": _to_rows(facts.tasks),
        "agencies": _to_rows(facts.agencies),
        "assignments": _to_rows(facts.assignments),
        "contexts": facts.contexts,
        "styles": {
            role: {"color": color, "width": width, "dashes": list(dashes) or False} for role, (color, width, dashes) in ROLE_STYLES.items()
        },
        "options": _make_options(),
        "scenes": [{"kind": scene.kind, "subject": scene.subject, "part": scene.part, **_draw(scene)} for scene in scenes],
    }


def _to_rows(facts: Sequence[SectionFact] | Sequence[TaskFact] | Sequence[AgencyFact] | Sequence[AssignmentFact]) -> list[list[Any]]:
    return [[getattr(fact, name) for name in fact.__slots__] for fact in facts]


def _draw(scene: Scene) -> dict[str, Any]:
    """Return nodes and edges as vis-network takes them; shapes and colours follow from group and role."""
    from pyvis.network import Network  # takes 0.4 s

    network = Network(directed=True)
    for node in scene.nodes:
        options: dict[str, Any] = {"group": node.group, "x": node.x, "y": node.y}
        if node.above:  # vis-network hangs a label below its diamond
            lift = 2 * _GROUPS[node.group]["size"] + 14 + node.size * (node.label.count("\n") + 1)
            options["font"] = {"size": node.size, "vadjust": -lift}
        elif node.group != "task":
            options["font"] = {"size": node.size}
        network.add_node(node.key, label=node.label, **options)
    for number, edge in enumerate(scene.edges):
        options = {"behind": edge.assignments} if edge.assignments else {}
        if not edge.strong:
            options["weak"] = True
        network.add_edge(edge.source, edge.target, id=f"e{number}", role=edge.role, **options)
    return {
        "nodes": [{name: value for name, value in node.items() if name != "shape"} for node in network.nodes],
        "edges": [{name: value for name, value in edge.items() if name != "arrows"} for edge in network.edges],
    }


def _make_options() -> dict[str, Any]:
    groups: dict[str, Any] = {}
    for name, style in _GROUPS.items():
        groups[name] = style
        groups[f"{name}-dim"] = {**style, **_DIMMED, "font": {**style["font"], **_DIMMED["font"]}}
    return {
        "physics": {"enabled": False},
        "layout": {"improvedLayout": False},
        "nodes": {"font": {"face": _FONT}, "borderWidth": 1.5, "borderWidthSelected": 3},
        "edges": {"smooth": False, "selectionWidth": 1.5, "hoverWidth": 1, "arrows": {"to": {"enabled": False}}},
        "interaction": {"hover": True, "selectConnectedEdges": False, "tooltipDelay": 200, "keyboard": False, "zoomSpeed": 0.6},
        "groups": groups,
    }


def _read_vis_network() -> str:
    """Return vis-network as pyvis packages it, without the pointer to a source map that developer tools would fetch."""
    folder = files("pyvis") / "templates" / "lib" / "vis-9.1.2"
    script = (folder / "vis-network.min.js").read_text(encoding="utf-8")
    return script.partition("//# sourceMappingURL=")[0]


def _hash_script(script: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


def _to_json(value: object) -> str:
    """Return JSON that cannot end the script element it stands in, nor start a comment there."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for letter in "<>&\u2028\u2029":
        text = text.replace(letter, f"\\u{ord(letter):04x}")
    return text
