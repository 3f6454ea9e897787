"""Texts in one of two languages, and what several sample pages share."""

from kiosk.journey import screens as s


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
