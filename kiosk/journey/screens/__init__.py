"""Every page of the terminal as a value; the QML page of the same name shows it and decides nothing."""

from dataclasses import dataclass, field

from kiosk.journey.screens.lobby import Attract, Kept, MatterGroup, MatterList, MatterTile, OutOfService, Progress
from kiosk.journey.screens.outcome import Farewell, Rate, RateLevel, Result, Submit, Trouble
from kiosk.journey.screens.questions import (
    Capture,
    Choose,
    Form,
    FormField,
    Group,
    GroupItem,
    Identify,
    Lookup,
    Notice,
    Promise,
    Review,
    Sign,
)
from kiosk.journey.screens.shared import Option, Row, Screen

__all__ = [
    "AnyScreen",
    "Attract",
    "Capture",
    "Choose",
    "Farewell",
    "Form",
    "FormField",
    "Group",
    "GroupItem",
    "Identify",
    "IdleState",
    "Kept",
    "Lookup",
    "MatterGroup",
    "MatterList",
    "MatterTile",
    "Notice",
    "Option",
    "OutOfService",
    "Progress",
    "Promise",
    "Rate",
    "RateLevel",
    "Result",
    "Review",
    "Row",
    "Screen",
    "Sign",
    "Submit",
    "Trouble",
    "View",
]

AnyScreen = (
    Attract
    | MatterList
    | Notice
    | Identify
    | Choose
    | Form
    | Group
    | Lookup
    | Capture
    | Promise
    | Sign
    | Review
    | Submit
    | Result
    | Rate
    | Farewell
    | Kept
    | Progress
    | Trouble
    | OutOfService
)


@dataclass(frozen=True, kw_only=True)
class IdleState:
    """Time left on this page in whole seconds; `warning` covers the page and hides what is personal."""

    seconds_left: int = 0
    warning: bool = False
    running: bool = False


@dataclass(frozen=True, kw_only=True)
class View:
    """All that the shell shows at one moment."""

    screen: AnyScreen = field(default_factory=Attract)
    language: str = "zh"
    idle: IdleState = field(default_factory=IdleState)
    offline: bool = False  # the center cannot be reached: cases wait on this machine
