"""An attachment in pieces: the center keeps what came, and says where to go on, whoever of its workers is asked."""

from concurrent.futures import ThreadPoolExecutor

from flows.canonical import sha256_hex
from tests.center.terminals import picture

PICTURE = bytes(range(256)) * 400


def held(terminal, sealed):
    return terminal.get(f"/v1/attachments/{sha256_hex(sealed)}").json()


def test_an_interrupted_upload_goes_on_where_it_stopped_also_at_another_worker(center, terminal):
    reference, sealed = terminal.seal_picture("material-1", PICTURE)
    assert held(terminal, sealed) == {"sha256": reference.sha256, "size": 0, "complete": False}
    assert terminal.put_piece(sealed, 0, 40_000)["size"] == 40_000
    beside = center.beside().start()
    try:
        terminal.center = beside
        assert held(terminal, sealed)["size"] == 40_000
        assert terminal.put_piece(sealed, 40_000, 80_000)["size"] == 80_000
    finally:
        terminal.center = center
        assert beside.stop() == 0
    assert terminal.put_piece(sealed, 80_000, len(sealed))["complete"]
    assert held(terminal, sealed) == {"sha256": reference.sha256, "size": len(sealed), "complete": True}
    case = terminal.medical_case((picture("material-1", PICTURE),))
    assert terminal.send(terminal.seal(case, [reference])).status_code == 201
    assert center.rows("SELECT count(*) FROM attachment_pieces WHERE sha256 = ?", reference.sha256) == [(0,)]


def test_a_piece_twice_or_out_of_turn_changes_nothing(terminal):
    _, sealed = terminal.seal_picture("material-1", PICTURE)
    assert terminal.put_piece(sealed, 30_000, 60_000)["size"] == 0
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: terminal.put_piece(sealed, 0, 30_000), range(8)))
    assert {answer["size"] for answer in answers} == {30_000}
    assert terminal.put_piece(sealed, 0, 30_000)["size"] == 30_000


def test_pieces_that_are_not_what_their_name_says_are_thrown_away(center, terminal):
    _, sealed = terminal.seal_picture("material-1", PICTURE)
    name, wrong = sha256_hex(sealed), bytes(len(sealed))
    target = f"/v1/attachments/{name}?start=0&size={len(sealed)}"
    refused = terminal.http.patch(center.url + target, content=wrong, headers=terminal.headers("PATCH", target, wrong))
    assert (refused.status_code, refused.json()["code"], refused.json()["action"]) == (422, "mismatch", "retry")
    assert held(terminal, sealed)["size"] == 0


def test_a_piece_needs_a_signature_and_fits_into_its_whole(center, terminal, new_terminal):
    _, sealed = terminal.seal_picture("material-1", PICTURE)
    target = f"/v1/attachments/{sha256_hex(sealed)}?start=0&size=100"
    assert terminal.http.patch(center.url + target, content=sealed[:50]).status_code == 401
    headers = terminal.headers("PATCH", target, sealed[:200])
    too_long = terminal.http.patch(center.url + target, content=sealed[:200], headers=headers)
    assert (too_long.status_code, too_long.json()["code"]) == (422, "piece")
    terminal.put_piece(sealed, 0, 50)
    assert held(new_terminal(center), sealed)["size"] == 0  # what another terminal sends is its own affair
