"""Every page of the terminal as a value; the QML page of the same name shows it and decides nothing."""

from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, kw_only=True)
class Screen:
    """What every page has: its title, the place in the matter, and which ways out are open."""

    title: str = ""
    subtitle: str = ""
    step: int = 0  # 1-based place among the steps a citizen sees; 0 = not inside a matter
    steps: int = 0
    can_go_back: bool = True
    can_go_home: bool = True
    help_text: str = ""
    note: str = ""  # what became of other answers when one was changed
    can_keep: bool = False  # the visit can be put aside, to go on with later
    personal: bool = False  # shows personal data: hidden while the idle warning is up


@dataclass(frozen=True, kw_only=True)
class Option:
    id: str
    label: str
    detail: str = ""
    selected: bool = False


@dataclass(frozen=True, kw_only=True)
class Row:
    """A label and its value; `step` names the step a citizen may change it at, empty where it cannot be changed."""

    label: str
    value: str
    step: str = ""


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

    state: Literal["asking", "found", "stopped", "unavailable"] = "asking"
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
class Kept(Screen):
    """先存着: the code to go on with, or why there is none."""

    state: Literal["saving", "kept", "failed"] = "saving"
    message: str = ""
    payload: str = ""  # drawn as a QR code
    print_state: Literal["none", "printing", "printed", "failed", "unknown"] = "none"
    print_message: str = ""
    forward_label: str = ""


@dataclass(frozen=True, kw_only=True)
class Progress(Screen):
    """办件进度 by case number: scanned from the receipt or typed. `bring_labels`: of the buttons to bring what is
    missing (补正), one for each part that lacks something; `own_label`: to add something that nobody asked for."""

    state: Literal["waiting", "asking", "found", "notFound", "unavailable"] = "waiting"
    guidance: str = ""
    message: str = ""
    number: str = ""
    rows: tuple[Row, ...] = ()
    bring_labels: tuple[str, ...] = ()
    own_label: str = ""
    report_label: str = ""  # of the button that says: it did not work out; set unless the case is finished


@dataclass(frozen=True, kw_only=True)
class Trouble(Screen):
    """Something stands in the way of this step; goes away by itself when the cause is gone."""

    cause: str = ""  # what happened
    advice: str = ""  # what to do now
    picture: Literal["paper", "card", "camera", "scanner", "network", "machine"] = "machine"
    continue_label: str = ""  # a way on without the device; empty where there is none
    report_label: str = ""  # of the button that says: it did not work out


@dataclass(frozen=True, kw_only=True)
class OutOfService(Screen):
    """The whole terminal cannot serve: why, since when, whom to call."""

    cause: str = ""
    since: str = ""
    contact: str = ""


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
