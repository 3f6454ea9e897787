"""A certificate on A4, from a real center to a real printer at the other end of IPP: fetched, proven, printed once."""

import secrets

import httpx
import pytest

from flows.canonical import sha256_hex
from kiosk.backroom.answers import CenterFailed
from kiosk.backroom.center_link import CenterLink
from kiosk.backroom.enrolment import enrol
from kiosk.identity import load_identity
from kiosk.messages.from_backroom import DeviceChanged
from tests.backroom.running import CLOCK, Backroom


def test_a_certificate_comes_out_as_the_center_made_it_and_only_once(desk):
    told = desk.gets_certificate()
    desk.orders(told)
    desk.hears("accepted", "printed")
    assert desk.papers == [desk.document(told)]
    assert sha256_hex(desk.papers[0]) == told.decision["pdf_sha256"]
    desk.orders(told)
    desk.hears("printed")
    desk.restarts()
    desk.orders(told)
    desk.hears("printed")
    assert len(desk.papers) == 1


def test_a_backroom_killed_while_the_page_prints_asks_for_it_and_prints_no_other(desk):
    desk.twins.do("a4_printer", "speed", seconds="4")
    told = desk.gets_certificate()
    desk.orders(told)
    desk.hears("accepted")
    desk.waits_for_job()
    desk.restarts()
    desk.orders(told)
    desk.hears("printed")
    assert len(desk.papers) == 1


def test_what_died_between_the_intent_and_the_printer_is_unknown_and_not_printed_by_itself(desk):
    told = desk.gets_certificate()
    desk.died_at("transmitted", told)
    desk.orders(told)
    desk.hears("unknown")
    assert desk.papers == []


def test_a_backroom_killed_while_it_fetched_begins_anew(desk):
    told = desk.gets_certificate()
    desk.died_at("accepted", told)
    desk.orders(told)
    desk.hears("accepted", "printed")
    assert desk.papers == [desk.document(told)]


def test_a_job_left_standing_by_a_crash_is_taken_back_and_comes_out_for_nobody_else(desk):
    desk.twins.do("a4_printer", "speed", seconds="4")
    told = desk.gets_certificate()
    desk.orders(told)
    desk.hears("accepted")
    desk.waits_for_job()
    desk.backroom.kill()
    desk.twins.do("a4_printer", "paper", level="out")
    desk.backroom = Backroom(desk.config).start()
    desk.orders(told)
    desk.hears("refused")
    desk.twins.do("a4_printer", "paper", level="full")
    desk.is_online(desk.backroom)
    assert desk.twins.state("a4_printer")["jobs"][0].endswith("canceled")
    assert desk.papers == []


def test_without_paper_it_is_refused_and_a_new_command_prints_when_there_is_some(desk):
    told = desk.gets_certificate()
    desk.twins.do("a4_printer", "paper", level="out")
    desk.backroom.expect(DeviceChanged, lambda m: m.device == "document_printer" and m.paper == "out")
    desk.orders(told)
    desk.hears("accepted", "refused")
    desk.twins.do("a4_printer", "paper", level="full")
    desk.is_online(desk.backroom)
    desk.orders(told)
    desk.hears("refused")
    desk.orders(told, command_id=f"{told.case_id}-a4-2")
    desk.hears("accepted", "printed")
    assert len(desk.papers) == 1


def test_a_document_that_is_not_the_one_decided_on_is_not_printed(desk):
    told = desk.gets_certificate()
    desk.orders(told, pdf_sha256="0" * 64)
    refused = desk.hears("accepted", "refused")
    assert "not the one" in refused.message
    assert refused.code == ""
    assert desk.papers == []


def test_a_center_that_went_away_is_told_and_nothing_is_printed(desk):
    told = desk.gets_certificate()
    desk.center.kill()
    try:
        desk.orders(told)
        assert desk.hears("accepted", "refused").code == "centerAway"
    finally:
        desk.center.start()
    desk.orders(told, command_id=f"{told.case_id}-a4-2")
    desk.hears("accepted", "printed")
    assert desk.papers == [desk.document(told)]


def test_only_a_terminals_own_documents_are_given_out(desk, center, tmp_path):
    told = desk.gets_certificate()
    enrol(center.code(), center.url, tmp_path / "other")
    link = CenterLink(center.url, load_identity(tmp_path / "other"), CLOCK, 5.0)
    with pytest.raises(CenterFailed):
        link.document(told.case_id)
    with pytest.raises(CenterFailed):
        link.document(secrets.token_hex(16))
    link.close()
    assert httpx.get(f"{center.url}/v1/cases/{told.case_id}/document").status_code == 401
