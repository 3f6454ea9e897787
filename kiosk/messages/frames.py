"""Frames of the socket between screen and backroom; light enough to be imported before the first picture.

A frame is `!II` (length of JSON, length of blob), the JSON `{"type": class name, ...fields}` in UTF-8, then the blob.
"""

import json
import struct
import typing
from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, fields
from functools import cache
from typing import Any, Literal

from kiosk.messages.from_backroom import FromBackroom
from kiosk.messages.to_backroom import ToBackroom

Message = ToBackroom | FromBackroom

_HEAD = struct.Struct("!II")  # bytes of JSON, bytes of blob
MAX_JSON = 4 << 20  # bytes; a case with all its answers is some 20 kB
MAX_BLOB = 64 << 20  # bytes; a still is some 2 MB
_TYPES: Mapping[str, type[Message]] = {kind.__name__: kind for kind in typing.get_args(Message)}


class FrameError(ValueError):
    """The other end sent what no message allows; the text names type and field, never a value."""


def encode(message: Message, blob: bytes = b"") -> bytes:
    """One frame. Raises FrameError when a part is too long to be taken by the other end."""
    body: dict[str, Any] = {"type": type(message).__name__}
    body |= {field.name: getattr(message, field.name) for field in fields(message)}
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"), default=dict).encode()
    if len(text) > MAX_JSON or len(blob) > MAX_BLOB:
        raise FrameError(f"{body['type']}: {len(text)} bytes with a blob of {len(blob)} are too long for a frame")
    return _HEAD.pack(len(text), len(blob)) + text + blob


class Decoder:
    """Takes bytes as they come, in any pieces."""

    def __init__(self) -> None:
        self._buffer = bytearray()

    def feed(self, data: bytes) -> Iterator[tuple[Message, bytes]]:
        """The messages that are whole now, with their blobs. Raises FrameError; the connection is then useless."""
        self._buffer += data
        while len(self._buffer) >= _HEAD.size:
            json_size, blob_size = _HEAD.unpack_from(self._buffer)
            if json_size > MAX_JSON or blob_size > MAX_BLOB:
                raise FrameError(f"a frame of {json_size} and {blob_size} bytes")
            blob_at = _HEAD.size + json_size
            end = blob_at + blob_size
            if len(self._buffer) < end:
                return
            text, blob = bytes(self._buffer[_HEAD.size : blob_at]), bytes(self._buffer[blob_at:end])
            del self._buffer[:end]
            yield _message(text), blob


def _message(text: bytes) -> Message:
    try:
        body = json.loads(text)
    except ValueError as error:
        raise FrameError("a frame that holds no JSON") from error
    name = body.pop("type", None) if isinstance(body, dict) else None
    if not isinstance(name, str) or name not in _TYPES:
        raise FrameError("a message of an unknown type")
    shape, required = _shape(name)
    unknown, missing = body.keys() - shape.keys(), required - body.keys()
    if unknown or missing:
        raise FrameError(f"{name}: unknown fields {sorted(unknown)}, missing fields {sorted(missing)}")
    make: Callable[..., Message] = _TYPES[name]
    return make(**{field: _checked(f"{name}.{field}", shape[field], value) for field, value in body.items()})


@cache
def _shape(name: str) -> tuple[Mapping[str, Any], frozenset[str]]:
    """Types of the fields, and the names of those without a default."""
    kind = _TYPES[name]
    required = (field.name for field in fields(kind) if field.default is MISSING and field.default_factory is MISSING)
    return typing.get_type_hints(kind), frozenset(required)


def _checked(place: str, hint: object, value: object) -> object:
    origin = typing.get_origin(hint)
    if origin is Literal:
        fits = value in typing.get_args(hint)
    elif origin is tuple:
        kind = typing.get_args(hint)[0]
        fits = isinstance(value, list) and all(type(item) is kind for item in value)
    elif origin is Mapping:
        fits = isinstance(value, dict)
    else:
        fits = type(value) is hint
    if not fits:
        raise FrameError(f"{place}: a {type(value).__name__} does not belong here")
    return tuple(value) if isinstance(value, list) else value
