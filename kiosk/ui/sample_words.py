"""Texts in one of two languages, and what several sample pages share."""

import base64

from kiosk.journey import screens as s

_LINES = "".join(f"<rect x='20' y='{y}' width='{110 - y % 60}' height='5' fill='#9aa5a3'/>" for y in range(30, 180, 18))
_PAPER = "<rect width='150' height='212' fill='#fff'/>"
_DRAWN = f"<svg xmlns='http://www.w3.org/2000/svg' width='150' height='212'>{_PAPER}{_LINES}</svg>"
PAGE = f"data:image/svg+xml;base64,{base64.b64encode(_DRAWN.encode()).decode()}"  # a page taken, drawn small


def say(language: str, zh: str, en: str) -> str:
    return zh if language == "zh" else en


def option(
    language: str, name: str, zh: str, en: str, detail: tuple[str, str] = ("", ""), on: bool = False
) -> s.Option:
    return s.Option(id=name, label=say(language, zh, en), detail=say(language, *detail), selected=on)


def row(language: str, label: tuple[str, str], value: tuple[str, str], step: str = "") -> s.Row:
    return s.Row(label=say(language, *label), value=say(language, *value), step=step)


def record_rows(language: str) -> tuple[s.Row, ...]:
    """A record as a department would answer, invented."""
    return (
        row(language, ("参保单位", "Employer"), ("瓯海示例科技有限公司", "Ouhai Sample Technology Ltd")),
        row(language, ("累计缴费", "Months paid"), ("86 个月", "86 months")),
        row(language, ("缴费状态", "State"), ("正常参保", "insured")),
        row(language, ("最近缴费", "Last paid"), ("2026 年 10 月", "October 2026")),
    )
