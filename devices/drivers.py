"""Finds drivers by name (`idcard.sdt` is devices/idcard/sdt.py), checks their options, builds a terminal's devices."""

import dataclasses
import difflib
import importlib
import inspect
import re
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType, UnionType
from typing import cast, get_args, get_type_hints

from devices.clock import Clock
from devices.device import Device, DeviceError

HERE = Path(__file__).parent
CREATE_TAKES = 3  # name, options, clock; a further parameter is another device, named by the option of the same name


class DriverConfigError(ValueError):
    """A device's section is wrong; the text is one line that names section, key and what is known."""


def known_drivers() -> tuple[str, ...]:
    """Every `class.driver` there is: the files in the class folders that define `create`."""
    files = (path for path in HERE.glob("*/*.py") if re.search(r"^def create\(", path.read_text("utf-8"), re.MULTILINE))
    return tuple(sorted(f"{path.parent.name}.{path.stem}" for path in files))


def build_devices(sections: Mapping[str, Mapping[str, object]], clock: Clock) -> dict[str, Device]:
    """All devices of `[devices.*]`, in that order; those that look through another are built after it."""
    built: dict[str, Device] = {}
    waiting = dict(sections)
    while waiting:
        ready = [name for name, section in waiting.items() if not _named_devices(section) & (set(waiting) - {name})]
        if not ready:
            raise DriverConfigError(f"[devices.{next(iter(waiting))}] these devices need each other: {_list(waiting)}")
        for name in ready:
            built[name] = build_device(name, waiting.pop(name), clock, built)
    return {name: built[name] for name in sections}


def build_device(
    name: str, section: Mapping[str, object], clock: Clock, others: Mapping[str, Device] | None = None
) -> Device:
    """One device, not opened. `others` are the devices already built. Raises DriverConfigError."""
    place = f"[devices.{name}]"
    module = _module(place, section)
    options = _options(place, module, section)
    found = [_other(place, key, options, others or {}) for key in _looks_through(module)]
    try:
        return cast(Device, module.create(name, options, clock, *found))
    except DeviceError as error:
        raise DriverConfigError(f"{place} {error}") from error


def build_anew(
    name: str, sections: Mapping[str, Mapping[str, object]], clock: Clock, built: Mapping[str, Device]
) -> dict[str, Device]:
    """The device once more, and those of `sections` that look through it; the others stay as they are in `built`."""
    fresh: dict[str, Device] = {}
    waiting = [name]
    while waiting:
        place = waiting.pop(0)
        fresh[place] = build_device(place, sections[place], clock, {**built, **fresh})
        waiting += [other for other in sections if place in _named_devices(sections[other]) and other not in fresh]
    return fresh


def _module(place: str, section: Mapping[str, object]) -> ModuleType:
    known = known_drivers()
    driver = section.get("driver")
    if driver is None:
        raise DriverConfigError(f"{place} missing key 'driver'; known drivers: {_list(known)}")
    if driver not in known:
        raise DriverConfigError(f"{place} unknown driver '{driver}'; known: {_list(known)}{_hint(str(driver), known)}")
    return importlib.import_module(f"devices.{driver}")


def _options(place: str, module: ModuleType, section: Mapping[str, object]) -> object:
    fields = {field.name: field for field in dataclasses.fields(module.Options)}
    types = get_type_hints(module.Options)
    given = {key: value for key, value in section.items() if key != "driver"}
    for key, value in given.items():
        if key not in fields:
            raise DriverConfigError(
                f"{place} unknown key '{key}'; known: {_list(('driver', *fields))}{_hint(key, fields)}"
            )
        given[key] = _typed(place, key, value, types[key])
    for key, field in fields.items():
        if key not in given and field.default is field.default_factory is dataclasses.MISSING:
            raise DriverConfigError(f"{place} missing key '{key}' of driver {section['driver']}")
    try:
        return module.Options(**given)
    except ValueError as error:
        raise DriverConfigError(f"{place} {error}") from error


def _typed(place: str, key: str, value: object, wanted: object) -> object:
    """A whole number is taken where a fraction is wanted; nothing else is turned into something else."""
    kinds = get_args(wanted) if isinstance(wanted, UnionType) else (wanted,)
    if type(value) in kinds:
        return value
    if isinstance(value, int) and not isinstance(value, bool) and float in kinds:
        return float(value)
    words = {str: "text", int: "a whole number", float: "a number", bool: "true or false"}
    said = " or ".join(words.get(kind, str(kind)) for kind in kinds)
    raise DriverConfigError(f"{place} key '{key}' is to be {said}, not {value!r}")


def _looks_through(module: ModuleType) -> tuple[str, ...]:
    return tuple(inspect.signature(module.create).parameters)[CREATE_TAKES:]


def _named_devices(section: Mapping[str, object]) -> set[object]:
    """The devices a section's driver looks through; a section that is wrong names none, and is refused when built."""
    if section.get("driver") not in known_drivers():
        return set()
    module = importlib.import_module(f"devices.{section['driver']}")
    defaults = {field.name: field.default for field in dataclasses.fields(module.Options)}
    return {str(section.get(key, defaults.get(key))) for key in _looks_through(module)}


def _other(place: str, key: str, options: object, others: Mapping[str, Device]) -> Device:
    named = getattr(options, key)
    if named not in others:
        raise DriverConfigError(f'{place} {key} = "{named}" is no device; known: {_list(others) or "none"}')
    return others[named]


def _list(names: Mapping[str, object] | tuple[str, ...]) -> str:
    return ", ".join(names)


def _hint(wrong: str, known: Mapping[str, object] | tuple[str, ...]) -> str:
    close = difflib.get_close_matches(wrong, list(known), 1)
    return f"; did you mean '{close[0]}'?" if close else ""
