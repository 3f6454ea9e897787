"""`python -m tests.contracts`: what each conformance suite checks, and for which drivers."""

import ast
from pathlib import Path

from tests.contracts.rig import known_rigs

HERE = Path(__file__).parent
CLASSES = {"device": "", "idcard": "idcard", "scanner": "scanner", "camera": "camera", "printer": "printer"}


def checks(suite: str) -> list[str]:
    """The suite's tests as sentences, in order."""
    tree = ast.parse((HERE / f"test_{suite}.py").read_text(encoding="utf-8"))
    names = (node.name for node in tree.body if isinstance(node, ast.FunctionDef))
    return [name.removeprefix("test_").replace("_", " ") for name in names if name.startswith("test_")]


def main() -> None:
    for suite, kind in CLASSES.items():
        print(f"{kind or 'every device'}: {', '.join(known_rigs(kind))}")
        for sentence in checks(suite):
            print(f"  - {sentence}")


if __name__ == "__main__":
    main()
