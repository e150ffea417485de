// CommonJS over the flow's files, which are in memory: the worker may not read the folder.

import { FlowFiles, platformName } from './flow_files.mjs';
import { Imports, isModern, refuseModern } from './imports.mjs';
import {
  hasPackage,
  importNodeModule,
  importPackage,
  isNodeModule,
  isPackageName,
  refuseModule,
  requireNodeModule,
  requirePackage,
  resolvePackage,
  withoutVersion,
} from './packages.mjs';
import { fileName } from './places.mjs';
import {
  apply,
  compileFunction,
  errors,
  hasOwn,
  stringEndsWith,
  stringLastIndexOf,
  stringSlice,
} from './primordials.mjs';

const PARAMETERS = ['exports', 'require', 'module', '__filename', '__dirname'];

/** The modules of one flow: compiled once, evaluated once or again for every run. */
export class Modules {
  #files;
  #action;
  #warn;
  #imports;
  #compiled = { __proto__: null };
  #loaded = { __proto__: null };
  #owned = { __proto__: null };

  /** Take the sources, path → text; who tells the action that runs, and who prints a warning. */
  constructor(files, { action, warn }) {
    this.#files = new FlowFiles(files);
    this.#action = action;
    this.#warn = warn;
    this.#imports = new Imports((...asked) => this.#importable(...asked));
  }

  /** Forget every evaluated module; compiled code stays. */
  forget() {
    this.#loaded = { __proto__: null };
    this.#owned = { __proto__: null };
    this.#imports.forget();
  }

  /** Whether the module at `path` has been evaluated. */
  has(path) {
    return hasOwn(this.#loaded, fileName(path));
  }

  /** Return what the module at `path` exports. */
  load(path) {
    return this.#load(this.#loaded, fileName(path), path);
  }

  // A module of the platform's kind: each action has its own, as it has its own secrets.
  #loadOwned(path) {
    return this.#load(this.#owned, this.#ownKey(path), path);
  }

  #ownKey(path) {
    return `${this.#action()} ${fileName(path)}`;
  }

  #load(modules, key, path) {
    const known = modules[key];
    if (known !== undefined) return known.exports;
    const module = this.#create(fileName(path), path);
    modules[key] = module;
    try {
      this.#evaluate(module, path);
    } catch (error) {
      delete modules[key];
      throw error;
    }
    module.loaded = true;
    return module.exports;
  }

  #create(filename, path) {
    return {
      id: filename,
      filename,
      path: stringSlice(filename, 0, stringLastIndexOf(filename, '/')),
      exports: {},
      loaded: false,
      children: [],
      paths: [],
      require: this.#requireFor(path),
    };
  }

  #evaluate(module, path) {
    if (stringEndsWith(path, '.json')) {
      module.exports = this.#files.json(path);
      return;
    }
    const { exports, require, filename, path: folder } = module;
    const run = this.#compile(path, filename);
    apply(run, exports, [exports, require, module, filename, folder]);
  }

  #compile(path, filename) {
    const known = this.#compiled[path];
    if (known !== undefined) return known;
    const compiled = compileFunction(this.#files.text(path), PARAMETERS, {
      filename,
      importModuleDynamically: this.#imports.callback(path),
    });
    this.#compiled[path] = compiled;
    return compiled;
  }

  #requireFor(from) {
    const require = (specifier) => this.#require(specifier, from);
    require.resolve = (specifier) => this.#resolve(specifier, from);
    require.cache = this.#loaded;
    require.main = undefined;
    return require;
  }

  #require(specifier, from) {
    const { kind, name, path } = this.#locate('require', specifier, from);
    if (kind === 'node') return requireNodeModule(name);
    if (kind === 'package') return requirePackage(name, this.#action());
    if (isModern(path)) refuseModern(path, specifier);
    return kind === 'owned' ? this.#loadOwned(path) : this.load(path);
  }

  #resolve(specifier, from) {
    const { kind, name, path } = this.#locate('require', specifier, from);
    if (kind === 'node') return name;
    return kind === 'package' ? resolvePackage(name, this.#action()) : fileName(path);
  }

  async #importable(specifier, from, attributes) {
    const { kind, name, path } = this.#locate('import', specifier, from);
    if (kind === 'node') return { namespace: await importNodeModule(name) };
    if (kind === 'package') {
      return { namespace: await importPackage(name, attributes, this.#action()) };
    }
    const key = kind === 'owned' ? this.#ownKey(path) : fileName(path);
    if (isModern(path)) return { key, path, text: this.#files.text(path) };
    return { key, path, exports: kind === 'owned' ? this.#loadOwned(path) : this.load(path) };
  }

  // Which module a specifier means: Node's, a file of the flow, a package, or one of the platform's
  // kind, which stands in lib/ and comes after a package of the same name.
  #locate(how, specifier, from) {
    if (typeof specifier !== 'string' || specifier === '') {
      const got = specifier === '' ? 'an empty string' : typeof specifier;
      throw new errors.TypeError(`${how}() expects the name of a module, got ${got}.`);
    }
    if (isNodeModule(specifier)) return { kind: 'node', name: specifier };
    const own = platformName(specifier);
    if (own !== null) return this.#ownedBy(own, specifier);
    const path = this.#files.file(specifier, from);
    if (path !== null) return { kind: 'file', path };
    const name = this.#named(how, specifier);
    const home = this.#files.module(name);
    if (home !== null && !hasPackage(name)) return { kind: 'owned', path: home };
    const isPackage = isPackageName(name) || hasPackage(name);
    return isPackage ? { kind: 'package', name } : this.#ownedBy(name, specifier);
  }

  #ownedBy(name, specifier) {
    const path = this.#files.module(name);
    if (path === null) refuseModule(name, specifier, this.#action());
    return { kind: 'owned', path };
  }

  #named(how, specifier) {
    const plain = withoutVersion(specifier);
    if (plain !== specifier) {
      this.#warn(
        `${how}('${specifier}') asks for a version; the one in the flow's node_modules is used.`,
      );
    }
    return plain;
  }
}
