"""What goes over the unix socket between a host and a virtual USB device: one request, one answer, in order."""

import socket
import struct
from dataclasses import dataclass
from enum import IntEnum

REQUEST = struct.Struct("<BBIII")
ANSWER = struct.Struct("<iI")
LONGEST = 1 << 20  # bytes of one transfer


class Operation(IntEnum):
    OPEN = 1
    CLAIM = 2
    RELEASE = 3
    DRIVER_ACTIVE = 4
    DRIVER_DETACH = 5
    DRIVER_ATTACH = 6
    WRITE = 7
    READ = 8
    CONTROL = 9
    CLEAR_HALT = 10
    RESET = 11


@dataclass(frozen=True)
class Request:
    """`limit` in ms; `size`: bytes wanted of a read; `data` of a control transfer begins with its 8 bytes of set-up."""

    operation: Operation
    endpoint: int = 0
    limit: int = 1000
    size: int = 0
    data: bytes = b""


@dataclass(frozen=True)
class Answer:
    """`error`: 0 or an errno; `data`: what was read, or four bytes that say how many were written."""

    error: int = 0
    data: bytes = b""


def send_request(end: socket.socket, asked: Request) -> None:
    head = REQUEST.pack(asked.operation, asked.endpoint, asked.limit, asked.size, len(asked.data))
    end.sendall(head + asked.data)


def receive_request(end: socket.socket) -> Request | None:
    """None when the host has gone."""
    head = _exactly(end, REQUEST.size)
    if head is None:
        return None
    operation, endpoint, limit, size, length = REQUEST.unpack(head)
    data = _exactly(end, min(length, LONGEST))
    return None if data is None else Request(Operation(operation), endpoint, limit, min(size, LONGEST), data)


def send_answer(end: socket.socket, answer: Answer) -> None:
    end.sendall(ANSWER.pack(answer.error, len(answer.data)) + answer.data)


def receive_answer(end: socket.socket) -> Answer | None:
    """None when the device has gone."""
    head = _exactly(end, ANSWER.size)
    if head is None:
        return None
    error, length = ANSWER.unpack(head)
    data = _exactly(end, length)
    return None if data is None else Answer(error, data)


def _exactly(end: socket.socket, size: int) -> bytes | None:
    data = bytearray()
    while len(data) < size:
        piece = end.recv(size - len(data))
        if not piece:
            return None
        data += piece
    return bytes(data)
