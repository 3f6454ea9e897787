"""Receipt templates (assets/receipts/*.yaml) filled in: from values of a visit to a document for the printer."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, ConfigDict, StringConstraints, TypeAdapter, ValidationError

from devices.device import Action, DeviceError
from devices.printer.contract import Align, Block, Line, Pair, Picture, QrCode, ReceiptDocument, Rule

FOLDER = Path(__file__).parent.parent / "assets" / "receipts"
PLACEHOLDER = re.compile(r"\{([a-z_]+)(?::([a-z]+))?\}")
NAME = re.compile(r"[a-z][a-z0-9-]*")


class ReceiptError(DeviceError):
    """A template or its values are wrong: one line with the template, the block, what is missing and what is known."""

    code = "invalidData"
    action = Action.CALL_MAINTENANCE


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Words(Part):
    zh: str
    en: str


class Labelled(Part):
    zh: tuple[str, str]
    en: tuple[str, str]


class TemplateBlock(Part):
    """Exactly one of line, pair, rule, qr and picture (a PNG beside the templates, by its name).

    `when` names a value that must be there, or what values must equal.
    """

    line: Words | None = None
    pair: Labelled | Literal["{row}"] | None = None
    rule: Literal[True] | None = None
    qr: Annotated[str, StringConstraints(min_length=1)] | None = None
    picture: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$")] | None = None
    align: Align = Align.LEFT
    bold: bool = False
    large: bool = False
    when: str | dict[str, str] | None = None
    each: str | None = None


Template = tuple[TemplateBlock, ...]


def masked(name: str) -> str:
    """A name as it may stand on paper others see: 测甲 → 测*, 测试甲 → 测*甲, ZHANG SAN → Z*** S**."""
    if name.isascii():
        return " ".join(word[:1] + "*" * (len(word) - 1) for word in name.split())
    characters = name.replace("•", "·")
    if len(characters) <= 2:
        return characters[:1] + "*" * (len(characters) - 1)
    return characters[0] + "".join(c if c == "·" else "*" for c in characters[1:-1]) + characters[-1]


def render_receipt(
    template: str, values: Mapping[str, object], language: str, folder: Path = FOLDER
) -> ReceiptDocument:
    """Fills in `template` (file name without .yaml) in `language` (zh or en). Raises ReceiptError.

    A value that is absent, None, "" or empty leaves out the blocks whose `when` or `each` names it; anywhere else it
    must be there.
    """
    if language not in ("zh", "en"):
        raise ReceiptError(f"receipt {template}: no texts in {language!r}; known: zh, en")
    blocks: list[Block] = []
    for number, block in enumerate(load_template(template, folder), 1):
        filling = _Filling(f"{template}.yaml block {number}", values, language, folder)
        blocks.extend(filling.blocks(block))
    return ReceiptDocument(tuple(blocks))


def load_template(name: str, folder: Path = FOLDER) -> Template:
    """Reads and checks one template. Raises ReceiptError naming the known ones where there is none such."""
    path = folder / f"{name}.yaml"
    if not NAME.fullmatch(name) or not path.is_file():
        known = ", ".join(sorted(found.stem for found in folder.glob("*.yaml"))) or "none"
        raise ReceiptError(f"no receipt template {name!r} in assets/receipts; known: {known}")
    return _parsed(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=16)
def _parsed(path: Path, _changed: int) -> Template:
    try:
        template = TypeAdapter(Template).validate_python(yaml.safe_load(path.read_text("utf-8")), strict=False)
    except yaml.YAMLError as error:
        raise ReceiptError(f"{path.name}: {' '.join(str(error).split())}") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part + 1 if isinstance(part, int) else part) for part in first["loc"])
        known = ", ".join(TemplateBlock.model_fields)
        raise ReceiptError(f"{path.name} block {place}: {first['msg']}; keys of a block: {known}") from error
    for number, block in enumerate(template, 1):
        parts = (block.line, block.pair, block.rule, block.qr, block.picture)
        if sum(part is not None for part in parts) != 1:
            raise ReceiptError(f"{path.name} block {number}: needs exactly one of line, pair, rule, qr, picture")
    return template


@dataclass(frozen=True)
class _Filling:
    where: str
    values: Mapping[str, object]
    language: str
    folder: Path

    def blocks(self, block: TemplateBlock) -> Iterator[Block]:
        """None, one, or as many as the list has that `each` names."""
        if not self._applies(block.when):
            return
        if block.each is None:
            yield self._block(block, {})
            return
        items = self.values.get(block.each) or ()
        if not isinstance(items, list | tuple):
            raise ReceiptError(f"{self.where}: {block.each} must be a list")
        for index, item in enumerate(items, 1):
            yield self._block(block, {"index": str(index), "item": item, "row": item})

    def _applies(self, when: str | dict[str, str] | None) -> bool:
        if when is None:
            return True
        if isinstance(when, str):
            return bool(self.values.get(when))
        return all(str(self.values.get(key, "")) == wanted for key, wanted in when.items())

    def _block(self, block: TemplateBlock, item: Mapping[str, object]) -> Block:
        if block.line is not None:
            words = self._fill(block.line.zh if self.language == "zh" else block.line.en, item)
            return Line(words, block.align, block.bold, block.large)
        if isinstance(block.pair, Labelled):
            label, value = block.pair.zh if self.language == "zh" else block.pair.en
            return Pair(self._fill(label, item), self._fill(value, item))
        if block.pair is not None:
            return self._row(item.get("row"))
        if block.picture is not None:
            return self._picture(block.picture)
        return QrCode(self._fill(block.qr, item)) if block.qr is not None else Rule()

    def _picture(self, name: str) -> Picture:
        try:
            return Picture((self.folder / f"{name}.png").read_bytes())
        except OSError as error:
            known = ", ".join(sorted(found.stem for found in self.folder.glob("*.png"))) or "none"
            raise ReceiptError(f"{self.where}: no picture {name}.png beside it; known: {known}") from error

    def _row(self, row: object) -> Pair:
        """A row is [label, value] or {"label", "value"}."""
        parts = [row.get("label"), row.get("value")] if isinstance(row, Mapping) else row
        if not isinstance(parts, list | tuple) or len(parts) != 2 or not all(isinstance(part, str) for part in parts):
            raise ReceiptError(f"{self.where}: a row must have a label and a value, both texts")
        return Pair(parts[0], parts[1])

    def _fill(self, text: str, item: Mapping[str, object]) -> str:
        return PLACEHOLDER.sub(lambda found: self._value(found[1], found[2], item), text)

    def _value(self, name: str, form: str | None, item: Mapping[str, object]) -> str:
        value = item.get(name, self.values.get(name))
        if value is None or value == "":
            known = ", ".join(sorted({*self.values, *item})) or "none"
            raise ReceiptError(f"{self.where}: no value for {{{name}}}; given: {known}")
        if form not in (None, "masked"):
            raise ReceiptError(f"{self.where}: unknown form {{{name}:{form}}}; known: masked")
        return masked(str(value)) if form == "masked" else str(value)
