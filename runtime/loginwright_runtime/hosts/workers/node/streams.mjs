// `process.stdout` and `process.stderr` as an action writes to them: lines of its run, in order.

import { callerLine } from './places.mjs';
import {
  apply,
  bufferFrom,
  defineProperty,
  errors,
  getCallSites,
  getOwnPropertyDescriptor,
  stringSplit,
  utf8Slice,
} from './primordials.mjs';
import { print } from './printing.mjs';

const LEVELS = { __proto__: null, stdout: 'log', stderr: 'error' };

const { nextTick } = process;
const waiting = { __proto__: null, stdout: null, stderr: null };

/** Turn what is written to the streams into log lines; `whose` names the run they belong to. */
export function installStreams(whose, limits) {
  for (const name of ['stdout', 'stderr']) {
    const { get } = getOwnPropertyDescriptor(process, name);
    let stream = null;
    // Node makes a stream when it is first read, which takes a millisecond.
    defineProperty(process, name, {
      __proto__: null,
      enumerable: true,
      configurable: true,
      get() {
        if (stream === null) {
          stream = apply(get, process, []);
          stream.write = writer(name, whose, limits);
        }
        return stream;
      },
    });
  }
}

function writer(name, whose, limits) {
  return function write(chunk, encoding, callback) {
    const text = textOf(chunk, encoding);
    const run = whose();
    if (run !== null) take(name, text, run, callerLine(getCallSites(2), run.file), limits);
    const done = typeof encoding === 'function' ? encoding : callback;
    if (typeof done === 'function') nextTick(done);
    return true;
  };
}

function textOf(chunk, encoding) {
  if (typeof chunk !== 'string') {
    if (!(chunk instanceof Uint8Array)) {
      throw new errors.TypeError('What is written must be a string or bytes.');
    }
    return utf8Slice(bufferFrom(chunk.buffer, chunk.byteOffset, chunk.byteLength));
  }
  const isText = typeof encoding !== 'string' || encoding === 'utf8' || encoding === 'utf-8';
  return isText ? chunk : utf8Slice(bufferFrom(chunk, encoding));
}

// What has no newline at its end waits for one, or for the end of the handler.
function take(name, text, run, line, limits) {
  const held = waiting[name];
  const begun = held !== null && held.run === run ? held : { run, text: '', line };
  const lines = stringSplit(begun.text + text, '\n');
  const rest = lines.length - 1;
  for (let index = 0; index < rest; index += 1) {
    print(run, LEVELS[name], lines[index], index === 0 ? begun.line : line, limits);
  }
  const from = rest === 0 ? begun.line : line;
  waiting[name] = lines[rest] === '' ? null : { run, text: lines[rest], line: from };
}

/** Print what still waits for a newline. */
export function finishLines(limits) {
  for (const name in LEVELS) {
    const held = waiting[name];
    if (held === null) continue;
    waiting[name] = null;
    print(held.run, LEVELS[name], held.text, held.line, limits);
  }
}
