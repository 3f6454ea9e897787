"""`kiosk matters check` refuses what publishing would refuse, in one line that can be acted on."""

from tests.cli.commands import kiosk, refused
from tests.flows.broken_matters import good


def test_an_icon_that_is_nowhere_is_told_before_publishing(tmp_path):
    path = tmp_path / "senior-card.yaml"
    path.write_text(good().replace("icon: senior-card", "icon: nothing-such"), encoding="utf-8")
    assert f"{path}:7: there is no icon 'nothing-such'; allowed: icons/nothing-such.svg beside" in refused(
        kiosk("matters", "check", path)
    )
    (tmp_path / "icons").mkdir()
    (tmp_path / "icons" / "nothing-such.svg").write_text("<svg/>", encoding="utf-8")
    assert kiosk("matters", "check", path).returncode == 0


def test_what_a_function_failed_on_is_said_once_and_without_its_values(tmp_path):
    path = tmp_path / "senior-card.yaml"
    path.write_text(
        good().replace("age(who.birth_date, today) >= 60", "days_between(who.name, today) > 0"), encoding="utf-8"
    )
    said = refused(kiosk("matters", "check", path))
    assert said.startswith(f"{path}:27: ")
    assert said.endswith("days_between cannot take such a value")
