"""IPP messages as bytes (RFC 8010): operations, attributes in groups, then the document."""

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum

VERSION = b"\x02\x00"
HEADER = struct.Struct(">2shi")  # version, operation or status, request id
END_OF_ATTRIBUTES = 0x03
FIRST_VALUE_TAG = 0x10  # tags below delimit groups
BEGIN_COLLECTION, END_COLLECTION = 0x34, 0x37

Value = int | bool | str | bytes


class Group(IntEnum):
    OPERATION = 0x01
    JOB = 0x02
    PRINTER = 0x04
    UNSUPPORTED = 0x05


class Kind(IntEnum):
    """Tags of the values that are written here; others are read as bytes."""

    INTEGER = 0x21
    BOOLEAN = 0x22
    ENUM = 0x23
    TEXT = 0x41
    NAME = 0x42
    KEYWORD = 0x44
    URI = 0x45
    CHARSET = 0x47
    LANGUAGE = 0x48
    MIME = 0x49


class IppDamaged(ValueError):
    """These bytes are no IPP message; the text says where they stop being one."""


@dataclass(frozen=True)
class Attribute:
    name: str
    kind: Kind
    values: tuple[Value, ...]


@dataclass(frozen=True)
class Message:
    """`code`: of the operation in a request, of the status in an answer; groups in the order they came."""

    code: int
    request_id: int
    groups: tuple[tuple[int, Mapping[str, tuple[Value, ...]]], ...] = ()
    document: bytes = b""

    def first(self, group: Group) -> Mapping[str, tuple[Value, ...]]:
        return next(iter(self.all(group)), {})

    def all(self, group: Group) -> Iterator[Mapping[str, tuple[Value, ...]]]:
        return (attributes for tag, attributes in self.groups if tag == group)


def attribute(name: str, kind: Kind, *values: Value) -> Attribute:
    return Attribute(name, kind, values)


def encode(code: int, request_id: int, groups: list[tuple[Group, list[Attribute]]], document: bytes = b"") -> bytes:
    parts = [HEADER.pack(VERSION, code, request_id)]
    for tag, attributes in groups:
        parts.append(bytes([tag]))
        parts += [_encoded(one) for one in attributes]
    return b"".join((*parts, bytes([END_OF_ATTRIBUTES]), document))


def decode(data: bytes) -> Message:
    """Raises IppDamaged."""
    if len(data) < HEADER.size:
        raise IppDamaged(f"{len(data)} bytes are too few for an IPP message")
    version, code, request_id = HEADER.unpack_from(data)
    if version[0] not in (1, 2):
        raise IppDamaged(f"no IPP version: {version.hex()}")
    groups: list[tuple[int, dict[str, tuple[Value, ...]]]] = []
    at = HEADER.size
    name, depth = "", 0
    while True:
        tag = _byte(data, at)
        at += 1
        if tag == END_OF_ATTRIBUTES:
            return Message(code, request_id, tuple(groups), data[at:])
        if tag < FIRST_VALUE_TAG:
            groups.append((tag, {}))
            name, depth = "", 0
            continue
        raw_name, at = _counted(data, at)
        raw_value, at = _counted(data, at)
        depth += (tag == BEGIN_COLLECTION) - (tag == END_COLLECTION)
        if depth or tag == END_COLLECTION:
            continue  # what stands inside a collection is not asked for here
        name = raw_name.decode("utf-8", "replace") or name
        if not groups or not name:
            raise IppDamaged(f"a value without a name at byte {at}")
        here = groups[-1][1]
        here[name] = (*(here.get(name, ()) if not raw_name else ()), _value(tag, raw_value))


def _encoded(one: Attribute) -> bytes:
    parts = []
    for index, value in enumerate(one.values):
        name = one.name.encode() if index == 0 else b""
        raw = _raw(one.kind, value)
        parts.append(struct.pack(">BH", one.kind, len(name)) + name + struct.pack(">H", len(raw)) + raw)
    return b"".join(parts)


def _raw(kind: Kind, value: Value) -> bytes:
    if kind is Kind.BOOLEAN:
        return bytes([bool(value)])
    if isinstance(value, int):
        return struct.pack(">i", value)
    return value if isinstance(value, bytes) else value.encode()


def _value(tag: int, raw: bytes) -> Value:
    if tag in (Kind.INTEGER, Kind.ENUM):
        if len(raw) != struct.calcsize(">i"):
            raise IppDamaged(f"a whole number of {len(raw)} bytes")
        return int(struct.unpack(">i", raw)[0])
    if tag == Kind.BOOLEAN:
        return raw != b"\x00"
    return raw.decode("utf-8", "replace") if tag >= Kind.TEXT else raw


def _byte(data: bytes, at: int) -> int:
    if at >= len(data):
        raise IppDamaged(f"the message breaks off at byte {at}")
    return data[at]


def _counted(data: bytes, at: int) -> tuple[bytes, int]:
    start = at + 2
    end = start + int.from_bytes(data[at:start], "big")
    if end > len(data) or start > len(data):
        raise IppDamaged(f"the message breaks off at byte {at}")
    return data[start:end], end
