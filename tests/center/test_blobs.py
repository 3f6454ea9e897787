"""Blobs keep one contract, in a folder and in an S3-compatible store; a center runs, backs up and restores on both."""

import pytest

from center.blob_stores import open_blobs
from center.blobs import BlobMissing, BlobsAway
from flows.canonical import sha256_hex
from tests.center.running import RunningCenter, run_center
from tests.center.stores import ObjectStore
from tests.center.terminals import picture

DATA = b"\xff\xd8 a sealed picture"


@pytest.fixture(scope="module")
def store():
    running = ObjectStore()
    yield running
    running.stop()


@pytest.fixture(params=["folder", "s3"])
def address(request, store, tmp_path):
    return store.new_bucket() if request.param == "s3" else str(tmp_path / "blobs")


def rots(address, sha256, store):
    if address.startswith("s3:"):
        store.rots(address, sha256)
    else:
        (open_blobs(address)._folder / sha256[:2] / sha256).write_bytes(b"rotten")


def test_what_was_written_is_there_under_its_digest_and_nothing_else_is(address, store):
    blobs = open_blobs(address)
    blobs.check()
    name = blobs.write(DATA)
    assert name == sha256_hex(DATA) == blobs.write(DATA)
    assert (name in blobs, blobs.size(name), blobs.read(name)) == (True, len(DATA), DATA)
    assert list(open_blobs(address).names()) == [name]
    missing = sha256_hex(b"never sent")
    assert missing not in blobs
    for ask in (blobs.size, blobs.read):
        with pytest.raises(BlobMissing):
            ask(missing)


def test_a_blob_that_rotted_is_missing_until_it_is_written_again(address, store):
    blobs = open_blobs(address)
    name = blobs.write(DATA)
    rots(address, name, store)
    with pytest.raises(BlobMissing):
        blobs.read(name)
    blobs.write(DATA)
    assert blobs.read(name) == DATA


def test_a_store_that_is_away_says_so(tmp_path):
    away = ObjectStore()
    blobs = open_blobs(away.new_bucket())
    away.stop()
    for ask in (lambda: blobs.write(DATA), lambda: blobs.read(sha256_hex(DATA)), blobs.check):
        with pytest.raises(BlobsAway, match="error sending request"):
            ask()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ("gs://bucket", "gs:// is no store this center knows"),
        ("s3:///nobucket", "names no bucket"),
        ("s3://bucket/x?enpoint=http://127.0.0.1", "unknown enpoint"),
        ("s3://nobody/x?endpoint=http://127.0.0.1:1", "check --blobs"),
    ],
)
def test_a_wrong_address_is_one_line(wrong, words, tmp_path, store):
    done = run_center("cases", "show", "nothing", "--state", str(tmp_path), "--blobs", wrong)
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert words in done.stderr


def test_a_center_on_an_object_store_serves_backs_up_and_is_restored(store, new_terminal, tmp_path):
    bucket = store.new_bucket()
    running = RunningCenter(tmp_path / "state", blobs=bucket).start()
    try:
        terminal = new_terminal(running)
        reference, sealed = terminal.seal_picture("material-1", DATA)
        case = terminal.medical_case((picture("material-1", DATA),))
        assert terminal.put_attachment(sealed).status_code == 200
        terminal.delivers(case, [reference])
        running.command("backup", str(tmp_path / "backup"))
        assert not (running.state / "blobs").exists()
    finally:
        assert running.stop() == 0
    restored = RunningCenter(tmp_path / "fresh", blobs=store.new_bucket()).with_keys_of(running)
    restored.command("restore", str(tmp_path / "backup"))
    restored.command("cases", "show", case.case_id, "--out", str(tmp_path / "out"))
    assert (tmp_path / "out" / "material-1.jpg").read_bytes() == DATA
