"""补正 while something is away: camera, center, backroom, disk, paper, or the person; what to do then is said."""

from kiosk.messages.from_backroom import DeviceChanged, NotCommitted, Ready, SyncChanged
from kiosk.messages.to_backroom import Attach, BindPages, PrintReceipt, SubmitSupplement, VisitEnded
from tests.journey.lacking import NUMBER, RESIDENCE, lacking, to_review


def test_where_the_camera_is_away_the_counter_is_named_until_it_is_back(terminal):
    terminal.device("document_camera", "camera", "noDevice")
    terminal.asks_progress(lacking(RESIDENCE))
    how = {row.label: row.value for row in terminal.screen.rows}["怎么补交"]
    assert terminal.screen.bring_labels == ()
    assert "摄像头暂不可用" in how
    assert "0577-12345" in how
    terminal.device("document_camera", "camera")
    assert terminal.screen.bring_labels == ("现在补交",)


def test_with_the_center_away_it_is_kept_and_the_slip_says_so(terminal):
    terminal.asks_progress(lacking(RESIDENCE))
    terminal.hears(SyncChanged(waiting=0, reachable=False))
    terminal.journey.bring_missing(1)
    terminal.journey.agree()
    terminal.lays_card()
    terminal.center_answers("unavailable")
    assert "由中心核对" in terminal.screen.message
    terminal.journey.proceed()
    terminal.takes_picture("document")
    terminal.journey.proceed()
    brought = terminal.commits_supplement()
    assert "联网后自动送到中心" in terminal.screen.message
    assert (terminal.screen.number, terminal.screen.waiting_for_center) == (NUMBER, False)
    receipt = terminal.backroom.last(PrintReceipt)
    assert "联网后自动送到中心" in receipt.values["next_steps"][0]
    terminal.prints()
    terminal.hears(SyncChanged(waiting=0, reachable=True))
    terminal.delivers(brought["supplement_id"])
    assert "已送到中心" in terminal.screen.message


def test_who_walks_away_leaves_nothing_behind(terminal):
    to_review(terminal)
    terminal.waits(151)
    assert terminal.page == "Attract"
    assert isinstance(terminal.backroom.sent[-2], VisitEnded)
    assert not terminal.backroom.all(SubmitSupplement)
    terminal.journey.open_progress()
    assert (terminal.screen.number, terminal.screen.rows) == ("", ())


def test_a_backroom_that_fell_is_handed_the_pictures_again_and_the_same_supplement(terminal):
    to_review(terminal)
    terminal.journey.proceed()
    first = terminal.backroom.last(SubmitSupplement).supplement
    terminal.journey.backroom_lost()
    terminal.backroom.forget()
    terminal.hears(Ready(terminal_id="T-330381-0001", enrolled=True))
    assert [(one.name, one.media_type) for one in terminal.backroom.all(Attach)] == [("residence-1", "application/pdf")]
    assert not terminal.backroom.all(BindPages)
    assert terminal.backroom.last(SubmitSupplement).supplement == first
    terminal.commits_supplement()
    assert terminal.page == "Result"


def test_a_full_disk_is_said_and_back_leads_to_the_review(terminal):
    to_review(terminal)
    terminal.journey.proceed()
    request = terminal.backroom.last(SubmitSupplement).request
    terminal.hears(NotCommitted(request=request, code="diskFull", message="the disk is full"))
    assert terminal.page == "Trouble"
    terminal.journey.go_back()
    assert terminal.page == "Review"
    terminal.journey.proceed()
    terminal.commits_supplement()
    assert terminal.page == "Result"


def test_without_paper_the_number_is_to_be_written_down(terminal):
    terminal.hears(
        DeviceChanged(device="receipt_printer", device_class="printer", state="online", paper="out", cover="closed")
    )
    to_review(terminal)
    terminal.journey.proceed()
    terminal.delivers(terminal.commits_supplement()["supplement_id"])
    assert terminal.page == "Trouble"
    assert NUMBER in terminal.screen.advice
