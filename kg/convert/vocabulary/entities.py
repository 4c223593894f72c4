"""What each table and column is called in RDF and in the property graph; data, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Home(StrEnum):
    """The part of a graph that a row belongs to."""

    PLAN = "plan"
    REGISTRY = "registry"


@dataclass(frozen=True, slots=True)
class Column:
    """Where a column of a table goes.

    ``term`` is the predicate. ``language`` tags a text. ``part`` names the :class:`Part` the triple stands on (empty: the row's own node).
    ``targets`` makes the column a link to a row of one of these tables; ``inverse`` turns the triple round (the other row points here);
    ``relationship`` is its type in the property graph, where it runs the same way as the triple (empty: the id is kept as a property).
    ``concept`` says that the value is the local name of a SKOS concept.
    """

    name: str
    term: str
    language: str = ""
    part: str = ""
    targets: tuple[str, ...] = ()
    inverse: bool = False
    relationship: str = ""
    concept: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A node of its own for some columns of a row: ``<row>/<name>``.

    ``links`` are (name of the part that points here, or empty for the row; predicate); the first is the way back when reading.
    """

    name: str
    classes: tuple[str, ...]
    links: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Entity:
    """What a table is in both worlds.

    ``classes`` are the classes of every row, the first of which no other table has; where a row has one of several, they are ``variants``.
    ``iri`` is a pattern over the row's columns, below the base. ``key`` is the column written as ``dcterms:identifier`` (empty: the key
    columns say it all). ``label`` is the node label in the property graph; a table without one becomes relationships.
    """

    table: str
    iri: str
    home: Home
    columns: tuple[Column, ...]
    classes: tuple[str, ...] = ()
    variants: tuple[str, ...] = ()
    key: str = ""
    label: str = ""
    parts: tuple[Part, ...] = ()


_SPAN = (Column("start", "duty:start"), Column("end", "duty:end"))
_IN_PLAN = Column("plan_id", "duty:inPlan", targets=("plans",))
_ORDINAL = Column("ordinal", "duty:ordinal")

ENTITIES: tuple[Entity, ...] = (
    Entity(
        table="plans",
        label="Plan",
        classes=("duty:Plan",),
        iri="plan/{plan_id}",
        home=Home.PLAN,
        key="plan_id",
        parts=(
            Part("source", ("duty:SourceFile",), (("", "prov:wasDerivedFrom"), ("run", "prov:used"))),
            Part("run", ("duty:Run",), (("", "prov:wasGeneratedBy"),)),
            Part("rules", ("duty:RuleTables",), (("run", "duty:usedRules"),)),
            Part("tool", ("duty:Tool",), (("run", "prov:wasAssociatedWith"),)),
        ),
        columns=(
            Column("title", "dcterms:title", language="zh"),
            Column("document_number", "duty:documentNumber"),
            Column("issuer", "duty:issuer", language="zh"),
            Column("issued", "dcterms:issued"),
            Column("as_of", "duty:asOf"),
            Column("level", "duty:level"),
            Column("place", "duty:place", language="zh"),
            Column("addressees", "duty:addressees"),
            Column("notations", "duty:notations"),
            Column("source_name", "duty:sourceName", part="source"),
            Column("source_sha256", "duty:sha256", part="source"),
            Column("format", "duty:fileFormat", part="source"),
            Column("encoding", "duty:encoding", part="source"),
            Column("tool_version", "duty:toolVersion", part="tool"),
            Column("rules_sha256", "duty:sha256", part="rules"),
            Column("text", "duty:text", language="zh"),
        ),
    ),
    Entity(
        table="sections",
        label="Section",
        classes=("duty:Section",),
        iri="plan/{section_id}",
        home=Home.PLAN,
        key="section_id",
        columns=(
            _IN_PLAN,
            Column("parent_id", "duty:partOf", targets=("sections", "plans"), relationship="PART_OF"),
            Column("path", "duty:path"),
            Column("level", "duty:depth"),
            Column("number", "duty:number"),
            Column("label", "duty:printedLabel"),
            Column("title", "dcterms:title", language="zh"),
            Column("kind", "duty:sectionKind"),
            _ORDINAL,
            *_SPAN,
        ),
    ),
    Entity(
        table="tasks",
        label="Task",
        classes=("duty:Task",),
        iri="plan/{task_id}",
        home=Home.PLAN,
        key="task_id",
        columns=(
            _IN_PLAN,
            Column("section_id", "duty:belongsTo", targets=("sections", "plans"), relationship="BELONGS_TO"),
            Column("path", "duty:path"),
            Column("number", "duty:number"),
            Column("label", "duty:printedLabel"),
            Column("text", "duty:text", language="zh"),
            _ORDINAL,
            *_SPAN,
        ),
    ),
    Entity(
        table="agencies",
        label="Agency",
        variants=("duty:Agency", "duty:CollectiveAgency"),
        iri="agency/{agency_key}",
        home=Home.REGISTRY,
        key="agency_key",
        columns=(
            Column("label", "skos:prefLabel", language="zh"),
            Column("full_name", "duty:fullName", language="zh"),
            Column("label_en", "skos:prefLabel", language="en"),
            Column("kind", "duty:agencyKind"),
            Column("level", "duty:level"),
            Column("jurisdiction", "duty:jurisdiction"),
            Column("collective", "duty:collectiveKind"),
            Column("valid_from", "duty:validFrom"),
            Column("valid_to", "duty:validTo"),
        ),
    ),
    Entity(
        table="memberships",
        classes=("duty:Membership",),
        iri="agency/{collective_key}/member/{member_key}/{as_of}",
        home=Home.REGISTRY,
        columns=(
            Column("collective_key", "org:organization", targets=("agencies",)),
            Column("member_key", "org:member", targets=("agencies",)),
            Column("as_of", "duty:asOf"),
        ),
    ),
    Entity(
        table="reorganisations",
        classes=("duty:Succession",),
        iri="event/{event_id}/{predecessor_key}/{successor_key}",
        home=Home.REGISTRY,
        columns=(
            Column("event_id", "dcterms:identifier"),
            Column("predecessor_key", "duty:predecessor", targets=("agencies",)),
            Column("successor_key", "duty:successor", targets=("agencies",)),
            Column("effective", "duty:effective"),
            Column("kind", "duty:reorganisationKind"),
            Column("source", "dcterms:source"),
        ),
    ),
    Entity(
        table="assignments",
        classes=("duty:Assignment",),
        iri="plan/{assignment_id}",
        home=Home.PLAN,
        key="assignment_id",
        columns=(
            _IN_PLAN,
            Column("task_id", "duty:onTask", targets=("tasks",)),
            Column("agency_key", "duty:assignee", targets=("agencies",)),
            Column("role", "duty:role", concept=True),
            Column("position", "duty:position"),
            Column("role_basis", "duty:roleBasis"),
            Column("inheritance", "duty:inheritance"),
            Column("name", "duty:name", language="zh"),
            Column("surface_form", "duty:surfaceForm", language="zh"),
            Column("resolution", "duty:resolution"),
            Column("resolution_rule", "duty:resolutionRule"),
        ),
    ),
    Entity(
        table="evidence",
        label="Evidence",
        classes=("duty:Evidence", "oa:SpecificResource"),
        iri="plan/{evidence_id}",
        home=Home.PLAN,
        key="evidence_id",
        parts=(
            Part("position", ("oa:TextPositionSelector",), (("", "duty:positionSelector"), ("", "oa:hasSelector"))),
            Part("quote", ("oa:TextQuoteSelector",), (("", "duty:quoteSelector"), ("", "oa:hasSelector"))),
            Part("context", ("oa:TextPositionSelector", "oa:TextQuoteSelector"), (("", "duty:contextSelector"),)),
        ),
        columns=(
            Column("assignment_id", "duty:evidence", targets=("assignments",), inverse=True),
            Column("plan_id", "oa:hasSource", targets=("plans",)),
            _ORDINAL,
            # xsd:integer, not the xsd:nonNegativeInteger of the Web Annotation recommendation: Oxigraph keeps only the former.
            Column("start", "oa:start", part="position"),
            Column("end", "oa:end", part="position"),
            Column("quote", "oa:exact", language="zh", part="quote"),
            Column("context_start", "oa:start", part="context"),
            Column("context_end", "oa:end", part="context"),
            Column("context", "oa:exact", language="zh", part="context"),
            Column("notation", "duty:notation"),
        ),
    ),
    Entity(
        table="deadlines",
        label="Deadline",
        classes=("duty:Deadline",),
        iri="plan/{deadline_id}",
        home=Home.PLAN,
        key="deadline_id",
        columns=(
            _IN_PLAN,
            Column("task_id", "duty:deadline", targets=("tasks",), inverse=True, relationship="DUE"),
            _ORDINAL,
            Column("expression", "duty:expression", language="zh"),
            *_SPAN,
            Column("begins", "duty:begins"),
            Column("due", "duty:due"),
            Column("recurring", "duty:recurring"),
        ),
    ),
    Entity(
        table="targets",
        label="Target",
        classes=("duty:Target",),
        iri="plan/{target_id}",
        home=Home.PLAN,
        key="target_id",
        columns=(
            _IN_PLAN,
            Column("task_id", "duty:target", targets=("tasks",), inverse=True, relationship="AIMS_AT"),
            _ORDINAL,
            Column("expression", "duty:expression", language="zh"),
            *_SPAN,
            Column("minimum", "schema:minValue"),
            Column("maximum", "schema:maxValue"),
            Column("unit", "schema:unitText"),
            Column("comparison", "duty:comparison"),
        ),
    ),
    Entity(
        table="citations",
        label="Citation",
        classes=("duty:Citation",),
        iri="plan/{citation_id}",
        home=Home.PLAN,
        key="citation_id",
        columns=(
            Column("plan_id", "duty:cites", targets=("plans",), inverse=True, relationship="CITES"),
            _ORDINAL,
            Column("title", "dcterms:title", language="zh"),
            Column("document_number", "duty:documentNumber"),
            *_SPAN,
        ),
    ),
    Entity(
        table="issues",
        label="Issue",
        classes=("duty:Issue",),
        iri="plan/{plan_id}/issue/{ordinal}",
        home=Home.PLAN,
        columns=(
            _IN_PLAN,
            _ORDINAL,
            Column("code", "duty:code"),
            Column("severity", "duty:severity"),
            Column("message", "duty:message", language="en"),
            Column("message_zh", "duty:message", language="zh"),
            *_SPAN,
            Column("words", "duty:words", language="zh"),
            Column("candidates", "duty:candidates"),
        ),
    ),
    Entity(
        table="account",
        label="AccountEntry",
        classes=("duty:AccountEntry",),
        iri="plan/{plan_id}/account/{start}-{end}",
        home=Home.PLAN,
        columns=(_IN_PLAN, *_SPAN, Column("kind", "duty:accountKind"), Column("reason", "duty:reason")),
    ),
    Entity(
        table="edits",
        label="Edit",
        classes=("duty:Edit",),
        iri="plan/{plan_id}/edit/{ordinal}",
        home=Home.PLAN,
        columns=(
            _IN_PLAN,
            _ORDINAL,
            Column("source_start", "duty:sourceStart"),
            Column("source_end", "duty:sourceEnd"),
            Column("before", "duty:before"),
            Column("after", "duty:after"),
            Column("kind", "duty:editKind"),
            Column("rule", "duty:rule"),
        ),
    ),
)
