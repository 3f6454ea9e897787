"""A center that is lost again right after it was restored gives no case number a second time."""

import shutil
from contextlib import closing

from center.backup import restore_backup, write_backup
from center.numbers import take_case_numbers
from center.services import open_center
from center.settings import CenterSettings
from tests.simulation.clocks import Clock

GIVEN = 60  # numbers in the part of a second that each of the centers lives


def numbers_of(settings, clock):
    with closing(open_center(settings, clock)) as center, center.database.writing() as session:
        return take_case_numbers(session, settings, clock.now(), GIVEN)


def test_the_same_backup_restored_twice_within_a_second_gives_no_number_twice(tmp_path):
    clock, disk = Clock(), tmp_path / "disk"
    clock.sleep(0.1)
    with closing(open_center(CenterSettings(state_folder=tmp_path / "lost"), clock)) as center:
        write_backup(center, disk)
    given = []
    for name in ("first", "second"):
        settings = CenterSettings(state_folder=tmp_path / name)
        shutil.copytree(tmp_path / "lost" / "keys", settings.keys_folder)
        restore_backup(settings, disk, clock)
        given += numbers_of(settings, clock)
        clock.sleep(0.4)
    assert len(given) == len(set(given)) == 2 * GIVEN
