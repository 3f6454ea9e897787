"""`python -m kiosk.ui.lint_qml`: QML against the Python types it uses; any finding is an error."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
BUILD = ROOT / "build" / "qml"


def main() -> int:
    tools = Path(sys.executable).parent
    BUILD.mkdir(parents=True, exist_ok=True)
    stubs = [str(tools / "pyside6-qml-stubgen"), str(ROOT / "kiosk" / "ui"), "--out-dir", str(BUILD)]
    ignored = [
        "--ignore",
        str(ROOT / "kiosk" / "ui" / "desk"),
        "--ignore",
        str(ROOT / "kiosk" / "ui" / "visitor.py"),
        "--force-rebuild",
    ]
    made = subprocess.run([*stubs, *ignored], cwd=ROOT, check=False)
    if made.returncode != 0:
        return made.returncode
    sources = sorted(str(path) for path in (ROOT / "kiosk" / "shell").rglob("*.qml"))
    lint = [str(tools / "pyside6-qmllint"), "-W", "0", "-I", str(BUILD)]
    return subprocess.run([*lint, *sources], cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
