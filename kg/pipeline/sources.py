"""Finding what to read: files and folders → sources, each with an id that stays the same wherever the folder lies."""

from __future__ import annotations

import os
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from kg.errors import ReadError
from kg.pipeline.output import is_output
from kg.rules.place_rules import LEVELS

META_NAME = "meta.toml"
META_KEYS = frozenset({"id", "source", "origin", "title", "issuer", "issued", "document_number", "level", "place"})
#: Files beside plans that are never plans themselves. A plan may well be kept as Markdown, a README beside it is none in any language.
_IGNORED_NAMES = frozenset({META_NAME, "license", "thumbs.db"})
_IGNORED_SUFFIXES = frozenset({".toml", ".json", ".py", ".yml", ".yaml", ".png", ".jpg", ".jpeg", ".gif"})


@dataclass(frozen=True, slots=True)
class Source:
    """A document to read: where it lies, what it is called in the graph, and what ``meta.toml`` says of it."""

    path: Path
    document_id: str
    metadata: tuple[tuple[str, str], ...] = ()

    @property
    def name(self) -> str:
        """What to call it: the file's name as text, see :func:`show_name`."""
        return show_name(self.path)


def find_sources(paths: Iterable[Path]) -> tuple[Source, ...]:
    """Find the documents below some files and folders.

    A folder with a ``meta.toml`` is one document, the file that its key ``source`` names. Any other folder is searched, with its
    subfolders, in the order of names; outputs of ``kg build`` in it are passed over. The id is the key ``id`` or made from the file's
    name; where two would be the same, the folder's name goes before.

    Parameters
    ----------
    paths
        Files and folders, in any order; a document named twice is read once.

    Returns
    -------
    tuple of Source
        Sorted by document id.

    Raises
    ------
    ReadError
        A path is missing or is itself an output, a folder holds nothing to read, a ``meta.toml`` is wrong, or two documents cannot be
        told apart.
    """
    found: dict[Path, Source] = {}
    for path in paths:
        for source in _search(path):
            found.setdefault(source.path.resolve(), source)
    return tuple(sorted(_tell_apart(list(found.values())), key=lambda source: source.document_id))


def make_document_id(name: str) -> str:
    """Return a document id for a file name: its stem, with all that is no letter, digit, dot or underscore made a hyphen.

    Examples
    --------
    >>> make_document_id("Work plan (2017).docx")
    'Work-plan-2017'
    >>> make_document_id("上海市2017年工作要点.pdf")
    '上海市2017年工作要点'
    """
    stem = name.rsplit(".", 1)[0] if "." in name.strip(".") else name
    return re.sub(r"[^\w.]+", "-", stem).strip("-.") or "document"


def show_name(path: Path) -> str:
    """Return a file's name as text: in UTF-8, else in GB18030, as Chinese archives unpacked elsewhere have it.

    Examples
    --------
    >>> show_name(Path("plans") / os.fsdecode("要点.txt".encode("gbk")))
    '要点.txt'
    """
    raw = os.fsencode(path.name)
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "replace")


def _search(path: Path) -> list[Source]:
    if path.is_dir():
        if is_output(path):
            raise ReadError(f"{path}: is an output of kg build, not a plan to read")
        if (path / META_NAME).is_file():
            return [_read_meta(path)]
        sources: list[Source] = []
        for entry in sorted(path.iterdir(), key=lambda entry: entry.name):
            if entry.name.startswith((".", "~$")) or is_output(entry) or _leads_back(entry):
                continue
            if entry.is_dir():
                sources.extend(_search_quietly(entry))
            elif not _is_beside(entry):
                sources.append(Source(entry, make_document_id(show_name(entry))))
        if not sources:
            raise ReadError(f"{path}: no documents in this folder")
        return sources
    if not path.exists():
        raise ReadError(f"{path}: no such file or folder")
    if path.name == META_NAME:
        return [_read_meta(path.parent)]
    return [Source(path, make_document_id(show_name(path)))]


def _is_beside(entry: Path) -> bool:
    name = entry.name.lower()
    return name in _IGNORED_NAMES or name.split(".")[0] == "readme" or entry.suffix.lower() in _IGNORED_SUFFIXES


def _leads_back(entry: Path) -> bool:
    # A link to a folder around it would be followed for ever.
    return entry.is_symlink() and entry.parent.resolve().is_relative_to(entry.resolve())


def _search_quietly(folder: Path) -> Sequence[Source]:
    # A subfolder without documents (pictures, notes) is nobody's fault; a folder the user named is.
    has_any = any(entry.is_file() for entry in folder.rglob("*"))
    if not has_any:
        return ()
    try:
        return _search(folder)
    except ReadError:
        if (folder / META_NAME).is_file():
            raise
        return ()


def _read_meta(folder: Path) -> Source:
    path = folder / META_NAME
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ReadError(f"{path}: {error}") from error
    unknown = sorted(set(data) - META_KEYS)
    if unknown:
        raise ReadError(f"{path}: unknown keys: {', '.join(unknown)}")
    if "source" not in data:
        raise ReadError(f"{path}: the key 'source' is missing; it names the document's file")
    if "issued" in data and not isinstance(data["issued"], date):
        raise ReadError(f"{path}: 'issued' is no day: write issued = 2017-02-23, without quotes")
    if data.get("level", "province") not in LEVELS:
        raise ReadError(f"{path}: 'level' is one of {', '.join(LEVELS)}")
    source = folder / str(data["source"])
    if not source.is_file():
        raise ReadError(f"{source}: no such file, though {META_NAME} names it")
    known = tuple((key, str(value)) for key, value in sorted(data.items()) if key not in ("id", "source"))
    return Source(source, make_document_id(str(data.get("id", show_name(folder.resolve()))) + ".x"), known)


def _tell_apart(sources: list[Source]) -> list[Source]:
    counts = Counter(source.document_id for source in sources)
    apart = [
        source
        if counts[source.document_id] == 1
        else replace(source, document_id=make_document_id(f"{show_name(source.path.resolve().parent)}-{source.document_id}.x"))
        for source in sources
    ]
    still = sorted(name for name, count in Counter(source.document_id for source in apart).items() if count > 1)
    if still:
        raise ReadError(f"two documents would both be called {still[0]}: give one an id in a {META_NAME}")
    return apart
