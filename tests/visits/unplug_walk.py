"""Walks through a matter and pulls a device in a state of the visit: said where it is needed, and on from there."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from devices.clock import Clock
from flows.matter import Matter
from flows.steps import CaptureStep, IdentifyStep
from kiosk.demo.citizen import SCENES, Citizen
from kiosk.demo.stage import Stage
from kiosk.journey.screens import AnyScreen, Capture, Lookup, MatterList, Result, Trouble
from kiosk.messages.from_backroom import DeviceChanged, FromBackroom
from kiosk.ui.app import ScreenSettings
from kiosk.ui.terminal import Terminal
from kiosk.ui.visitor import Visitor
from tests.visits.unplug_cells import DEVICES, LIST, PRINTER, Cell, Device

READING_TAKES = 0.35  # s for each answer of the reader, so that there is a middle of reading
PRINTING_TAKES = 0.3  # s for each answer of the printer, so that there is a middle of printing
MID_RECEIPT = 400  # bytes of a receipt after which the printer's cable is pulled
PAGES_AT_MOST = 60


class ListeningTerminal(Terminal):
    """The terminal itself, and what its screen process has heard of its devices."""

    def __init__(self, config: Path, clock: Clock) -> None:
        self.states: dict[str, str] = {}
        super().__init__(config, ScreenSettings(windowed=True), clock)

    def _receive(self, message: FromBackroom, blob: bytes) -> None:
        super()._receive(message, blob)
        if isinstance(message, DeviceChanged):
            self.states[message.device] = message.state


class Walk:
    """One person after another through one matter, at one terminal; `said`: s until each cause was on the screen."""

    def __init__(self, stage: Stage, matter: Matter, clock: Clock) -> None:
        self.said: dict[str, float] = {}
        self.visits = 0
        self._stage, self._matter, self._clock = stage, matter, clock
        self._steps = {step.id: step for step in matter.steps}
        self._titles = {LIST: "", **{step.id: step.title.zh for step in matter.steps}}
        self._printed = 0  # receipts before the visit under way
        self._pulled_at = 0.0
        self.terminal = ListeningTerminal(stage.config, clock)
        self.terminal.open()
        self.visitor = Visitor(self.terminal.window, lambda: self.terminal.journey, clock)
        self._citizen = Citizen(self.visitor, stage.twins)
        for device in DEVICES:
            self._hears(device, online=True)
        self._opens_the_list()

    def close(self) -> None:
        self.terminal.close()

    @property
    def screen(self) -> Any:
        return self.visitor.screen

    def pulls(self, cell: Cell) -> None:
        """Gets to that state, pulls, sees what is said, plugs in again, and sees that it goes on where it was."""
        self._gets_to(cell)
        match cell.state:
            case "reading":
                self._in_mid_read(cell)
            case "live" | "taken":
                self._stage.twins.do("camera", "show", camera=self.screen.purpose, scene=SCENES[self.screen.purpose])
                self._gets_picture(cell.state)
                self._on_a_page(cell)
                self._gets_picture(cell.state)
            case "submitting":
                self._while_submitting(cell)
            case "printing":
                self._while_printing(cell)
            case "settled":
                self._sees_receipt_settled()
                self._on_a_page(cell)
            case _ if cell.step == LIST:
                self._at_the_list(cell)
            case _:
                self._on_a_page(cell)

    def ends_visit(self) -> None:
        """To the farewell and home, where a visit is under way; at most one receipt came out of it."""
        if not isinstance(self.screen, MatterList):
            self._citizen.goes_until("Farewell")
            assert self._receipts() - self._printed <= 1
            self.visitor.touches("home")
            self._opens_the_list()

    # --- pulled

    @contextmanager
    def _pulled(self, device: Device) -> Iterator[None]:
        cable = {"camera": device.camera} if device.camera else {}
        self._stage.twins.do(device.twin, "unplug", **cable)
        self._pulled_at = self._clock.monotonic()
        try:
            yield
        finally:
            self._stage.twins.do(device.twin, "plug", **cable)

    def _on_a_page(self, cell: Cell) -> None:
        self.visitor.waits_until(lambda: self._state() != "asking", "the center's answer")
        before = _lasting(self.screen)
        with self._pulled(cell.device):
            if self._is_needed(cell):
                self._sees_the_cause(cell)
            else:
                self._hears(cell.device, online=False)
                assert _lasting(self.screen) == before
        self._hears(cell.device, online=True)
        self.visitor.waits_until(lambda: _lasting(self.screen) == before, "the page as it was")

    def _is_needed(self, cell: Cell) -> bool:
        match self._steps[cell.step]:
            case IdentifyStep():
                return cell.device.need == "idcard"
            case CaptureStep(camera=camera):
                return cell.device.camera == camera and cell.state == "live"
            case _:
                return False

    def _at_the_list(self, cell: Cell) -> None:
        """The tile of a matter that cannot do without the device says so before anybody starts."""
        self._citizen.finds_in_list(self._matter.id)
        needed = cell.device.need in self._matter.needs
        with self._pulled(cell.device):
            self._hears(cell.device, online=False)
            assert self._tile().available is not needed
            assert bool(self._tile().unavailable_reason) is needed
            if needed:
                self.said[str(cell)] = self._clock.monotonic() - self._pulled_at
        self._hears(cell.device, online=True)
        assert self._tile().available

    def _in_mid_read(self, cell: Cell) -> None:
        """The card that still lies there is read in the end, and the visit goes on."""
        twins = self._stage.twins
        twins.do("idcard", "delay", seconds=READING_TAKES)
        twins.do("idcard", "lay", card="ceshijia")
        try:
            self.visitor.waits_until(lambda: self._state() == "reading", "the card to be found")
            with self._pulled(cell.device):
                if self._is_needed(cell):
                    self._sees_the_cause(cell)
                else:
                    self._hears(cell.device, online=False)
                    assert not isinstance(self.screen, Trouble)
        finally:
            twins.do("idcard", "delay", seconds=0)
        self._hears(cell.device, online=True)
        self.visitor.waits_until(lambda: self._place() > self._place_of(cell.step), "the card to be read", 20)
        twins.do("idcard", "lift")

    def _while_submitting(self, cell: Cell) -> None:
        """The page stands for as long as the disk takes: the device is away before it comes, and until it is gone."""
        self._stage.twins.do("printer", "delay", seconds=PRINTING_TAKES)
        with self._pulled(cell.device):
            self._hears(cell.device, online=False)
            self.visitor.touches("forward")
            self.visitor.waits_until(lambda: self.visitor.page not in ("Review", "Submit"), "the case to be saved", 20)
            if cell.device is PRINTER:
                self.visitor.waits_until(lambda: isinstance(self.screen, Trouble), "words on the printer", 20)
                assert self.screen.cause
        self._hears(cell.device, online=True)

    def _while_printing(self, cell: Cell) -> None:
        """The printer's own cable is pulled in mid-receipt; how it went is said, and nothing comes out twice."""
        if cell.device is PRINTER:
            self._stage.twins.do("printer", "unplug", after_bytes=MID_RECEIPT)
            self.visitor.touches("forward")
        else:
            self.visitor.waits_until(lambda: self._print_state() == "printing", "the receipt to be begun", 30)
            with self._pulled(cell.device):
                self._hears(cell.device, online=False)
                assert not isinstance(self.screen, Trouble)
        if cell.device is PRINTER:
            self._hears(cell.device, online=False)
            self._stage.twins.do("printer", "plug")
        self._stage.twins.do("printer", "delay", seconds=0)
        self._hears(cell.device, online=True)
        self._sees_receipt_settled()

    # --- ways

    def _gets_to(self, cell: Cell) -> None:
        """Forward or back to the page, through the end of the visit where it is past."""
        goal = self._place_of("review" if cell.state == "submitting" or _begins_print(cell) else cell.step)
        for _ in range(PAGES_AT_MOST):
            here = self._place()
            if here == goal:
                return
            if here < goal:
                self._goes_forward()
            elif self.screen.can_go_back:
                self._goes_back(here)
            else:
                self.ends_visit()
        raise AssertionError(f"no way to {cell}; the page shown is {self.visitor.page}")

    def _goes_back(self, here: int) -> None:
        """To the page before, or from a picture taken to the live one."""
        before = self._state()
        self.visitor.touches("back")
        self.visitor.waits_until(lambda: self._place() != here or self._state() != before, "a way back")

    def _goes_forward(self) -> None:
        screen = self.screen
        if isinstance(screen, MatterList):
            self._printed = self._receipts()
            self.visits += 1
            self._citizen.opens_from_list(self._matter.id)
            self.visitor.waits_until(lambda: self.visitor.page != "MatterList", "the matter to open")
        elif isinstance(screen, Capture) and screen.state == "taken":
            self.visitor.touches("accept")
            self.visitor.waits_until(lambda: self.screen.title != screen.title, "the next page")
        else:
            self._citizen.answers_page()

    def _gets_picture(self, state: str) -> None:
        self.visitor.waits_until(lambda: self._state() in ("live", "taken"), "the camera's picture")
        if self.visitor.sees_item("byHand") and not getattr(self.screen, "by_hand", True):
            self.visitor.touches("byHand")  # or the picture is taken by itself meanwhile
        for _ in range(5):
            if state == "live" or self._state() == "taken":
                return
            self.visitor.touches("take")
            self.visitor.waits_until(lambda: self._state() in ("taken", "problem"), "the picture to be taken")

    def _opens_the_list(self) -> None:
        self.visitor.sees("Attract")
        self.visitor.touches("start")
        self.visitor.sees("MatterList")

    # --- looks

    def _place_of(self, step: str) -> int:
        return list(self._titles).index(step)

    def _place(self) -> int:
        """Where the page that is shown stands in the visit; a page between two counts as the later one."""
        if isinstance(self.screen, MatterList):
            return 0
        found = [place for place, title in enumerate(self._titles.values()) if title == self.screen.title]
        return found[0] if found else len(self._titles)

    def _sees_the_cause(self, cell: Cell) -> None:
        self.visitor.waits_until(lambda: isinstance(self.screen, Trouble), f"words on the {cell.device.name}")
        self.said[str(cell)] = self._clock.monotonic() - self._pulled_at
        assert self.screen.cause
        assert self.screen.advice

    def _sees_receipt_settled(self) -> None:
        self.visitor.waits_until(lambda: self._print_state() not in ("", "none", "printing"), "the receipt", 40)

    def _hears(self, device: Device, *, online: bool) -> None:
        states = self.terminal.states
        self.visitor.waits_until(
            lambda: device.name in states and (states[device.name] == "online") is online,
            f"the {device.name} to be {'online' if online else 'away'}",
        )

    def _state(self) -> str:
        return str(getattr(self.screen, "state", ""))

    def _print_state(self) -> str:
        return str(self.screen.print_state) if isinstance(self.screen, Result) else ""

    def _receipts(self) -> int:
        return int(str(self._stage.twins.state("printer")["receipts"]))

    def _tile(self) -> Any:
        return next(tile for tile in self.screen.tiles if tile.id == self._matter.id)


def _begins_print(cell: Cell) -> bool:
    return cell.state == "printing" and cell.device is PRINTER


def _lasting(screen: AnyScreen) -> AnyScreen:
    """The page without what changes by itself while one looks at it."""
    if isinstance(screen, Capture):
        return replace(screen, guidance="", state="live" if screen.state == "starting" else screen.state)
    return replace(screen, message="") if isinstance(screen, Lookup | Result) else screen
