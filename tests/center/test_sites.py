"""What holds where: the tree of sites, matters switched in it, settings; the nearest scope counts."""

import json

import pytest

from flows.keys import decode_verify_key
from flows.settings import verify_settings
from tests.center.running import run_center

CERTIFICATE = "social-insurance-certificate"


@pytest.fixture(scope="module")
def tree(center):
    """A city, a town of it and a village of that; all 示例."""
    for name, *where in (
        ("示例市", "--level", "city"),
        ("示例镇", "--level", "town", "--under", "示例市"),
        ("示例村", "--level", "village", "--under", "示例镇"),
    ):
        center.command("sites", "add", name, *where)
    return center


def refused(center, *arguments):
    done = run_center(*arguments, *center._where())
    assert done.returncode == 1
    return done.stderr


def given(terminal):
    """The verified settings of this terminal."""
    announced = terminal.beats().settings
    body = terminal.get("/v1/settings").content
    key = decode_verify_key(terminal.identity.center_signing_key)
    found = verify_settings(body, terminal_id=terminal.identity.terminal_id, center_key=key)
    assert (announced.version, announced.digest) == (found.version, found.digest)
    return found


def test_the_nearest_of_terminal_site_and_all_counts(tree, new_terminal):
    in_village, elsewhere = new_terminal(tree), new_terminal(tree)
    village_id = in_village.identity.terminal_id
    tree.command("terminals", "move", village_id, "--site", "示例村")
    tree.command("sites", "matter", CERTIFICATE, "disabled", "--site", "示例市")
    tree.command("settings", "set", "idle_seconds=60", "contact=0577-12345 (示例)")
    tree.command("settings", "set", "idle_seconds=90", "--site", "示例镇")
    assert dict(given(in_village).values) == {"idle_seconds": 90, "contact": "0577-12345 (示例)"}
    assert dict(given(in_village).matters) == {CERTIFICATE: "disabled"}
    assert dict(given(elsewhere).matters) == {}
    assert given(elsewhere).values["idle_seconds"] == 60

    tree.command("sites", "matter", CERTIFICATE, "2", "--terminal", village_id)
    tree.command("settings", "set", "idle_seconds=", "--site", "示例镇")
    newest = given(in_village)
    assert dict(newest.matters) == {CERTIFICATE: "normal"}
    assert newest.values["idle_seconds"] == 60
    assert in_village.beats(settings=newest.version).settings is None
    shown = json.loads(tree.command("settings", "show", village_id))
    assert shown["values"] == dict(newest.values)
    tree.command("settings", "set", "idle_seconds=", "contact=")
    tree.command("sites", "matter", CERTIFICATE, "normal", "--site", "示例市")


def test_the_tree_stays_one(tree):
    listed = tree.command("sites", "list")
    assert "\n  示例镇  town  0 terminals" in listed
    assert "\n    示例村  village  " in listed
    assert "cannot be under" in refused(tree, "sites", "add", "别处", "--level", "town", "--under", "示例村")
    assert "stands at the top" in refused(tree, "sites", "add", "别处", "--level", "village")
    assert "no site 无处" in refused(tree, "sites", "add", "别处", "--level", "town", "--under", "无处")
    assert "already" in refused(tree, "sites", "add", "示例镇", "--level", "town", "--under", "示例市")
    assert "示例村 still belongs to it" in refused(tree, "sites", "remove", "示例镇")
    assert "known: city, town, village" in refused(tree, "sites", "add", "别处", "--level", "hamlet")


def test_what_no_terminal_could_use_is_refused_at_the_center(tree):
    for words, *arguments in (
        ("idle_seconds: Input should be", "settings", "set", "idle_seconds=5"),
        ("known: idle_seconds", "settings", "set", "colour=red"),
        ("opening_hours", "settings", "set", "opening_hours=8 to 8"),
        ("no site 无处", "settings", "set", "keep_days=3", "--site", "无处"),
        ("not both", "settings", "set", "keep_days=3", "--site", "示例市", "--terminal", "T1"),
        ("known: 0 deleted", "sites", "matter", CERTIFICATE, "sometimes"),
        ("no matter nothing", "sites", "matter", "nothing", "normal"),
    ):
        assert words in refused(tree, *arguments)
