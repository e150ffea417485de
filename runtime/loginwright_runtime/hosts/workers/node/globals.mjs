// The global object and the console as they were before any action: what `fresh` runs start from.

import {
  create,
  defineProperty,
  deleteProperty,
  getOwnPropertyDescriptor,
  hasOwn,
  ownKeys,
} from './primordials.mjs';

const ownConsole = console;
const originalGlobals = create(null);
const originalConsole = create(null);

/** Remember every global, and what the console has, as they are now. */
export function rememberGlobals() {
  remember(globalThis, originalGlobals);
  remember(ownConsole, originalConsole);
}

function remember(target, original) {
  const names = ownKeys(target);
  for (let index = 0; index < names.length; index += 1) {
    original[names[index]] = getOwnPropertyDescriptor(target, names[index]);
  }
}

/** Remember one global that the worker itself has replaced. */
export function keepGlobal(name) {
  originalGlobals[name] = getOwnPropertyDescriptor(globalThis, name);
}

/**
 * Take away the globals that actions added, and give back those that they replaced. What Node adds
 * for itself when `fetch` is first used cannot be taken away, and stays.
 */
export function restoreGlobals() {
  restoreAll(globalThis, originalGlobals);
  restoreAll(ownConsole, originalConsole);
}

function restoreAll(target, original) {
  const names = ownKeys(target);
  for (let index = 0; index < names.length; index += 1) {
    if (!hasOwn(original, names[index])) deleteProperty(target, names[index]);
  }
  const known = ownKeys(original);
  for (let index = 0; index < known.length; index += 1) {
    restore(target, known[index], original[known[index]]);
  }
}

function restore(target, name, then) {
  const now = getOwnPropertyDescriptor(target, name);
  const isSame =
    now !== undefined && now.value === then.value && now.get === then.get && now.set === then.set;
  // Node replaces its lazy accessors by values when they are first read.
  const isLoaded = now !== undefined && then.get !== undefined && then.set === undefined;
  if (isSame || isLoaded || !(now?.configurable ?? true)) return;
  defineProperty(target, name, then);
}
