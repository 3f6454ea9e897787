# Sourced by ./run and ./test: system packages, the locked Python environment, the project itself. Says what it does.
# Usage: prepare LOCK...   (each LOCK is a file of versions and hashes)

say() { printf '%s\n' "$*"; }
stop() { printf '%s\n' "$*" >&2; exit 1; }

find_python() {
    local candidate
    for candidate in "${PYTHON:-python3}" python3.13 python3.12 python3.11; do
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$candidate"
            return
        fi
    done
    stop "Python 3.11 or newer was not found. Install it (Debian: apt-get install python3) or set PYTHON=/path/to/python3."
}

install_system_packages() {
    command -v dpkg-query >/dev/null || { say "Not a Debian-like machine: please install what setup/debian-packages.txt lists."; return; }
    local missing=() package
    while read -r package; do
        dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
    done < <(grep -v '^#' setup/debian-packages.txt "${@}" | sed 's/^[^:]*://')
    [ ${#missing[@]} -eq 0 ] && return
    say "Installing system packages: ${missing[*]}"
    local as_root=()
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || stop "These packages are missing and only root can install them. Run: apt-get install ${missing[*]}"
        as_root=(sudo)
    fi
    { "${as_root[@]}" apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
        "${as_root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}"; } >build/apt.log 2>&1 ||
        stop "apt-get failed; the end of build/apt.log says why: $(tail -1 build/apt.log)"
}

install_python_packages() {
    local stamp
    stamp=$(cat pyproject.toml "$@" | sha256sum | cut -d' ' -f1)
    [ "$(cat .venv/stamp-"$(basename "$1")" 2>/dev/null)" = "$stamp" ] && return
    [ -x .venv/bin/python ] || { say "Making the Python environment in .venv"; "$(find_python)" -m venv .venv; }
    local lock
    for lock in "$@"; do
        say "Installing the locked packages of $lock"
        .venv/bin/python -m pip install -q --disable-pip-version-check --no-deps --require-hashes -r "$lock" ||
            stop "pip could not install $lock; the lines above say why. Is a package registry reachable?"
    done
    .venv/bin/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e . >build/install.log 2>&1 ||
        stop "Installing the project itself failed; see build/install.log"
    say "$stamp" >.venv/stamp-"$(basename "$1")"
}
