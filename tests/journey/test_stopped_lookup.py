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


def test_what_was_not_found_says_what_to_do_beside_what_the_center_says(terminal, catalog):
    terminal.opens("housing-fund-balance")
    terminal.journey.agree()
    terminal.lays_card()
    said = {"zh": "没有查到记录（示例）", "en": "There is no record (sample)"}
    terminal.center_answers("notFound", {"status": "notFound", "data": {}, "message": said})
    assert terminal.screen.state == "notFound"
    assert catalog["housing-fund-balance"].step("account").not_found.zh in terminal.screen.message
    assert said["zh"] in terminal.screen.message
