"""The driver of the reader on the other end of the test's virtual one."""

from collections.abc import Iterator

import pytest

from devices.clock import SystemClock
from devices.idcard.sdt import Options, SdtReader, create
from devices.idcard.twin import IdCardTwin


@pytest.fixture
def reader(twin: IdCardTwin) -> Iterator[SdtReader]:
    reader = create("card_reader", Options(port=twin.port), SystemClock())
    reader.open()
    yield reader
    reader.close()
