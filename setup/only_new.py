"""Print the requirement blocks of the first lock file that the second has not."""

import re
import sys
from pathlib import Path


def blocks(path: str) -> dict[str, str]:
    """Requirement line -> its whole block with hashes."""
    found = re.findall(r"^([^\s#]\S*)((?:.*\\\n)(?:    .*\n?)+)", Path(path).read_text(encoding="utf-8"), re.MULTILINE)
    return {name: name + rest for name, rest in found}


have = blocks(sys.argv[2])
sys.stdout.write("".join(block for name, block in blocks(sys.argv[1]).items() if name not in have))
