"""Coverage-guided fuzzing of one target: `python -m tests.fuzz.running TARGET CORPUS [libFuzzer's options]`.

A target is a file in `targets/` with `check(data: bytes) -> None`, which may raise nothing, and `SEEDS`, real inputs
to begin from.
"""

import importlib
import sys
from pathlib import Path

import atheris

TARGETS = Path(__file__).parent / "targets"


def known_targets() -> list[str]:
    return sorted(path.stem for path in TARGETS.glob("*.py") if not path.stem.startswith("_"))


def main() -> None:
    name, corpus = sys.argv.pop(1), Path(sys.argv[1])
    with atheris.instrument_imports(include=["devices", "flows", "kiosk"], enable_loader_override=False):
        target = importlib.import_module(f"tests.fuzz.targets.{name}")
    for number, seed in enumerate(getattr(target, "SEEDS", ())):
        (corpus / f"seed-{number:03}").write_bytes(seed)
    atheris.Setup(sys.argv, target.check)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
