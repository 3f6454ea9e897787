"""`kiosk`: the terminal's commands. `run` takes a short way so that the first frame does not wait for the others."""

import sys


def main() -> None:
    if sys.argv[1:2] == ["run"]:
        from kiosk.cli.run import run

        sys.exit(run(sys.argv[2:]))
    from kiosk.cli.entry import enter

    sys.exit(enter(sys.argv[1:]))


if __name__ == "__main__":
    main()
