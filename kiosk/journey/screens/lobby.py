"""Screens outside a matter: the first one, what can be done here, a case that is looked up, a visit put aside."""

from dataclasses import dataclass
from typing import Literal

from kiosk.journey.screens.shared import Row, Screen


@dataclass(frozen=True, kw_only=True)
class Attract(Screen):
    """First page: what this machine is, one big start button, language choice."""

    notice: str = ""  # such as: the receipt printer is out of paper, receipts go to the phone


@dataclass(frozen=True, kw_only=True)
class MatterTile:
    id: str
    title: str
    summary: str
    department: str
    icon: str = ""  # file name in assets/icons without .svg
    brings: str = ""  # what a person needs to have with them
    minutes: int = 3
    available: bool = True
    unavailable_reason: str = ""


@dataclass(frozen=True, kw_only=True)
class MatterGroup:
    """Matters that belong together: an event of life or a department."""

    id: str
    label: str
    detail: str = ""  # how many
    icon: str = ""


@dataclass(frozen=True, kw_only=True)
class MatterList(Screen):
    """Few matters are tiles alone. Many: the most used, groups and a search; or one group; or what was found."""

    tiles: tuple[MatterTile, ...] = ()
    tiles_label: str = ""
    searchable: bool = False
    question: str = ""  # what is searched for; typed or said
    nothing: str = ""  # set when nothing was found: what to do now
    events: tuple[MatterGroup, ...] = ()
    events_label: str = ""
    departments: tuple[MatterGroup, ...] = ()
    departments_label: str = ""
    all_label: str = ""  # of the button that lists every matter
    more_label: str = ""  # of the button that shows more of a long list
    report_label: str = ""  # of the button that says: it did not work out


@dataclass(frozen=True, kw_only=True)
class Progress(Screen):
    """办件进度 by case number: scanned from the receipt or typed. `bring_labels`: of the buttons to bring what is
    missing (补正), one for each part that lacks something; `own_label`: to add something that nobody asked for."""

    state: Literal["waiting", "asking", "found", "notFound", "refused", "unavailable"] = "waiting"
    guidance: str = ""
    message: str = ""
    number: str = ""
    rows: tuple[Row, ...] = ()
    bring_labels: tuple[str, ...] = ()
    own_label: str = ""
    report_label: str = ""  # of the button that says: it did not work out; set unless the case is finished


@dataclass(frozen=True, kw_only=True)
class Kept(Screen):
    """先存着: the code to go on with, or why there is none."""

    state: Literal["saving", "kept", "failed"] = "saving"
    message: str = ""
    payload: str = ""  # drawn as a QR code
    print_state: Literal["none", "printing", "printed", "failed", "unknown"] = "none"
    print_message: str = ""
    forward_label: str = ""


@dataclass(frozen=True, kw_only=True)
class OutOfService(Screen):
    """The whole terminal cannot serve: why, since when, whom to call."""

    cause: str = ""
    since: str = ""
    contact: str = ""
