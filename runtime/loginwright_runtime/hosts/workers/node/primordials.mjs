// Everything the worker uses of the language, taken before any action can replace it. Node's own
// modules are taken as objects: their named imports follow what an action makes of them when
// `syncBuiltinESMExports` is called.

import fs from 'node:fs';
import url from 'node:url';
import util from 'node:util';
import vm from 'node:vm';

const { bind, call } = Function.prototype;
const uncurryThis = bind.bind(call);

export const {
  apply,
  construct,
  defineProperty,
  deleteProperty,
  getOwnPropertyDescriptor,
  ownKeys,
} = Reflect;
export const { create, hasOwn, keys, setPrototypeOf } = Object;
export const { isArray } = Array;
export const { parse, stringify } = JSON;
export const { isFinite: isFiniteNumber } = Number;
export const { byteLength, from: bufferFrom } = Buffer;
export const { now: monotonic } = (({ now }) => ({ now: now.bind(performance) }))(performance);

export const arrayJoin = uncurryThis(Array.prototype.join);
export const arrayPush = uncurryThis(Array.prototype.push);
export const bigIntToString = uncurryThis(BigInt.prototype.toString);
export const regexpTest = uncurryThis(RegExp.prototype.test);
export const stringIndexOf = uncurryThis(String.prototype.indexOf);
export const stringLastIndexOf = uncurryThis(String.prototype.lastIndexOf);
export const stringLower = uncurryThis(String.prototype.toLowerCase);
export const stringRepeat = uncurryThis(String.prototype.repeat);
export const stringReplace = uncurryThis(String.prototype.replace);
export const stringReplaceAll = uncurryThis(String.prototype.replaceAll);
export const stringSlice = uncurryThis(String.prototype.slice);
export const stringSplit = uncurryThis(String.prototype.split);
export const stringStartsWith = uncurryThis(String.prototype.startsWith);
export const stringEndsWith = uncurryThis(String.prototype.endsWith);
export const utf8Slice = uncurryThis(Buffer.prototype.utf8Slice);
export const copyBytes = uncurryThis(Buffer.prototype.copy);
export const indexOfByte = uncurryThis(Uint8Array.prototype.indexOf);
export const allocate = Buffer.allocUnsafeSlow;

export const formatPrototype = Intl.DateTimeFormat.prototype;
export const boundFormatOf = uncurryThis(getOwnPropertyDescriptor(formatPrototype, 'format').get);
export const { formatToParts } = formatPrototype;
export const newWeakMap = ((Real) => () => new Real())(WeakMap);
export const weakMapGet = uncurryThis(WeakMap.prototype.get);
export const weakMapSet = uncurryThis(WeakMap.prototype.set);

export const RealDate = Date;
export const RealPromise = Promise;
export const RealProxy = Proxy;
export const promiseResolve = (value) => new RealPromise((resolve) => resolve(value));
export const promiseReject = (error) => new RealPromise((_resolve, reject) => reject(error));
export const promiseThen = uncurryThis(Promise.prototype.then);
export const captureStackTrace = Error.captureStackTrace;
export const errors = { __proto__: null, Error, TypeError, RangeError, SyntaxError };
export const runSoon = setImmediate;
export const { readSync, writeSync } = fs;
export const { format, getCallSites, inspect, types } = util;
export const { fileURLToPath, pathToFileURL, URL: RealURL } = url;
export const { compileFunction, SourceTextModule, SyntheticModule } = vm;
