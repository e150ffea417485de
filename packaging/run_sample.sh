#!/usr/bin/env bash
# Opens the designer. Without a display it says so, and logs in to the sample in the terminal.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

has_display() {
    [[ "$(uname -s)" == Darwin || -n "${DISPLAY:-}" || -n "${WAYLAND_DISPLAY:-}" || -n "${QT_QPA_PLATFORM:-}" ]]
}

if has_display; then
    exec .venv/bin/loginwright-designer "$@"
fi
echo 'There is no display for the designer, so the sample "Customer login" runs here, in the terminal.'
echo
secret=$(.venv/bin/python -c 'import secrets; print(secrets.token_urlsafe(32))')
LOGINWRIGHT_SECRET_MY_SHARED_SECRET="$secret" \
    exec .venv/bin/loginwright run resources/samples/customer-login --scenario 'First login'
