// CommonJS over the flow's files, which are in memory: the worker may not read the folder.

import { compileFunction, constants } from 'node:vm';

import {
  isNodeModule,
  requireNodeModule,
  requirePackage,
  resolvePackage,
  withoutVersion,
} from './packages.mjs';
import { fileName, flowPath } from './places.mjs';
import {
  apply,
  arrayJoin,
  arrayPush,
  errors,
  hasOwn,
  parse,
  stringEndsWith,
  stringLastIndexOf,
  stringSlice,
  stringSplit,
  stringStartsWith,
} from './primordials.mjs';

const PARAMETERS = ['exports', 'require', 'module', '__filename', '__dirname'];
const ENDINGS = ['', '.js', '.json', '/package.json', '/index.js', '/index.json'];

/** The modules of one flow: compiled once, evaluated once or again for every run. */
export class Modules {
  #files;
  #warn;
  #compiled = { __proto__: null };
  #loaded = { __proto__: null };

  /** Take the sources, path → text, and a function that prints a warning. */
  constructor(files, warn) {
    this.#files = files;
    this.#warn = warn;
  }

  /** Forget every evaluated module; compiled code stays. */
  forget() {
    this.#loaded = { __proto__: null };
  }

  /** Whether the module at `path` has been evaluated. */
  has(path) {
    return hasOwn(this.#loaded, fileName(path));
  }

  /** Return what the module at `path` exports, for the action named. */
  load(path, action) {
    const filename = fileName(path);
    const known = this.#loaded[filename];
    if (known !== undefined) return known.exports;
    const module = this.#create(filename, path, action);
    this.#loaded[filename] = module;
    try {
      this.#evaluate(module, path);
    } catch (error) {
      delete this.#loaded[filename];
      throw error;
    }
    module.loaded = true;
    return module.exports;
  }

  #create(filename, path, action) {
    return {
      id: filename,
      filename,
      path: stringSlice(filename, 0, stringLastIndexOf(filename, '/')),
      exports: {},
      loaded: false,
      children: [],
      paths: [],
      require: this.#requireFor(path, action),
    };
  }

  #evaluate(module, path) {
    if (stringEndsWith(path, '.json')) {
      module.exports = this.#json(path);
      return;
    }
    const { exports, require, filename, path: folder } = module;
    const run = this.#compile(path, filename);
    apply(run, exports, [exports, require, module, filename, folder]);
  }

  #json(path) {
    try {
      return parse(this.#files[path]);
    } catch (error) {
      error.message = `${path}: ${error.message}`;
      throw error;
    }
  }

  #compile(path, filename) {
    const known = this.#compiled[path];
    if (known !== undefined) return known;
    const compiled = compileFunction(this.#files[path], PARAMETERS, {
      filename,
      importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    });
    this.#compiled[path] = compiled;
    return compiled;
  }

  #requireFor(from, action) {
    const require = (specifier) => this.#require(specifier, from, action);
    require.resolve = (specifier) => this.#resolve(specifier, from);
    require.cache = this.#loaded;
    require.main = undefined;
    return require;
  }

  #require(specifier, from, action) {
    if (typeof specifier !== 'string' || specifier === '') {
      const got = specifier === '' ? 'an empty string' : typeof specifier;
      throw new errors.TypeError(`require() expects the name of a module, got ${got}.`);
    }
    if (isNodeModule(specifier)) return requireNodeModule(specifier);
    const wanted = flowFile(specifier, from);
    if (wanted !== null) return this.load(this.#found(wanted, specifier, from), action);
    return requirePackage(this.#named(specifier), action);
  }

  #resolve(specifier, from) {
    if (isNodeModule(specifier)) return specifier;
    const wanted = flowFile(specifier, from);
    if (wanted !== null) return fileName(this.#found(wanted, specifier, from));
    return resolvePackage(withoutVersion(specifier));
  }

  #named(specifier) {
    const plain = withoutVersion(specifier);
    if (plain !== specifier) {
      this.#warn(
        `require('${specifier}') asks for a version; the one in the flow's node_modules is used.`,
      );
    }
    return plain;
  }

  // The file that a path without ending, or a folder, stands for.
  #found(wanted, specifier, from) {
    for (let index = 0; index < ENDINGS.length; index += 1) {
      const path = wanted + ENDINGS[index];
      if (!hasOwn(this.#files, path)) continue;
      if (ENDINGS[index] !== '/package.json') return path;
      const main = this.#main(path);
      if (main !== null) return main;
    }
    const error = new errors.Error(
      `Cannot find module '${specifier}'. There is no such file in the flow (required by ${from}).`,
    );
    error.code = 'MODULE_NOT_FOUND';
    throw error;
  }

  #main(path) {
    const { main } = this.#json(path);
    if (typeof main !== 'string') return null;
    const wanted = joined(path, main);
    for (let index = 0; wanted !== null && index < ENDINGS.length; index += 1) {
      const candidate = wanted + ENDINGS[index];
      const isPackage = ENDINGS[index] === '/package.json';
      if (!isPackage && hasOwn(this.#files, candidate)) return candidate;
    }
    return null;
  }
}

// The flow's path that a relative or absolute specifier means; null when it names a package.
function flowFile(specifier, from) {
  if (stringStartsWith(specifier, '/')) {
    return flowPath(specifier) ?? stringSlice(specifier, 1);
  }
  const relative =
    specifier === '.' ||
    specifier === '..' ||
    stringStartsWith(specifier, './') ||
    stringStartsWith(specifier, '../');
  return relative ? (joined(from, specifier) ?? specifier) : null;
}

// `specifier` seen from the folder of `from`; null when it leaves the flow.
function joined(from, specifier) {
  const steps = stringSplit(from, '/');
  steps.length -= 1;
  const more = stringSplit(specifier, '/');
  for (let index = 0; index < more.length; index += 1) {
    if (more[index] === '..') {
      if (steps.length === 0) return null;
      steps.length -= 1;
    } else if (more[index] !== '.' && more[index] !== '') {
      arrayPush(steps, more[index]);
    }
  }
  return arrayJoin(steps, '/');
}
