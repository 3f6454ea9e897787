#!/usr/bin/env bash
# Write requirements.lock and requirements-test.lock anew: every version and hash, no address of any host.
# Needs uv (pip install uv). PySide6's meta-package is left out: we use Essentials alone.
set -euo pipefail
cd "$(dirname "$0")/.."
options=(--quiet --generate-hashes --no-emit-index-url --no-header --no-annotate --python-version 3.11 --override setup/left-out.txt)
uv pip compile "${options[@]}" pyproject.toml -o requirements.lock
uv pip compile "${options[@]}" --extra test -c requirements.lock pyproject.toml -o build/all.lock
.venv/bin/python setup/only_new.py build/all.lock requirements.lock >requirements-test.lock
