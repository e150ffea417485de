"""The flows of the conformance suite for debuggers: each program in JavaScript and in Python.

``@name`` at the end of a line marks it, so that a story can name it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from loginwright_runtime.flow.model import Action, Flow
from loginwright_runtime.flow.version import with_version

Language = Literal["javascript", "python"]
_ENDINGS: dict[Language, str] = {"javascript": ".js", "python": ".py"}


@dataclass(frozen=True, slots=True)
class Program:
    """One action in both languages, and what it takes from ``lib``.

    Attributes:
        javascript: Source of the action.
        python: The same in Python.
        lib: Name of a file in ``lib`` without its ending → its source in each language.
    """

    javascript: str
    python: str
    lib: Mapping[str, Mapping[Language, str]] | None = None


@dataclass(frozen=True, slots=True)
class DebuggedFlow:
    """A program as a flow of one action, ``act``.

    Attributes:
        flow: The flow.
        file: The action's file.
        language: Which language it is in.
    """

    flow: Flow
    file: str
    language: Language

    def line(self, mark: str, file: str | None = None) -> int:
        """Return the line that ends with ``@mark``."""
        text = self.flow.files[file or self.file].decode()
        lines = text.splitlines()
        return next(at for at, one in enumerate(lines, 1) if one.endswith(f"@{mark}"))

    def lib(self, name: str) -> str:
        """Return the path of a file in ``lib``."""
        return f"lib/{name}{_ENDINGS[self.language]}"


def debugged_flow(program: Program, language: Language) -> DebuggedFlow:
    """Return a program as a flow."""
    file = f"actions/act{_ENDINGS[language]}"
    source = program.javascript if language == "javascript" else program.python
    action = Action(id="act", name="Act", code=file, language=language, secrets=("SHARED",))
    files = {file: source.encode()}
    for name, sources in (program.lib or {}).items():
        files[f"lib/{name}{_ENDINGS[language]}"] = sources[language].encode()
    flow = Flow(name="Debugged", actions=(action,), files=files, version="sha256:" + "0" * 64)
    return DebuggedFlow(with_version(flow), file, language)


CALLS = Program(
    """
const { twice } = require('../lib/maths.js');
exports.onExecutePostLogin = async (event, api) => {
  let total = 1; // @first
  const doubled = twice(total); // @calls
  const more = await later(doubled); // @awaits
  total = more; // @after
  api.idToken.setCustomClaim('https://a.example/total', total); // @claim
  total += 1; // @last
};
async function later(number) {
  const next = number + 1; // @inside
  await null; // @waits
  return next; // @resumed
}
""",
    """
from lib.maths import twice
async def on_execute_post_login(event, api):
    total = 1  # @first
    doubled = twice(total)  # @calls
    more = await later(doubled)  # @awaits
    total = more  # @after
    api.id_token.set_custom_claim("https://a.example/total", total)  # @claim
    total += 1  # @last

class Soon:
    def __await__(self):
        yield

async def later(number):
    next = number + 1  # @inside
    await Soon()  # @waits
    return next  # @resumed
""",
    {
        "maths": {
            "javascript": """
exports.twice = (number) => {
  const result = number * 2; // @lib
  return result; // @returns
};
""",
            "python": """
def twice(number):
    result = number * 2  # @lib
    return result  # @returns
""",
        }
    },
)

LOOP = Program(
    """
exports.onExecutePostLogin = async (event, api) => {
  let sum = 0;
  for (const step of [1, 2, 3, 4, 5]) {
    sum = add(sum, step); // @body
  }
  api.idToken.setCustomClaim('https://a.example/sum', sum); // @beyond
};
function add(sum, step) {
  return sum + step; // @added
}
""",
    """
async def on_execute_post_login(event, api):
    sum = 0
    for step in [1, 2, 3, 4, 5]:
        sum = add(sum, step)  # @body
    api.id_token.set_custom_claim("https://a.example/sum", sum)  # @beyond

def add(sum, step):
    return sum + step  # @added
""",
)

NESTED = Program(
    """
exports.onExecutePostLogin = async (event, api) => {
  let total = outer(1); // @calls
  total += 1; // @after
};
function outer(number) {
  const found = inner(number) + inner(number);
  return found + 1; // @returns
}
function inner(number) {
  return number * 2; // @inmost
}
""",
    """
async def on_execute_post_login(event, api):
    total = outer(1)  # @calls
    total += 1  # @after

def outer(number):
    found = inner(number) + inner(number)
    return found + 1  # @returns

def inner(number):
    return number * 2  # @inmost
""",
)

ENDLESS = Program(
    """
exports.onExecutePostLogin = async (event, api) => {
  let going = true;
  let turns = 0;
  while (going) { // @turn
    turns += 1; // @count
  }
};
""",
    """
async def on_execute_post_login(event, api):
    going = True
    turns = 0
    while going:  # @turn
        turns += 1  # @count
""",
)

AWAY = Program(
    """
let visits = 0;
exports.onExecutePostLogin = async (event, api) => {
  visits += 1;
  api.redirect.sendUserTo('https://my-app.example.com'); // @sends
};
exports.onContinuePostLogin = async (event, api) => {
  const colour = event.request.body.colour; // @back
  api.idToken.setCustomClaim('https://a.example/colour', colour); // @claim
};
""",
    """
visits = 0
async def on_execute_post_login(event, api):
    global visits
    visits += 1
    api.redirect.send_user_to("https://my-app.example.com")  # @sends

async def on_continue_post_login(event, api):
    colour = event.request.body["colour"]  # @back
    api.id_token.set_custom_claim("https://a.example/colour", colour)  # @claim
""",
)

THROWS = Program(
    """
exports.onExecutePostLogin = async (event, api) => {
  try {
    fail('caught'); // @tries
  } catch (error) {
    await null; // @caught
  }
  fail('uncaught'); // @fails
};
function fail(word) {
  throw new TypeError(word); // @throws
}
""",
    """
async def on_execute_post_login(event, api):
    try:
        fail("caught")  # @tries
    except TypeError:
        pass  # @caught
    fail("uncaught")  # @fails

def fail(word):
    raise TypeError(word)  # @throws
""",
)

VALUES = Program(
    """
exports.onExecutePostLogin = async (event, api) => {
  let read = 0;
  const cyclic = { name: 'cyclic' };
  cyclic.self = cyclic;
  const huge = new Array(200000).fill(7);
  const text = 'x'.repeat(3000000);
  const guarded = { get trap() { read += 1; return 'sprung'; } };
  const proxy = new Proxy({}, {
    get() { read += 1; throw new Error('get'); },
    ownKeys() { for (;;); },
    getOwnPropertyDescriptor() { for (;;); },
    getPrototypeOf() { throw new Error('prototype'); },
  });
  const secret = event.secrets.SHARED;
  const inside = () => cyclic;
  inside(); // @look
  const late = read;
  api.idToken.setCustomClaim('https://a.example/read', late);
};
""",
    """
class Guarded:
    reads = 0
    @property
    def trap(self):
        Guarded.reads += 1
        return "sprung"

class Proxy:
    def __getattribute__(self, name):
        Guarded.reads += 1
        raise RuntimeError(name)
    def __repr__(self):
        while True:
            pass
    __str__ = __repr__

async def on_execute_post_login(event, api):
    cyclic = {"name": "cyclic"}
    cyclic["self"] = cyclic
    huge = [7] * 200000
    text = "x" * 3000000
    guarded = Guarded()
    proxy = Proxy()
    secret = event.secrets["SHARED"]
    inside = lambda: cyclic
    inside()  # @look
    late = Guarded.reads
    api.id_token.set_custom_claim("https://a.example/read", late)
""",
)
