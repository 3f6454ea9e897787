"""What every code scanner keeps."""

import pytest

from tests.contracts.rig import ScannerRig

DEVICE_CLASS = "scanner"


def test_no_code_is_a_value(opened: ScannerRig) -> None:
    assert opened.device.read_code(0.3) is None


@pytest.mark.parametrize(
    "text", ["OEB1:M:social-insurance-certificate", "330381189901010015", "HTTPS://EXAMPLE.CN/A?B=1"]
)
def test_what_is_held_up_is_handed_over_unchanged(text: str, opened: ScannerRig) -> None:
    opened.hold(text)
    code = opened.device.read_code(6.0)
    assert code is not None
    assert code.text == text
    assert code.symbology


def test_one_code_after_another_is_read(opened: ScannerRig) -> None:
    for number in range(3):
        text = f"OEB1:C:L000001-{number:06d}"
        opened.hold(text)
        code = opened.device.read_code(6.0)
        opened.remove()
        assert code is not None
        assert code.text == text


def test_a_payload_longer_than_the_grammar_allows_is_not_handed_over(opened: ScannerRig) -> None:
    opened.hold("A" * 600)
    assert opened.device.read_code(1.0) is None
    opened.remove()
    opened.work()
