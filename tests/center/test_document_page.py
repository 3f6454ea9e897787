"""A name with rare characters stands on the certificate as it stands on the card."""

import re
from datetime import date

from center.documents.fonts import marked
from center.documents.page import DocumentPage, draw
from flows.text import LabelledValue, Text

RARE = "测试𬱖𣚣㛃"


def test_a_character_the_main_font_lacks_is_set_in_one_that_has_it():
    assert re.sub(r"</?font[^>]*>", "", marked("测试 <甲> & 乙")) == "测试 &lt;甲&gt; &amp; 乙"
    assert re.fullmatch(r'测试<font name="HanaMin[AB]">.*</font>', marked("测试𬱖𣚣"))


def test_the_fonts_of_rare_characters_are_in_the_document():
    same = Text(zh=RARE, en=RARE)
    page = DocumentPage(
        title=Text(zh="证明", en="Certificate"),
        department=same,
        statement=same,
        rows=(LabelledValue(label=Text(zh="姓名", en="Name"), value=same),),
        notes=(),
        case_number="1",
        issued_on=date(2026, 11, 24),
        verify_code="ABCD",
        verify_url="https://example.cn/verify",
        sample="示例",
    )
    pdf = draw(page)
    assert b"HanaMinA" in pdf
