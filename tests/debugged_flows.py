"""Small flows whose lines tests of debuggers stop at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flow_folders import action, document, write_folder
from source_tree import ROOT

if TYPE_CHECKING:
    from pathlib import Path

SAMPLE = ROOT / "resources" / "samples" / "customer-login"
COLOUR = SAMPLE / "actions" / "ask-favourite-colour.js"
MFA = SAMPLE / "actions" / "require-mfa-in-na.py"

JAVASCRIPT = b"""\
const { greeting } = require("../lib/words.js");

exports.onExecutePostLogin = async (event, api) => {
  const numbers = Array.from({ length: 250 }, (_, index) => index * 2);
  let sum = 0;
  for (const number of numbers.slice(0, 5)) {
    sum += number;
  }
  console.log(greeting(event.user.email));
  api.idToken.setCustomClaim("https://example.com/sum", sum);
};
"""
WORDS = b"""\
exports.greeting = (name) => {
  const text = "Hello " + name;
  return text;
};
"""
PYTHON = b"""\
def on_execute_post_login(event, api):
    total = 0
    for number in range(4):
        total += number
    api.id_token.set_custom_claim("https://example.com/total", total)
"""
THROWS = b"""\
exports.onExecutePostLogin = async (event, api) => {
  try {
    null.caught;
  } catch (error) {
    console.error("caught", error.name);
  }
  undefined.escapes;
};
"""
SPINS = b"""\
exports.onExecutePostLogin = async (event, api) => {
  let turns = 0;
  console.log("begun");
  while (turns >= 0) {
    turns += 1;
  }
  console.log("ended");
};
"""


def flow_of(folder: Path, files: dict[str, bytes]) -> Path:
    """Write a flow with one action for each file under ``actions/``."""
    actions = [
        action(name.removeprefix("actions/").partition(".")[0], code=name)
        for name in files
        if name.startswith("actions/")
    ]
    return write_folder(folder, document(*actions), files)


def javascript_flow(folder: Path) -> Path:
    """A JavaScript action that sums numbers and calls into ``lib/``."""
    return flow_of(folder, {"actions/sums.js": JAVASCRIPT, "lib/words.js": WORDS})


def python_flow(folder: Path) -> Path:
    """A Python action that sums numbers."""
    return flow_of(folder, {"actions/totals.py": PYTHON})


def throwing_flow(folder: Path) -> Path:
    """An action that throws twice, and catches once."""
    return flow_of(folder, {"actions/throws.js": THROWS})


def spinning_flow(folder: Path) -> Path:
    """An action that never ends by itself."""
    return flow_of(folder, {"actions/spins.js": SPINS})
