"""Draws sheet.png, the made-up certificate on the camera twin's desk: `python draw_sheet.py FONT sheet.png`."""

import sys
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

SIZE = (1240, 874)  # px; A5 landscape at 150 dots an inch
INK = 40
ROWS = (
    ("姓　　名", "示例人"),
    ("出生日期", "1899 年 12 月 31 日"),
    ("居住地址", "浙江省温州市瓯海区示例路 1 号"),
    ("办理事项", "城乡居民医保参保登记"),
    ("证明单位", "示例社区居民委员会"),
)


def draw_sheet(font: Path) -> Image.Image:
    """One grey picture of `SIZE`; `font` is a TrueType or OpenType file that has Chinese."""
    sheet = Image.new("L", SIZE, 246)
    pen = ImageDraw.Draw(sheet)
    pen.rectangle((36, 36, SIZE[0] - 37, SIZE[1] - 37), outline=110, width=3)
    title, body, small = (ImageFont.truetype(str(font), size) for size in (76, 44, 34))
    pen.text((SIZE[0] / 2, 122), "居住登记证明（示例）", INK, title, anchor="mm")
    for place, (label, value) in enumerate(ROWS):
        y = 240 + place * 92
        pen.text((110, y), label, INK + 60, body)
        pen.text((350, y), value, INK, body)
        pen.line((340, y + 62, SIZE[0] - 110, y + 62), 170, 2)
    pen.text((110, 742), "本页为示例材料，不具有任何效力。", INK + 60, small)
    pen.ellipse((930, 640, 1130, 840), outline=130, width=7)
    pen.text((1030, 740), "示例", 130, body, anchor="mm")
    return sheet


if __name__ == "__main__":
    draw_sheet(Path(sys.argv[1])).quantize(16).save(sys.argv[2], optimize=True)
