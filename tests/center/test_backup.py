"""A center restored from an old backup is a center that says so: nothing is forgotten that terminals still have."""

import base64
import shutil
from datetime import timedelta

import pytest

from flows.wire import digest
from tests.center.running import run_center
from tests.center.terminals import picture


@pytest.fixture
def terminal(fragile_center, new_terminal):
    return new_terminal(fragile_center)


def case_with_picture(terminal):
    plain = b"\x89PNG signature"
    reference, sealed = terminal.seal_picture("signature", plain)
    terminal.put_attachment(sealed)
    return terminal.seal(terminal.medical_case((picture("signature", plain),)), [reference])


def sent(terminal, envelope, **headers):
    return terminal.receipt(envelope, terminal.send(envelope, **headers))


def test_only_what_is_in_a_backup_may_be_forgotten(fragile_center, terminal, new_terminal, tmp_path):
    early, late = case_with_picture(terminal), terminal.seal(terminal.medical_case())
    sent(terminal, early)
    assert terminal.ask_backed_up(digest(early), digest(late)).digests == ()
    fragile_center.command("backup", str(tmp_path / "disk"))
    sent(terminal, late)
    assert terminal.ask_backed_up(digest(early), digest(late)).digests == (digest(early),)
    ten_years_ago = terminal.clock.now() - timedelta(days=3652)
    assert terminal.ask_backed_up(digest(early), now=ten_years_ago).digests == (digest(early),)
    assert new_terminal(fragile_center).ask_backed_up(digest(early)).digests == ()


def test_a_restored_center_takes_again_what_it_lost_under_the_same_number(fragile_center, terminal, tmp_path):
    kept, lost = case_with_picture(terminal), case_with_picture(terminal)
    first = sent(terminal, kept)
    fragile_center.command("backup", str(tmp_path / "disk"))
    receipt = sent(terminal, lost)
    epoch = terminal.ask_backed_up().epoch
    fragile_center.kill()
    terminal.center = fragile_center.restored(tmp_path / "anew" / "state", tmp_path / "disk").start()
    try:
        assert terminal.ask_backed_up(digest(kept), digest(lost)).digests == (digest(kept),)
        assert terminal.ask_backed_up().epoch != epoch
        again = sent(terminal, kept)
        assert (again.case_number, again.received_at) == (first.case_number, first.received_at)
        assert again.epoch == terminal.ask_backed_up().epoch
        assert sent(terminal, kept) == again
        new = terminal.seal(terminal.medical_case())
        number_of_new = sent(terminal, new).case_number
        for reference in lost.attachments:
            sealed = (fragile_center.state / "blobs" / reference.sha256[:2] / reference.sha256).read_bytes()
            assert terminal.put_attachment(sealed).status_code == 200
        assert sent(terminal, lost).case_number != receipt.case_number  # a copy that is late, or somebody's
        proof = {"OEB-Receipt": base64.b64encode(receipt.model_dump_json().encode()).decode()}
        again = sent(terminal, lost, **proof)
        assert again.case_number == receipt.case_number != number_of_new
        assert again.epoch != receipt.epoch
        assert terminal.center.rows("SELECT count(*), count(DISTINCT case_number) FROM cases") == [(3, 3)]
    finally:
        assert terminal.center.stop() == 0


def test_a_receipt_of_another_case_gives_no_number(terminal):
    mine = terminal.seal(terminal.medical_case())
    number = sent(terminal, mine).case_number
    other = terminal.seal(terminal.medical_case())
    forged = {"OEB-Receipt": base64.b64encode(terminal.send(mine).content).decode()}
    assert sent(terminal, other, **forged).case_number != number
    assert sent(terminal, terminal.seal(terminal.medical_case()), **{"OEB-Receipt": "no base64"}).case_number


def test_a_second_backup_copies_only_what_is_new(fragile_center, terminal, tmp_path):
    disk = str(tmp_path / "disk")
    sent(terminal, case_with_picture(terminal))
    assert "1 envelopes; 1 blobs new" in fragile_center.command("backup", disk)
    sent(terminal, case_with_picture(terminal))
    assert "2 envelopes; 1 blobs new" in fragile_center.command("backup", disk)


def test_what_cannot_be_restored_is_one_line(fragile_center, terminal, tmp_path):
    sent(terminal, case_with_picture(terminal))
    disk = tmp_path / "disk"
    fragile_center.command("backup", str(disk))

    def refused(state, folder=disk):
        done = run_center("restore", str(folder), "--state", str(state))
        assert (done.returncode, done.stderr.count("\n")) == (1, 1), done.stderr
        return done.stderr

    keys = tmp_path / "new" / "keys"
    assert "put the center's keys into" in refused(tmp_path / "new")
    shutil.copytree(fragile_center.state / "keys", keys)
    assert "no backup there" in refused(tmp_path / "new", tmp_path)
    blob = next(path for path in (disk / "blobs").rglob("*") if path.is_file())
    whole = blob.read_bytes()
    blob.write_bytes(b"rotten")
    assert "is damaged" in refused(tmp_path / "new")
    blob.write_bytes(whole)
    file = next(disk.glob("*.sqlite3"))
    content = bytearray(file.read_bytes())
    content[5000:9000] = bytes(4000)
    file.write_bytes(content)
    assert "backup is damaged" in refused(tmp_path / "new") or "malformed" in refused(tmp_path / "new")
