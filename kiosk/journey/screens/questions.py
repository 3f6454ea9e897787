"""Screens of a matter up to its review: what is read, shown, asked and signed."""

from dataclasses import dataclass, field
from typing import Literal

from kiosk.journey.screens.shared import Option, Row, Screen


@dataclass(frozen=True, kw_only=True)
class Notice(Screen):
    """Something to read and agree to; a separate consent may be declined without ending the visit."""

    paragraphs: tuple[str, ...] = ()
    agree_label: str = ""
    decline_label: str = ""  # empty: there is nothing to decline
    facts: tuple[Row, ...] = ()  # how long it takes, what it costs


@dataclass(frozen=True, kw_only=True)
class Identify(Screen):
    """Lay the ID card, or what stands for it. `problem` is set after a failed read: what happened and what to do."""

    way: Literal["card", "passport", "phone"] = "card"
    ways: tuple[Option, ...] = ()  # the other ways there are
    state: Literal["waiting", "reading", "problem", "done"] = "waiting"
    guidance: str = ""
    problem: str = ""


@dataclass(frozen=True, kw_only=True)
class Choose(Screen):
    question: str = ""
    options: tuple[Option, ...] = ()
    multiple: bool = False
    problem: str = ""


@dataclass(frozen=True, kw_only=True)
class FormField:
    """One question. `keyboard` says which keys to offer; `options` is filled for a choice among few."""

    id: str
    label: str
    value: str = ""
    hint: str = ""
    problem: str = ""
    optional: bool = False
    keyboard: Literal[
        "digits", "idNumber", "amount", "phone", "latin", "code", "plate", "chinese", "choice", "month"
    ] = "latin"
    options: tuple[Option, ...] = ()
    prefilled: bool = False  # came from the card or the center: say so
    masked: bool = False
    echo: str = ""  # how what was typed reads, where that shows a slip: 2026年3月5日


@dataclass(frozen=True, kw_only=True)
class Form(Screen):
    fields: tuple[FormField, ...] = ()
    problem_summary: str = ""
    forward_label: str = ""  # instead of the usual one


@dataclass(frozen=True, kw_only=True)
class GroupItem:
    """One of a group; `id` is its place, from 0."""

    id: str
    name: str
    title: str
    detail: str = ""


@dataclass(frozen=True, kw_only=True)
class Group(Screen):
    """Several of a kind, to add to, change and remove from; `add_label` is empty where there may be no more."""

    guidance: str = ""
    items: tuple[GroupItem, ...] = ()
    totals: tuple[Row, ...] = ()
    problem: str = ""
    add_label: str = ""


@dataclass(frozen=True, kw_only=True)
class Lookup(Screen):
    """What the center knows; `sample` is the 示例 label and must be shown where it is set.

    `stopped`: found, and what was found says that this matter is not for this person now; back, home, and to say that
    it did not work out are left.
    """

    state: Literal["asking", "found", "stopped", "notFound", "unavailable"] = "asking"
    message: str = ""
    rows: tuple[Row, ...] = ()
    sample: str = ""
    report_label: str = ""  # of the button that says: it did not work out; set where it is stopped


@dataclass(frozen=True, kw_only=True)
class Capture(Screen):
    """A picture of a document or of the face. The live preview arrives as frames beside the screen value."""

    purpose: Literal["document", "face"] = "document"
    state: Literal["starting", "live", "taken", "problem"] = "starting"
    guidance: str = ""
    problem: str = ""
    can_skip: bool = False
    skip_label: str = ""
    pages: int = 0
    done_label: str = ""  # set where enough pages may have been taken
    accept_label: str = ""  # instead of the usual one, where the picture was refused and may be used all the same
    hand_label: str = ""  # set where pictures can be taken by themselves
    by_hand: bool = False
    thumbnails: tuple[str, ...] = field(default=(), repr=False)  # data: addresses of the pages taken, in their order
    delete_labels: tuple[str, ...] = ()  # one a thumbnail


@dataclass(frozen=True, kw_only=True)
class Promise(Screen):
    """告知承诺: a signed promise replaces a proof. The text must be scrolled to its end before agreeing."""

    paragraphs: tuple[str, ...] = ()
    agree_label: str = ""


@dataclass(frozen=True, kw_only=True)
class Sign(Screen):
    guidance: str = ""
    problem: str = ""


@dataclass(frozen=True, kw_only=True)
class Review(Screen):
    rows: tuple[Row, ...] = ()
    submit_label: str = ""
    paper_label: str = ""  # of the button that prints the filled form on A4; empty where it cannot be pressed now
    paper_state: Literal["none", "printing", "printed", "failed", "unknown"] = "none"
    paper_message: str = ""
