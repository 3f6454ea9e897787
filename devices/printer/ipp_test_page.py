"""A page for the technician's own printer test: one A4 sheet, drawn with what every PDF printer has built in."""

WIDTH, HEIGHT = 595, 842  # points; A4


def draw_test_page(name: str) -> bytes:
    """A frame 10 mm from the edge, the device's name, and a grey step."""
    words = "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in name)
    drawing = (
        f"1 w 28 28 {WIDTH - 56} {HEIGHT - 56} re S "
        f"BT /F1 24 Tf 72 740 Td (Test page: {words}) Tj ET "
        "0 g 72 600 100 60 re f 0.5 g 172 600 100 60 re f 0.85 g 272 600 100 60 re f"
    )
    objects = (
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {WIDTH} {HEIGHT}]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        f"<</Length {len(drawing)}>>stream\n{drawing}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    pdf, places = "%PDF-1.4\n", []
    for number, text in enumerate(objects, 1):
        places.append(len(pdf))
        pdf += f"{number} 0 obj{text}endobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    size, start = len(objects) + 1, len(pdf)
    ends = f"trailer<</Size {size}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n"
    return f"{pdf}xref\n0 {size}\n0000000000 65535 f \n{table}{ends}".encode("ascii")
