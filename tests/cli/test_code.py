"""`kiosk code read`: the shape of its lines, and what the payload grammar turned away."""

import json
from pathlib import Path

import segno

from tests.cli.commands import kiosk


def test_the_line_has_the_agreed_shape_and_tells_what_was_refused(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.png", tmp_path / "bad.png"
    segno.make_qr("OEB1:M:social-insurance-certificate").save(str(good), scale=8)
    segno.make_qr("two\x07bells").save(str(bad), scale=8)
    done = kiosk("code", "read", good, bad, "--json")
    first, second = map(json.loads, done.stdout.splitlines())
    assert first["codes"] == [{"symbology": "QRCode", "text": "OEB1:M:social-insurance-certificate"}]
    assert set(first) == {"image", "codes", "ms"}
    assert second["codes"] == []
    assert len(second["refused"]) == 1
    assert "refused" in kiosk("code", "read", bad).stdout
