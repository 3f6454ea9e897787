"""Where the project's own data lies."""

from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
ASSETS = PROJECT / "assets"
CATALOG = PROJECT / "flows" / "catalog"
