"""What is measured, and by which conventions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from kg.model import Role


class Layer(StrEnum):
    """Which roles make the agency × task table."""

    LEAD = "lead"
    """``lead`` and ``jointLead``."""
    RESPONSIBLE = "responsible"
    """``responsible``, ``participate`` and ``cooperate``: everybody who works on a task without leading it."""
    BOTH = "both"
    """The two together. ``supervise`` is in no layer: who guides or checks does not carry the task; a column of its own counts it."""


class Collectives(StrEnum):
    """What becomes of groups such as all district governments."""

    DROP = "drop"
    """A group takes no share of a task that also names an agency, and never ranks. A task that names only groups stays with the groups,
    so that the fractional loads of all rows still add up to the number of tasks."""
    NODE = "node"
    """A group is one node like any agency, and ranks."""
    EXPAND = "expand"
    """A closed group is replaced by its members as of the plan's date; an open group has none and is treated as under ``DROP``."""


class Names(StrEnum):
    """Under which body an agency is counted."""

    DAY = "day"
    """The body of the plan's day."""
    SUCCESSOR = "successor"
    """The body that came after it, where exactly one carries on; a body that was split or handed on a part only stays itself."""


#: The roles of each layer.
LAYER_ROLES: Mapping[Layer, tuple[Role, ...]] = MappingProxyType(
    {
        Layer.LEAD: (Role.LEAD, Role.JOINT_LEAD),
        Layer.RESPONSIBLE: (Role.RESPONSIBLE, Role.PARTICIPATE, Role.COOPERATE),
        Layer.BOTH: (Role.LEAD, Role.JOINT_LEAD, Role.RESPONSIBLE, Role.PARTICIPATE, Role.COOPERATE),
    }
)


@dataclass(frozen=True, slots=True)
class RoleWeights:
    """How much a role weighs when the parties of a task divide it among themselves.

    A convention, not a finding: a plan says who leads, not how much more a leader does. The project's convention is lead : responsible =
    2 : 1; 1 : 1, 3 : 1 and 5 : 1 are shown beside it (:data:`WEIGHT_CONVENTIONS`). Joint leaders each weigh as a leader, since each answers
    for the task. ``participate`` and ``cooperate`` weigh as ``responsible``: plans use the three words for the same second place, and
    weights of their own would make plans with different words incomparable. Weights are positive numbers without unit; only their ratios
    matter.

    Raises
    ------
    ValueError
        A weight is not positive.
    """

    lead: float = 2.0
    joint_lead: float = 2.0
    responsible: float = 1.0
    participate: float = 1.0
    cooperate: float = 1.0

    def __post_init__(self) -> None:
        if not all(0 < weight < float("inf") for weight in self.by_role().values()):
            raise ValueError("every role weight must be a positive number")

    def by_role(self) -> Mapping[Role, float]:
        """Return the weight of each role that carries load."""
        return {
            Role.LEAD: self.lead,
            Role.JOINT_LEAD: self.joint_lead,
            Role.RESPONSIBLE: self.responsible,
            Role.PARTICIPATE: self.participate,
            Role.COOPERATE: self.cooperate,
        }


def weigh_lead(ratio: float) -> RoleWeights:
    """Return weights with lead : everyone else = `ratio` : 1.

    Examples
    --------
    >>> weigh_lead(3).joint_lead
    3.0
    """
    return RoleWeights(lead=float(ratio), joint_lead=float(ratio))


#: Lead : responsible, by name; the second is the convention, the others show how much hangs on it.
WEIGHT_CONVENTIONS: Mapping[str, RoleWeights] = MappingProxyType(
    {"1:1": weigh_lead(1), "2:1": RoleWeights(), "3:1": weigh_lead(3), "5:1": weigh_lead(5)}
)

#: Below so many tasks an agency's measures say little; it is shown in grey.
GREY_BELOW_TASKS = 5

#: Below so many tasks or agencies there are counts and gaps only.
SMALL_BELOW_TASKS = 30
SMALL_BELOW_AGENCIES = 10


@dataclass(frozen=True, slots=True)
class LoadOptions:
    """What to measure.

    Parameters
    ----------
    layer
        The roles that count.
    section_level
        1 for the top sections of a plan, 2 for their subsections. A task without a heading that deep belongs to the deepest it has, at
        last to the plan itself.
    collectives, names
        How groups and reorganised bodies are counted.
    weights
        How much each role weighs in fractional load.
    plans
        Ids of the plans to pool; empty means all.
    year
        Only plans issued in this calendar year; None means all.

    Plain strings are taken for the enums: ``LoadOptions(layer="lead")``.

    Raises
    ------
    ValueError
        The section level is neither 1 nor 2, or a word is none of an enum's.
    """

    layer: Layer = Layer.BOTH
    section_level: int = 1
    collectives: Collectives = Collectives.DROP
    names: Names = Names.DAY
    weights: RoleWeights = field(default_factory=RoleWeights)
    plans: tuple[str, ...] = ()
    year: int | None = None

    def __post_init__(self) -> None:
        if self.section_level not in (1, 2):
            raise ValueError("the section level is 1 or 2")
        # What comes from a command line or a notebook is a string.
        object.__setattr__(self, "layer", Layer(self.layer))
        object.__setattr__(self, "collectives", Collectives(self.collectives))
        object.__setattr__(self, "names", Names(self.names))
