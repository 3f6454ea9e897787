"""Chinese in QR codes, as UTF-8 and GB 18030, with and without the character set stated: each decoder by itself."""

import io

import numpy as np
import pytest
import segno
from PIL import Image

from devices.scanner.contract import Code
from devices.scanner.decode import decode
from devices.scanner.zbar import read_zbar
from devices.scanner.zxing import read_zxing

PAYLOADS = (
    "欧阳测试",
    "王小明",
    "张三丰",
    "司马相如",
    "诸葛亮字孔明",
    "买买提·艾力",
    "李清照1084",
    "WANG XIAOMING 王小明",
    "温州市",
    "瑞安市市民之家",
    "浙江省瑞安市测试路1号",
    "浙江省温州市瓯海区示例路88弄6号301室",
    "北京市东城区东交民巷（示例）甲2号",
    "上海市浦东新区世纪大道100号A座",
    "內蒙古自治區呼和浩特市",
    "香港特別行政區灣仔",
    "臺北市信義區",
    "新疆维吾尔自治区乌鲁木齐市",
    "办",
    "社会保险参保证明",
    "城乡居民基本医疗保险参保登记（示例）",
    "养老、医疗、失业、工伤、生育",
    "办件编号：330381-20260101-000042",
    "编号330381；日期2026年1月1日；金额￥1,234.50",
    "身份证明 ID-2026",
    "OEB1 办事码 A1B2C3",
    "“引号”与《书名》——破折号……",
    "https://example.invalid/查询?编号=42",
    "姓名=欧阳测试&年龄=127",
    "１２３ＡＢＣ全角",
    "㐀㑇䶵",
    "𠮷野家𡃁",
    "镕喆堃犇淼",
    "龘靐齉爩",
    "养老保险个人账户对账单\u3000二〇二六年",
    "请到3号窗口取件，谢谢！",
)
ENCODINGS = ("utf-8", "gb18030")
SEEN = [(text, encoding, stated) for text in PAYLOADS for encoding in ENCODINGS for stated in (False, True)]


def drawn(text: str, encoding: str, *, stated: bool) -> np.ndarray:
    """`stated`: with the character set as an ECI in front."""
    picture = io.BytesIO()
    code = segno.make_qr(text, encoding=encoding, mode="byte", eci=stated)
    code.save(picture, kind="png", scale=6, border=4)
    return np.asarray(Image.open(picture).convert("L"))


@pytest.mark.parametrize(("text", "encoding", "stated"), SEEN)
def test_zxing_reads_it_exactly(text: str, encoding: str, stated: bool) -> None:
    assert [code.text for code in read_zxing(drawn(text, encoding, stated=stated))] == [text]


@pytest.mark.parametrize(("text", "encoding", "stated"), SEEN)
def test_zbar_reads_it_exactly_or_not_at_all(text: str, encoding: str, stated: bool) -> None:
    assert [code.text for code in read_zbar(drawn(text, encoding, stated=stated))] in ([text], [])


@pytest.mark.parametrize("text", PAYLOADS)
def test_zbar_reads_all_of_it_in_utf_8(text: str) -> None:
    assert [code.text for code in read_zbar(drawn(text, "utf-8", stated=False))] == [text]


@pytest.mark.parametrize(("text", "encoding", "stated"), SEEN)
def test_the_cascade_reads_it_exactly(text: str, encoding: str, stated: bool) -> None:
    assert [code.text for code in decode(drawn(text, encoding, stated=stated))] == [text]


def test_most_of_what_is_written_every_day_zbar_reads_in_gb_18030() -> None:
    read = sum(bool(read_zbar(drawn(text, "gb18030", stated=False))) for text in PAYLOADS)
    assert read >= 0.7 * len(PAYLOADS)


@pytest.mark.parametrize("stated", [False, True])
def test_what_is_in_no_chinese_character_set_is_left_as_it_is(stated: bool) -> None:
    picture = drawn("Größe éé", "latin1", stated=stated)
    assert [code.text for code in read_zxing(picture)] == ["Größe éé"]
    assert [code.text for code in read_zbar(picture)] in (["Größe éé"], [])


def test_bytes_of_no_character_set_are_no_text() -> None:
    picture = drawn("办".encode("gb18030")[:1].decode("latin1") + "\xff\xfe", "latin1", stated=False)
    assert all("\ufffd" not in code.text for code in (*read_zxing(picture), *read_zbar(picture)))


def test_what_is_chinese_and_latin_just_as_well_is_not_guessed() -> None:
    assert "路".encode("gb18030") == "·".encode()
    picture = drawn("路", "gb18030", stated=False)
    assert (read_zxing(picture), read_zbar(picture), decode(picture)) == ((), (), ())


def test_a_stated_character_set_decides() -> None:
    assert read_zxing(drawn("路", "gb18030", stated=True)) == (Code("QRCode", "路"),)
    assert read_zxing(drawn("·", "utf-8", stated=True)) == (Code("QRCode", "·"),)
