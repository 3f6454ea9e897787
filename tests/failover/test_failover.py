"""A primary that dies takes no acknowledged case with it; the long run is `python -m tests.failover`."""

from tests.failover.running import run_failover


def test_the_standby_has_every_case_the_center_acknowledged(tmp_path):
    done = run_failover(tmp_path, terminals=4, cases=9)
    assert done.violations == 0, str(done)
    assert done.before >= 12
    assert done.after == 36
