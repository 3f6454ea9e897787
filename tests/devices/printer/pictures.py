"""`python -m tests.devices.printer.pictures FOLDER`: receipts with rare names, as the virtual printer prints them."""

import sys
import tempfile
from pathlib import Path

from PIL import Image

from devices.printer.escpos_receipt import Options
from kiosk.receipts import render_receipt
from tests.devices.printer.memory_wire import Bench

NAMES = "測𠮷 · 㛃䶮 · 𬭎龘 · 欧阳镕"
VALUES = {
    "matter": "城乡居民医保参保登记",
    "department": "示例部门",
    "name": "示𠮷",
    "document": "参保证明",
    "rows": [["姓名", NAMES], ["经办人", "ZHANG 㛃 (示例)"], ["险种", "城乡居民基本医疗保险"]],
    "number": "OE330300-20261124-000123",
    "number_kind": "central",
    "time": "2026-11-24 16:05",
    "site": "示例街道便民服务中心",
    "terminal": "OE-0001",
    "verify_url": "http://127.0.0.1:8700/verify/7F3K",
    "verify_code": "7F3K",
    "sample": True,
    "next_steps": ["等待审核", "缴费后次月起享受待遇，届时以短信通知 (example)"],
    "contact": "0577-12345 (示例)",
}


def main() -> None:
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    for width in (58, 80):
        for template, name in (("certificate", "rare"), ("case", "case")):
            picture = printed(width, template)
            picture.convert("1").save(target / f"receipt-{width}-{name}.png", optimize=True)


def printed(width: int, template: str) -> Image.Image:
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder), Options("memory://wire", width=width))
        bench.twin.do("roll", {"width": str(width)})
        driver = bench.driver()
        driver.open()
        assert driver.print_receipt(render_receipt(template, VALUES, "zh"), "picture") == "printed"
        with Image.open(str(bench.twin.state()["latest"])) as image:
            return image.copy()


if __name__ == "__main__":
    main()
