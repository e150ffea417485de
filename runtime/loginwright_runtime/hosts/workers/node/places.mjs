// Where in the flow's files something happened.

import {
  arrayPush,
  getCallSites,
  hasOwn,
  stringLastIndexOf,
  stringSlice,
  stringSplit,
  stringStartsWith,
} from './primordials.mjs';

const DEEPEST = 200;
const FRAMES = 50;

let prefix = '/loginwright/';
let files = { __proto__: null };

/** Tell which files are the flow's, and the folder in whose name they run. */
export function setFlow(root, sources) {
  prefix = root === '/' ? root : `${root}/`;
  files = sources;
}

/** The name a source file has for V8. */
export function fileName(path) {
  return prefix + path;
}

/** The path in the flow of a name that V8 gives, or null. */
export function flowPath(name) {
  if (!stringStartsWith(name, prefix)) return null;
  const path = stringSlice(name, prefix.length);
  return hasOwn(files, path) ? path : null;
}

/**
 * The line of the nearest frame in `file`, or null. `near` is `getCallSites(2)` of the function
 * that the action calls: two frames are enough nearly always, and cost half of many.
 */
export function callerLine(near, file) {
  if (near.length > 1 && near[1].scriptName === file) return near[1].lineNumber;
  const sites = getCallSites(DEEPEST);
  for (let index = 0; index < sites.length; index += 1) {
    if (sites[index].scriptName === file) return sites[index].lineNumber;
  }
  return null;
}

// `/loginwright/actions/x.js:12:5` → `actions/x.js:12:5` of the flow, or null.
function flowPlace(text) {
  const start = stringLastIndexOf(text, prefix);
  if (start < 0) return null;
  let end = text.length;
  if (text[end - 1] === ')') end -= 1;
  const place = stringSlice(text, start + prefix.length, end);
  const column = stringLastIndexOf(place, ':');
  const line = stringLastIndexOf(place, ':', column - 1);
  const path = stringSlice(place, 0, line < 0 ? column : line);
  return path !== '' && hasOwn(files, path) ? place : null;
}

/** Frames of the flow's files in a stack, nearest first, as `actions/x.js:12:5`. */
export function flowFrames(stack) {
  const frames = [];
  const lines = stringSplit(stack, '\n');
  // A syntax error has no frame of its own: V8 puts the place before the message.
  const head = flowPlace(lines[0]);
  if (head !== null && stringStartsWith(lines[0], prefix)) arrayPush(frames, head);
  for (let index = 0; index < lines.length && frames.length < FRAMES; index += 1) {
    if (!stringStartsWith(lines[index], '    at ')) continue;
    const place = flowPlace(lines[index]);
    if (place !== null) arrayPush(frames, place);
  }
  return frames;
}

/** The line of the nearest frame in the file at `path`, or null. */
export function lineIn(frames, path) {
  for (let index = 0; index < frames.length; index += 1) {
    if (!stringStartsWith(frames[index], `${path}:`)) continue;
    const line = +stringSplit(stringSlice(frames[index], path.length + 1), ':')[0];
    if (line > 0) return line;
  }
  return null;
}
