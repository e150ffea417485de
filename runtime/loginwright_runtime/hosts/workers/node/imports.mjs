// `import()` in the flow's code, and its ES modules: files of the flow, packages, Node's own.

import { fileName, flowPath } from './places.mjs';
import {
  arrayPush,
  errors,
  hasOwn,
  keys,
  pathToFileURL,
  SourceTextModule,
  stringEndsWith,
  stringLastIndexOf,
  stringSlice,
  SyntheticModule,
} from './primordials.mjs';

/** The modules of one flow as `import` sees them; each is evaluated once, or again for every run. */
export class Imports {
  #resolve;
  #known = { __proto__: null };
  #linking = null;

  /**
   * `resolve(specifier, from, attributes)` answers with `{ key, path, text }` for an ES module of
   * the flow, `{ key, path, exports }` for a CommonJS one, or `{ namespace }`.
   */
  constructor(resolve) {
    this.#resolve = resolve;
  }

  /** Forget every evaluated module. */
  forget() {
    this.#known = { __proto__: null };
  }

  /** What `import()` in the code at `from` answers; Node calls it. */
  callback(from) {
    return async (specifier, _referrer, attributes) => {
      const found = await this.#resolve(specifier, from, attributes);
      return found.namespace ?? this.#evaluated(this.#record(found));
    };
  }

  #record(found) {
    const known = this.#known[found.key];
    if (known !== undefined) return known;
    const { key, path } = found;
    const module =
      found.text === undefined
        ? synthetic(shownOf(found.exports), fileName(path))
        : this.#compile(path, found.text);
    const record = { key, module, evaluated: null };
    this.#known[key] = record;
    return record;
  }

  #compile(path, text) {
    const filename = fileName(path);
    const { href } = pathToFileURL(filename);
    try {
      return new SourceTextModule(text, {
        identifier: filename,
        importModuleDynamically: this.callback(path),
        initializeImportMeta(meta) {
          meta.dirname = stringSlice(filename, 0, stringLastIndexOf(filename, '/'));
          meta.filename = filename;
          meta.url = href;
        },
      });
    } catch (error) {
      error.message = `${path}: ${error.message}`;
      throw error;
    }
  }

  async #evaluated(record) {
    record.evaluated ??= this.#evaluate(record);
    await record.evaluated;
    return record.module;
  }

  async #evaluate(record) {
    // One after the other: graphs that are linked at once may share modules.
    const before = this.#linking;
    this.#linking = this.#link(record, before);
    await this.#linking;
    await record.module.evaluate();
  }

  async #link({ module }, before) {
    try {
      await before;
    } catch {
      // Whoever imported that has been told.
    }
    if (module.status !== 'unlinked') return;
    try {
      await module.link((specifier, { identifier }, { attributes }) =>
        this.#linked(specifier, identifier, attributes),
      );
    } catch (error) {
      this.#forgetUnlinked();
      throw error;
    }
  }

  async #linked(specifier, identifier, attributes) {
    const found = await this.#resolve(specifier, flowPath(identifier), attributes);
    return found.namespace === undefined
      ? this.#record(found).module
      : synthetic(found.namespace, specifier);
  }

  #forgetUnlinked() {
    const names = keys(this.#known);
    for (let index = 0; index < names.length; index += 1) {
      const { status } = this.#known[names[index]].module;
      if (status !== 'linked' && status !== 'evaluated') delete this.#known[names[index]];
    }
  }
}

/** Whether the file at `path` is an ES module. */
export function isModern(path) {
  return stringEndsWith(path, '.mjs');
}

/** Say that an ES module cannot be required. */
export function refuseModern(path, specifier) {
  const error = new errors.Error(
    `require() cannot load ${path}, which is an ES module: use await import('${specifier}').`,
  );
  error.code = 'ERR_REQUIRE_ESM';
  throw error;
}

// What Node makes importable of a CommonJS module.
function shownOf(exported) {
  const shown = { __proto__: null };
  const isHolder =
    typeof exported === 'function' || (typeof exported === 'object' && exported !== null);
  const names = isHolder ? keys(exported) : [];
  for (let index = 0; index < names.length; index += 1) {
    try {
      shown[names[index]] = exported[names[index]];
    } catch {
      shown[names[index]] = undefined; // As Node does with a getter that throws.
    }
  }
  shown.default = exported;
  shown['module.exports'] = exported;
  return shown;
}

function synthetic(values, identifier) {
  const names = [];
  for (const name in values) if (hasOwn(values, name)) arrayPush(names, name);
  return new SyntheticModule(
    names,
    function fill() {
      for (let index = 0; index < names.length; index += 1) {
        this.setExport(names[index], values[names[index]]);
      }
    },
    { identifier },
  );
}
