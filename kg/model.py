"""What every room speaks of: frozen, slotted dataclasses and enums, and nothing else.

Offsets are Unicode code points, half-open ``[start, end)``, into the *repaired* text of a document (``Document.text`` after the repair
step) unless a docstring says otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Role(StrEnum):
    """What an agency does on a task; the values are the local names of the SKOS concepts."""

    LEAD = "lead"
    JOINT_LEAD = "jointLead"
    RESPONSIBLE = "responsible"
    PARTICIPATE = "participate"
    COOPERATE = "cooperate"
    SUPERVISE = "supervise"


class RoleBasis(StrEnum):
    """Why a mention has its role."""

    LABEL = "label"
    """A label before the names: 牵头单位：A."""
    VERB = "verb"
    """A verb after the names: A牵头."""
    ORDER = "order"
    """A rule of the whole document: 排在第一位的部门为牵头部门."""
    COLUMN = "column"
    """The title of a table's column."""
    BARE = "bare"
    """A bracket of names without any role word: responsible by default."""


class Inheritance(StrEnum):
    """Where the words of an assignment stand, seen from its task."""

    OWN = "own"
    """In the task itself."""
    HEADING = "heading"
    """In the heading of a section above the task."""
    DOCUMENT = "document"
    """In a rule for the whole document (以下均需A落实，不再列出)."""


class Resolution(StrEnum):
    """How a name was led to an agency."""

    REGISTRY = "registry"
    """A row of the registry, alive on the plan's date."""
    RULE = "rule"
    """Level, place and the form of a common body."""
    COLLECTIVE = "collective"
    """A group: 各区政府, 市政府有关部门."""
    OVERRIDE = "override"
    """A decision the user keeps in a file."""
    UNRESOLVED = "unresolved"
    """Nothing or more than one thing fits; the name stays a node of its own."""


class CollectiveKind(StrEnum):
    """Whether the members of a group are known."""

    NONE = "none"
    """A single agency."""
    CLOSED = "closed"
    """Members known as of a date: 各区政府."""
    OPEN = "open"
    """Members not stated: 有关部门."""


class BlockKind(StrEnum):
    """What a stretch of a document is, as far as its file format says."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    CELL = "cell"
    FURNITURE = "furniture"
    """Page headers, page numbers, page markers: no part of the plan."""


class SectionKind(StrEnum):
    """Whether a section is one of several parts of a file, or a heading in the text."""

    PART = "part"
    """A plan or annex of its own within one file."""
    HEADING = "heading"
    """A numbered or bare heading."""


class AccountKind(StrEnum):
    """What became of a stretch of text; the stretches of a document cover it without gap or overlap."""

    FRONT = "front"
    """Title, document number, addressees, date, preamble: read into the plan's own fields or kept as text."""
    HEADING = "heading"
    TASK = "task"
    ASSIGNMENT = "assignment"
    SKIPPED = "skipped"
    """No part of a task; the reason says why."""


class Severity(StrEnum):
    """How much an issue matters."""

    ERROR = "error"
    """A responsibility may be wrong or missing."""
    WARNING = "warning"
    """Somebody should look."""
    NOTE = "note"
    """For the record."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points.

    Examples
    --------
    >>> Span(2, 4).slice("牵头单位")
    '单位'
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: [{self.start}, {self.end})")

    def slice(self, text: str) -> str:
        """Return the characters of `text` that this span covers."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Issue:
    """Something a person must know about a document.

    ``code`` is a stable kebab-case word listed in ``kg/rules/issues/``; ``span`` points into the repaired text (None where there is no
    place), ``words`` are the characters there, ``message`` is one English sentence, ``candidates`` are possible readings, best first.
    ``detail`` is what of the message any language writes alike, a name or a number: the message in Chinese is made of it and of the code.
    """

    code: str
    severity: Severity
    message: str
    document_id: str = ""
    span: Span | None = None
    words: str = ""
    candidates: tuple[str, ...] = ()
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Edit:
    """One replacement: ``before`` at ``span`` of the *source* text becomes ``after``.

    ``kind`` names the damage (``gbk-shift``, ``pinyin``, ``script``, ``mojibake``), ``rule`` the row or step that decided.
    """

    span: Span
    before: str
    after: str
    kind: str
    rule: str


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of text with what the file format knows of it.

    ``table``, ``row`` and ``column`` count from 0 and are -1 outside tables; a merged cell stands once, at its first row and column, with
    the number of rows and columns it covers. ``level`` is the heading level (1 = top, 0 = unknown).
    """

    kind: BlockKind
    span: Span
    level: int = 0
    table: int = -1
    row: int = -1
    column: int = -1
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True, slots=True)
class Document:
    r"""A decoded source.

    ``text`` is the decoded text (after :mod:`kg.repair`: the repaired text). Lines end in ``\n``; the cells of a table row are separated
    by a tab, rows by a newline, and each cell has a :class:`Block`. ``source_sha256`` is the hash of the source's bytes, ``encoding`` what
    they were decoded as. ``edits`` lead from the text as decoded to ``text`` and are empty before repair.
    """

    document_id: str
    text: str
    source_name: str
    source_sha256: str
    format: str
    encoding: str
    blocks: tuple[Block, ...] = ()
    edits: tuple[Edit, ...] = ()
    metadata: tuple[tuple[str, str], ...] = ()
    """What ``meta.toml`` or the file itself says: title, issuer, date, …"""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it.

    ``path`` is the numbering path in arabic figures (``"2.1"``), unique in the plan; ``number`` the printed number without punctuation
    (``"一"``), ``label`` as printed (``"（一）"``), ``title`` the heading without number and without its brackets of responsibility.
    """

    path: str
    parent: str
    level: int
    number: str
    label: str
    title: str
    kind: SectionKind
    span: Span


@dataclass(frozen=True, slots=True)
class Deadline:
    """A date by which, or rhythm in which, a task is to be done.

    ``start`` and ``end`` are inclusive ISO days, None where the expression does not fix them; ``recurring`` is an ISO 8601 duration
    (``P3M``) or empty. ``expression`` is as printed.
    """

    expression: str
    span: Span
    start: date | None
    end: date | None
    recurring: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """A quantity a task is to reach.

    ``minimum`` and ``maximum`` are equal for a plain number; ``unit`` as printed (``个``, ``%``, ``亿元``), ``comparison`` one of ``=``,
    ``>=``, ``<=``, ``>``, ``<``, ``range``, ``~``. Words without a value (翻一番) have none, no unit and no comparison.
    """

    expression: str
    span: Span
    minimum: float | None
    maximum: float | None
    unit: str
    comparison: str


@dataclass(frozen=True, slots=True)
class Mention:
    """An agency's name on the page, in a role.

    ``surface`` are the characters at ``span`` without line wraps and blanks; ``name`` adds a level word carried over from a name before it
    (``商务局`` → ``市商务局``). ``position`` counts from 1 among the mentions of the same role in the task. ``evidence`` covers the
    bracket, line, cell or sentence that was read, or what stands around the name in a very long one. ``notation`` names the file in
    ``kg/rules/notations`` that read it.
    """

    surface: str
    name: str
    span: Span
    role: Role
    basis: RoleBasis
    position: int
    evidence: Span
    notation: str
    inheritance: Inheritance = Inheritance.OWN


@dataclass(frozen=True, slots=True)
class Task:
    """A numbered item that somebody is responsible for.

    ``section`` is the path of the section it belongs to (empty: the plan itself); ``path``, ``number`` and ``label`` as in :class:`Section`
    (an unnumbered paragraph has the path ``2.1.p1`` and no number). ``text`` is the item without its number, line wraps and brackets of
    responsibility; ``span`` covers all of it as printed.
    """

    path: str
    section: str
    number: str
    label: str
    text: str
    span: Span
    mentions: tuple[Mention, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    targets: tuple[Target, ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """A document that the plan names: 《…》 with its number where one follows."""

    title: str
    document_number: str
    span: Span


@dataclass(frozen=True, slots=True)
class AccountEntry:
    """What became of one stretch of the repaired text."""

    span: Span
    kind: AccountKind
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """A parsed document: everything the page says, names not yet led to agencies.

    ``issued`` is the day of issue; ``year``, where no day is said, the year that the document number or the title says. ``place`` is the
    issuer's place as printed (``上海市``), ``level`` one of ``national``, ``province``, ``city``, ``county``, ``township`` or empty.
    """

    document: Document
    title: str
    document_number: str
    issuer: str
    issued: date | None
    addressees: tuple[str, ...]
    citations: tuple[Citation, ...]
    sections: tuple[Section, ...]
    tasks: tuple[Task, ...]
    account: tuple[AccountEntry, ...]
    notations: tuple[str, ...] = ()
    level: str = ""
    place: str = ""
    year: int | None = None

    @property
    def as_of(self) -> date | None:
        """The day as of which names are resolved: the day of issue, else the first day of the plan's year, else None."""
        return self.issued or (date(self.year, 1, 1) if self.year is not None else None)


@dataclass(frozen=True, slots=True)
class Agency:
    """A body that can be responsible.

    ``key`` comes from the registry or from place code + body code, never from the name; an unresolved name has the key
    ``<document id>.x<n>``, n counting from 1 in the order of the page; in several plans of one place that of the first of them.
    ``label`` is the short name, ``full_name`` the official, or empty.
    ``kind`` is a row of ``kg/rules/agency_kinds.csv``; ``level`` as in :class:`Plan`; ``jurisdiction`` a place code (GB/T 2260) or empty.
    ``members`` are the keys of a closed collective's members as of the plan's date; ``valid_to`` is the first day on which it was no more.
    """

    key: str
    label: str
    full_name: str
    kind: str
    level: str
    jurisdiction: str
    collective: CollectiveKind = CollectiveKind.NONE
    members: tuple[str, ...] = ()
    label_en: str = ""
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class Reorganisation:
    """One step from a body to a body that took over (part of) its duties on a day.

    ``event_id`` groups the steps of one reform; ``kind`` is ``rename``, ``merge``, ``split`` or ``transfer``; ``source`` names a document.
    """

    event_id: str
    predecessor_key: str
    successor_key: str
    effective: date
    kind: str
    source: str


@dataclass(frozen=True, slots=True)
class Decision:
    """Where a mention's name leads, and why.

    ``rule`` names the row or rule that decided, ``steps`` tell the way in words, ``candidates`` the nearest others.
    """

    name: str
    agency_key: str
    resolution: Resolution
    rule: str
    steps: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ResolvedPlan:
    """A plan and where its names lead: ``decisions`` has one entry for each distinct name, in the order of the page."""

    plan: Plan
    agencies: tuple[Agency, ...]
    decisions: tuple[Decision, ...]
