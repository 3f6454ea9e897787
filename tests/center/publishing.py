"""A matter that a member of staff wrote, and a real terminal's backroom that gets what the center publishes."""

import re
from pathlib import Path

PAGE = (Path(__file__).parents[2] / "docs" / "add-a-matter.md").read_text(encoding="utf-8")
SENIOR_CARD = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)[0]


def write_matter(folder, version=1, name="senior-card", text=SENIOR_CARD):
    """The matter of docs/add-a-matter.md under this id and version."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.yaml"
    changed = text.replace("id: senior-card ", f"id: {name} ").replace("version: 1 ", f"version: {version} ")
    path.write_text(changed, encoding="utf-8")
    return path
