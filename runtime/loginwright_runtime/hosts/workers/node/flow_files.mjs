// Which of the flow's files a specifier means; they are in memory, the worker may not read them.

import { flowPath } from './places.mjs';
import {
  arrayJoin,
  arrayPush,
  errors,
  fileURLToPath,
  hasOwn,
  parse,
  RealURL,
  regexpTest,
  stringLower,
  stringReplace,
  stringSlice,
  stringSplit,
  stringStartsWith,
} from './primordials.mjs';

const ENDINGS = ['', '.js', '.json', '/package.json', '/index.js', '/index.json'];
const BYTE_ORDER_MARK = '\ufeff';
const PLATFORM = 'actions:';
const HOME = 'lib/';
const SCHEME = /^[\s\0-\x1f]*[a-z][a-z0-9+.\-\t\n\r]*:/i;
const NO_NAME = /[^a-z0-9]+/g;
const ENDS = /^-|-$/g;

/** The files of one flow, path → text, found as `require` finds files. */
export class FlowFiles {
  #files;

  /** Take the sources. */
  constructor(files) {
    this.#files = files;
  }

  /** The text of the file at `path`, without the mark that some editors put before it. */
  text(path) {
    const text = this.#files[path];
    return text[0] === BYTE_ORDER_MARK ? stringSlice(text, 1) : text;
  }

  /** What the JSON file at `path` holds. */
  json(path) {
    try {
      return parse(this.text(path));
    } catch (error) {
      error.message = `${path}: ${error.message}`;
      throw error;
    }
  }

  /**
   * The file that a path or URL means, seen from `from`; null when `specifier` is no path. Throws
   * when the flow has no such file.
   */
  file(specifier, from) {
    const wanted = wantedFile(specifier, from);
    if (wanted === null) return null;
    const found = wanted === '' ? null : this.#found(wanted);
    if (found !== null) return found;
    const error = new errors.Error(
      `Cannot find module '${specifier}'. There is no such file in the flow (required by ${from}).`,
    );
    error.code = 'MODULE_NOT_FOUND';
    throw error;
  }

  /** The file under lib/ of a module of the platform: by its name, else by what ids are made of. */
  module(name) {
    const wanted = joined(HOME, name);
    if (wanted === null || !stringStartsWith(wanted, HOME)) return null;
    return this.#found(wanted) ?? this.#found(HOME + slug(name));
  }

  // The file that a path without ending, or a folder, stands for; null when there is none.
  #found(wanted) {
    for (let index = 0; index < ENDINGS.length; index += 1) {
      const path = wanted + ENDINGS[index];
      if (!hasOwn(this.#files, path)) continue;
      if (ENDINGS[index] !== '/package.json') return path;
      const main = this.#main(path);
      if (main !== null) return main;
    }
    return null;
  }

  #main(path) {
    const { main } = this.json(path);
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

/** The name in `actions:NAME`; null for other specifiers. */
export function platformName(specifier) {
  return stringStartsWith(specifier, PLATFORM) ? stringSlice(specifier, PLATFORM.length) : null;
}

// The name that `new` and the designer give to a file.
function slug(name) {
  return stringReplace(stringReplace(stringLower(name), NO_NAME, '-'), ENDS, '');
}

// The flow's path that a specifier means, there or not; '' for a place that no flow has, null when
// it names no place.
function wantedFile(specifier, from) {
  if (stringStartsWith(specifier, '/')) {
    return flowPath(specifier) ?? stringSlice(specifier, 1);
  }
  const relative =
    specifier === '.' ||
    specifier === '..' ||
    stringStartsWith(specifier, './') ||
    stringStartsWith(specifier, '../');
  if (relative) return joined(from, specifier) ?? '';
  return regexpTest(SCHEME, specifier) ? (pathOfUrl(specifier) ?? '') : null;
}

function pathOfUrl(specifier) {
  try {
    const url = new RealURL(specifier);
    return url.protocol === 'file:' ? flowPath(fileURLToPath(url)) : null;
  } catch {
    return null;
  }
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
