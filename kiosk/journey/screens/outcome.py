"""Screens after the review, and what stands in the way: what came of it, how it was, and good-bye."""

from dataclasses import dataclass
from typing import Literal

from kiosk.journey.screens.shared import Option, Row, Screen


@dataclass(frozen=True, kw_only=True)
class Submit(Screen):
    """Saving: shown only until the case is on this machine's disk."""

    message: str = ""


@dataclass(frozen=True, kw_only=True)
class Result(Screen):
    """What came of it. `number_kind` local: the central number follows once the center is reached."""

    number: str = ""
    number_label: str = ""
    number_kind: Literal["local", "central"] = "central"
    message: str = ""
    next_steps: tuple[str, ...] = ()
    document_title: str = ""  # set when a document was issued on the spot
    document_rows: tuple[Row, ...] = ()
    document_sample: str = ""  # the 示例 label
    verify_url: str = ""  # drawn as a QR code
    verify_code: str = ""
    print_state: Literal["none", "printing", "printed", "failed", "unknown"] = "none"
    print_message: str = ""
    waiting_for_center: bool = False
    paper_label: str = ""  # of the button that prints the document on A4; empty where it cannot be pressed now
    paper_state: Literal["none", "printing", "printed", "failed", "unknown"] = "none"
    paper_message: str = ""
    report_label: str = ""  # of the button that says: it did not work out; set where it was refused
    handover: str = ""  # how a result that is a thing is handed over
    pickup_label: str = ""
    pickup_code: str = ""  # in groups of four
    pickup_payload: str = ""  # drawn as a QR code
    follow_url: str = ""  # drawn as a QR code: a phone shows the progress
    follow_label: str = ""


@dataclass(frozen=True, kw_only=True)
class RateLevel:
    level: int  # 5 非常满意 … 1 非常不满意
    label: str
    note: str = ""  # what happens after a bad one
    tags: tuple[Option, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Rate(Screen):
    """好差评: voluntary; level 0 = nothing chosen yet. `noted` says that the one chosen counts already, `problem`
    that this machine could not keep it."""

    levels: tuple[RateLevel, ...] = ()
    level: int = 0
    noted: str = ""
    problem: str = ""
    skip_label: str = ""


@dataclass(frozen=True, kw_only=True)
class Farewell(Screen):
    """Thank you, take your card and receipt; goes to Attract by itself."""

    message: str = ""
    reminders: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Trouble(Screen):
    """Something stands in the way of this step; goes away by itself when the cause is gone."""

    cause: str = ""  # what happened
    advice: str = ""  # what to do now
    picture: Literal["paper", "card", "camera", "scanner", "network", "machine"] = "machine"
    continue_label: str = ""  # a way on without the device; empty where there is none
    report_label: str = ""  # of the button that says: it did not work out
