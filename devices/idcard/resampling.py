"""What a receiver hears of bytes that were sent at another baud rate than its own."""

from collections.abc import Iterator

START_AND_DATA = 9  # bits; the stop bit's middle is not looked at


def resampled(data: bytes, sent: int, heard: int) -> bytes:
    """8N1, back to back, each bit sampled in its middle; equal rates leave the bytes as they are."""
    return data if sent == heard else bytes(_sampled(data, sent / heard))


def _sampled(data: bytes, step: float) -> Iterator[int]:
    """`step`: how many of the sender's bits pass in one of the receiver's."""
    line = b"".join(bytes((0, *(value >> bit & 1 for bit in range(8)), 1)) for value in data)
    at = 0.0
    while True:
        edge = line.find(0, int(at))
        if edge < 0:
            return
        start = max(at, float(edge))
        middles = (int(start + (1.5 + bit) * step) for bit in range(8))
        yield sum((line[middle] if middle < len(line) else 1) << bit for bit, middle in enumerate(middles))
        at = start + (START_AND_DATA + 0.5) * step
