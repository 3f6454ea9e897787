"""The cells of the unplug matrix, generated from a matter's steps: each device, in each state of the visit."""

from dataclasses import dataclass

from flows.matter import Matter
from flows.steps import CaptureStep, IdentifyStep, ResultStep, Step, SubmitStep

LIST = "matters"  # the page before the first step
NOT_ON_THE_WAY = ("child", "months")  # steps for other people than this one
STATES: dict[type, tuple[str, ...]] = {
    IdentifyStep: ("waiting", "reading"),
    CaptureStep: ("live", "taken"),
    SubmitStep: ("submitting",),
    ResultStep: ("printing", "settled"),
}
ONCE = ("submitting", "printing", "settled")  # a visit goes through these but once


@dataclass(frozen=True)
class Device:
    """`name` in the configuration; `twin` and `camera` name its cable."""

    name: str
    twin: str
    camera: str = ""

    @property
    def need(self) -> str:
        """As a matter's `needs` call it."""
        return "idcard" if self.twin == "idcard" else self.name


PRINTER = Device("receipt_printer", "printer")
DEVICES = (
    Device("card_reader", "idcard"),
    Device("code_scanner", "scanner"),
    Device("document_camera", "camera", "document"),
    Device("face_camera", "camera", "face"),
    PRINTER,
)


@dataclass(frozen=True)
class Cell:
    """`step` is a step's id, or the list of matters; `state` which moment on its page."""

    step: str
    state: str
    device: Device

    def __str__(self) -> str:
        return f"{self.step}-{self.state}-{self.device.name}"


def cells_of(matter: Matter) -> list[Cell]:
    """In the order in which they cost the fewest visits: what one visit has only once, the devices share out."""
    moments = [(LIST, "shown"), *(moment for step in matter.steps for moment in _moments(step))]
    once = [moment for moment in moments if moment[1] in ONCE]
    split = moments.index(once[0])
    first, last = moments[:split], moments[split + len(once) :]
    return [
        *(Cell(*moment, device) for moment in first for device in DEVICES),
        *(cell for turn in range(len(DEVICES)) for cell in _of_one_visit(once, turn)),
        *(Cell(*moment, PRINTER) for moment in once if moment[1] == "printing"),  # needs its visit for itself
        *(Cell(*moment, device) for moment in last for device in DEVICES),
    ]


def cells_beside(matter: Matter, other: Matter) -> list[Cell]:
    """Those of a matter that differ in kind from every cell of the other one."""
    known = {_kind(other, cell) for cell in cells_of(other)}
    return [cell for cell in cells_of(matter) if _kind(matter, cell) not in known]


def _kind(matter: Matter, cell: Cell) -> tuple[str, str, Device]:
    """The kind of page, a capture's camera with it, the moment on it, and the device."""
    if cell.step == LIST:
        return LIST, cell.state, cell.device
    step = matter.step(cell.step)
    return f"{step.kind} {getattr(step, 'camera', '')}", cell.state, cell.device


def _moments(step: Step) -> list[tuple[str, str]]:
    return [] if step.id in NOT_ON_THE_WAY else [(step.id, state) for state in STATES.get(type(step), ("shown",))]


def _of_one_visit(once: list[tuple[str, str]], turn: int) -> list[Cell]:
    cells = [Cell(*moment, DEVICES[(turn + place) % len(DEVICES)]) for place, moment in enumerate(once)]
    return [cell for cell in cells if (cell.state, cell.device) != ("printing", PRINTER)]
