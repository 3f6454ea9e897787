"""Whatever comes in whatever order: the journey never raises, never shows a dead page, and always finds home."""

from collections.abc import Callable

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.journey.screens import Attract, Farewell, OutOfService, Submit
from kiosk.messages import from_backroom as told
from kiosk.messages import to_backroom as sent

PNG = b"\x89PNG\r\n\x1a\n" + bytes(50)
CARD = {"kind": "citizen", "name": "欧阳测试", "number": "330381189903070015", "address": "浙江省瑞安市测试路1号"}
CODES = (
    "OEB1:M:resident-medical-insurance",
    "OEB1:M:social-insurance-certificate",
    "OEB1:M:none",
    "OEB1:C:ABC123",
    f"OEB1:R:eyJ9.{'A' * 86}",
    "0123-4567-89AB-CDEF-GHJK-MNPQ",
    "junk",
)
WORDS = (
    "",
    "adult",
    "newborn",
    "13800000000",
    "2026",
    "2026-01",
    "浙江省瑞安市测试路2号",
    "mother",
    "小欧阳",
    "x" * 600,
)
FIELDS = ("category", "year", "mobile", "address", "name", "relation", "number", "from", "to", "unknown")
STEPS = (
    "visit_brought",
    "details",
    "who",
    "residence",
    "signature",
    "insurances",
    "period",
    "record",
    "face",
    "review",
    "nonsense",
)

DECISIONS = (
    {},
    {
        "outcome": "issued",
        "message": {"zh": "好", "en": "ok"},
        "rows": [{"label": {"zh": "a", "en": "b"}}],
        "sample": "示例",
        "pdf_sha256": "0" * 64,
    },
    {"outcome": "refused", "message": {"zh": "没有", "en": "no"}},
    {"outcome": 3, "message": 4, "rows": 5},
)
THINGS = (
    {"id": "residence", "text": {"zh": "居住证明", "en": "Proof"}},
    {"id": "details", "text": {"zh": "说明", "en": "Story"}, "answer": "words"},
)
LACKING = {"case_number": "ABC123", "title": {"zh": "事", "en": "It"}, "missing": THINGS, "correct_by": "2026-12-23"}
ANSWERS = (
    {},
    LACKING,
    LACKING | {"missing": [], "parts": [{"id": "tax", "title": {"zh": "契税", "en": "Tax"}, "missing": THINGS[:1]}, 7]},
    LACKING | {"missing": [{"id": "visit_who", "text": 3}], "limit": {"limit": 3, "used": "x"}},
    {"status": "found", "data": {"number": "ABC123", "same": True}, "source": ""},
    {"status": "found", "data": {"same": "perhaps"}, "source": ""},
    {"data": {"area": 1}, "source": 2},
    {"case_number": "X", "title": {"zh": "事"}, "since": "yesterday"},
    {"data": []},
)


def intents() -> st.SearchStrategy[tuple[str, tuple[object, ...]]]:
    names = (
        "start go_back go_home touched stay open_progress agree agree decline take_picture retake accept_picture "
        "skip proceed proceed proceed print_again print_document"
    )
    plain = st.sampled_from(names.split()).map(lambda name: (name, ()))
    return st.one_of(
        plain,
        plain,
        st.sampled_from(["zh", "en", "fr"]).map(lambda language: ("set_language", (language,))),
        st.sampled_from(["resident-medical-insurance", "social-insurance-certificate", "none"]).map(
            lambda matter: ("open_matter", (matter,))
        ),
        st.text(max_size=80).map(lambda number: ("ask_progress", (number,))),
        st.integers(-1, 3).map(lambda number: ("bring_missing", (number,))),
        st.lists(
            st.sampled_from(["pension", "medical", "own", "months12", "residence", "details", "zzz"]), max_size=3
        ).map(lambda options: ("select", (options,))),
        st.dictionaries(st.sampled_from(FIELDS), st.sampled_from(WORDS) | st.text(max_size=20)).map(
            lambda values: ("fill", (values,))
        ),
        st.just(
            ("fill", ({"category": "adult", "mobile": "13800000000", "from": "2026-01", "to": "2026-02"},)),
        ),
        st.sampled_from([b"", PNG, b"GIF"]).map(lambda png: ("sign", (png,))),
        st.sampled_from(STEPS).map(lambda step: ("change", (step,))),
        st.tuples(
            st.integers(-1, 7), st.lists(st.sampled_from(["510", "207", "x"]), max_size=2), st.text(max_size=9)
        ).map(lambda rating: ("rate", rating)),
    )


def happenings() -> st.SearchStrategy[tuple[str, tuple[object, ...]]]:
    devices = st.builds(
        lambda device, state, paper: told.DeviceChanged(
            device=device[0], device_class=device[1], state=state, paper=paper
        ),
        st.sampled_from(
            [
                ("card_reader", "idcard"),
                ("document_camera", "camera"),
                ("face_camera", "camera"),
                ("receipt_printer", "printer"),
                ("document_printer", "document_printer"),
            ]
        ),
        st.sampled_from(["online", "online", "offline", "starting", "hardwareError"]),
        st.sampled_from(["", "full", "out", "jammed", "unknown"]),
    )
    loose = st.sampled_from(
        [
            told.Ready(terminal_id="T1", enrolled=True),
            told.CardFound(),
            told.CardRead(card=CARD),
            told.CardRead(card={"name": 3}),
            told.CardFailed(code="noMedia", action="retry"),
            told.PreviewFrame(camera="document", hints=("noSheet",)),
            told.PreviewFrame(camera="face"),
            told.SyncChanged(waiting=1, reachable=True),
            told.SyncChanged(waiting=1, reachable=False),
            told.ServiceChanged(in_service=True),
            told.ServiceChanged(in_service=False, code="diskFull"),
        ]
    )
    codes = st.sampled_from(CODES).map(lambda text: told.CodeRead(text=text, symbology="QRCode"))
    heard = st.one_of(devices, loose, codes).map(lambda message: ("hears", (message,)))
    replies = st.tuples(st.integers(0, 3), st.integers(0, 4)).map(lambda choice: ("replies", choice))
    passing = st.integers(1, 40).map(lambda seconds: ("waits", (seconds,)))
    return st.one_of(heard, replies, replies, replies, passing, st.just(("loses_backroom", ())))


def reply(terminal, which: int, how: int) -> None:
    """Answer one of the newest requests, in one of the ways the backroom may."""
    open_requests = [message for message in terminal.backroom.sent if hasattr(message, "request")][-4:]
    prints = terminal.backroom.all(sent.PrintReceipt) + terminal.backroom.all(sent.PrintDocument)
    if prints and how % 2:
        phases = ("accepted", "printed", "refused", "unknown")
        terminal.hears(told.PrintProgress(command_id=prints[-1].command_id, phase=phases[which]))
    if not open_requests:
        return
    asked = open_requests[-1 - which % len(open_requests)]
    terminal.hears(*answer_to(asked, how, ANSWERS[(which + how) % len(ANSWERS)]))
    if isinstance(asked, sent.SubmitCase | sent.SubmitSupplement):
        case_id = own_id(asked)
        terminal.hears(
            told.Delivered(
                case_id=case_id, case_number="C1", state="finished", decision=DECISIONS[how % len(DECISIONS)]
            )
        )


def own_id(asked: sent.SubmitCase | sent.SubmitSupplement) -> str:
    return str(asked.case["case_id"] if isinstance(asked, sent.SubmitCase) else asked.supplement["supplement_id"])


def answer_to(asked, how: int, data) -> tuple[told.FromBackroom, bytes]:  # noqa: PLR0911 - one line a question
    match asked:
        case sent.TakeStill():
            if how == 0:
                return told.CaptureFailed(request=asked.request, code="timeOut"), b""
            return told.StillTaken(request=asked.request, problems=("blurred",) * (how == 1)), b"jpeg" * (how != 2)
        case sent.BindPages():
            return told.PagesBound(request=asked.request, sha256="cd" * 32, size=9), b"%PDF-"
        case sent.Attach():
            return told.Attached(request=asked.request, sha256="ab" * 32, size=9), b""
        case sent.AskCenter():
            status = ("found", "notFound", "unavailable", "refused", "found")[how]
            return told.CenterAnswer(request=asked.request, status=status, data=data), b""
        case sent.SubmitCase() | sent.SubmitSupplement() if how == 0:
            return told.NotCommitted(request=asked.request, code="diskFull", message=""), b""
        case sent.SubmitCase() | sent.SubmitSupplement() if how == 1:
            return told.NotCommitted(request=asked.request, code="storageUnknown", message=""), b""
        case sent.SubmitCase() | sent.SubmitSupplement():
            return told.Committed(request=asked.request, case_id=own_id(asked), sequence=1, local_number="L1"), b""
        case _:
            return told.SyncChanged(waiting=0, reachable=True), b""


def has_a_way_on(screen) -> bool:
    return screen.can_go_home or isinstance(screen, Attract | Farewell | OutOfService | Submit)


def happens(terminal, deed: str, given: tuple) -> None:
    match deed:
        case "hears":
            terminal.hears(given[0], b"jpeg")
        case "replies":
            reply(terminal, *given)
        case "waits":
            terminal.clock.sleep(given[0])
            terminal.journey.tick()
        case "loses_backroom":
            terminal.journey.backroom_lost()
        case _:
            getattr(terminal.journey, deed)(*given)
    assert has_a_way_on(terminal.screen), terminal.screen
    assert terminal.screen.title


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=st.lists(st.one_of(intents(), happenings()), max_size=60), beginning=st.integers(0, 6))
def test_any_order_of_anything(new_terminal: Callable, deeds, beginning) -> None:
    terminal = new_terminal().comes_up()
    begin = (None, "certificate_to_lookup", "enrolment_to_form", "enrolment_to_review", "certificate_to_result")
    stretch = (*begin, "enrolment_to_result", "supplement")[beginning]
    if stretch == "supplement":
        terminal.asks_progress(LACKING)
        terminal.journey.bring_missing(1)
        terminal.journey.agree()
        terminal.lays_card()
    elif stretch:
        getattr(terminal, stretch)()
    for deed, given_ in deeds:
        happens(terminal, deed, given_)
    terminal.comes_up()
    terminal.hears(told.ServiceChanged(in_service=True))
    for _ in range(60):
        terminal.waits(10)
    assert terminal.page == "Attract"
    assert terminal.journey.view.language == "zh"
