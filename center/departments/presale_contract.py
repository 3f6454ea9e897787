"""不动产和税务, sample adapter: a presale contract and its deed tax made up from its number, always marked 示例."""

from collections.abc import Mapping
from datetime import datetime

from pydantic import JsonValue

from center.departments.sampling import figure, found, provoked, refused, text_of
from flows.api import LookupReply

_SMALL = 90  # m²
_RATES = {("first", True): 10, ("first", False): 15, ("second", True): 10, ("second", False): 20}  # per mille
_USUAL_RATE = 30


def look_up(parameters: Mapping[str, JsonValue], now: datetime) -> LookupReply:  # noqa: ARG001 - the contract's shape
    """`number`, `contract`, `homes` (first, second, more); `data` as in flows/catalog/presale-to-title.yaml."""
    number, contract, homes = (text_of(parameters, name) for name in ("number", "contract", "homes"))
    if not number or not contract or homes not in ("first", "second", "more"):
        return refused()
    area = figure(f"area {contract}", 60, 180)
    price = area * figure(f"price {contract}", 80, 200) * 100
    rate = _RATES.get((homes, area <= _SMALL), _USUAL_RATE)
    tax_fen = price * 100 * rate // 1000
    return (
        provoked(number)
        or provoked(contract)
        or found(
            {
                "estate": "测试花园（示例）",
                "room": f"{figure(contract, 1, 20)} 幢 {figure(f'floor {contract}', 2, 30)}01 室",
                "area": f"{area}.00",
                "price": f"{price}.00",
                "rate": f"{rate / 10:g}",
                "tax": f"{tax_fen // 100}.{tax_fen % 100:02}",
                "tax_fen": tax_fen,
            }
        )
    )
