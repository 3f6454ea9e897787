"""What a department adapter is, and how one is found by its name: `social-insurance` is `social_insurance.py`."""

import re
from collections.abc import Mapping
from datetime import datetime
from importlib import import_module
from importlib.util import find_spec
from typing import Protocol, cast

from pydantic import JsonValue

import center.departments
from flows.api import LookupReply

_NAME = re.compile(r"[a-z][a-z0-9-]{0,63}")
_NOT_ADAPTERS = ("finding", "sampling")


class DepartmentUnavailable(Exception):
    """The department's system does not answer now; the message names the system and nobody."""


class Department(Protocol):
    """A module under `center/departments`."""

    def look_up(self, parameters: Mapping[str, JsonValue], now: datetime) -> LookupReply:
        """Raises DepartmentUnavailable; parameters it cannot work with are a reply with status `refused`."""
        ...


def find_department(name: str) -> Department | None:
    """None when there is no adapter of that name."""
    module = name.replace("-", "_")
    if not _NAME.fullmatch(name) or module in _NOT_ADAPTERS:
        return None
    path = f"{center.departments.__name__}.{module}"
    return cast("Department", import_module(path)) if find_spec(path) else None
