#!/usr/bin/env bash
# Makes .venv in the current folder and installs Loginwright there, editable, with its tests' tools.
# Argument: the file to write, last, with the folder that the environment was made for.
set -euo pipefail

installed=$1

usable() {
    [[ ! -f "$installed" || "$(<"$installed")" == "$(pwd -P)" ]] &&
        .venv/bin/python -c 'import sys, pip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

if ! usable; then
    if ! python=$("${BASH_SOURCE[0]%/*}/find_python.sh"); then
        {
            if [[ -n "${PYTHON:-}" ]]; then
                echo "PYTHON=$PYTHON is not a Python 3.11 or newer with the modules venv and ensurepip."
            else
                echo 'Loginwright needs Python 3.11 or newer with the modules venv and ensurepip.'
            fi
            echo 'Debian 12, Ubuntu 24.04 and later: apt-get install python3 python3-venv'
            echo 'Elsewhere: https://www.python.org/downloads/, then make setup PYTHON=/path/to/python3'
        } >&2
        exit 1
    fi
    echo "Making .venv with $("$python" --version) ($python)…"
    "$python" -m venv --clear .venv
fi

echo 'Installing Python packages (the first time takes a minute or two)…'
.venv/bin/python -m pip install --quiet --upgrade 'pip>=25.1'
.venv/bin/python -m pip install --quiet --editable '.[designer]' --group dev
# As of an installed package, so that the first start is as fast as the others, also for who keeps Python
# from writing bytecode.
.venv/bin/python -m compileall -q -j 0 designer runtime
pwd -P >"$installed"
