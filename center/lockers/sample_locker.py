"""A locker that is not there: it stands beside every terminal, and its compartments are labelled 示例."""

from center.departments.sampling import SAMPLE, figure
from center.lockers.finding import LockerUnavailable

COMPARTMENTS = 24
_PLAYS_DEAD = "997"  # at the end of a case number, as with the sample departments


def stands_at(site: str) -> bool:
    return bool(site)


def put_in(case_number: str) -> str:
    if case_number.endswith(_PLAYS_DEAD):
        raise LockerUnavailable("the sample locker plays dead")
    return f"{figure(case_number, 1, COMPARTMENTS)} ({SAMPLE})"


def open(compartment: str) -> None:
    if SAMPLE not in compartment:
        raise LockerUnavailable(f"the sample locker has no compartment {compartment}")
