"""Pages from the screen become one PDF that the backroom holds; what does not add up is named."""

import hashlib
from pathlib import Path

import cv2
import numpy as np
import pytest

from devices.clock import SystemClock
from kiosk.backroom.clerk import Clerk
from kiosk.messages.from_backroom import CaptureFailed, PagesBound
from kiosk.messages.to_backroom import BindPages


def a_page(level: int) -> bytes:
    return cv2.imencode(".jpg", np.full((60, 40, 3), level, np.uint8))[1].tobytes()


@pytest.fixture
def clerk(tmp_path: Path) -> Clerk:
    return Clerk(None, None, SystemClock(), tmp_path, 0)


def test_two_pages_are_one_pdf_held_under_its_name(clerk: Clerk) -> None:
    pages = [a_page(200), a_page(90)]
    order = BindPages(request="b", name="residence-1", lengths=tuple(map(len, pages)))
    answer, pdf = clerk.bind(order, b"".join(pages))
    assert isinstance(answer, PagesBound)
    assert (answer.sha256, answer.size) == (hashlib.sha256(pdf).hexdigest(), len(pdf))
    assert all(page in pdf for page in pages)
    assert b"/Count 2" in pdf


@pytest.mark.parametrize("lengths", [(), (3,), (0, 5), (-1, 6), (5,)])
def test_pages_that_do_not_add_up_or_are_none_are_refused(clerk: Clerk, lengths: tuple[int, ...]) -> None:
    answer, pdf = clerk.bind(BindPages(request="b", name="residence-1", lengths=lengths), b"12345")
    assert answer == CaptureFailed(request="b", code="invalidMedia")
    assert pdf == b""


def test_pages_that_are_marked_are_other_pages_and_the_hash_is_of_those(clerk: Clerk) -> None:
    pages = [a_page(200), a_page(90)]
    order = BindPages(request="b", name="residence-1", lengths=tuple(map(len, pages)), mark="仅供办理“示例”使用")
    answer, pdf = clerk.bind(order, b"".join(pages))
    assert isinstance(answer, PagesBound)
    assert answer.sha256 == hashlib.sha256(pdf).hexdigest()
    assert not any(page in pdf for page in pages)
    assert b"/Count 2" in pdf
