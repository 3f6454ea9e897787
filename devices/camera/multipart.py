"""Pictures out of a `multipart/x-mixed-replace` stream, whatever the bytes are and however they are torn."""

LONGEST_HEAD = 4096  # bytes of a part's header lines
LARGEST_PICTURE = 16 << 20  # bytes; more is no picture of a preview
JPEG_BEGINS = b"\xff\xd8"
_END_OF_HEAD = b"\r\n\r\n"


class Multipart:
    """`feed` gives the JPEG pictures that are whole now; a part that is none, or has no end, is passed over."""

    def __init__(self, boundary: bytes) -> None:
        self._mark = boundary if boundary.startswith(b"--") else b"--" + boundary
        self._buffer = bytearray()

    def feed(self, data: bytes) -> list[bytes]:
        self._buffer += data
        pictures = []
        while (part := self._next_part()) is not None:
            if part.startswith(JPEG_BEGINS):
                pictures.append(part)
        return pictures

    def _next_part(self) -> bytes | None:
        """The next whole part's content; None while more bytes are needed."""
        begins = self._buffer.find(self._mark)
        if begins < 0:
            del self._buffer[: max(0, len(self._buffer) - len(self._mark) + 1)]
            return None
        head_ends = self._buffer.find(_END_OF_HEAD, begins, begins + LONGEST_HEAD)
        if head_ends < 0:
            if len(self._buffer) - begins < LONGEST_HEAD:
                return None
            del self._buffer[: begins + len(self._mark)]
            return b""
        return self._content(bytes(self._buffer[begins:head_ends]), head_ends + len(_END_OF_HEAD))

    def _content(self, head: bytes, begins: int) -> bytes | None:
        length = _told_length(head)
        if length is not None and length <= LARGEST_PICTURE:
            ends = begins + length
            if len(self._buffer) < ends:
                return None
        else:
            ends = self._buffer.find(self._mark, begins)
            if ends < 0:
                if len(self._buffer) - begins > LARGEST_PICTURE:
                    self._buffer.clear()
                return None
        content = bytes(self._buffer[begins:ends])
        del self._buffer[:ends]
        return content


def _told_length(head: bytes) -> int | None:
    for line in head.split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.strip().lower() == b"content-length" and value.strip().isdigit():
            return int(value[:32])
    return None


def boundary_of(content_type: str) -> bytes | None:
    """Of a Content-Type header; None where it is no stream of pictures."""
    kind, *parameters = (part.strip() for part in content_type.split(";"))
    if kind.lower() != "multipart/x-mixed-replace":
        return None
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "boundary" and value.strip('" '):
            return value.strip('" ').encode("latin-1", "replace")
    return None
