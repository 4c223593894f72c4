"""``kg resolve``: why a name leads where it leads."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from pathlib import Path

import click

from kg.model import Agency, Decision
from kg.pipeline import find_sources, read_plan
from kg.resolve import Overrides, explain_name, read_overrides, resolve_name
from kg.rules import RuleBook, load_rules
from kg.rules.place_rules import LEVELS


@click.command()
@click.argument("name")
@click.option("--plan", type=click.Path(path_type=Path), help="A plan in which the name stands; or say the rest yourself:")
@click.option("--date", "day", type=click.DateTime(["%Y-%m-%d"]), help="The day of the plan.")
@click.option("--place", default="", help="The place of its issuer, as printed: 上海市, 上海市青浦区.")
@click.option("--level", type=click.Choice(LEVELS), default=None, help="The level of its issuer.")
@click.option("--overrides", type=click.Path(path_type=Path), help="CSV of your own decisions about names.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def resolve(  # one parameter for each option
    name: str, plan: Path | None, day: datetime | None, place: str, level: str | None, overrides: Path | None, form: str
) -> None:
    """Explain which agency NAME leads to, step by step.

    Example:  kg resolve 市工商局 --plan data/plans/shanghai-egov-2017
    """
    if (plan is None) == (not place and level != "national"):
        raise click.UsageError("give either --plan, or --place with --date and --level")
    if not name.strip():
        raise click.UsageError("the name is empty")
    rules = load_rules()
    decided = read_overrides(overrides, rules) if overrides is not None else None
    if plan is not None:
        decision, agency = _explain_in_plan(name, plan, rules, decided)
    else:
        issued = day.date() if day is not None else None
        found = resolve_name(name, issued=issued, level=level or "", place=place, rules=rules, overrides=decided)
        decision, agency = found.decision, found.agency
    click.echo(_to_json(decision, agency) if form == "json" else _to_text(decision, agency, rules))


def _explain_in_plan(name: str, path: Path, rules: RuleBook, overrides: Overrides | None) -> tuple[Decision, Agency]:
    sources = find_sources([path])
    if len(sources) != 1:
        raise click.UsageError(f"{path} holds {len(sources)} documents; name one of them")
    source = sources[0]
    resolved, _ = read_plan(
        source.path, name=source.name, document_id=source.document_id, rules=rules, metadata=source.metadata, overrides=overrides
    )
    for decision in resolved.decisions:
        if decision.name == name:
            return decision, next(agency for agency in resolved.agencies if agency.key == decision.agency_key)
    click.echo(f"kg: {name} does not stand in {path} as a name; explained as if it did", err=True)
    found = explain_name(name, resolved.plan, rules, overrides)
    return found.decision, found.agency


def _to_text(decision: Decision, agency: Agency, rules: RuleBook) -> str:
    lines = [f"{decision.name} → {agency.label} [{agency.key}], {decision.resolution}"]
    lines += [f"  {number}. {step}" for number, step in enumerate(decision.steps, start=1)]
    about = [agency.full_name, agency.label_en, f"kind {agency.kind}", _life(agency.valid_from, agency.valid_to)]
    lines.append("  " + "; ".join(part for part in about if part))
    if agency.members:
        lines.append(f"  members: {', '.join(_label(key, rules) for key in agency.members)}")
    lines += [
        f"  → {_label(event.successor_key, rules)} ({event.kind}, {event.effective})" for event in rules.registry.successors_of(agency.key)
    ]
    lines += [
        f"  ← {_label(event.predecessor_key, rules)} ({event.kind}, {event.effective})"
        for event in rules.registry.predecessors_of(agency.key)
    ]
    if decision.candidates:
        lines.append(f"  nearest: {', '.join(decision.candidates)}")
    return "\n".join(lines)


def _life(begins: date | None, ends: date | None) -> str:
    since, until = (f"from {begins}" if begins else ""), (f"until {ends - timedelta(days=1)}" if ends else "")
    return " ".join(part for part in (since, until) if part)


def _label(key: str, rules: RuleBook) -> str:
    agency = rules.registry.find_agency(key)
    return f"{agency.label} [{key}]" if agency is not None else key


def _to_json(decision: Decision, agency: Agency) -> str:
    return json.dumps(
        {
            "name": decision.name,
            "agency_key": agency.key,
            "label": agency.label,
            "full_name": agency.full_name,
            "label_en": agency.label_en,
            "kind": agency.kind,
            "resolution": str(decision.resolution),
            "rule": decision.rule,
            "collective": str(agency.collective),
            "members": list(agency.members),
            "steps": list(decision.steps),
            "candidates": list(decision.candidates),
        },
        ensure_ascii=False,
        indent=2,
    )
