"""A center that is updated keeps its cases: those of before get the part, the stage and the first move they are at."""

import json

from tests.center.migrating import put_back_to


def test_an_update_keeps_every_case_where_it_was(fragile_center, new_terminal):
    terminal = new_terminal(fragile_center)
    waiting = terminal.delivers(terminal.medical_case()).case_number
    finished = terminal.delivers(terminal.certificate_case()).case_number
    assert fragile_center.stop() == 0
    put_back_to("0007", fragile_center.database_url)
    listed = [json.loads(line) for line in fragile_center.command("cases", "list", "--json").splitlines()]
    stages = {line["case_number"]: (line["state"], [part["stage"] for part in line["parts"]]) for line in listed}
    assert stages == {
        waiting: ("awaitingPrecheck", ["awaitingPrecheck"]),
        finished: ("finished", ["completed"]),
    }
    assert "accepted; next:" in fragile_center.command("cases", "accept", waiting)
    assert "refused" not in fragile_center.command("due")
