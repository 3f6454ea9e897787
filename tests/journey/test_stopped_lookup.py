"""What the center knows can mean that a matter is not for this person now: said at once, with what to do instead."""

FOUND = {
    "data": {
        "class": "C1",
        "valid_to": "2030-01-01",
        "days_left": 1135,
        "term": "6",
        "next": "10",
        "violations": 0,
    },
    "source": "示例",
}


def opens_renewal(terminal):
    terminal.opens("driving-licence-renewal")
    terminal.journey.agree()
    terminal.lays_card()
    return terminal


def test_a_licence_far_from_its_end_goes_no_further(terminal):
    opens_renewal(terminal).center_answers(data=FOUND)
    assert (terminal.page, terminal.screen.state) == ("Lookup", "stopped")
    assert "90 天" in terminal.screen.message
    assert any(row.value == "2030-01-01" for row in terminal.screen.rows)
    terminal.journey.proceed()
    assert terminal.page == "Lookup"
    terminal.journey.go_back()
    assert terminal.page == "Identify"


def test_a_licence_about_to_end_goes_on(terminal):
    data = {**FOUND["data"], "days_left": 30}
    opens_renewal(terminal).center_answers(data={**FOUND, "data": data})
    assert terminal.screen.state == "found"
    terminal.journey.proceed()
    assert terminal.page == "Capture"
