"""An issued document as one A4 PDF: what is certified, the code to verify it by, and 示例 where it is a sample."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from io import BytesIO

import segno
from reportlab.lib.colors import Color, HexColor
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from flows.handovers import grouped
from flows.paper_fonts import document_font, marked, set_line
from flows.text import LabelledValue, Text

_INK, _PALE, _LINE, _SEAL = HexColor("#1c2430"), HexColor("#5b6675"), HexColor("#c9d1db"), HexColor("#c8102e")
_WATERMARK = Color(0.78, 0.06, 0.18, alpha=0.08)
_LABEL = Color(0.36, 0.4, 0.46, alpha=0.06)  # lets the watermark through
_WIDTH, _HEIGHT = A4
_MARGIN = 24 * mm
_FOOT = 62 * mm  # where the verification block begins
_QR = 30 * mm


@dataclass(frozen=True)
class DocumentPage:
    """`sample` is 示例 or empty; `verify_url` is what the QR code says."""

    title: Text
    department: Text
    statement: Text
    rows: tuple[LabelledValue, ...]
    notes: tuple[Text, ...]
    case_number: str
    issued_on: date
    verify_code: str
    verify_url: str
    sample: str


def draw(page: DocumentPage) -> bytes:
    """The PDF, not yet signed."""
    buffer = BytesIO()
    document = SimpleDocTemplate(
        buffer,
        pagesize=A4,
        leftMargin=_MARGIN,
        rightMargin=_MARGIN,
        topMargin=30 * mm,
        bottomMargin=_FOOT + 6 * mm,
        title=page.title.zh,
        author=page.department.zh,
        subject=page.case_number,
    )

    def decorate(canvas: Canvas, _document: object) -> None:
        canvas.saveState()
        _draw_marks(canvas, page)
        _draw_verification(canvas, page)
        _draw_issuer(canvas, page)
        canvas.restoreState()

    document.build(list(_story(page)), onFirstPage=decorate, onLaterPages=decorate)
    return buffer.getvalue()


def _style(size: float, colour: Color = _INK, **more: object) -> ParagraphStyle:
    font = document_font()
    return ParagraphStyle(
        "document", fontName=font, fontSize=size, leading=size * 1.5, textColor=colour, wordWrap="CJK", **more
    )


def _story(page: DocumentPage) -> Iterable[Flowable]:
    centred = {"alignment": TA_CENTER}
    yield Paragraph(marked(page.title.zh), _style(24, **centred))
    yield Paragraph(marked(page.title.en), _style(10.5, _PALE, **centred))
    yield Spacer(0, 8 * mm)
    yield Paragraph(marked(page.statement.zh), _style(12))
    yield Paragraph(marked(page.statement.en), _style(9, _PALE))
    yield Spacer(0, 6 * mm)
    yield _table(page.rows)
    yield Spacer(0, 5 * mm)
    for note in page.notes:
        yield Paragraph(f"· {marked(note.zh)}", _style(9, _PALE))
        yield Paragraph(marked(note.en), _style(8, _PALE, leftIndent=9))


def _table(rows: Iterable[LabelledValue]) -> Table:
    cells = [[_bilingual(row.label, 10), _bilingual(row.value, 12)] for row in rows]
    table = Table(cells, colWidths=[(_WIDTH - 2 * _MARGIN) * share for share in (0.36, 0.64)], repeatRows=0)
    table.setStyle(
        TableStyle(
            [
                ("GRID", (0, 0), (-1, -1), 0.5, _LINE),
                ("BACKGROUND", (0, 0), (0, -1), _LABEL),
                ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
                ("TOPPADDING", (0, 0), (-1, -1), 4),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 5),
            ]
        )
    )
    return table


def _bilingual(text: Text, size: float) -> list[Flowable]:
    said: list[Flowable] = [Paragraph(marked(text.zh), _style(size))]
    if text.en != text.zh:
        said.append(Paragraph(marked(text.en), _style(size - 2.5, _PALE)))
    return said


def _draw_marks(canvas: Canvas, page: DocumentPage) -> None:
    canvas.setStrokeColor(_SEAL)
    canvas.setLineWidth(1.2)
    canvas.line(_MARGIN, _HEIGHT - 22 * mm, _WIDTH - _MARGIN, _HEIGHT - 22 * mm)
    canvas.setFillColor(_PALE)
    set_line(canvas, (_MARGIN, _HEIGHT - 19 * mm), f"编号 No. {page.case_number}", 9)
    set_line(canvas, (_WIDTH - _MARGIN, _HEIGHT - 19 * mm), f"{page.department.zh}  {page.department.en}", 9, "end")
    if page.sample:
        _draw_sample(canvas, page.sample)


def _draw_sample(canvas: Canvas, sample: str) -> None:
    canvas.saveState()
    canvas.translate(_WIDTH / 2, _HEIGHT / 2)
    canvas.rotate(35)
    canvas.setFillColor(_WATERMARK)
    set_line(canvas, (0, 0), f"{sample} SAMPLE", 96, "middle")
    canvas.restoreState()
    canvas.setFillColor(_SEAL)
    words = f"{sample}：数据为样例，不作凭证  Sample data, not valid as proof"
    set_line(canvas, (_WIDTH / 2, 12 * mm), words, 10, "middle")


def _draw_verification(canvas: Canvas, page: DocumentPage) -> None:
    canvas.setStrokeColor(_LINE)
    canvas.setLineWidth(0.5)
    canvas.line(_MARGIN, _FOOT, _WIDTH - _MARGIN, _FOOT)
    bottom = _FOOT - 6 * mm - _QR
    _draw_qr(canvas, page.verify_url, _MARGIN, bottom)
    left = _MARGIN + _QR + 5 * mm
    canvas.setFillColor(_INK)
    set_line(canvas, (left, bottom + 24 * mm), "扫码验证真伪  Scan to verify", 10)
    canvas.setFillColor(_PALE)
    set_line(canvas, (left, bottom + 17 * mm), "验证码 Verification code", 8)
    canvas.setFont("Courier", 9)
    code = grouped(page.verify_code).split()
    canvas.drawString(left, bottom + 12 * mm, "-".join(code[:4]) + "-")
    canvas.drawString(left, bottom + 8 * mm, "-".join(code[4:]))
    set_line(canvas, (left, bottom + 2 * mm), "本文件带有电子签名  This file is digitally signed", 8)


def _draw_issuer(canvas: Canvas, page: DocumentPage) -> None:
    right, bottom = _WIDTH - _MARGIN, _FOOT - 6 * mm - _QR
    canvas.setFillColor(_INK)
    set_line(canvas, (right, bottom + 15 * mm), page.department.zh, 11, "end")
    canvas.setFillColor(_PALE)
    set_line(canvas, (right, bottom + 10.5 * mm), page.department.en, 8, "end")
    canvas.setFillColor(_INK)
    day = page.issued_on
    set_line(canvas, (right, bottom + 4 * mm), f"{day.year} 年 {day.month} 月 {day.day} 日", 11, "end")


def _draw_qr(canvas: Canvas, words: str, left: float, bottom: float) -> None:
    """`_QR` wide with its quiet zone, as vector squares."""
    lines = [bytes(line) for line in segno.make(words, error="m").matrix_iter(border=4)]
    module = _QR / len(lines)
    canvas.setFillColor(_INK)
    for row, line in enumerate(lines):
        for column, dark in enumerate(line):
            if dark:
                place = (left + column * module, bottom + _QR - (row + 1) * module)
                canvas.rect(*place, module * 1.02, module * 1.02, stroke=0, fill=1)
