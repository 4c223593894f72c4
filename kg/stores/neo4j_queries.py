"""The Cypher of the Neo4j store.

Values are always bound. What stands in a query's text (labels, types, property names) comes from :mod:`kg.convert.vocabulary` alone, never
from a document. Everything here runs on Neo4j 5.0 and later, Community or Enterprise.
"""

from __future__ import annotations

from collections.abc import Iterable

from kg.convert.property_graph import NODE_SCHEMAS, PLAN_LABELS, RELATIONSHIP_SCHEMAS, SOURCE, TARGET, Kind

#: Only nodes of ours are read and removed: a database may hold other people's, even under the same labels.
_OURS = "{node}.iri STARTS WITH $base"

PLANS_QUERY = f"MATCH (p:Plan) WHERE {_OURS.format(node='p')} RETURN p.id AS id ORDER BY id"

#: Keys of the agencies that the plans which stay lead to.
STAYING_AGENCIES_QUERY = f"""
MATCH (a:Agency)-->(t:Task)
WHERE {_OURS.format(node="a")} AND NOT t.planId IN $plans
RETURN DISTINCT a.id AS agency_key
"""

REMOVE_AGENCIES_QUERY = "UNWIND $iris AS iri MATCH (a:Agency {iri: iri}) DETACH DELETE a"

#: A parameter is bound to a whole part: a plan, or what documents without a plan left behind.
PLAN_IS_THERE_QUERY = (
    "RETURN "
    + " OR ".join(f"EXISTS {{ MATCH (n:`{label}` {{planId: $plan}}) WHERE {_OURS.format(node='n')} }}" for label in PLAN_LABELS)
    + " AS there"
)


def list_schema_queries() -> list[str]:
    """Return what must hold of the database's schema; each query may run any number of times."""
    unique = [
        f"CREATE CONSTRAINT kg_{label.lower()}_iri IF NOT EXISTS FOR (n:`{label}`) REQUIRE n.iri IS UNIQUE"  # one iri, one node
        for label in NODE_SCHEMAS
    ]
    by_plan = [f"CREATE INDEX kg_{label.lower()}_plan IF NOT EXISTS FOR (n:`{label}`) ON (n.planId)" for label in PLAN_LABELS]
    return [*unique, *by_plan]


def make_remove_plan_query(label: str) -> str:
    """Return the query that removes the nodes of one label from the part of ``$plan``."""
    return f"MATCH (n:`{label}` {{planId: $plan}}) WHERE {_OURS.format(node='n')} DETACH DELETE n"


def make_remove_edges_query(kind: Kind) -> str:
    """Return the query that removes relationships of one kind by their ``$iris``."""
    name, source, target = kind
    return f"MATCH (s:`{source}`)-[r:`{name}`]->(:`{target}`) WHERE {_OURS.format(node='s')} AND r.iri IN $iris DELETE r"


def make_merge_nodes_query(label: str) -> str:
    """Return the query that writes ``$rows`` as nodes; what a node had before and a row has not goes."""
    return f"UNWIND $rows AS row MERGE (n:`{label}` {{iri: row.iri}}) SET n = row RETURN count(n) AS made"


def make_merge_edges_query(kind: Kind) -> str:
    """Return the query that writes ``$rows`` (their ends and ``properties``) as relationships between nodes that are there."""
    name, source, target = kind
    ends = f"UNWIND $rows AS row MATCH (s:`{source}` {{iri: row.`{SOURCE}`}}) MATCH (t:`{target}` {{iri: row.`{TARGET}`}})"
    if "iri" in RELATIONSHIP_SCHEMAS[kind]:
        return f"{ends} MERGE (s)-[r:`{name}` {{iri: row.properties.iri}}]->(t) SET r = row.properties RETURN count(r) AS made"
    return f"{ends} MERGE (s)-[r:`{name}`]->(t) RETURN count(r) AS made"


def make_read_nodes_query(label: str) -> str:
    """Return the query that reads all nodes of one label, a column a property."""
    return f"MATCH (n:`{label}`) WHERE {_OURS.format(node='n')} RETURN {_list_properties('n', NODE_SCHEMAS[label])}"


def make_read_edges_query(kind: Kind) -> str:
    """Return the query that reads all relationships of one kind, their ends first."""
    name, source, target = kind
    properties = [column for column in RELATIONSHIP_SCHEMAS[kind] if column not in (SOURCE, TARGET)]
    columns = [f"s.iri AS `{SOURCE}`, t.iri AS `{TARGET}`", *([_list_properties("r", properties)] if properties else [])]
    return (
        f"MATCH (s:`{source}`)-[r:`{name}`]->(t:`{target}`) "
        f"WHERE {_OURS.format(node='s')} AND {_OURS.format(node='t')} RETURN {', '.join(columns)}"
    )


def _list_properties(variable: str, names: Iterable[str]) -> str:
    return ", ".join(f"{variable}.`{name}` AS `{name}`" for name in names)
