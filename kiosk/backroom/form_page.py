"""A filled application form (自助填表) as one A4 PDF, drawn in memory: what was answered, promised and signed."""

from collections.abc import Iterable, Mapping
from io import BytesIO

from pydantic import BaseModel, ConfigDict
from reportlab.lib.colors import Color, HexColor
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Image, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from flows.paper_fonts import document_font, marked, set_line
from flows.text import LabelledValue, Text
from kiosk.messages.json_value import Json

_INK, _PALE, _LINE = HexColor("#1c2430"), HexColor("#5b6675"), HexColor("#9aa5b1")
_WIDTH, _HEIGHT = A4
_MARGIN = 20 * mm
_SIGNED = (60 * mm, 18 * mm)  # the room for a signature
_WORDS = {
    "department": Text(zh="受理部门", en="Department"),
    "promise": Text(zh="告知承诺", en="Promise"),
    "signature": Text(zh="申请人签名", en="Signature"),
    "date": Text(zh="日期", en="Date"),
    "unsent": Text(zh="本表尚未提交，请签名后交窗口办理", en="Not submitted. Sign it and hand it in at a counter"),
    "number": Text(zh="办件编号", en="Case number"),
}


class FilledForm(BaseModel):
    """What stands on it; `number` is empty where nothing was submitted, `day` is local."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: Text
    department: Text
    rows: tuple[LabelledValue, ...]
    promise: tuple[Text, ...] = ()
    number: str = ""
    day: str
    site: str


def drawn(values: Mapping[str, Json], signature: bytes = b"") -> bytes:
    """The PDF; `signature` is a PNG, or empty for a blank. Raises ValueError where `values` is no FilledForm."""
    form = FilledForm.model_validate(dict(values))
    buffer = BytesIO()
    document = SimpleDocTemplate(
        buffer, pagesize=A4, leftMargin=_MARGIN, rightMargin=_MARGIN, topMargin=24 * mm, bottomMargin=20 * mm,
        title=form.title.zh, author=form.department.zh,
    )  # fmt: skip

    def framed(canvas: Canvas, _document: object) -> None:
        canvas.saveState()
        canvas.setFillColor(_PALE)
        number = f"{_WORDS['number'].zh} No. {form.number}" if form.number else _WORDS["unsent"].zh
        set_line(canvas, (_MARGIN, _HEIGHT - 15 * mm), number, 9)
        set_line(canvas, (_WIDTH - _MARGIN, _HEIGHT - 15 * mm), f"瓯e办 {form.site}", 9, "end")
        set_line(canvas, (_WIDTH / 2, 11 * mm), f"{form.day} · {canvas.getPageNumber()}", 9, "middle")
        canvas.restoreState()

    document.build(list(_story(form, signature)), onFirstPage=framed, onLaterPages=framed)
    return buffer.getvalue()


def _style(size: float, colour: Color = _INK, **more: object) -> ParagraphStyle:
    return ParagraphStyle(
        "form", fontName=document_font(), fontSize=size, leading=size * 1.45, textColor=colour, wordWrap="CJK", **more
    )


def _story(form: FilledForm, signature: bytes) -> Iterable[Flowable]:
    centred = {"alignment": TA_CENTER}
    yield Paragraph(marked(f"{form.title.zh}申请表"), _style(20, **centred))
    yield Paragraph(marked(f"Application: {form.title.en}"), _style(9.5, _PALE, **centred))
    if not form.number:
        yield Paragraph(marked(_WORDS["unsent"].en), _style(9, _PALE, **centred))
    yield Spacer(0, 6 * mm)
    yield _table((LabelledValue(label=_WORDS["department"], value=form.department), *form.rows))
    yield Spacer(0, 5 * mm)
    if form.promise:
        yield Paragraph(marked(f"{_WORDS['promise'].zh}  {_WORDS['promise'].en}"), _style(11))
        for text in form.promise:
            yield Paragraph(marked(text.zh), _style(9.5))
            yield Paragraph(marked(text.en), _style(7.5, _PALE))
        yield Spacer(0, 4 * mm)
    yield _signed(form, signature)


def _table(rows: Iterable[LabelledValue]) -> Table:
    cells = [[_bilingual(row.label, 10), _bilingual(row.value, 11)] for row in rows]
    table = Table(cells, colWidths=[(_WIDTH - 2 * _MARGIN) * share for share in (0.32, 0.68)])
    table.setStyle(
        TableStyle(
            [
                ("GRID", (0, 0), (-1, -1), 0.6, _LINE),
                ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
                ("TOPPADDING", (0, 0), (-1, -1), 3),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
            ]
        )
    )
    return table


def _bilingual(text: Text, size: float) -> list[Flowable]:
    said: list[Flowable] = [Paragraph(marked(text.zh), _style(size))]
    if text.en != text.zh:
        said.append(Paragraph(marked(text.en), _style(size - 2.5, _PALE)))
    return said


def _signed(form: FilledForm, signature: bytes) -> Table:
    """Side by side and never apart: who signs, and when."""
    wide, high = _SIGNED
    name = Image(BytesIO(signature), width=wide, height=high, kind="proportional") if signature else Spacer(wide, high)
    day = _bilingual(Text(zh=form.day, en=form.day), 11) if signature else ""
    cells = [[_bilingual(_WORDS["signature"], 10), name, _bilingual(_WORDS["date"], 10), day]]
    table = Table(cells, colWidths=[(_WIDTH - 2 * _MARGIN) * share for share in (0.2, 0.42, 0.13, 0.25)])
    table.setStyle(TableStyle([("BOX", (0, 0), (-1, -1), 0.6, _LINE), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]))
    return table
