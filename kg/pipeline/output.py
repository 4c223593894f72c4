"""The output folder: what lies in it, and that it appears whole or not at all."""

from __future__ import annotations

import glob
import hashlib
import json
import os
import platform
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl
import psutil

from kg.errors import OutputError
from kg.tables import Tables, read_tables, write_tables
from kg.views.registry import VIEWS

MANIFEST_NAME = "manifest.json"
GENERATOR = "agency-kg"
FORMAT = 2
#: What desktops put into every folder they show.
_SYSTEM_NAMES = frozenset({".DS_Store", "Thumbs.db", "desktop.ini", ".directory"})
_KINDS_ZH = {"front": "文首", "heading": "标题", "task": "任务", "assignment": "责任", "skipped": "跳过"}
#: What the parser says of a stretch that it skipped (:class:`kg.model.AccountEntry`).
_UNDER_RE = re.compile("under heading (.+), in no task")
_REASONS_ZH = {"outside any item": "在任何条目之外", "page furniture": "页眉、页码等页面附属文字"}
#: How the name of an output that was moved aside ends.
_OLD = "-old"


@dataclass(frozen=True, slots=True)
class Part:
    """One thing in the output folder: its name, what it is, and what writes it."""

    name: str
    title: str
    write: Callable[[Tables, Path], None]
    #: A store's files hold page layouts and logs that differ from run to run; its content is the same, its bytes are not.
    same_bytes: bool = True


def _write_rdf(tables: Tables, path: Path) -> None:
    from kg.convert import write_rdf

    write_rdf(tables, path)


def _write_store(name: str) -> Callable[[Tables, Path], None]:
    def write(tables: Tables, path: Path) -> None:
        from kg.stores import open_store

        with open_store(name, path) as store:
            store.write(tables)

    return write


def _write_load(tables: Tables, path: Path) -> None:
    from kg.measures import compute_layers
    from kg.reports import to_csv

    path.write_bytes(to_csv(compute_layers(tables)))


def _write_issues(tables: Tables, path: Path) -> None:
    from kg.reports import to_csv

    issues = tables["issues"].with_columns(pl.col("candidates").list.join("｜"))
    path.write_bytes(to_csv(pl.concat([issues, list_account(tables)]).sort("plan_id", maintain_order=True)))


def list_account(tables: Tables) -> pl.DataFrame:
    """Return the account of every character as rows of ``issues.csv``: for each plan its sums, then each stretch of text that was skipped.

    Stretches without anything but blanks are in the sums only.
    """
    rows: list[dict[str, Any]] = []
    last = dict(tables["issues"].group_by("plan_id").agg(pl.col("ordinal").max()).iter_rows())
    for plan_id, text in tables["plans"].select("plan_id", "text").iter_rows():
        account = tables["account"].filter(pl.col("plan_id") == plan_id)
        sums: dict[str, int] = {}
        skipped: list[tuple[str, str, int, int, str]] = []
        for start, end, kind, reason in account.select("start", "end", "kind", "reason").iter_rows():
            sums[kind] = sums.get(kind, 0) + end - start
            words = text[start:end].strip()
            if kind == "skipped" and words:
                skipped.append(("skipped-text", reason, start, end, words))
        message = f"of {len(text)} characters: " + ", ".join(f"{kind} {number}" for kind, number in sorted(sums.items()))
        message_zh = f"共{len(text)}字：" + "，".join(f"{_KINDS_ZH[kind]}{number}" for kind, number in sorted(sums.items()))
        for ordinal, found in enumerate([("account", message, 0, len(text), ""), *skipped], start=(last.get(plan_id) or 0) + 1):
            code, reason, start, end, words = found
            said_zh = message_zh if code == "account" else translate_reason(reason)
            row = {"code": code, "message": reason, "message_zh": said_zh, "start": start, "end": end, "words": words}
            rows.append({"plan_id": plan_id, "ordinal": ordinal, "severity": "note", "candidates": "", **row})
    schema = {**tables["issues"].schema, "candidates": pl.String()}
    return pl.DataFrame(rows, schema=schema)


def translate_reason(reason: str) -> str:
    """Return why a stretch of text was skipped, in Chinese.

    Examples
    --------
    >>> translate_reason("under heading 2.1, in no task"), translate_reason("page furniture")
    ('在标题2.1之下，不属于任何任务', '页眉、页码等页面附属文字')
    """
    under = _UNDER_RE.fullmatch(reason)
    return f"在标题{under.group(1)}之下，不属于任何任务" if under is not None else _REASONS_ZH.get(reason, reason)


def _write_report(tables: Tables, path: Path) -> None:
    from kg.reports import render_report

    path.write_bytes(render_report(tables, "html"))


def _write_view(tables: Tables, path: Path) -> None:
    from kg.views import get_view

    path.write_text(get_view(path.stem)(tables), encoding="utf-8")


#: Everything `kg build` writes beside the manifest, in this order.
PARTS: tuple[Part, ...] = (
    Part("tables", "tables", write_tables),
    Part("graph.nq", "RDF (N-Quads)", _write_rdf),
    Part("graph.ttl", "RDF (Turtle)", _write_rdf),
    Part("store.oxigraph", "SPARQL store", _write_store("oxigraph"), same_bytes=False),
    Part("store.ladybug", "Cypher store", _write_store("ladybug"), same_bytes=False),
    Part("load.csv", "load", _write_load),
    Part("issues.csv", "issues", _write_issues),
    Part("report.html", "report", _write_report),
    *(Part(f"{name}.html", name, _write_view) for name in VIEWS),
)


def check_output(out: Path) -> None:
    """Refuse an output folder that holds something that is not ours, or that its owner has locked.

    Raises
    ------
    OutputError
        `out` is a file, a read-only folder, a folder with content but no manifest of ours, the output of a newer version, or an output into
        which somebody has put files of his own, such as a ledger that was filled in.
    """
    if not out.exists():
        return
    if not out.is_dir():
        raise OutputError(f"{out}: is a file, not a folder")
    if not os.access(out, os.W_OK):
        raise OutputError(f"{out}: is read-only; it is left as it is")
    names = sorted(path.name for path in out.iterdir() if path.name not in _SYSTEM_NAMES)
    if not names:
        return
    try:
        manifest = _read_own_manifest(out)
    except OutputError as error:
        raise OutputError(f"{error}; it is left as it is, name another folder") from error
    if not isinstance(number := manifest.get("format"), int) or number > FORMAT:
        raise OutputError(f"{out}: written by a newer version of kg (format {number}); it is left as it is, name another folder")
    ours = {MANIFEST_NAME, *(part.name for part in PARTS), *manifest.get("parts", ())}
    foreign = [name for name in names if name not in ours]
    if foreign:
        raise OutputError(f"{out}: holds what kg build did not write ({', '.join(foreign)}); move that away, the folder is replaced")


def read_manifest(out: Path) -> Mapping[str, Any]:
    """Read the manifest of an output folder.

    Raises
    ------
    OutputError
        The folder is not the output of ``kg build``.
    """
    manifest = _read_own_manifest(out)
    if manifest.get("format") != FORMAT:
        raise OutputError(f"{out}: written by another version of kg (format {manifest.get('format')}, not {FORMAT}); build it again")
    return manifest


def _read_own_manifest(out: Path) -> Mapping[str, Any]:
    """Read the manifest of an output of whatever version."""
    if not out.exists():
        raise OutputError(f"{out}: no such folder; kg build writes one: kg build PLANS --out {out}")
    if out.is_file():
        raise OutputError(f"{out}: is a file, not an output folder; build it first: kg build {out} --out out")
    try:
        manifest = json.loads((out / MANIFEST_NAME).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise OutputError(f"{out}: not the output of kg build (no readable {MANIFEST_NAME})") from error
    if not isinstance(manifest, dict) or manifest.get("generator") != GENERATOR:
        raise OutputError(f"{out}: not the output of kg build ({MANIFEST_NAME} is somebody else's)")
    return manifest


def is_output(folder: Path) -> bool:
    """Return whether a folder was written by ``kg build``, of whatever version."""
    try:
        manifest = json.loads((folder / MANIFEST_NAME).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError):
        return False
    return isinstance(manifest, dict) and manifest.get("generator") == GENERATOR


def open_tables(out: Path | str) -> Tables:
    """Read the tables of an output folder.

    Raises
    ------
    OutputError, TableError
        The folder is not the output of ``kg build``, or was damaged.
    """
    folder = Path(out)
    read_manifest(folder)
    return read_tables(folder / "tables")


@contextmanager
def write_whole(out: Path) -> Iterator[Path]:
    """Give a folder to write into that becomes `out` when the block ends well, and is gone when it does not.

    What an earlier process left beside `out` when it was killed is cleared away first.

    Raises
    ------
    OutputError
        The folder cannot be made or put in its place.
    """
    out = _follow(out)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        clear_unfinished(out, of_this_process=False)
        work = Path(tempfile.mkdtemp(prefix=f"{_unfinished_prefix(out)}{os.getpid()}-", dir=out.parent))
    except OSError as error:
        raise OutputError(f"{out}: cannot write here: {error.strerror}") from error
    old = work.with_name(work.name + _OLD)
    try:
        work.chmod(0o755)
        yield work
        try:
            if out.exists():
                out.rename(old)
            work.rename(out)
        except OSError as error:
            if old.exists() and not out.exists():
                old.rename(out)
            raise OutputError(f"{out}: cannot put the new output in its place: {error.strerror}") from error
    finally:
        shutil.rmtree(work, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)


def clear_unfinished(out: Path, *, of_this_process: bool) -> None:
    """Take away what was being written beside `out`, by this process or by ones that are gone; an output that was moved aside comes back.

    The folders carry the machine's name and the process number, so that a build that still runs, here or on another machine that shares
    the disk, is left alone.
    """
    out = _follow(out)
    prefix = _unfinished_prefix(out)
    # The old output before the new: its name is the longer one.
    for folder in sorted(out.parent.glob(glob.escape(prefix) + "*"), reverse=True):
        number = folder.name.removeprefix(prefix).partition("-")[0]
        if not number.isdecimal() or (int(number) != os.getpid() if of_this_process else psutil.pid_exists(int(number))):
            continue
        if folder.name.endswith(_OLD) and not out.exists():
            folder.rename(out)
        shutil.rmtree(folder, ignore_errors=True)


def _follow(out: Path) -> Path:
    # A link to a folder stays a link: what it leads to is replaced.
    return Path(os.path.realpath(out)) if out.is_symlink() else out


def _unfinished_prefix(out: Path) -> str:
    return f".{out.name}-{platform.node()}-"


def write_parts(tables: Tables, folder: Path, progress: Callable[[str], None]) -> None:
    """Write every part into `folder`, then the manifest.

    Raises
    ------
    OutputError
        A part cannot be written.
    """
    for part in PARTS:
        progress(part.title)
        try:
            part.write(tables, folder / part.name)
        except OSError as error:
            raise OutputError(f"{part.name}: cannot be written: {error.strerror or error}") from error
    write_manifest(tables, folder)


def write_manifest(tables: Tables, folder: Path) -> None:
    """Write ``manifest.json``: what was read, by which rules, and the hash of every part whose bytes are always the same."""
    plans = tables["plans"]
    manifest = {
        "generator": GENERATOR,
        "format": FORMAT,
        "tool_version": sorted(set(plans["tool_version"])),
        "rules_sha256": sorted(set(plans["rules_sha256"])),
        "plans": [
            {"id": row["plan_id"], "title": row["title"], "source": row["source_name"], "source_sha256": row["source_sha256"]}
            for row in plans.iter_rows(named=True)
        ],
        "rows": {name: frame.height for name, frame in tables.items()},
        "parts": {part.name: _hash(folder / part.name) if part.same_bytes else None for part in PARTS},
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=2, sort_keys=True)
    (folder / MANIFEST_NAME).write_text(text + "\n", encoding="utf-8")


def _hash(path: Path) -> str:
    digest = hashlib.sha256()
    for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
        if file.is_file():
            digest.update(file.relative_to(path.parent).as_posix().encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


__all__ = [
    "PARTS",
    "Part",
    "check_output",
    "clear_unfinished",
    "is_output",
    "open_tables",
    "read_manifest",
    "write_manifest",
    "write_parts",
    "write_whole",
]
