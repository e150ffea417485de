// What an action loads that is no file of the flow: Node's modules and npm packages.

import { createRequire, isBuiltin } from 'node:module';
import { constants } from 'node:vm';

import {
  compileFunction,
  defineProperty,
  errors,
  regexpTest,
  stringEndsWith,
  stringIndexOf,
  stringLastIndexOf,
  stringReplace,
  stringSlice,
  stringSplit,
  stringStartsWith,
} from './primordials.mjs';

const MISSING = Symbol('missing package');
const builtinRequire = createRequire(import.meta.url);

const PACKAGE_NAME = /^(?:@[\w~.-]+\/)?[\w~.#-]+$/;

const FOLDER = '/node_modules/';

let installed = null;
let packageRequire = null;
let packageImport = null;

/** Tell which folder holds `node_modules`, or null. */
export function setPackages(folder) {
  if (folder === null) return;
  // From inside node_modules, so that nothing beside and above it is ever looked at.
  installed = folder + FOLDER;
  const filename = `${installed}_`;
  packageRequire = createRequire(filename);
  packageImport = compileFunction(
    'return import(specifier, { with: attributes });',
    ['specifier', 'attributes'],
    { filename, importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER },
  );
}

/** Whether Node itself brings the module. */
export function isNodeModule(specifier) {
  return isBuiltin(specifier);
}

/** Return a module of Node's. */
export function requireNodeModule(specifier) {
  return builtinRequire(specifier);
}

/** Return a promise of a module of Node's. */
export function importNodeModule(specifier) {
  return import(specifier);
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

/** The package that an error says is missing, or null. */
export function missingPackage(error) {
  const told = error?.[MISSING];
  if (told !== undefined) return told;
  const code = error?.code;
  if (code !== 'MODULE_NOT_FOUND' && code !== 'ERR_MODULE_NOT_FOUND') return null;
  const name = namedIn(error);
  return name === null || name[0] === '.' || name[0] === '/' ? null : packageName(name);
}

/** Say which package, which action and what to do. */
export function missingMessage(name, specifier, action) {
  const isIt = name === packageName(specifier);
  const needs = isIt
    ? `Action "${action}" needs the package "${name}"`
    : `Action "${action}" needs the package "${packageName(specifier)}", which needs "${name}"`;
  const ours = isIt && name === specifier ? `, or put a module of yours in lib/${name}.js` : '';
  return `Cannot find module '${specifier}'. ${needs}: install it in the flow folder (npm install ${name})${ours}.`;
}

/** Whether an npm package could have this name, inner path included. */
export function isPackageName(specifier) {
  return regexpTest(PACKAGE_NAME, packageName(specifier));
}

/** Throw an error that names a missing module of the platform's kind, the action and the remedy. */
export function refuseModule(name, specifier, action) {
  throw notFound(
    `Cannot find module '${specifier}'. Action "${action}" needs the module "${name}", ` +
      `which the flow does not have: put its code in lib/${name}.js.`,
    null,
  );
}

function notFound(message, missing) {
  const error = new errors.Error(message);
  error.code = 'MODULE_NOT_FOUND';
  defineProperty(error, MISSING, { __proto__: null, value: missing });
  return error;
}

// The package that Node went on to look for in the folders above the flow's, where it may not read.
function soughtAbove(error) {
  if (error?.code !== 'ERR_ACCESS_DENIED' || typeof error.resource !== 'string') return null;
  const at = stringLastIndexOf(error.resource, FOLDER);
  if (at < 0 || stringStartsWith(error.resource, installed)) return null;
  return packageName(stringSlice(error.resource, at + FOLDER.length));
}

// What is wrong with a package that could not be loaded: an error of its own, or one is missing.
function explained(cause, specifier, action) {
  const name = missingPackage(cause) ?? soughtAbove(cause);
  if (name === null || stringEndsWith(name, '.node')) return cause;
  return notFound(missingMessage(name, specifier, action), name);
}

// A path that leads up and out of node_modules, however it is written.
function climbs(specifier) {
  const plain = stringReplace(stringReplace(specifier, /[\t\n\r]/g, ''), /\\/g, '/');
  const steps = stringSplit(stringReplace(plain, /%2e/gi, '.'), '/');
  for (let index = 0; index < steps.length; index += 1) if (steps[index] === '..') return true;
  return false;
}

function refuseAbsent(specifier, action) {
  if (climbs(specifier)) {
    throw notFound(`Cannot find module '${specifier}'. It leads out of its package.`, null);
  }
  if (packageRequire !== null) return;
  const name = packageName(specifier);
  throw notFound(missingMessage(name, specifier, action), name);
}

/** Whether the flow has a package of this name, be it sound or not. */
export function hasPackage(specifier) {
  if (packageRequire === null || climbs(specifier)) return false;
  try {
    packageRequire.resolve(specifier);
    return true;
  } catch (error) {
    return (missingPackage(error) ?? soughtAbove(error)) === null;
  }
}

/** Return a package, or throw an error that names package, action and remedy. */
export function requirePackage(specifier, action) {
  refuseAbsent(specifier, action);
  try {
    return packageRequire(specifier);
  } catch (error) {
    throw explained(error, specifier, action);
  }
}

/** Return a promise of a package; it fails as `requirePackage` does. */
export async function importPackage(specifier, attributes, action) {
  refuseAbsent(specifier, action);
  try {
    return await packageImport(specifier, attributes);
  } catch (error) {
    throw explained(error, specifier, action);
  }
}

/** Where a package would be loaded from. */
export function resolvePackage(specifier, action) {
  refuseAbsent(specifier, action);
  try {
    return packageRequire.resolve(specifier);
  } catch (error) {
    throw explained(error, specifier, action);
  }
}
