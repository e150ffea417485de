// What an action prints, sent as frames; what Node warns about, filtered.

import { quote } from './encoding.mjs';
import {
  arrayJoin,
  arrayPush,
  byteLength,
  regexpTest,
  stringEndsWith,
  stringIndexOf,
  stringSlice,
  stringSplit,
  stringStartsWith,
} from './primordials.mjs';
import { putAside, send } from './wire.mjs';

const LONGEST = 65536;
const OWN_CODE = new URL('..', import.meta.url).href;
const FRAME = /^\s*at /;

// Warnings of Node about what this worker does itself, or that no action can do anything about.
const OWN_WARNINGS = [
  ...['vm.USE_MAIN_CONTEXT_DEFAULT_LOADER', 'VM Modules'],
  ...['CommonJS module ', 'Import Attributes'],
];
const KNOWN_CODES = { __proto__: null, DEP0040: true, DEP0169: true, DEP0176: true };

/** The text without frames of this worker in the stacks it shows, nor of Node's below them. */
export function withoutOwnFrames(text) {
  if (stringIndexOf(text, OWN_CODE) < 0) return text;
  const lines = stringSplit(text, '\n');
  const kept = [];
  let below = false;
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index];
    const isOwn = stringIndexOf(line, OWN_CODE) >= 0;
    below = regexpTest(FRAME, line) && (isOwn || (below && stringIndexOf(line, '(node:') >= 0));
    if (!below) arrayPush(kept, line);
    // An error that has members of its own shows them in braces after its stack.
    else if (stringEndsWith(line, ' {') && kept.length > 0) kept[kept.length - 1] += ' {';
  }
  return arrayJoin(kept, '\n');
}

/** As much of a text as one line of a log shows. */
export function shortened(text) {
  return text.length > LONGEST ? `${stringSlice(text, 0, LONGEST)}… (shortened)` : text;
}

/** Send one line of a run, unless the run has printed more than it may. */
export function print(run, level, text, line, limits) {
  const shown = shortened(text);
  if (run.lines > limits.log_lines || run.bytes > limits.log_bytes) return;
  run.lines += 1;
  run.bytes += byteLength(shown);
  const head = `{"type":"log","run":"${run.id}","level":"${level}"`;
  const frame = `${head},"text":${quote(shown)},"line":${line}}\n`;
  // What is put aside while nothing runs would lie there until something does.
  if (run.over) send(frame, false);
  else putAside(frame);
}

/** Print Node's warnings as log lines, but for those that are known and no action's doing. */
export function installWarnings(whose, limits) {
  process.removeAllListeners('warning');
  process.on('warning', (warning) => {
    const run = whose();
    if (run === null || isKnown(warning)) return;
    print(run, 'warn', `${warning.name}: ${warning.message}`, null, limits);
  });
}

function isKnown(warning) {
  if (typeof warning.code === 'string' && KNOWN_CODES[warning.code] === true) return true;
  if (warning.name !== 'ExperimentalWarning') return false;
  for (let index = 0; index < OWN_WARNINGS.length; index += 1) {
    if (stringStartsWith(`${warning.message}`, OWN_WARNINGS[index])) return true;
  }
  return false;
}
