// The global object as it was before any action: what `fresh` runs start from.

import {
  create,
  defineProperty,
  deleteProperty,
  getOwnPropertyDescriptor,
  hasOwn,
  ownKeys,
} from './primordials.mjs';

const original = create(null);

/** Remember every global, as they are now. */
export function rememberGlobals() {
  const names = ownKeys(globalThis);
  for (let index = 0; index < names.length; index += 1) keepGlobal(names[index]);
}

/** Remember one global that the worker itself has replaced. */
export function keepGlobal(name) {
  original[name] = getOwnPropertyDescriptor(globalThis, name);
}

/**
 * Take away the globals that actions added, and give back those that they replaced. What Node adds
 * for itself when `fetch` is first used cannot be taken away, and stays.
 */
export function restoreGlobals() {
  const names = ownKeys(globalThis);
  for (let index = 0; index < names.length; index += 1) {
    if (!hasOwn(original, names[index])) deleteProperty(globalThis, names[index]);
  }
  const known = ownKeys(original);
  for (let index = 0; index < known.length; index += 1) restore(known[index]);
}

function restore(name) {
  const then = original[name];
  const now = getOwnPropertyDescriptor(globalThis, name);
  const isSame =
    now !== undefined && now.value === then.value && now.get === then.get && now.set === then.set;
  // Node replaces its lazy accessors by values when they are first read.
  const isLoaded = now !== undefined && then.get !== undefined && then.set === undefined;
  if (isSame || isLoaded || !(now?.configurable ?? true)) return;
  defineProperty(globalThis, name, then);
}
