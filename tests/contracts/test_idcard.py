"""What every card reader keeps."""

from datetime import date

import pytest

from devices.device import Action, DeviceError
from devices.idcard.cards import CARDS
from devices.idcard.contract import CardError
from devices.idcard.records import parse_record
from tests.contracts.rig import CardRig

DEVICE_CLASS = "idcard"


def the_record(name: str) -> object:
    return parse_record(CARDS[name].text, CARDS[name].photo, date.today())  # noqa: DTZ011, TID251


@pytest.mark.parametrize("card", CARDS)
def test_it_reads_every_sample_card_to_the_same_record(card: str, opened: CardRig) -> None:
    opened.lay(card)
    assert opened.device.card_present()
    assert opened.device.read() == the_record(card)


def test_no_card_is_a_value_when_asked_and_a_named_error_when_read(opened: CardRig) -> None:
    assert opened.device.card_present() is False
    with pytest.raises(CardError) as refused:
        opened.device.read()
    assert (refused.value.code, refused.value.action) == ("noMedia", Action.RETRY)


def test_a_card_pulled_away_while_read_is_told_and_the_next_read_works(opened: CardRig) -> None:
    if opened.lift_during_read is None:
        opened.lay("ceshijia")
        opened.lift()
    else:
        opened.lay("ceshijia")
        opened.lift_during_read(400)
    with pytest.raises(DeviceError) as refused:
        opened.device.read()
    assert refused.value.code in ("invalidMedia", "noMedia")
    assert refused.value.action is Action.RETRY
    opened.lift()
    opened.lay("ouyang")
    assert opened.device.read() == the_record("ouyang")


def test_the_newest_address_is_merged_where_the_card_has_one(opened: CardRig) -> None:
    opened.lay("moved")
    assert opened.device.read(newest_address=True).newest_address == "浙江省瑞安市新居路8号"
    opened.lift()
    opened.lay("ceshijia")
    assert opened.device.read(newest_address=True).newest_address is None


def test_two_people_after_one_another_are_never_mixed_up(opened: CardRig) -> None:
    for name in ("ceshijia", "ouyang", "moved", "ceshijia"):
        opened.lay(name)
        assert opened.device.read() == the_record(name)
        opened.lift()
        assert opened.device.card_present() is False
