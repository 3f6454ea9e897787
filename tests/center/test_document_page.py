"""A name with rare characters stands on the certificate as it stands on the card."""

import re
from datetime import date
from io import BytesIO

from pypdf import PdfReader

from center.documents.page import DocumentPage, draw
from flows.paper_fonts import marked
from flows.text import LabelledValue, Text

RARE = "测试𬱖𣚣㛃"


def test_a_character_the_main_font_lacks_is_set_in_one_that_has_it():
    assert re.sub(r"</?font[^>]*>", "", marked("测试 <甲> & 乙")) == "测试 &lt;甲&gt; &amp; 乙"
    assert re.fullmatch(r'测试<font name="HanaMin[AB]">.*</font>', marked("测试𬱖𣚣"))


def certificate(name):
    same = Text(zh=name, en=name)
    return draw(
        DocumentPage(
            title=Text(zh="证明", en="Certificate"),
            department=same,
            statement=same,
            rows=(LabelledValue(label=Text(zh="姓名", en="Name"), value=same),),
            notes=(),
            case_number="OEB2026-7",
            issued_on=date(2026, 11, 24),
            verify_code="ABCD",
            verify_url="https://example.cn/verify",
            sample="示例",
        )
    )


def test_the_fonts_of_rare_characters_are_in_the_document():
    assert b"HanaMinA" in certificate(RARE)


def test_letters_and_digits_of_its_single_lines_are_there_too():
    words = PdfReader(BytesIO(certificate("测试"))).pages[0].extract_text()
    assert "OEB2026-7" in words
    assert "24" in words
