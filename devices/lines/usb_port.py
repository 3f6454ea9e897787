"""A virtual device's end of a USB cable: endpoints with packets, claimed, stalled, plugged and unplugged at will."""

import contextlib
import errno
import queue
import socket
import threading
from collections import deque
from collections.abc import Callable
from pathlib import Path

from devices.lines.frame_split import FrameSplit
from devices.lines.usb_descriptors import BULK_READER, PACKET, Model, descriptor
from devices.lines.usb_transfers import Answer, Operation, Request, receive_request, send_answer

PATIENCE = 1.0  # s; what no host fetches is lost, as with a device's own small memory
FIFO = 64  # packets a device takes before it holds the host off
MEMORY = 1024  # packets to the host
SETTLE = 0.005  # s without a byte before a report is filled up and sent
GET_DESCRIPTOR, SET_REPORT = (0x80, 6), (0x21, 9)

OnBytes = Callable[[bytes], None]


class UsbPort:
    """The same hands as PtyPort: `plug`, `unplug`, `write`, `address`; the driver's bytes come to `on_bytes`.

    The bus is a unix socket beside `path`, named `.usb`; it is there exactly while plugged. A frame written with
    `write` is cut into packets as the model's endpoints want it. `stall`: the endpoint refuses until it is cleared,
    with `stalls_always` for ever; `deaf`: it takes no more bytes; `forbidden`: the account may not open it.
    """

    def __init__(self, path: Path, on_bytes: OnBytes, model: Model = BULK_READER) -> None:
        self.bus = path.with_suffix(".usb")
        self.model = model
        self.deaf = self.forbidden = self.stalls_always = False
        self.driver_attached = model.driver
        self._on_bytes = on_bytes
        self._listener: socket.socket | None = None
        self.hosts: set[socket.socket] = set()
        self._changed = threading.Condition(threading.RLock())
        self._plugging = threading.RLock()
        self._claimed_by: socket.socket | None = None
        self._stalled: set[int] = set()
        self._to_host: dict[int, deque[bytes]] = {}
        self._from_host: queue.Queue[bytes | None] = queue.Queue(FIFO)
        self._unsent = b""  # of a report that is not full
        self._written = FrameSplit()

    @property
    def address(self) -> str:
        return f"{self.model.scheme}://{self.model.vendor:04x}:{self.model.product:04x}?bus={self.bus}"

    @property
    def plugged(self) -> bool:
        return self._listener is not None

    def plug(self) -> None:
        with self._plugging:
            if self._listener is not None:
                return
            self.bus.parent.mkdir(parents=True, exist_ok=True)
            self.bus.unlink(missing_ok=True)
            self._power_up()
            listener = socket.socket(socket.AF_UNIX)
            listener.bind(str(self.bus))
            listener.listen()
            self._listener = listener
            for work in (self._accept, self._hear):
                threading.Thread(target=work, args=(listener, self._from_host), name=self.bus.name, daemon=True).start()

    def unplug(self) -> None:
        with self._plugging:
            listener, self._listener = self._listener, None
            if listener is None:
                return
            self.bus.unlink(missing_ok=True)
            for end in (listener, *tuple(self.hosts)):
                with contextlib.suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)
            with contextlib.suppress(queue.Full):
                self._from_host.put_nowait(None)
            with self._changed:
                self._claimed_by = None  # whoever waits for it goes away empty, also where it is plugged in at once
                self._changed.notify_all()

    def write(self, data: bytes) -> None:
        """To the driver, from any thread; lost while unplugged or when no host fetches it for `PATIENCE`."""
        if not data or not self.plugged:
            return
        if self.model.reports:
            self._fill_reports(data)
        elif len(self.model.inputs) > 1:
            for pipe, piece in self._written.cut(data):
                self._queue(self.model.inputs[pipe], piece)
        else:
            self._queue(self.model.inputs[0], data)

    def stall(self, endpoint: int) -> None:
        with self._changed:
            self._stalled.add(endpoint)
            self._changed.notify_all()

    def _power_up(self) -> None:
        with self._changed:
            self.driver_attached = self.model.driver
            self._claimed_by, self._stalled, self._unsent = None, set(), b""
            self._to_host = {end: deque() for end in self.model.inputs}
            self._from_host = queue.Queue(FIFO)
            self._written = FrameSplit()

    def _queue(self, endpoint: int, data: bytes) -> None:
        with self._changed:
            packets = self._to_host[endpoint]
            for start in range(0, len(data), PACKET):
                if not self._changed.wait_for(lambda: len(packets) < MEMORY or not self.plugged, PATIENCE):
                    return
                packets.append(data[start : start + PACKET])
                self._changed.notify_all()

    def _fill_reports(self, data: bytes) -> None:
        """Full reports at once; the last is filled with zeros when nothing more came for `SETTLE`."""
        with self._changed:
            self._unsent += data
            while len(self._unsent) >= PACKET:
                report, self._unsent = self._unsent[:PACKET], self._unsent[PACKET:]
                self._queue(self.model.inputs[0], report)
            seen = self._unsent
        if seen:
            threading.Timer(SETTLE, self._send_unsent, [seen]).start()

    def _send_unsent(self, seen: bytes) -> None:
        with self._changed:
            if self._unsent is seen:
                self._unsent = b""
                self._queue(self.model.inputs[0], seen.ljust(PACKET, b"\0"))

    def _hear(self, listener: socket.socket, packets: "queue.Queue[bytes | None]") -> None:
        while (data := packets.get()) is not None and self._listener is listener:
            self._on_bytes(data)

    def _accept(self, listener: socket.socket, _: object) -> None:
        with listener, contextlib.suppress(OSError):
            while True:
                host, _address = listener.accept()
                self.hosts.add(host)
                threading.Thread(target=self._serve, args=(host, listener), name=self.bus.name, daemon=True).start()

    def _serve(self, host: socket.socket, listener: socket.socket) -> None:
        with contextlib.suppress(OSError, ValueError):
            while self._listener is listener and (asked := receive_request(host)) is not None:
                send_answer(host, self._do(asked, host))
        self.hosts.discard(host)
        with self._changed:
            if self._claimed_by is host:
                self._claimed_by = None
        host.close()

    def _do(self, asked: Request, host: socket.socket) -> Answer:
        match asked.operation:
            case Operation.WRITE:
                return self._take(asked.endpoint, asked.data, asked.limit) if self._mine(host) else Answer(errno.EBUSY)
            case Operation.READ:
                return self._give(asked, host)
            case Operation.CONTROL:
                return self._control(asked)
            case Operation.OPEN:
                return Answer(errno.EACCES if self.forbidden else 0)
        with self._changed:
            return self._hold(asked, host)

    def _hold(self, asked: Request, host: socket.socket) -> Answer:
        match asked.operation:
            case Operation.CLAIM:
                if self.driver_attached or self._claimed_by not in (None, host):
                    return Answer(errno.EBUSY)
                self._claimed_by = host
            case Operation.RELEASE:
                self._claimed_by = None
            case Operation.DRIVER_ACTIVE:
                return Answer(data=b"\1" if self.driver_attached else b"")
            case Operation.DRIVER_DETACH | Operation.DRIVER_ATTACH:
                self.driver_attached = asked.operation is Operation.DRIVER_ATTACH
            case Operation.CLEAR_HALT if not self.stalls_always:
                self._stalled.discard(asked.endpoint)
        return Answer()

    def _mine(self, host: socket.socket) -> bool:
        return self._claimed_by is host

    def _take(self, endpoint: int, data: bytes, limit: int) -> Answer:
        """Packets into the device until it holds the host off; as many bytes as were taken by then."""
        if endpoint in self._stalled:
            return Answer(errno.EPIPE)
        taken = 0
        with contextlib.suppress(queue.Full):
            for start in range(0, len(data), PACKET):
                packet = data[start : start + PACKET]
                if self.deaf:
                    self._hold_off(limit)
                    break
                self._from_host.put(packet, timeout=limit / 1000)
                taken += len(packet)
        return Answer(0 if taken else errno.ETIMEDOUT, taken.to_bytes(4, "little"))

    def _hold_off(self, limit: int) -> None:
        with self._changed:
            self._changed.wait_for(lambda: not self.plugged, limit / 1000)

    def _give(self, asked: Request, host: socket.socket) -> Answer:
        """Packets until the buffer is full or a short one ends the transfer, or the time is over."""
        found = b""
        with self._changed:
            while len(found) < asked.size:
                if not self._mine(host):
                    return Answer(errno.EBUSY if self.plugged else errno.ENODEV)
                packets = self._to_host.get(asked.endpoint)
                if packets is None or asked.endpoint in self._stalled:
                    return Answer(errno.EPIPE)
                if not self._changed.wait_for(lambda: self._is_due(asked.endpoint, host), asked.limit / 1000):
                    break
                if not packets or not self._mine(host) or asked.endpoint in self._stalled:
                    continue
                if len(packets[0]) > asked.size - len(found):
                    return Answer(errno.EOVERFLOW)
                packet = packets.popleft()
                self._changed.notify_all()
                found += packet
                if len(packet) < PACKET or self.model.reports:
                    break
        return Answer(0, found) if found else Answer(errno.ETIMEDOUT)

    def _is_due(self, endpoint: int, host: socket.socket) -> bool:
        return bool(self._to_host[endpoint]) or endpoint in self._stalled or not self._mine(host)

    def _control(self, asked: Request) -> Answer:
        setup, data = asked.data[:8], asked.data[8:]
        if tuple(setup[:2]) == GET_DESCRIPTOR:
            found = descriptor(self.model, setup[3], setup[2])
            return Answer(errno.EPIPE) if found is None else Answer(0, found[: asked.size])
        if tuple(setup[:2]) == SET_REPORT and self.model.reports:
            return self._take(0, data, asked.limit)
        return Answer(errno.EPIPE)
