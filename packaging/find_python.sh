#!/usr/bin/env bash
# Prints a Python that Loginwright can be installed with, or nothing. PYTHON=… chooses one.
set -euo pipefail

suitable() {
    "$1" -c 'import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

candidates=(python3 python3.13 python3.12 python3.11 python3.14)
if [[ -n "${PYTHON:-}" ]]; then
    candidates=("$PYTHON")
fi
for candidate in "${candidates[@]}"; do
    if suitable "$candidate"; then
        command -v "$candidate"
        exit 0
    fi
done
exit 1
