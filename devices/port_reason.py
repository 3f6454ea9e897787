"""Why a port would not open, in words a technician can act on: pyserial's own texts are for programmers."""

import errno
import socket
import termios
from pathlib import Path
from urllib.parse import urlsplit

_NUMBERS = {
    errno.ENOENT: "there is no such device",
    errno.EISDIR: "it is a folder, not a device",
    errno.ENOTTY: "it is not a serial device",
    errno.EINVAL: "it is not a serial device",
    errno.EACCES: "this account may not open it; add it to the group dialout",
    errno.EPERM: "this account may not open it; add it to the group dialout",
    errno.EAGAIN: "another program has it, such as the running terminal",
    errno.EBUSY: "another program has it, such as the running terminal",
    errno.ELOOP: "its symbolic links go in a circle",
    errno.ENXIO: "the device is gone",
    errno.EIO: "the device is gone",
}
_URL_KINDS = "a path such as /dev/ttyUSB0, or socket://host:port"


def port_reason(port: str, error: Exception) -> str:
    """A few words without the port's name; never more than one line."""
    if "://" in port:
        return _url_reason(port, error)
    number = getattr(error, "errno", None)
    if isinstance(error, termios.error):  # no OSError, though it has the same two arguments
        number = error.args[0]
    if number is None and Path(port).is_file():
        number = errno.ENOTTY
    if number is None and Path(port).exists() and not Path(port).is_dir():
        number = errno.ENOTTY
    return _NUMBERS.get(number or 0) or _short(error)


def _url_reason(port: str, error: Exception) -> str:
    if "not known" in str(error) and "invalid URL" in str(error):
        return f"no such kind of address; known: {_URL_KINDS}"
    if not port.startswith("socket://"):
        return _short(error)
    try:
        host, number = urlsplit(port).hostname, urlsplit(port).port
    except ValueError:
        host, number = None, None
    if not host or not number:
        return "no host or no port number from 1 to 65535; write socket://host:port"
    words = {
        ConnectionRefusedError: "nobody listens there",
        socket.gaierror: f"the host {host} is not known",
        TimeoutError: f"the host {host} does not answer",
    }
    return next((said for kind, said in words.items() if isinstance(error.__context__, kind)), _short(error))


def _short(error: Exception) -> str:
    return " ".join(str(error).split())[:120]
