"""Lines that can be covered are those on which a statement of a function begins."""

from __future__ import annotations

from loginwright_designer.code_editor.statement_lines import statement_lines

JAVASCRIPT = """\
const axios = require("axios");

exports.onExecutePostLogin = async (event, api) => {
  // nothing here
  if (event.user.email) {
    return;
  } else {
    api.access.deny("no");
  }
  const made = {
    a: 1,
    b: { c: 2 },
  };
  const text = `with ${made.a} {`;
  [1, 2].forEach((number) => {
    console.log(number);
  });
  const found = made
    .a
    .toString();
  switch (found) {
    case "1": {
      helper(found);
      break;
    }
  }
};

function helper(value) {
  const pattern = /[{]/;
  return pattern.test(value);
}
"""
PYTHON = '''\
import os


def on_execute_post_login(event, api):
    """Does this."""
    if event.user.email:
        return
    for name in ("a",
                 "b"):
        print(name)
'''


def test_statements_of_javascript_functions_are_found() -> None:
    assert sorted(statement_lines(JAVASCRIPT, "javascript")) == [
        5, 6, 8, 10, 14, 15, 16, 18, 21, 23, 24, 30, 31,
    ]  # fmt: skip


def test_statements_of_python_functions_are_found() -> None:
    assert sorted(statement_lines(PYTHON, "python")) == [6, 7, 8, 10]


def test_code_that_cannot_be_read_has_no_lines() -> None:
    assert statement_lines("def (", "python") == frozenset()
    assert statement_lines(")}{(", "javascript") == frozenset()
