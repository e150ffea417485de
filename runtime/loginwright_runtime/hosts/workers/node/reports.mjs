// What an action threw, as a frame.

import { quote, quoteAll } from './encoding.mjs';
import { missingMessage, missingPackage } from './packages.mjs';
import { flowFrames, lineIn } from './places.mjs';
import { errors, inspect, stringSlice, types } from './primordials.mjs';

const LONGEST = 32768;
const RealError = errors.Error;

function isError(thrown) {
  return types.isNativeError(thrown) || thrown instanceof RealError;
}

function text(value) {
  const whole = typeof value === 'string' ? value : `${value}`;
  return whole.length > LONGEST ? `${stringSlice(whole, 0, LONGEST)}…` : whole;
}

function nameOf(error) {
  const { name } = error;
  if (typeof name === 'string' && name !== '' && name !== 'Error') return name;
  const own = error.constructor?.name;
  return typeof own === 'string' && own !== '' ? own : 'Error';
}

function described(error, run) {
  const stack = flowFrames(typeof error.stack === 'string' ? error.stack : '');
  const missing = missingPackage(error);
  // What a package imports while it runs brings Node's own words.
  const isNodes = missing !== null && error.code === 'ERR_MODULE_NOT_FOUND';
  const message = isNodes ? missingMessage(missing, missing, run.action) : error.message;
  return { name: text(nameOf(error)), message: text(message), stack, missing };
}

// Some throw an object of their own with a message: then that is told, and not all that it holds.
function saidBy(thrown) {
  if (typeof thrown === 'string') return thrown;
  const said = typeof thrown === 'object' && thrown !== null ? thrown.message : undefined;
  return typeof said === 'string' && said !== '' ? said : inspect(thrown);
}

// An error can have getters that throw, or be a proxy: then little is said about it.
function describe(thrown, run) {
  try {
    if (isError(thrown)) return described(thrown, run);
    return { name: 'Error', message: text(saidBy(thrown)), stack: [], missing: null };
  } catch {
    const message = 'Something was thrown that cannot be shown.';
    return { name: 'Error', message, stack: [], missing: null };
  }
}

/** The frame that ends a run with what was thrown; `uncaught` when nobody awaited the code. */
export function threwFrame(run, thrown, { uncaught, duration }) {
  const { name, message, stack, missing } = describe(thrown, run);
  return (
    `{"type":"threw","run":"${run.id}","name":${quote(name)},"message":${quote(message)},` +
    `"stack":${quoteAll(stack)},"line":${lineIn(stack, run.code)},` +
    `"missing_package":${missing === null ? 'null' : quote(missing)},` +
    `"uncaught":${uncaught},"duration_ms":${duration}}\n`
  );
}

/** The frame that tells that code of an ended run threw. */
export function lateFrame(run, thrown) {
  const { name, message } = describe(thrown, run);
  return `{"type":"late","run":"${run.id}","message":${quote(`${name}: ${message}`)}}\n`;
}
