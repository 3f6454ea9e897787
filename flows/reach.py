"""Conditions that can be decided without trying: those over choices alone, which nobody's choice makes true."""

from collections.abc import Iterable
from itertools import combinations, product

from pydantic import JsonValue

from flows.expressions import AMBIENT, ExpressionFailed, holds, names_in
from flows.positions import Fault, Path
from flows.steps import ChooseStep, NoticeStep, Step

_MOST = 20_000  # combinations that are looked through; more is not decided
_MOST_OF_SEVERAL = 8  # options of which any may be chosen together


def never_holds(source: str, steps: Iterable[Step], path: Path) -> Fault | None:
    """The fault of a condition or check that no choice makes true; None where it depends on anything else."""
    if not _never(source, steps):
        return None
    if path[-1] == "holds":
        return Fault(path, f"nobody could go on: `{source}` never holds", "what some answer fulfils")
    return Fault(path, f"never reached: `{source}` never holds", "a condition that some choice makes true")


def _never(source: str, steps: Iterable[Step]) -> bool:
    try:
        names = names_in(source)
    except ValueError:  # broken, which is said where it stands
        return False
    by_id = {step.id: step for step in steps}
    if any(name in AMBIENT or name not in by_id for name in names):
        return False
    choices = [_choices(by_id[name]) for name in names]
    if not all(choices):
        return False
    count = 1
    for options in choices:
        count *= len(options)
    if count > _MOST:
        return False
    try:
        return not any(holds(source, dict(zip(names, chosen, strict=True))) for chosen in product(*choices))
    except ExpressionFailed:  # said where it stands
        return False


def _choices(step: Step) -> list[JsonValue]:
    """Every answer it can have, null where it is not asked; empty where these cannot be listed."""
    if isinstance(step, NoticeStep):
        return [None, "decline", step.agreed]
    if not isinstance(step, ChooseStep):
        return []
    ids = [option.id for option in step.options]
    if not step.multiple:
        return [None, *ids]
    if len(ids) > _MOST_OF_SEVERAL:
        return []
    several = (some for count in range(1, len(ids) + 1) for some in combinations(ids, count))
    return [None, *(list[JsonValue](some) for some in several)]
