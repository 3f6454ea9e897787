"""`python -m kiosk.ui.desk --folder DIR`: the device desk for the twins running in DIR."""

import argparse
from pathlib import Path

from kiosk.ui.desk.window import main

parser = argparse.ArgumentParser(prog="kiosk desk", description="Work the virtual devices by hand.")
parser.add_argument("--folder", type=Path, default=Path("var/twins"), help="folder of the running twins")
raise SystemExit(main(parser.parse_args().folder))
