#!/usr/bin/env bash
# Installs the Debian and Ubuntu packages that are missing, or says which ones are.
# Argument: the file to write when nothing is missing. Nothing here stops the set-up: the runtime
# needs none of Qt's libraries, and a missing Python is reported where it is looked for.
set -euo pipefail

complete=$1

# Qt without a screen; then Qt with one, and a screen that nobody sees for the tests.
packages=(
    libglib2.0-0 libegl1 libgl1 libxkbcommon0 libdbus-1-3 libfontconfig1
    xvfb xauth libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-xkb1 libxkbcommon-x11-0
    libxcb-shape0
)

finish() {
    mkdir -p "$(dirname "$complete")"
    touch "$complete"
    exit 0
}

installed() {
    dpkg-query --show --showformat='${db:Status-Status}\n' "$1" 2>/dev/null | grep -x installed >/dev/null
}

# Since 2024 some libraries carry a t64 at the end of their name.
missing_packages() {
    local package
    for package in "${packages[@]}"; do
        installed "$package" || installed "${package}t64" || echo "$package"
    done
}

if [[ "$(uname -s)" != Linux ]]; then
    finish
fi
if ! command -v dpkg-query >/dev/null; then
    echo 'This is neither Debian nor Ubuntu. The designer needs these libraries, whatever they are called here:'
    echo "  ${packages[*]}"
    finish
fi
if ! "${BASH_SOURCE[0]%/*}/find_python.sh" >/dev/null; then
    packages+=(python3 python3-venv)
fi

mapfile -t missing < <(missing_packages)
if ((${#missing[@]} == 0)); then
    finish
fi

as_root=()
if ((EUID != 0)); then
    as_root=(sudo -n)
fi
if "${as_root[@]}" true 2>/dev/null; then
    echo "Installing system packages: ${missing[*]}"
    if "${as_root[@]}" apt-get -qq update &&
        "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
            apt-get -qq install --yes --no-install-recommends "${missing[@]}" >/dev/null; then
        finish
    fi
fi >&2
{
    echo 'System packages are missing. The designer and the tests do not run without them. Install them with:'
    echo "  sudo apt-get install ${missing[*]}"
} >&2
