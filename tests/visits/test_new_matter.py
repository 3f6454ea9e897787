"""The matter of docs/add-a-matter.md is published, and appears on the running terminal between two visits."""

import re
from pathlib import Path

from kiosk.demo.citizen import Citizen
from kiosk.demo.stage import Stage
from kiosk.ui.visitor import Visitor

PAGE = (Path(__file__).parents[2] / "docs" / "add-a-matter.md").read_text(encoding="utf-8")
ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><circle cx="12" cy="12" r="9" fill="softColor"/></svg>'
)


def written(folder: Path) -> Path:
    """As its author has it: the file, and an icon of its own beside it."""
    path = folder / "senior-card.yaml"
    text = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)[0]
    path.write_text(text.replace("icon: senior-card ", "icon: senior-sun "), encoding="utf-8")
    (folder / "icons").mkdir()
    (folder / "icons" / "senior-sun.svg").write_text(ICON, encoding="utf-8")
    return path


def test_a_published_matter_appears_when_the_visit_is_over_and_is_walked_to_its_case(
    stage: Stage, visitor: Visitor, citizen: Citizen, tmp_path: Path
) -> None:
    citizen.touches_matter("resident-medical-insurance")
    citizen.goes_until("Form")
    version = stage.publish(written(tmp_path))
    lies_there = stage.folder / "terminal" / "matters" / "current.json"
    visitor.waits_until(lambda: lies_there.exists() and f'"version": {version}' in lies_there.read_text(), "it", 60)
    assert stage.package_in_use() == 0
    visitor.touches("home")
    visitor.touches("home:confirm")
    visitor.sees("Attract")
    visitor.waits_until(lambda: stage.package_in_use() == version, "the screen to offer it", 60)

    citizen.touches_matter("senior-card")
    citizen.goes_through()
    assert citizen.result is not None
    assert stage.case(citizen.result.number)["matter"] == "senior-card"

    without = stage.withdraw("senior-card")
    visitor.waits_until(lambda: stage.package_in_use() == without, "the screen to be without it", 60)
    assert "senior-card" not in stage.kiosk("matters", "list").stdout
