"""Whether a camera source is still there, without filming anybody and without OpenCV."""

import socket
from pathlib import Path
from urllib.parse import urlsplit

PORTS = {"http": 80, "https": 443, "rtsp": 554}


def is_present(source: str, timeout: float) -> bool:
    """A device node exists, a `.url` file exists, or a network camera's port takes a connection within `timeout` s."""
    if source.isdigit():
        return Path(f"/dev/video{source}").exists()
    if "://" not in source:
        return Path(source).exists()
    address = urlsplit(source)
    try:
        port = address.port or PORTS.get(address.scheme, 80)
        with socket.create_connection((address.hostname or "", port), timeout):
            return True
    except (OSError, ValueError):
        return False
