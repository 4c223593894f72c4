"""The order of the steps and the run manifest, nothing else."""

from kg.pipeline.build import BadSourcesError, BuildResult, build, count_characters, count_rows, make_graph_tables
from kg.pipeline.loading import load_tables
from kg.pipeline.output import check_output, open_tables, read_manifest
from kg.pipeline.sources import Source, find_sources, make_document_id
from kg.pipeline.steps import read_plan, read_repaired

__all__ = [
    "BadSourcesError",
    "BuildResult",
    "Source",
    "build",
    "check_output",
    "count_characters",
    "count_rows",
    "find_sources",
    "load_tables",
    "make_document_id",
    "make_graph_tables",
    "open_tables",
    "read_manifest",
    "read_plan",
    "read_repaired",
]
