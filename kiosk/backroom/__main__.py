"""`python -m kiosk.backroom --config FILE --fd N`: started by the screen process, ends when that closes the socket."""

import argparse
import logging
import os
import random  # noqa: TID251 - the process's own generator, handed down
import signal
import socket
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

from devices.clock import SystemClock
from kiosk.backroom.link import Link
from kiosk.identity import Identity, IdentityDamaged, load_identity
from kiosk.memory import no_core
from kiosk.messages.frames import FrameError
from kiosk.messages.from_backroom import Ready

# Where rich and click are installed httpx imports its own command line with them: 13 MB that no terminal uses.
sys.modules["httpx._main"] = ModuleType("httpx._main")

BEHIND_THE_SCREEN = 5  # niceness: what a finger feels goes before decoding frames and delivering cases


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Devices, outbox and delivery of one terminal.")
    parser.add_argument("--config", type=Path, required=True)
    parser.add_argument("--fd", type=int, required=True, help="the backroom's end of a socket pair")
    options = parser.parse_args(arguments)
    os.umask(0o077)
    no_core()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the screen's: this process ends when that has
    os.nice(BEHIND_THE_SCREEN)
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(message)s", stream=sys.stderr)
    logging.getLogger("httpx").setLevel(logging.WARNING)
    link = Link(socket.socket(fileno=options.fd))
    return _serve(options.config, link)


def _serve(config_path: Path, link: Link) -> int:
    from kiosk.config import ConfigError, load_config

    try:
        config = load_config(config_path)
        identity = _identity(config.terminal.state_folder)
    except ConfigError as error:
        return _give_up(link, str(error))
    terminal_id, site = (identity.terminal_id, identity.site) if identity else ("", "")
    link.send(Ready(terminal_id=terminal_id, enrolled=identity is not None, site=config.service.site or site))
    # Only now what takes its time: the screen can already show its home page.
    from devices.drivers import DriverConfigError
    from kiosk.backroom.room import Room

    try:
        room = Room(config, identity, link, SystemClock(), random.Random())  # noqa: S311 - spreads retries, no secret
    except DriverConfigError as error:
        return _give_up(link, f"{config_path}: {error}")
    try:
        room.work()
    except FrameError as error:
        logging.critical("the screen cannot be understood: %s", error)
        return 1
    return 0


def _identity(folder: Path) -> Identity | None:
    try:
        return load_identity(folder)
    except IdentityDamaged as error:
        logging.critical("%s", error)
        return None


def _give_up(link: Link, line: str) -> int:
    print(f"error: {line}", file=sys.stderr)  # noqa: T201 - the one line a technician sees
    link.close()
    return 1


if __name__ == "__main__":
    # Daemon threads may sit in a driver that never returns; nothing they hold outlives the process.
    code = main()
    logging.shutdown()
    sys.stderr.flush()
    os._exit(code)
