"""Files for `kiosk receipt print`: read, or refused in one line that names the place and what is allowed."""

import json

import pytest
from PIL import Image

from devices.printer.contract import Align, Line, Pair, Picture, QrCode, Rule
from devices.printer.document import DocumentError, load_document


def test_text_is_a_line_a_line(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("一\n\ntwo\n", "utf-8")
    assert load_document(path).blocks == (Line("一"), Line(""), Line("two"))


def test_json_has_every_block(tmp_path):
    path = tmp_path / "a.json"
    blocks = [{"line": "标题", "align": "center", "large": True}, {"pair": ["a", "b"]}, {"rule": True}, {"qr": "x"}]
    path.write_text(json.dumps({"blocks": blocks}), "utf-8")
    expected = (Line("标题", Align.CENTER, large=True), Pair("a", "b"), Rule(), QrCode("x"))
    assert load_document(path).blocks == expected


def test_a_picture_is_one_block(tmp_path):
    path = tmp_path / "a.png"
    Image.new("1", (8, 8)).save(path)
    assert load_document(path).blocks == (Picture(path.read_bytes()),)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.pdf", b"", r"known: \.txt"),
        ("a.txt", b"\xff\xfe", "not UTF-8"),
        ("a.json", b"{", "a.json:1: not JSON"),
        ("a.json", b"[]", '{"blocks"'),
        ("a.json", b'{"blocks": [{"line": "a", "colour": 1}]}', "block 1: unknown key 'colour'; known: line"),
        ("a.json", b'{"blocks": [{"line": 1}]}', "line must be str"),
        ("a.json", b'{"blocks": [{"pair": ["a"]}]}', "two texts"),
        ("a.json", b'{"blocks": [{"line": "a", "align": "up"}]}', "known: left, center"),
        ("a.json", b'{"blocks": [7]}', "block 1: not a known block"),
        ("a.png", b"no", "not a readable PNG"),
    ],
)
def test_a_bad_file_is_one_clear_line(tmp_path, name, content, words):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(DocumentError, match=words) as refused:
        load_document(path)
    assert "\n" not in str(refused.value)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(DocumentError, match=r"gone\.txt: No such file"):
        load_document(tmp_path / "gone.txt")
