"""A card reader written from the protocol table alone, knowing nothing of ours: what another maker's would send."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import reduce

HEAD = bytes.fromhex("AAAAAA9669")
FOUND = bytes.fromhex("AAAAAA9669 0008 00009F 00000000 97")
SELECTED = bytes.fromhex("AAAAAA9669 000C 000090 0000000000000000 9C")
NOT_FOUND = bytes.fromhex("AAAAAA9669 0004 000080 84")


def padded(text: str, size: int) -> bytes:
    return text.ljust(size // 2, " ").encode("utf-16-le")


def worked_example() -> bytes:
    """The 1295-byte reply of the published example: 测试甲, with an empty picture."""
    text = b"".join(
        padded(value, size)
        for value, size in (
            ("测试甲", 30), ("1", 2), ("01", 4), ("18990101", 16), ("浙江省瑞安市测试路1号", 70),
            ("330381189901010015", 36),
            ("瑞安市公安局", 30), ("20200101", 16), ("长期", 16), ("", 36),
        )
    )  # fmt: skip
    return framed(bytes.fromhex("000090 0100 0400") + text + bytes(1024))


def framed(body: bytes) -> bytes:
    """Preamble, length with the checksum counted in, body, checksum over length and body."""
    frame = (len(body) + 1).to_bytes(2, "big") + body
    return HEAD + frame + bytes([reduce(lambda a, b: a ^ b, frame)])


Sender = Callable[[socket.socket, bytes], None]


def at_once(connection: socket.socket, reply: bytes) -> None:
    connection.sendall(reply)


def byte_by_byte(connection: socket.socket, reply: bytes) -> None:
    for value in reply:
        connection.sendall(bytes([value]))


def damaged_preamble(connection: socket.socket, reply: bytes) -> None:
    connection.sendall(bytes.fromhex("AA00AAAA9669") + reply[5:])


def noise_first(connection: socket.socket, reply: bytes) -> None:
    connection.sendall(b"\x00\xff\x96\x69\xaa" + reply)


@contextmanager
def reader(send: Sender = at_once, *, card: bool = True) -> Iterator[str]:
    """A reader on a loopback socket; yields its URL."""
    replies = {b"\x20\x01": FOUND if card else NOT_FOUND, b"\x20\x02": SELECTED, b"\x30\x01": worked_example()}
    listener = socket.create_server(("127.0.0.1", 0))
    thread = threading.Thread(target=_serve, args=(listener, replies, send), daemon=True)
    thread.start()
    try:
        yield f"socket://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join()


def _serve(listener: socket.socket, replies: dict[bytes, bytes], send: Sender) -> None:
    while True:
        try:
            connection, _ = listener.accept()
        except OSError:
            return
        with connection:
            _answer(connection, replies, send)


def _answer(connection: socket.socket, replies: dict[bytes, bytes], send: Sender) -> None:
    heard = b""
    while data := connection.recv(64):
        heard += data
        while len(heard) >= 10:
            command, heard = heard[:10], heard[10:]
            reply = replies.get(command[7:9])
            if reply is not None:
                try:
                    send(connection, reply)
                except OSError:
                    return
