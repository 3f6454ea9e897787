"""Memory of the C library: held tight, what is free of it given back, and never written to a core file."""

import ctypes
import resource
from collections.abc import Mapping

# For a child that turns large pictures over: few arenas, and every large block goes back when it is freed.
TIGHT: Mapping[str, str] = {
    "MALLOC_ARENA_MAX": "1",
    "MALLOC_MMAP_THRESHOLD_": "131072",
    "MALLOC_TRIM_THRESHOLD_": "131072",
    "OPENBLAS_NUM_THREADS": "1",
}


def give_back() -> None:
    """Return what importing, loading or a visit left free to the system; a millisecond, and harmless elsewhere."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)


M_TRIM_THRESHOLD, M_MMAP_THRESHOLD = -1, -3  # glibc's mallopt(3)
ROOMY = 32 << 20  # bytes, glibc's largest


def hold_pictures(held: bool) -> None:
    """While pictures come in at video rate their memory is kept for the next one: handing it back costs as much as
    decoding them. Afterwards held as `TIGHT` says, and what is free given back."""
    adjust = getattr(ctypes.CDLL(None), "mallopt", None)
    if adjust is None:
        return
    adjust(M_MMAP_THRESHOLD, ROOMY if held else int(TIGHT["MALLOC_MMAP_THRESHOLD_"]))
    adjust(M_TRIM_THRESHOLD, ROOMY if held else int(TIGHT["MALLOC_TRIM_THRESHOLD_"]))
    if not held:
        give_back()


def no_core() -> None:
    """Whoever dies here leaves no picture of its memory on the disk, and neither does a child of it."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
