"""Receipt templates: filled in both languages, names masked, what is missing named."""

import pytest

from devices.printer.contract import Line, Pair, QrCode
from kiosk.receipts import FOLDER, ReceiptError, load_template, masked, render_receipt

CASE = {
    "matter": "城乡居民医保参保登记",
    "name": "测试甲",
    "number": "OE330300-20260706-000123",
    "number_kind": "central",
    "time": "2026-07-06 14:05",
    "next_steps": ["等待审核", "缴费"],
    "contact": "0577-12345 (示例)",
    "sample": True,
}
CERTIFICATE = {
    **CASE,
    "document": "社会保险参保证明",
    "rows": [["险种", "养老"], {"label": "月数", "value": "12"}],
    "verify_url": "http://127.0.0.1:8700/verify/7F3K",
    "verify_code": "7F3K",
}


def words(document):
    parts = (
        (block.text,) if isinstance(block, Line | QrCode) else (block.label, block.value)
        for block in (b for b in document.blocks if isinstance(b, Line | QrCode | Pair))
    )
    return "\n".join(text for part in parts for text in part)


def test_a_case_receipt_says_who_what_number_and_what_next():
    text = words(render_receipt("case", CASE, "zh"))
    for expected in ("瓯e办", "测*甲", "办件编号", "OE330300-20260706-000123", "1. 等待审核", "2. 缴费", "示例"):
        assert expected in text
    assert "测试甲" not in text
    assert "本机流水号" not in text


def test_the_code_on_a_case_receipt_asks_for_its_progress_at_any_terminal():
    document = render_receipt("case", CASE, "en")
    assert QrCode("OEB1:C:OE330300-20260706-000123") in document.blocks


@pytest.mark.parametrize(("language", "meaning"), [("zh", "网络恢复后自动送达"), ("en", "need not apply again")])
def test_a_local_number_says_what_it_means(language, meaning):
    assert meaning in words(render_receipt("case", {**CASE, "number_kind": "local"}, language))
    assert meaning not in words(render_receipt("case", CASE, language))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_certificate_carries_its_rows_and_its_verification_code(language):
    document = render_receipt("certificate", CERTIFICATE, language)
    assert QrCode("http://127.0.0.1:8700/verify/7F3K") in document.blocks
    assert Pair("险种", "养老") in document.blocks
    assert Pair("月数", "12") in document.blocks
    assert "测试甲" not in words(document)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_who_is_known_by_the_face_alone_has_a_receipt_without_a_name(language):
    text = words(render_receipt("case", {**CASE, "name": ""}, language))
    assert CASE["number"] in text
    assert "*" not in text


def test_what_is_absent_leaves_its_block_out():
    text = words(render_receipt("case", {**CASE, "next_steps": [], "contact": "", "sample": False}, "en"))
    assert "What happens next" not in text
    assert "Help" not in text
    assert "示例" not in text


@pytest.mark.parametrize(
    ("name", "values", "language", "error"),
    [
        ("case", {k: v for k, v in CASE.items() if k != "number"}, "zh", "case.yaml block .*{number}; given: contact"),
        ("nothing", CASE, "zh", "known: case, certificate"),
        ("../case", CASE, "zh", "known: case, certificate"),
        ("case", CASE, "fr", "known: zh, en"),
        ("certificate", {**CERTIFICATE, "rows": [["one"]]}, "zh", "label and a value"),
        ("certificate", {**CERTIFICATE, "rows": "text"}, "zh", "rows must be a list"),
    ],
)
def test_what_is_wrong_is_one_clear_line(name, values, language, error):
    with pytest.raises(ReceiptError, match=error) as refused:
        render_receipt(name, values, language)
    assert "\n" not in str(refused.value)
    assert "测试甲" not in str(refused.value)


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("- line: {zh: a}", "en: Field required"),
        ("- lines: x", "keys of a block: line, pair"),
        ("- bold: true", "exactly one of line, pair, rule, qr, picture"),
        ("- {", "own.yaml"),
        ("- picture: nowhere", "no picture nowhere.png beside it; known: none"),
        ("- picture: ../case", "block 1.picture"),
        ('- line: {zh: "{name:loud}", en: ""}', "known: masked"),
    ],
)
def test_a_template_that_is_wrong_is_refused_with_its_place(tmp_path, text, error):
    (tmp_path / "own.yaml").write_text(text, "utf-8")
    with pytest.raises(ReceiptError, match=error):
        render_receipt("own", CASE, "zh", tmp_path)


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.yaml")), ids=lambda path: path.stem)
def test_every_template_reads(path):
    assert load_template(path.stem)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("测甲", "测*"),
        ("测试甲", "测*甲"),
        ("欧阳测试·阿依古丽", "欧***·***丽"),
        ("CESHI JIA", "C**** J**"),
        ("", ""),
        ("测", "测"),
    ],
)
def test_names_are_masked(name, shown):
    assert masked(name) == shown
