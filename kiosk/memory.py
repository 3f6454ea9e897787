"""Memory of the C library: held tight, and what is free of it given back."""

import ctypes
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
