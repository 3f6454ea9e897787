"""`kiosk enrol`: one clear line where it does not work, and nothing left behind."""

import pytest

from kiosk.backroom.enrolment import EnrolmentError, enrol
from kiosk.identity import load_identity
from tests.backroom.running import HostileCenter


def test_enrolled_with_a_key_that_only_its_owner_may_read(center, tmp_path):
    identity = enrol(center.code("示例站"), center.url, tmp_path)
    assert load_identity(tmp_path) == identity
    assert identity.site == "示例站"
    assert (tmp_path / "identity.json").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["identity.json"]
    with pytest.raises(EnrolmentError, match="enrolled already"):
        enrol(center.code(), center.url, tmp_path)


def test_a_wrong_code_no_network_and_no_center_are_each_one_line(center, tmp_path):
    code = center.code()
    portal = HostileCenter(lambda *_: (200, "text/html", b"<html></html>"))
    try:
        for given, url, words in (
            ("hello", center.url, "not an enrolment code"),
            (code, "http://127.0.0.1:9", "cannot be reached"),
            (code, portal.url, "not a center's answer"),
            ("0" * 16 + code.replace("-", "")[16:], center.url, "No such enrolment code"),
        ):
            with pytest.raises(EnrolmentError, match=words) as refused:
                enrol(given, url, tmp_path)
            assert "\n" not in str(refused.value)
    finally:
        portal.close()
    assert list(tmp_path.iterdir()) == []
    assert enrol(code, center.url, tmp_path).terminal_id
