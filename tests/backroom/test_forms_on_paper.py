"""自助填表: a filled form is drawn in the backroom, comes out of a real IPP printer once, leaves nothing on disk."""

import io

from PIL import Image
from pypdf import PdfReader

from kiosk.messages.to_backroom import PrintForm

RARE = "测试𬱖𣚣㛃"


def said(zh, en=""):
    return {"zh": zh, "en": en or zh}


def row(label, value):
    return {"label": said(label), "value": said(value)}


FORM = {
    "title": said("城乡居民医保参保登记", "Resident medical insurance enrolment"),
    "department": said("示例部门"),
    "rows": [row("姓名", RARE), row("证件号码", "330381189901010015")],
    "promise": [said("我承诺：填写的信息真实", "I promise")],
    "number": "",
    "day": "2026-11-24",
    "site": "示例站",
}


def signature():
    picture = io.BytesIO()
    Image.new("RGBA", (600, 200), (0, 0, 0, 255)).save(picture, "PNG")
    return picture.getvalue()


def orders(desk, form, blob=b"", name="a-form-1"):
    desk.backroom.send(PrintForm(command_id=name, form=form, title="示例事项 A4"), blob)


def words(pdf):
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def test_the_form_comes_out_once_with_rare_characters_in_their_font_and_the_signature(desk):
    orders(desk, FORM, signature())
    desk.hears("accepted", "printed")
    orders(desk, FORM, signature())
    desk.hears("printed")
    (paper,) = desk.papers
    assert "330381189901010015" in words(paper)
    assert "城乡居民医保参保登记申请表" in words(paper)
    assert b"HanaMin" in paper
    assert len(PdfReader(io.BytesIO(paper)).pages[0].images) == 1


def test_nothing_of_the_person_is_on_disk_afterwards(desk):
    orders(desk, FORM, signature())
    desk.hears("accepted", "printed")
    mine = [path for path in desk.config.parent.rglob("*") if path.is_file() and desk.twins.folder not in path.parents]
    assert mine
    for path in mine:
        content = path.read_bytes()
        assert b"%PDF" not in content, path
        assert b"330381189901010015" not in content, path
        assert RARE.encode() not in content, path


def test_a_long_form_goes_on_on_further_pages(desk):
    rows = [row(f"问题 {number}", "答案" * 30) for number in range(60)]
    orders(desk, {**FORM, "rows": rows, "number": "OEB20261123000042"})
    desk.hears("accepted", "printed")
    (paper,) = desk.papers
    pages = PdfReader(io.BytesIO(paper)).pages
    assert len(pages) > 1
    assert all("OEB20261123000042" in page.extract_text() for page in pages)
    assert "尚未提交" not in words(paper)


def test_what_is_no_form_or_no_picture_is_refused_in_words(desk):
    orders(desk, {"title": "x"}, name="a-form-1")
    assert "cannot be drawn" in desk.hears("accepted", "refused").message
    orders(desk, FORM, b"no picture", name="a-form-2")
    assert "cannot be drawn" in desk.hears("accepted", "refused").message
    assert desk.papers == []
