"""A disk that fills up in the middle of a visit: the visit finishes, the next does not begin until there is room."""

import json
import subprocess
import sys

import pytest

from kiosk.backroom.enrolment import enrol

IN_A_SMALL_DISK = """
import json, sys
from pathlib import Path
from tests.backroom.standing import Standing, picture
from kiosk.backroom.clerk import Clerk

small, url = Path(sys.argv[1]), sys.argv[2]
told = {}
terminal = Standing(small / "terminal", url)
clerk = terminal.clerk = Clerk(terminal.outbox, terminal.identity, terminal.clock, terminal.folder, 1 << 20)

def fills():
    with (small / "filler").open("ab", buffering=0) as file:
        try:
            while file.write(bytes(4096)):
                pass
        except OSError:
            pass

told["empty"] = clerk.service().code
fills()
told["full"] = clerk.service().code
told["reserve kept"] = (terminal.folder / "reserve").stat().st_size
case = terminal.takes(picture(200_000))
told["case"] = terminal.state(case)
terminal.outbox.prints.note("receipt-1", "sent")
told["reserve given up"] = not (terminal.folder / "reserve").exists()
fills()
told["still full"] = clerk.service().code
(small / "filler").unlink()
told["room again"] = clerk.service().code
told["reserve back"] = (terminal.folder / "reserve").stat().st_size
terminal.close()
print(json.dumps(told))
"""


@pytest.fixture
def small_disk(center, tmp_path):
    """Runs a program in a namespace of its own where `tmp_path/small` is a disk of 6 MB with an enrolled terminal."""
    enrol(center.code(), center.url, tmp_path / "enrolled")
    (tmp_path / "small").mkdir()
    small = tmp_path / "small"
    mounting = f"mount -t tmpfs -o size=6m,mode=700 none {small} && cp -r {tmp_path}/enrolled {small}/terminal"
    command = f'{mounting} && exec "$@"'
    return ["unshare", "-rm", "sh", "-c", command, "sh", sys.executable, "-c"], tmp_path / "small"


def test_the_visit_under_way_finishes_and_the_next_waits_for_room(small_disk, center):
    prefix, folder = small_disk
    done = subprocess.run(
        [*prefix, IN_A_SMALL_DISK, folder, center.url], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {
        "empty": "",
        "full": "diskFull",
        "reserve kept": 1 << 20,
        "case": "waiting",
        "reserve given up": True,
        "still full": "diskFull",
        "room again": "",
        "reserve back": 1 << 20,
    }
