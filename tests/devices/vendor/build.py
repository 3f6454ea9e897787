"""Vendors' libraries for the tests, made from the C files beside this one."""

import shutil
import subprocess
from pathlib import Path

HERE = Path(__file__).parent


def built(name: str, folder: Path) -> str:
    """The path of `folder/lib<name>.so`; the library knows the folder as FOLDER."""
    compiler = shutil.which("tcc")
    assert compiler, "apt-get install tcc"
    made = folder / f"lib{name}.so"
    subprocess.run([compiler, "-shared", f'-DFOLDER="{folder}"', "-o", made, HERE / f"{name}.c"], check=True)
    return str(made)
