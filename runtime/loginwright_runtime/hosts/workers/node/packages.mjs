// What an action requires that is no file of the flow: Node's modules and npm packages.

import { createRequire, isBuiltin } from 'node:module';

import {
  defineProperty,
  errors,
  stringEndsWith,
  stringIndexOf,
  stringSlice,
  stringSplit,
} from './primordials.mjs';

const MISSING = Symbol('missing package');
const builtinRequire = createRequire(import.meta.url);

let packages = null;
let packageRequire = null;

/** Tell which folder holds `node_modules`, or null. */
export function setPackages(folder) {
  packages = folder;
  // From inside node_modules, so that nothing beside and above it is ever looked at.
  packageRequire = folder === null ? null : createRequire(`${folder}/node_modules/_`);
}

/** Whether Node itself brings the module. */
export function isNodeModule(specifier) {
  return isBuiltin(specifier);
}

/** Return a module of Node's. */
export function requireNodeModule(specifier) {
  return builtinRequire(specifier);
}

// `@scope/name/part` → `@scope/name`, `name/part` → `name`.
function packageName(specifier) {
  const parts = stringSplit(specifier, '/');
  return parts[0][0] === '@' && parts.length > 1 ? `${parts[0]}/${parts[1]}` : parts[0];
}

/** `name@1.2.3/part` → `name/part`; others come back unchanged. */
export function withoutVersion(specifier) {
  const at = stringIndexOf(specifier, '@', 1);
  if (at < 0) return specifier;
  const rest = stringIndexOf(specifier, '/', at);
  return stringSlice(specifier, 0, at) + (rest < 0 ? '' : stringSlice(specifier, rest));
}

// The package that Node's message names: the one required, or one that this one needs.
function namedIn(error) {
  if (typeof error.message !== 'string') return null;
  const quoted = stringSplit(error.message, "'");
  return quoted.length > 2 ? quoted[1] : null;
}

/** The package that an error of Node's says is missing, or null. */
export function missingPackage(error) {
  if (typeof error?.[MISSING] === 'string') return error[MISSING];
  const code = error?.code;
  if (code !== 'MODULE_NOT_FOUND' && code !== 'ERR_MODULE_NOT_FOUND') return null;
  const name = namedIn(error);
  return name === null || name[0] === '.' || name[0] === '/' ? null : packageName(name);
}

/** Say which package, which action and what to do. */
export function missingMessage(name, specifier, action) {
  const needs =
    name === packageName(specifier)
      ? `Action "${action}" needs the package "${name}"`
      : `Action "${action}" needs the package "${packageName(specifier)}", which needs "${name}"`;
  return `Cannot find module '${specifier}'. ${needs}: install it in the flow folder (npm install ${name}).`;
}

/** Return a package, or throw an error that names package, action and remedy. */
export function requirePackage(specifier, action) {
  let cause;
  try {
    if (packageRequire !== null) return packageRequire(specifier);
    cause = { code: 'MODULE_NOT_FOUND', message: `Cannot find module '${specifier}'` };
  } catch (error) {
    cause = error;
  }
  const name = missingPackage(cause);
  if (name === null || stringEndsWith(name, '.node')) throw cause;
  const error = new errors.Error(missingMessage(name, specifier, action));
  error.code = 'MODULE_NOT_FOUND';
  defineProperty(error, MISSING, { __proto__: null, value: name });
  throw error;
}

/** Where a package would be loaded from. */
export function resolvePackage(specifier) {
  if (packageRequire === null) throw new errors.Error(`Cannot find module '${specifier}'`);
  return packageRequire.resolve(specifier);
}
