"""The desk's line to the twin host: one worker thread asks and orders, and connects again when the host comes back."""

import queue
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from devices.twins_client import TwinClient, TwinError

LOOK_INTERVAL = 0.4  # s between two looks at the states; a person working by hand sees no delay
RETRY_INTERVAL = 1.0  # s between two tries to reach a host that is gone


@dataclass(frozen=True)
class Order:
    twin: str
    verb: str
    arguments: Mapping[str, str] = field(default_factory=dict)


class TwinLink(QObject):
    """Signals arrive on the thread that made this object."""

    connected = Signal(bool)
    listed = Signal(object)  # twin → verb → argument → what it may be: what this host has
    changed = Signal(str, object)  # twin, state as a mapping
    obeyed = Signal(str, str)  # twin, the order in one line
    refused = Signal(str)  # one line: what the host said no to

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        self._orders: queue.SimpleQueue[Order | None] = queue.SimpleQueue()
        self._twins: tuple[str, ...] = ()
        self._told: dict[str, object] = {}
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._work, name="twin link", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Waits for the worker; no signal comes afterwards."""
        self._stopping.set()
        self._orders.put(None)
        self._thread.join()

    def order(self, twin: str, verb: str, arguments: Mapping[str, str]) -> None:
        self._orders.put(Order(twin, verb, arguments))

    def _work(self) -> None:
        while not self._stopping.is_set():
            client = TwinClient(self._folder)
            try:
                self._serve(client)
            except TwinError:
                self._told.clear()
                self.connected.emit(False)
                self._stopping.wait(RETRY_INTERVAL)
            finally:
                client.close()

    def _serve(self, client: TwinClient) -> None:
        """Until stopped; raises TwinError when the host is gone."""
        verbs = client.verbs()
        self._twins = tuple(verbs)
        self.listed.emit(verbs)
        self._look(client)
        self.connected.emit(True)
        while not self._stopping.is_set():
            try:
                order = self._orders.get(timeout=LOOK_INTERVAL)
            except queue.Empty:
                order = None
            if order is not None:
                self._obey(client, order)
            if not self._stopping.is_set():
                self._look(client)

    def _obey(self, client: TwinClient, order: Order) -> None:
        """A refusal is told; whether the host is gone shows at the next look."""
        try:
            client.do(order.twin, order.verb, **order.arguments)
        except TwinError as error:
            self.refused.emit(str(error))
        else:
            given = (f"{name}={value}" for name, value in order.arguments.items())
            self.obeyed.emit(order.twin, " ".join((order.verb, *given)))

    def _look(self, client: TwinClient) -> None:
        for twin in self._twins:
            state = dict(client.state(twin))
            if self._told.get(twin) != state:
                self._told[twin] = state
                self.changed.emit(twin, state)
