"""The terms of a matter in words: how long it takes and what it costs."""

from collections.abc import Iterator, Mapping

from pydantic import JsonValue

from flows.expressions import ExpressionFailed, evaluate
from flows.field_types.amounts import money_shown
from flows.matter import Matter
from flows.terms import Fee, Limits
from flows.text import LabelledValue, Text

_LIMITS = Text(zh="办理时限", en="How long it takes")
_FEE = Text(zh="收费", en="Fee")


def limits_text(limits: Limits) -> Text | None:
    """None where nothing is known, and then nothing is promised."""
    said = list(_limits_said(limits))
    if not said:
        return None
    return Text(zh="，".join(text.zh for text in said), en="; ".join(text.en for text in said))


def _limits_said(limits: Limits) -> Iterator[Text]:
    if limits.promised_days == 0:
        yield Text(zh="当场办结", en="on the spot")
    elif limits.promised_days is not None:
        days = limits.promised_days
        yield Text(zh=f"承诺 {days} 个工作日", en=f"{days} working day{'s' if days > 1 else ''} as promised")
    if limits.legal_days:
        days = limits.legal_days
        yield Text(zh=f"法定 {days} 个工作日", en=f"{days} working day{'s' if days > 1 else ''} by law")


def fee_amount(fee: Fee, names: Mapping[str, JsonValue]) -> int | None:
    """分; None where it is not known (yet)."""
    if fee.amount is None:
        return None
    try:
        amount = evaluate(fee.amount, names)
    except ExpressionFailed:  # answers it depends on are still missing
        return None
    return amount if isinstance(amount, int) and not isinstance(amount, bool) else None


def fee_text(fee: Fee, names: Mapping[str, JsonValue]) -> Text:
    """The words, with the amount where it is known and there is one."""
    amount = fee_amount(fee, names)
    if not amount:
        return fee.text
    known = money_shown(amount)
    return Text(zh=f"{known.zh}（{fee.text.zh}）", en=f"{known.en} ({fee.text.en})")


def terms_rows(matter: Matter, names: Mapping[str, JsonValue]) -> Iterator[LabelledValue]:
    """How long and how much, as far as it is known."""
    limits = limits_text(matter.limits)
    if limits is not None:
        yield LabelledValue(label=_LIMITS, value=limits)
    if matter.fee is not None:
        yield LabelledValue(label=_FEE, value=fee_text(matter.fee, names))
