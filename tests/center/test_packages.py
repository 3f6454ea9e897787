"""What staff publish becomes one signed package; a version once out stays what it was, and cases are decided by it."""

import json
import re

import pytest

from flows.keys import decode_verify_key
from flows.packages import verify_manifest
from tests.center.publishing import PAGE, SENIOR_CARD, write_matter
from tests.center.running import RunningCenter, run_center
from tests.shipped import catalog

CERTIFICATE = "social-insurance-certificate"


@pytest.fixture(params=["sqlite", "postgresql"])
def publisher(request, tmp_path):
    """A center that is not started, to publish at."""
    cluster = request.getfixturevalue("cluster") if request.param == "postgresql" else None
    return RunningCenter(tmp_path / "state", cluster, cluster.new_database() if cluster else "")


def refused(center, *arguments):
    done = run_center(*arguments, *center._where())
    assert done.returncode == 1
    return done.stderr


def publish(center, *paths):
    return json.loads(center.command("matters", "publish", *map(str, paths), "--json"))


def test_the_commands_of_the_page_publish_list_and_withdraw(publisher, tmp_path):
    path = write_matter(tmp_path / "new")
    commands = re.findall(r"^    kiosk-center (matters .*)$", PAGE, re.MULTILINE)
    assert [command.split()[1] for command in commands] == ["publish", "list", "withdraw"]
    said = [publisher.command(*line.replace("flows/catalog/senior-card.yaml", str(path)).split()) for line in commands]
    assert said[0] == "package 1 is out\n"
    assert "senior-card" in said[1]
    assert said[1].endswith("package 1 is out\n")
    assert said[2] == "package 2 is out\n"
    assert "senior-card" not in publisher.command("matters", "list")


def test_a_mistake_publishes_nothing(publisher, tmp_path):
    good = write_matter(tmp_path)
    bad = write_matter(tmp_path, name="other-card", text=SENIOR_CARD.replace('delivery == "post"', 'delivry == "post"'))
    assert "other-card.yaml:40: expression" in refused(publisher, "matters", "publish", str(good), str(bad))
    iconless = write_matter(tmp_path, text=SENIOR_CARD.replace("icon: senior-card ", "icon: nowhere "))
    assert "there is no icon 'nowhere'" in refused(publisher, "matters", "publish", str(iconless))
    (tmp_path / "empty").mkdir()
    assert "no matter here" in refused(publisher, "matters", "publish", str(tmp_path / "empty"))
    assert "no package yet" in publisher.command("matters", "list")
    assert "no matter senior-card is offered" in refused(publisher, "matters", "withdraw", "senior-card")


def test_a_version_that_is_out_cannot_become_another(publisher, tmp_path):
    publish(publisher, write_matter(tmp_path, 2))
    changed = write_matter(tmp_path, 2, text=SENIOR_CARD.replace("minutes: 2", "minutes: 3"))
    assert "write version: 3" in refused(publisher, "matters", "publish", str(changed))
    assert "version 2 is out already" in refused(publisher, "matters", "publish", str(write_matter(tmp_path, 1)))
    assert publish(publisher, write_matter(tmp_path, 3))["version"] == 2
    assert publish(publisher, write_matter(tmp_path, 3))["version"] == 3


def test_terminals_are_told_of_the_newest_package_and_fetch_it_by_digest(center, new_terminal, tmp_path):
    terminal = new_terminal(center)
    made = publish(center, write_matter(tmp_path, name="told-card"))
    announced = terminal.beats().package
    assert (announced.version, announced.digest) == (made["version"], made["digest"])
    body = terminal.get(f"/v1/packages/{announced.version}").content
    manifest = verify_manifest(body, center_key=decode_verify_key(terminal.identity.center_signing_key))
    (item,) = [item for item in manifest.files if item.path == "matters/told-card.yaml"]
    fetched = terminal.get(f"/v1/packages/{announced.version}/files/{item.sha256}").content
    assert fetched == (tmp_path / "told-card.yaml").read_bytes()
    assert terminal.get(f"/v1/packages/{announced.version}/files/{'0' * 64}").status_code == 404
    assert terminal.http.get(f"{center.url}/v1/packages/{announced.version}").status_code == 401


def test_enough_publishers_must_sign_before_a_package_goes_out(tmp_path):
    keys = [tmp_path / f"{name}.key" for name in ("first", "second", "stranger")]
    public = [run_center("keys", "publisher", str(key)).stdout.strip() for key in keys]
    config = tmp_path / "center.toml"
    config.write_text(f'state_folder = "{tmp_path}/state"\npublishers = {public[:2]}\npublishers_needed = 2\n')
    where = ("--config", str(config))
    assert "waits for 2 more signatures" in run_center("matters", "publish", *where).stdout
    assert "none of the publishers" in run_center("matters", "sign", "1", "--key", str(keys[2]), *where).stderr
    for _ in range(2):
        assert "waits for 1 more" in run_center("matters", "sign", "1", "--key", str(keys[0]), *where).stdout
    assert run_center("matters", "sign", "1", "--key", str(keys[1]), *where).stdout == "package 1 is out\n"
    assert "name a file that is not there yet" in run_center("keys", "publisher", str(keys[0])).stderr


def test_a_case_is_decided_by_the_version_it_was_made_under(center, new_terminal, tmp_path):
    """The newer version decides the same thing with other words; who began under the older one is told the older."""
    terminal = new_terminal(center)
    file = next(path for path in shipped_files() if path.stem == CERTIFICATE)
    old = catalog()[CERTIFICATE]
    words = next(rule.message.zh for rule in old.decide if rule.outcome == "issued")
    text = file.read_text(encoding="utf-8").replace(f"version: {old.version}", f"version: {old.version + 1}", 1)
    changed = tmp_path / file.name
    changed.write_text(text.replace(words, "新版决定"), encoding="utf-8")
    publish(center, changed)
    under_old = terminal.certificate_case()
    under_new = terminal.certificate_case().model_copy(update={"matter_version": old.version + 1})
    under_none = terminal.certificate_case().model_copy(update={"matter_version": old.version + 900})
    said = {}
    for name, case in (("old", under_old), ("new", under_new), ("none", under_none)):
        terminal.delivers(case)
        said[name] = terminal.get(f"/v1/cases/{case.case_id}/result").json()["decision"]
    assert (said["old"]["message"]["zh"], said["new"]["message"]["zh"]) == (words, "新版决定")
    assert said["none"]["outcome"] == "pending"


def shipped_files():
    from flows.load import CATALOG

    return CATALOG.glob("*.yaml")


def test_after_a_restore_versions_begin_above_all_that_was_out(publisher, tmp_path):
    publish(publisher)
    publisher.command("backup", str(tmp_path / "disk"))
    publish(publisher)
    (tmp_path / "anew").mkdir()
    restored = publisher.restored(tmp_path / "anew", tmp_path / "disk")
    assert publish(restored)["version"] == 1002
