"""What came out of the virtual printer: a picture and the bytes of every receipt, in a folder, and who took them."""

from pathlib import Path

from PIL import Image

from devices.twin import TwinState

SCRAP = 64  # bytes of nothing that mark a piece of paper as the rest of a command cut short


class Tray:
    """Numbers go on above those that lie in the folder already."""

    def __init__(self) -> None:
        self._raw = bytearray()  # of the receipt under way
        self._nothing = 0  # bytes of nothing among them
        self._printed = self._taken = self._scraps = 0
        self._latest: Path | None = None
        self._folder: Path | None = None

    def use(self, folder: Path) -> None:
        """Made where it is missing; without one nothing is written."""
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder

    @property
    def waiting(self) -> int:
        return self._printed - self._taken

    def state(self) -> TwinState:
        return {
            "receipts": self._printed,
            "scraps": self._scraps,
            "taken": self._taken,
            "waiting": self.waiting,
            "latest": str(self._latest or ""),
        }

    def take(self) -> None:
        self._taken = self._printed

    def add(self, raw: bytes) -> None:
        self._raw += raw

    def add_nothing(self, count: int) -> None:
        self._nothing += count

    def cut(self, receipt: Image.Image) -> None:
        """The receipt under way is whole, or a scrap."""
        raw, self._raw = bytes(self._raw), bytearray()
        nothing, self._nothing = self._nothing, 0
        whole = nothing < SCRAP
        self._printed += whole
        self._scraps += not whole
        if self._folder is None:
            return
        path = _next_path(self._folder, "" if whole else "scrap-")
        path.with_suffix(".bytes").write_bytes(raw)
        fresh = path.with_suffix(".new")
        receipt.save(fresh, format="PNG", optimize=True)
        fresh.replace(path)
        if whole:
            self._latest = path


def _next_path(folder: Path, before: str) -> Path:
    numbers = (path.stem.removeprefix(before) for path in folder.glob(f"{before}[0-9]*.png"))
    return folder / f"{before}{1 + max((int(number) for number in numbers if number.isdigit()), default=0):03}.png"
