"""Pages bound to one PDF of true size; the pictures go in as they are, and nothing is said of whose they are."""

import io
from collections.abc import Sequence

from devices.camera.document_shape import A4, ID_1
from devices.camera.jpeg_size import checked_size, density_of
from devices.device import DeviceError

MOST_PAGES = 40
POINTS = 72 / 25.4  # to the millimetre
NEAR = 1.5  # mm; so near a page is of the format itself, what is left being rounding of dots per inch


def bound(pages: Sequence[bytes]) -> bytes:
    """A PDF of JPEG pages, each as large as its dots per inch say. Raises DeviceError (`invalidMedia`)."""
    from reportlab import rl_config
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    if not 0 < len(pages) <= MOST_PAGES:
        raise DeviceError(f"document: {len(pages)} pages; 1 to {MOST_PAGES} can be bound", code="invalidMedia")
    sizes = [_millimetres(page) for page in pages]
    rl_config.useA85 = 0  # plain bytes: a fifth shorter
    written = io.BytesIO()
    canvas = Canvas(written, pageCompression=1, invariant=1)
    canvas.setProducer("")
    canvas.setCreator("")
    canvas.setTitle("")
    canvas.setAuthor("")
    canvas.setSubject("")
    try:
        for page, (across, down) in zip(pages, sizes, strict=True):
            canvas.setPageSize((across * POINTS, down * POINTS))
            canvas.drawImage(ImageReader(io.BytesIO(page)), 0, 0, across * POINTS, down * POINTS)
            canvas.showPage()
        canvas.save()
    except (OSError, ValueError, SyntaxError) as error:
        raise DeviceError("document: a page is damaged; take it again", code="invalidMedia") from error
    return written.getvalue()


def _millimetres(jpeg: bytes) -> tuple[float, float]:
    width, height, _colours = checked_size(jpeg)
    dpi = density_of(jpeg)
    across, down = width / dpi * 25.4, height / dpi * 25.4
    for longer, shorter in (A4, ID_1):
        for true in ((longer, shorter), (shorter, longer)):
            if abs(across - true[0]) < NEAR and abs(down - true[1]) < NEAR:
                return true
    return across, down
