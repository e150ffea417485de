// `console` as an action has it: what Node's prints, as lines of the run.

import { callerLine } from './places.mjs';
import {
  apply,
  captureStackTrace,
  defineProperty,
  format,
  getCallSites,
  inspect,
  stringRepeat,
  stringReplaceAll,
} from './primordials.mjs';
import { print, shortened, withoutOwnFrames } from './printing.mjs';

const LEVELS = ['log', 'info', 'warn', 'error', 'debug'];
// They keep counts and times; they print with the methods above, of the console they belong to.
const NODES = ['assert', 'count', 'countReset', 'table', 'time', 'timeEnd', 'timeLog'];
const INDENTATION = '  ';
const DEEPEST_SHOWN = 100;

const { Console } = console;
const NOWHERE = { write: () => true };

/** Put printing methods on `console`; `whose` names the run that the running code belongs to. */
export function installConsole(whose, limits) {
  const printed = (level, args, near) => {
    const run = whose();
    if (run === null) return;
    const text = shortened(withoutOwnFrames(apply(format, undefined, args)));
    print(run, level, indented(text, run.groups), callerLine(near, run.file), limits);
  };
  for (const level of LEVELS) {
    define(level, (...args) => printed(level, args, getCallSites(2)));
  }
  define('dirxml', (...args) => printed('log', args, getCallSites(2)));
  define('dir', (value, options) => {
    const text = inspect(value, { customInspect: false, ...options });
    printed('log', ['%s', text], getCallSites(2));
  });
  define('trace', function trace(...args) {
    const traced = { name: 'Trace', message: apply(format, undefined, args) };
    captureStackTrace(traced, trace);
    printed('trace', [traced.stack], getCallSites(2));
  });
  for (const name of NODES) {
    define(name, (...args) => {
      const run = whose();
      if (run === null) return;
      run.console ??= ownConsole();
      apply(run.console[name], run.console, args);
    });
  }
  installGroups(whose);
}

// A group is the run's: one that is left open ends with its handler.
function installGroups(whose) {
  const begin = (...args) => {
    if (args.length > 0) apply(console.log, console, args);
    const run = whose();
    if (run !== null) run.groups += 1;
  };
  define('group', begin);
  define('groupCollapsed', begin);
  define('groupEnd', () => {
    const run = whose();
    if (run !== null && run.groups > 0) run.groups -= 1;
  });
}

function indented(text, groups) {
  if (groups === 0) return text;
  const indentation = stringRepeat(INDENTATION, groups < DEEPEST_SHOWN ? groups : DEEPEST_SHOWN);
  return indentation + stringReplaceAll(text, '\n', `\n${indentation}`);
}

// Node's own, with the counts and times of one run; it prints as the action's `console` does.
function ownConsole() {
  const own = new Console(NOWHERE);
  own.log = (...args) => apply(console.log, console, args);
  own.warn = (...args) => apply(console.warn, console, args);
  return own;
}

function define(name, value) {
  defineProperty(console, name, { value, writable: true, enumerable: true, configurable: true });
}
